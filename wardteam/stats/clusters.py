"""Two groups whose measurements come in clusters: cluster means, cluster-robust regression, GEE."""

from __future__ import annotations

import math
import sys
import warnings
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.clustered_samples import (
    ClusteredSample,
    Scale,
    coded,
    design_effect,
    intracluster_correlation,
)
from wardteam.stats.distributions import normal_quantile, normal_tails, t_quantile, t_tails
from wardteam.stats.means import welch
from wardteam.stats.results import Estimand, Interval, Method, Result, Unanswerable, check_level, fingerprint
from wardteam.stats.samples import Sample

__all__ = ["ClusteredSample", "Scale", "cluster_means", "cluster_robust", "gee"]

FEW_CLUSTERS = 20
LARGEST_LOGARITHM = 700
MEANS_REASON = Message("Values of one cluster are not independent: each cluster counts once, by its mean.")
ROBUST_REASON = Message(
    "Values of one cluster are not independent: every value counts, and the error is taken between clusters."
)
GEE_REASON = Message(
    "Values of one cluster are not independent: they are weighted by how alike they are, with robust errors."
)
TOO_FEW = Message("Each group needs two clusters or more; got {first} and {second}.")
NO_SPREAD = Message("Nothing varies between the clusters; there is no error to measure a difference by.")
FEW = Message(
    "Fewer than {least} clusters in a group: robust errors are too small then, and P with them.",
    least=FEW_CLUSTERS,
)
SHARED = Message("{count} clusters stand in both groups; their values count as two clusters.")
LIKENESS = Message(
    "{values} values of {clusters} clusters: intracluster correlation {icc}, design effect {effect}."
)
SINGLES = Message("No cluster has two values that vary: clustering makes no difference.")
NO_RATIO = Message("The logarithms scatter so much that their ratio has no usable interval.")
NOT_CONVERGED = Message("The generalised estimating equations found no stable answer.")


def cluster_means(
    first: ClusteredSample, second: ClusteredSample, *, scale: Scale = "log", level: float = 0.95
) -> Result:
    """Compare two groups by Welch's test on one mean a cluster; n counts clusters.

    On the log scale the estimate is a ratio of geometric means (of clusters), on the plain one a
    difference of means. A cluster that stands in both groups counts in each, with a warning.
    """
    _check(first, second, level)
    means = [group.means(scale) for group in (first, second)]
    _refuse_no_spread(math.inf, means)
    samples = [Sample(tuple(m.tolist()), g.missing) for m, g in zip(means, (first, second), strict=True)]
    tested = welch(*samples, level=level)
    shared = len(set(first.clusters) & set(second.clusters))
    found = [Message(SHARED.text, count=shared)] if shared else []
    return replace(
        _on_scale(tested, scale),
        method=methods.CLUSTER_MEANS_LOG if scale == "log" else methods.CLUSTER_MEANS,
        reason=MEANS_REASON,
        warnings=(_likeness(first, second, scale), *found, *(() if scale == "log" else tested.warnings)),
        data_hash=fingerprint(groups=[first.figures(), second.figures()]),
    )


def cluster_robust(
    first: ClusteredSample, second: ClusteredSample, *, scale: Scale = "log", level: float = 0.95
) -> Result:
    """Compare two groups by regression with errors robust to clusters; n counts values.

    The sandwich of clusters' summed scores, times G / (G - 1) (N - 1) / (N - 2) (CR1), t with G - 1
    df (Stata's `regress, vce(cluster)`; Cameron and Miller 2015). A cluster of both groups is one.
    """
    _check(first, second, level)
    values = [group.on(scale) for group in (first, second)]
    difference = float(values[1].mean() - values[0].mean())
    scores = np.concatenate(
        [-(values[0] - values[0].mean()) / first.n, (values[1] - values[1].mean()) / second.n]
    )
    summed = np.bincount(coded(first.clusters + second.clusters), weights=scores)
    clusters, total = len(summed), first.n + second.n
    small = clusters / (clusters - 1) * (total - 1) / (total - 2)
    error = math.sqrt(small * float(summed @ summed))
    _refuse_no_spread(error, values)
    df = clusters - 1
    margin = t_quantile(level, df) * error
    plain = _result(
        first,
        second,
        estimate=difference,
        margin=margin,
        statistic=difference / error,
        p=t_tails(difference / error, df),
        method=methods.CLUSTER_ROBUST_LOG if scale == "log" else methods.CLUSTER_ROBUST,
        level=level,
    )
    found = _warnings(first, second, scale)
    return replace(_on_scale(plain, scale), df=(float(df),), reason=ROBUST_REASON, warnings=found)


