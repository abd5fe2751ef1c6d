"""Regression of logarithms with cluster-robust errors: several calls of one stay are not independent."""

from __future__ import annotations

import hashlib
import math

import numpy as np
from numpy.typing import NDArray

from wardteam.errors import Message
from wardteam.stats.distributions import t_quantile, t_tails
from wardteam.stats.results import Estimand, Interval, Method, Result, Unanswerable, check_level

CLUSTERED_LINE = Method("cluster_robust_log", Message("regression of logarithms, cluster-robust"), "t")
CLUSTERED_REASON = Message(
    "Several calls of one stay are not independent: the errors are those of whole stays (cluster-robust)."
)
FEW_CLUSTERS = 30
HARDLY_CLUSTERED = Message(
    "Fewer than {least} stays: cluster-robust errors tend to be too small.", least=FEW_CLUSTERS
)


def clustered_ratio(
    values: NDArray[np.float64],
    terms: NDArray[np.float64],
    clusters: NDArray[np.int64],
    *,
    of: int,
    missing: int = 0,
    level: float = 0.95,
) -> Result:
    """Regress ln(values) on terms and give exp of one coefficient: the ratio of geometric means per unit.

    Parameters
    ----------
    values
        Positive numbers, shape (n,).
    terms
        Regressors with the constant among them, shape (n, k); `of` is the place of the one asked for.
    clusters
        The cluster of each value as a whole number, shape (n,).

    Sandwich estimator over clusters with the small-sample factor G/(G-1) (n-1)/(n-k), t with G-1 df
    (Cameron and Miller 2015, as Stata's and statsmodels' `cov_type="cluster"`).
    """
    check_level(level)
    _check(values, terms, clusters)
    coefficients, errors = _fit(np.log(values), terms, clusters)
    groups = len(np.unique(clusters))
    slope, error = float(coefficients[of]), float(errors[of])
    margin = t_quantile(level, groups - 1) * error
    return Result(
        method=CLUSTERED_LINE,
        n=(len(values), groups),
        missing=(missing,),
        reason=CLUSTERED_REASON,
        data_hash=_hash(values, terms, clusters),
        estimand=Estimand.GEOMETRIC_MEAN_RATIO,
        estimate=math.exp(slope),
        interval=Interval(math.exp(slope - margin), math.exp(slope + margin), level),
        statistic=slope / error,
        df=(float(groups - 1),),
        p=t_tails(slope / error, groups - 1),
        warnings=(HARDLY_CLUSTERED,) if groups < FEW_CLUSTERS else (),
    )


def clustered_geometric_mean(
    values: NDArray[np.float64], clusters: NDArray[np.int64], *, level: float = 0.95
) -> Result:
    """Give the geometric mean of positive values with an interval that allows for the clusters."""
    terms = np.ones((len(values), 1))
    ratio = clustered_ratio(values, terms, clusters, of=0, level=level)
    return Result(
        method=CLUSTERED_LINE,
        n=ratio.n,
        missing=ratio.missing,
        reason=CLUSTERED_REASON,
        data_hash=ratio.data_hash,
        estimand=Estimand.GEOMETRIC_MEAN,
        estimate=ratio.estimate,
        interval=ratio.interval,
        df=ratio.df,
        warnings=ratio.warnings,
    )


def _fit(
    logs: NDArray[np.float64], terms: NDArray[np.float64], clusters: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    n, k = terms.shape
    bread = np.linalg.inv(terms.T @ terms)
    coefficients = bread @ (terms.T @ logs)
    scores = terms * (logs - terms @ coefficients)[:, None]
    _, place = np.unique(clusters, return_inverse=True)
    groups = int(place.max()) + 1
    sums = np.zeros((groups, k))
    np.add.at(sums, place, scores)
    factor = groups / (groups - 1) * (n - 1) / (n - k)
    covariance = factor * bread @ (sums.T @ sums) @ bread
    return coefficients, np.sqrt(np.diag(covariance))


def _check(values: NDArray[np.float64], terms: NDArray[np.float64], clusters: NDArray[np.int64]) -> None:
    if not (np.isfinite(values).all() and (values > 0).all() and np.isfinite(terms).all()):
        raise Unanswerable(Message("Logarithms need finite figures above 0."))
    if len(np.unique(clusters)) < 2 or len(values) <= terms.shape[1] + 1:
        raise Unanswerable(
            Message("A regression needs calls of two stays or more; got {calls} calls.", calls=len(values))
        )
    if np.ptp(values) == 0:
        raise Unanswerable(Message("All times are equal: nothing can be said about their scatter."))
    if np.linalg.matrix_rank(terms) < terms.shape[1]:
        raise Unanswerable(
            Message("What is compared never varies apart from the rest: its share can't be told.")
        )


def _hash(values: NDArray[np.float64], terms: NDArray[np.float64], clusters: NDArray[np.int64]) -> str:
    """Give the SHA-256 of the bytes; hundreds of thousands of figures would take seconds as JSON."""
    parts = (values.astype("<f8"), terms.astype("<f8"), clusters.astype("<i8"))
    return hashlib.sha256(b"".join(np.ascontiguousarray(part).tobytes() for part in parts)).hexdigest()
