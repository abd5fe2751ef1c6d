"""Bootstrap: a difference of means or medians with a bias-corrected and accelerated interval."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.results import Estimand, Interval, Result, Unanswerable, check_level, fingerprint
from wardteam.stats.samples import Sample

Values = NDArray[np.float64]
Statistic = Literal["mean", "median"]
LARGEST_DRAW = 400_000_000
CHUNK = 4_000_000
BOOTSTRAP_REASON = Message(
    "The interval comes from {resamples} resamples and assumes no distribution; seed {seed}."
)
TOO_FEW = Message("A bootstrap needs two measurements in each group; got {first} and {second}.")
TOO_MANY = Message(
    "{resamples} resamples of {count} measurements take too long; a t-test needs no bootstrap at that size."
)
NO_SPREAD = Message("Every resample gives the same difference; the bootstrap has no interval.")


def bootstrap_difference(
    first: Sample,
    second: Sample,
    *,
    statistic: Statistic = "mean",
    seed: int = 0,
    resamples: int = 9999,
    level: float = 0.95,
) -> Result:
    """Give a difference of means or medians, second less first, with the BCa interval (Efron 1987).

    Each group is resampled on its own; the acceleration comes from leaving out one value at a time
    (Efron and Tibshirani 1993, section 14.3, as scipy.stats.bootstrap). The same seed gives the same.
    """
    check_level(level)
    _check(first, second, resamples)
    x, y = np.sort(np.array(first.values)), np.sort(np.array(second.values))
    random = np.random.default_rng(seed)
    drawn = _resampled(y, statistic, resamples, random) - _resampled(x, statistic, resamples, random)
    if np.ptp(drawn) == 0:
        raise Unanswerable(NO_SPREAD)
    estimate = _of(y[None], statistic)[0] - _of(x[None], statistic)[0]
    low, high = np.quantile(drawn, _shares(drawn, estimate, _acceleration(x, y, statistic), level))
    is_mean = statistic == "mean"
    return Result(
        method=methods.BOOTSTRAP_MEAN if is_mean else methods.BOOTSTRAP_MEDIAN,
        estimand=Estimand.MEAN_DIFFERENCE if is_mean else Estimand.MEDIAN_DIFFERENCE,
        estimate=float(estimate),
        interval=Interval(float(low), float(high), level),
        n=(first.n, second.n),
        missing=(first.missing, second.missing),
        reason=Message(BOOTSTRAP_REASON.text, resamples=resamples, seed=seed),
        data_hash=fingerprint(groups=[first.figures(), second.figures()]),
    )


def _check(first: Sample, second: Sample, resamples: int) -> None:
    if resamples < 1:
        raise ValueError(f"a bootstrap needs one resample or more, got {resamples}")
    if first.n < 2 or second.n < 2:
        raise Unanswerable(Message(TOO_FEW.text, first=first.n, second=second.n))
    count = first.n + second.n
    if count * resamples > LARGEST_DRAW:
        raise Unanswerable(Message(TOO_MANY.text, resamples=resamples, count=count))


def _of(rows: Values, statistic: Statistic) -> Values:
    return np.asarray(rows.mean(axis=1) if statistic == "mean" else np.median(rows, axis=1))


def _resampled(values: Values, statistic: Statistic, resamples: int, random: np.random.Generator) -> Values:
    """Give the statistic of each resample, some at a time to spare memory."""
    rows = max(1, CHUNK // len(values))
    starts = range(0, resamples, rows)
    sizes = ((min(rows, resamples - start), len(values)) for start in starts)
    return np.concatenate([_of(values[random.integers(0, len(values), size)], statistic) for size in sizes])


def _shares(drawn: Values, estimate: float, acceleration: float, level: float) -> list[float]:
    """Give the shares of the resamples at which the BCa interval ends."""
    from scipy.special import ndtr, ndtri

    below = (np.count_nonzero(drawn < estimate) + np.count_nonzero(drawn <= estimate)) / (2 * len(drawn))
    # An estimate outside all resamples would put the correction at infinity.
    bias = float(ndtri(np.clip(below, 0.5 / len(drawn), 1 - 0.5 / len(drawn))))
    ends = (bias + float(ndtri(share)) for share in ((1 - level) / 2, (1 + level) / 2))
    return sorted(float(ndtr(bias + z / max(1e-9, 1 - acceleration * z))) for z in ends)


def _acceleration(x: Values, y: Values, statistic: Statistic) -> float:
    """Give the acceleration: the skewness of the influence of single values, both groups together."""
    influence = [_influence(x, statistic), _influence(y, statistic)]
    parts = [float((u**3).mean()) / len(u) ** 2 for u in influence]
    cubes = parts[1] - parts[0]
    squares = math.fsum(float((u**2).mean()) / len(u) for u in influence)
    return cubes / (6 * squares**1.5) if squares > 0 else 0.0


def _influence(values: Values, statistic: Statistic) -> Values:
    """Give (n - 1) (mean of all leave-one-out statistics - each); values sorted."""
    n = len(values)
    left = (values.sum() - values) / (n - 1) if statistic == "mean" else medians_without_one(values)
    return np.asarray((n - 1) * (left.mean() - left))


def medians_without_one(values: Values) -> Values:
    """Give the median of the others for each of the sorted values."""
    n = len(values)
    places = np.arange(n)
    low, high = (n - 2) // 2, (n - 1) // 2
    return np.asarray((values[low + (places <= low)] + values[high + (places <= high)]) / 2)
