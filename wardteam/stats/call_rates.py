"""Calls by hour: rates, whether they scatter beyond Poisson, and the nurses they ask for with a range."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardteam.errors import Message
from wardteam.stats.distributions import chi2_tail
from wardteam.stats.figures import p_words
from wardteam.stats.results import Interval, Unanswerable, check_level, fingerprint
from wardteam.stats.waiting import Array, WaitRule, fewest_nurses

Counts = NDArray[np.int64]
LEAST_DAYS = 2
FEW_DAYS = 10
RESAMPLES = 400
OVERDISPERSED_BELOW = 0.05
TOO_FEW_DAYS = Message("Rates by hour need two days or more; got {days}.", days=0)
POISSON = Message(
    "The days scatter as Poisson lets expect (index of dispersion {index}, {p}): the calls of an hour are "
    "taken as Poisson."
)
NEGATIVE_BINOMIAL = Message(
    "The days scatter more than Poisson allows (index of dispersion {index}, {p}): the rate of an hour is "
    "taken to differ from day to day (negative binomial)."
)


@dataclass(frozen=True)
class DayWork:
    """Each day's minutes with patients who had called, and how many calls these are of."""

    minutes: Array
    calls: Counts

    @property
    def mean(self) -> float:
        """Mean minutes of a call."""
        return float(self.minutes.sum() / self.calls.sum())


@dataclass(frozen=True)
class HourNeed:
    """Calls an hour with their interval, and the fewest nurses on duty that they ask for, with its range."""

    calls: float
    interval: Interval
    nurses: int
    low: int
    high: int


@dataclass(frozen=True)
class CallNeeds:
    """What the calls of days of one kind ask for, hour by hour.

    `index` is Pearson's chi-square over its df (1 for Poisson), `p` its one-sided P, `alpha` the variance's
    second term (0 for Poisson), `reason` the rule that chose.
    """

    hours: tuple[HourNeed, ...]
    days: int
    total: int
    index: float
    df: int
    p: float
    alpha: float
    call_minutes: Interval
    mean_minutes: float
    reason: Message
    data_hash: str

    @property
    def is_thin(self) -> bool:
        """Whether so few days were seen that the range itself is hardly known."""
        return self.days < FEW_DAYS


def call_needs(
    counts: Counts,
    work: DayWork,
    rule: WaitRule,
    *,
    seed: int = 0,
    resamples: int = RESAMPLES,
    level: float = 0.95,
) -> CallNeeds:
    """Give rates by hour and the nurses they ask for, from counts of shape (days, hours).

    Index of dispersion: sum of (x - m)² / m over days and hours, chi-square with hours x (days - 1) df
    under Poisson (Fisher 1950; Cochran 1954); the negative binomial is taken where P < 0.05. Its alpha is
    the moment estimate over all hours. Ranges are percentiles of a bootstrap over whole days (Efron and
    Tibshirani 1993), which carries the calls, their spread and their minutes together; the upper end of a
    rate is never below the exact Poisson limit of no call at all.

    Raises
    ------
    Unanswerable
        With fewer than two days, or without any call whose minutes are known.
    """
    check_level(level)
    days = len(counts)
    if days < LEAST_DAYS or not work.calls.sum():
        raise Unanswerable(Message(TOO_FEW_DAYS.text, days=days))
    index, df, p = dispersion_index(counts)
    alpha = float(moment_alpha(counts[None])[0]) if p < OVERDISPERSED_BELOW else 0.0
    drawn = np.random.default_rng(seed).integers(0, days, (resamples, days))
    minutes = _mean_minutes(work, drawn)
    return CallNeeds(
        hours=_hours(counts, drawn, (work.mean, minutes), alpha, rule, level),
        days=days,
        total=int(counts.sum()),
        index=index,
        df=df,
        p=p,
        alpha=alpha,
        call_minutes=_percentiles(minutes, level),
        mean_minutes=work.mean,
        reason=_chosen(index, p),
        data_hash=fingerprint(
            counts=counts.tolist(), minutes=work.minutes.tolist(), calls=work.calls.tolist()
        ),
    )


def _chosen(index: float, p: float) -> Message:
    if p < OVERDISPERSED_BELOW:
        return Message(NEGATIVE_BINOMIAL.text, index=f"{index:.2f}", p=p_words(p))
    return Message(POISSON.text, index=f"{index:.2f}", p=p_words(p))


def _hours(
    counts: Counts,
    drawn: NDArray[np.int64],
    minutes: tuple[float, Array],
    alpha: float,
    rule: WaitRule,
    level: float,
) -> tuple[HourNeed, ...]:
    """Put each hour's rate and need beside those of the resampled days."""
    rates, means = counts[drawn].mean(axis=1), counts.mean(axis=0)
    alphas = moment_alpha(counts[drawn]) if alpha else np.zeros(len(drawn))
    best = fewest_nurses(means, np.array(minutes[0]), np.array(alpha), rule)
    needs = fewest_nurses(rates, minutes[1][:, None], alphas[:, None], rule)
    return tuple(
        _hour(float(means[h]), rates[:, h], int(best[h]), needs[:, h], len(counts), level)
        for h in range(len(means))
    )


def dispersion_index(counts: Counts) -> tuple[float, int, float]:
    """Give the index of dispersion over hours with any call, its df and its one-sided P."""
    means = counts.mean(axis=0)
    used = means > 0
    df = int(used.sum()) * (len(counts) - 1)
    if not df:
        return 1.0, 0, 1.0
    chi2 = float((((counts - means) ** 2)[:, used] / means[used]).sum())
    return chi2 / df, df, chi2_tail(chi2, df)


def moment_alpha(counts: Counts) -> Array:
    """Give alpha of the variance m + alpha m², common to all hours; shape (samples, days, hours) -> samples.

    sum(s² - m) / sum(m² - s²/days) over the hours, 0 where the counts scatter no more than Poisson.
    """
    means, variances = counts.mean(axis=1), counts.var(axis=1, ddof=1)
    squares = (means**2 - variances / counts.shape[1]).sum(axis=1)
    extra = (variances - means).sum(axis=1)
    is_spread = (extra > 0) & (squares > 0)
    return np.where(is_spread, extra / np.where(is_spread, squares, 1.0), 0.0)


def _mean_minutes(work: DayWork, drawn: NDArray[np.int64]) -> Array:
    calls = work.calls[drawn].sum(axis=1)
    return np.where(calls > 0, work.minutes[drawn].sum(axis=1) / np.maximum(calls, 1), work.mean)


def _hour(mean: float, rates: Array, best: int, needs: Counts, days: int, level: float) -> HourNeed:
    found = _percentiles(rates, level)
    none = -math.log((1 - level) / 2) / days
    interval = Interval(min(found.low, mean), max(found.high, none if mean == 0 else mean), level)
    ends = np.quantile(needs, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    return HourNeed(mean, interval, best, min(int(ends[0]), best), max(int(ends[1]), best))


def _percentiles(drawn: Array, level: float) -> Interval:
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high), level)
