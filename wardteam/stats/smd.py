"""Standardised differences for Table 1: whether two groups are alike in mix; never tested for P."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.counts import Share
from wardteam.stats.distributions import normal_quantile
from wardteam.stats.results import Estimand, Interval, Result, Unanswerable, check_level, fingerprint
from wardteam.stats.samples import Group, Sample, Summary, whole_count

NOTICEABLE = 0.1
REASON = Message("Table 1 shows how alike the groups are, by differences in units of the spread, not by P.")
UNLIKE = Message("The groups differ noticeably here (standardised difference above 0.1).")
NO_SPREAD = Message("Nobody differs from anybody within the groups: there is no standardised difference.")
NO_CATEGORY = Message("A group has nobody in any category.")


@dataclass(frozen=True)
class Categories:
    """How many stand in each category of one variable; `missing` more are not known."""

    counts: tuple[int, ...]
    missing: int = 0

    def __post_init__(self) -> None:
        for count in (*self.counts, self.missing):
            whole_count(count)
        if self.n == 0:
            raise Unanswerable(NO_CATEGORY)

    @property
    def n(self) -> int:
        """All whose category is known."""
        return sum(self.counts)

    def figures(self) -> dict[str, object]:
        """Give the typed figures that the data hash is made from."""
        return {"counts": [int(count) for count in self.counts], "missing": int(self.missing)}


Variable = Group | Share | Categories


def standardised_difference(first: Variable, second: Variable, *, level: float = 0.95) -> Result:
    """Give the standardised difference, second minus first, of a variable of either kind.

    Samples or summaries: (x̄2 - x̄1) / sqrt((s1² + s2²) / 2). Shares: (p2 - p1) / sqrt((p1 q1 + p2 q2) / 2)
    (Austin 2009). Categories: the Mahalanobis distance of the shares, never negative (Yang and Dalton 2012);
    all as R's tableone. Interval from the variance (n1 + n2) / (n1 n2) + d² / (2 (n1 + n2)).

    Raises
    ------
    Unanswerable
        If nothing varies within the groups.
    """
    check_level(level)
    estimate, low_end = _difference(first, second)
    together = first.n + second.n
    error = math.sqrt(together / (first.n * second.n) + estimate**2 / (2 * together))
    margin = normal_quantile(level) * error
    return Result(
        method=methods.STANDARDISED,
        estimand=Estimand.STANDARDISED_DIFFERENCE,
        estimate=estimate,
        interval=Interval(max(low_end, estimate - margin), estimate + margin, level),
        n=(first.n, second.n),
        missing=(first.missing, second.missing),
        reason=REASON,
        warnings=(UNLIKE,) if abs(estimate) > NOTICEABLE else (),
        data_hash=fingerprint(groups=[first.figures(), second.figures()]),
    )


def _difference(first: Variable, second: Variable) -> tuple[float, float]:
    """Give the difference and the least value it can take."""
    if isinstance(first, Categories) and isinstance(second, Categories):
        return _distance(first.counts, second.counts), 0.0
    if isinstance(first, Share) and isinstance(second, Share):
        spread = (first.value * (1 - first.value) + second.value * (1 - second.value)) / 2
        return _over(second.value - first.value, spread), -math.inf
    if isinstance(first, Sample | Summary) and isinstance(second, Sample | Summary):
        return _over(second.mean - first.mean, (first.sd**2 + second.sd**2) / 2), -math.inf
    raise ValueError(f"two groups of one kind are compared, got {type(first)} and {type(second)}")


def _over(difference: float, variance: float) -> float:
    if variance <= 0:
        if difference == 0:
            return 0.0
        raise Unanswerable(NO_SPREAD)
    return difference / math.sqrt(variance)


def _distance(first: Sequence[int], second: Sequence[int]) -> float:
    """Give sqrt(d' S⁻¹ d), d the differences of all shares but the first, S their mean covariance."""
    if len(first) != len(second):
        raise ValueError(f"the groups have {len(first)} and {len(second)} categories")
    kept = [i for i, pair in enumerate(zip(first, second, strict=True)) if any(pair)][1:]
    if not kept:
        return 0.0
    shares = [np.array(counts, dtype=float)[kept] / sum(counts) for counts in (first, second)]
    covariance = sum(np.diag(p) - np.outer(p, p) for p in shares) / 2
    difference = shares[1] - shares[0]
    if np.linalg.matrix_rank(covariance) < len(kept):
        raise Unanswerable(NO_SPREAD)
    return math.sqrt(float(difference @ np.linalg.solve(covariance, difference)))