def gee(
    first: ClusteredSample, second: ClusteredSample, *, scale: Scale = "log", level: float = 0.95
) -> Result:
    """Compare two groups by GEE with an exchangeable correlation; n counts values.

    Gaussian with identity link, robust (sandwich) errors, z (Liang and Zeger 1986), as R's geepack
    and statsmodels. A cluster of both groups is one.
    """
    _check(first, second, level)
    values = [group.on(scale) for group in (first, second)]
    _refuse_no_spread(1.0, values)
    difference, error = _fit_gee(values, coded(first.clusters + second.clusters))
    _refuse_no_spread(error, values)
    plain = _result(
        first,
        second,
        estimate=difference,
        margin=normal_quantile(level) * error,
        statistic=difference / error,
        p=normal_tails(difference / error),
        method=methods.GEE_LOG if scale == "log" else methods.GEE,
        level=level,
    )
    found = _warnings(first, second, scale)
    return replace(_on_scale(plain, scale), reason=GEE_REASON, warnings=found)


def _fit_gee(values: list[NDArray[np.float64]], clusters: NDArray[np.int64]) -> tuple[float, float]:
    """Give the difference of the two groups and its robust error; refuse where the fit fails."""
    from statsmodels.genmod.cov_struct import Exchangeable
    from statsmodels.genmod.generalized_estimating_equations import GEE

    together = np.concatenate(values)
    is_second = np.repeat([0.0, 1.0], [len(part) for part in values])
    design = np.column_stack([np.ones_like(together), is_second])
    spread = float(together.std())
    with warnings.catch_warnings():
        # Its only news is that iterations ran out, which is told by `converged` below.
        warnings.simplefilter("ignore")
        model = GEE((together - together.mean()) / spread, design, clusters, cov_struct=Exchangeable())
        try:
            fitted = model.fit(maxiter=100)
            difference, error = float(fitted.params[1]) * spread, float(fitted.bse[1]) * spread
        except (ValueError, np.linalg.LinAlgError) as failure:
            raise Unanswerable(NOT_CONVERGED) from failure
    if not (fitted.converged and math.isfinite(difference) and math.isfinite(error)):
        raise Unanswerable(NOT_CONVERGED)
    return difference, error


def _check(first: ClusteredSample, second: ClusteredSample, level: float) -> None:
    check_level(level)
    if len(first.sizes) < 2 or len(second.sizes) < 2:
        raise Unanswerable(Message(TOO_FEW.text, first=len(first.sizes), second=len(second.sizes)))


def _refuse_no_spread(error: float, values: list[NDArray[np.float64]]) -> None:
    largest = max(float(np.abs(part).max()) for part in values)
    spread = max(float(np.ptp(part)) for part in values)
    if min(error, spread) <= 10 * sys.float_info.epsilon * largest:
        raise Unanswerable(NO_SPREAD)


def _result(
    first: ClusteredSample,
    second: ClusteredSample,
    *,
    estimate: float,
    margin: float,
    statistic: float,
    p: float,
    method: Method,
    level: float,
) -> Result:
    return Result(
        method=method,
        estimand=Estimand.MEAN_DIFFERENCE,
        estimate=estimate,
        interval=Interval(estimate - margin, estimate + margin, level),
        statistic=statistic,
        p=p,
        n=(first.n, second.n),
        missing=(first.missing, second.missing),
        reason=ROBUST_REASON,
        data_hash=fingerprint(groups=[first.figures(), second.figures()]),
    )


def _on_scale(result: Result, scale: Scale) -> Result:
    """Give a difference of mean logarithms as a ratio of geometric means."""
    if scale == "plain" or result.estimate is None or result.interval is None:
        return result
    low, high = result.interval.low, result.interval.high
    if max(abs(low), abs(high)) > LARGEST_LOGARITHM:
        raise Unanswerable(NO_RATIO)
    return replace(
        result,
        estimand=Estimand.GEOMETRIC_MEAN_RATIO,
        estimate=math.exp(result.estimate),
        interval=Interval(math.exp(low), math.exp(high), result.interval.level),
    )


def _warnings(first: ClusteredSample, second: ClusteredSample, scale: Scale) -> tuple[Message, ...]:
    likeness = _likeness(first, second, scale)
    return (likeness, FEW) if min(len(first.sizes), len(second.sizes)) < FEW_CLUSTERS else (likeness,)


def _likeness(first: ClusteredSample, second: ClusteredSample, scale: Scale) -> Message:
    """Say how alike the values of one cluster are, and by how much that widens the variance."""
    icc = intracluster_correlation(first, second, scale=scale)
    if icc is None:
        return SINGLES
    sizes = np.concatenate([first.sizes, second.sizes])
    return Message(
        LIKENESS.text,
        values=first.n + second.n,
        clusters=len(sizes),
        icc=f"{icc:.2f}",
        effect=f"{design_effect(icc, sizes):.2f}",
    )
