"""Three groups or more: analysis of variance, Welch's, Kruskal-Wallis, and the pairs corrected for many."""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.distributions import (
    chi2_tail,
    f_tail,
    normal_tails,
    range_quantile,
    range_tail,
    t_quantile,
)
from wardteam.stats.means import welch
from wardteam.stats.multiplicity import holm
from wardteam.stats.rank_counts import tie_sum
from wardteam.stats.ranks import ALL_TIED, hodges_lehmann
from wardteam.stats.results import Interval, Method, Result, Unanswerable, fingerprint
from wardteam.stats.samples import Group, Sample

ANOVA_REASON = Message("Shown because articles print it; it assumes equal variances.")
WELCH_REASON = Message("Groups may differ in their spread: Welch's analysis of variance.")
RANKS_REASON = Message("Three groups or more of skewed measurements are compared by their ranks.")
PAIRS_REASON = Message("All pairs are compared; P and interval allow for the {count} comparisons together.")
HOLM_REASON = Message(
    "All pairs are compared; Holm's adjustment allows for the {count} comparisons together."
)
TOO_FEW = Message("Two groups or more, each of two measurements or more, are needed; the sizes are {sizes}.")
NO_SPREAD = Message("All measurements within the groups are the same; there is no spread to compare with.")


@dataclass(frozen=True)
class Pair:
    """Two of several groups: the result, second less first, and its P adjusted for all pairs."""

    first: str
    second: str
    result: Result
    adjusted_p: float


def anova(groups: Sequence[Group]) -> Result:
    """Compare means under equal variances (Fisher): F with k - 1 and n - k df. Takes summaries too."""
    _check(groups)
    n, k = sum(group.n for group in groups), len(groups)
    middle = math.fsum(group.n * group.mean for group in groups) / n
    between = math.fsum(group.n * (group.mean - middle) ** 2 for group in groups) / (k - 1)
    within = math.fsum((group.n - 1) * group.sd**2 for group in groups) / (n - k)
    _refuse_no_spread(math.sqrt(within), groups)
    df = (float(k - 1), float(n - k))
    f = between / within
    return _result(groups, method=methods.ANOVA, statistic=f, df=df, p=f_tail(f, *df), reason=ANOVA_REASON)


def welch_anova(groups: Sequence[Group]) -> Result:
    """Compare means without assuming equal variances (Welch 1951; R's oneway.test)."""
    _check(groups)
    for group in groups:
        _refuse_no_spread(group.sd, (group,))
    k = len(groups)
    weights = [group.n / group.sd**2 for group in groups]
    total = math.fsum(weights)
    middle = math.fsum(w * group.mean for w, group in zip(weights, groups, strict=True)) / total
    parts = ((1 - w / total) ** 2 / (group.n - 1) for w, group in zip(weights, groups, strict=True))
    spare = math.fsum(parts) / (k * k - 1)
    between = math.fsum(w * (group.mean - middle) ** 2 for w, group in zip(weights, groups, strict=True))
    f = between / (k - 1) / (1 + 2 * (k - 2) * spare)
    df = (float(k - 1), 1 / (3 * spare))
    return _result(
        groups, method=methods.WELCH_ANOVA, statistic=f, df=df, p=f_tail(f, *df), reason=WELCH_REASON
    )


def kruskal_wallis(groups: Sequence[Sample]) -> Result:
    """Compare ranks (Kruskal and Wallis 1952): H corrected for ties, chi-square with k - 1 df."""
    _check(groups)
    ranks, variance = _mean_ranks(groups)
    n = sum(group.n for group in groups)
    h = math.fsum(g.n * (rank - (n + 1) / 2) ** 2 for g, rank in zip(groups, ranks, strict=True)) / variance
    df = len(groups) - 1
    return _result(
        groups,
        method=methods.KRUSKAL_WALLIS,
        statistic=h,
        df=(float(df),),
        p=chi2_tail(h, df),
        reason=RANKS_REASON,
    )


def pairwise_means(
    groups: Sequence[Group],
    names: Sequence[str],
    *,
    method: Literal["games_howell", "welch_holm"] = "games_howell",
    level: float = 0.95,
) -> tuple[Pair, ...]:
    """Compare all pairs of means, after Games and Howell (1976), or by Welch's test with Holm's P.

    Games-Howell: q = |difference| / sqrt((s1²/n1 + s2²/n2) / 2) on the studentised range of k groups
    with Welch's df; its intervals hold together. With Holm, each interval stands for its pair alone.
    """
    _check(groups, names)
    pairs = list(itertools.combinations(range(len(groups)), 2))
    tested = [welch(groups[a], groups[b], level=level) for a, b in pairs]
    if method == "games_howell":
        tested = [_games_howell(result, len(groups), len(pairs), level) for result in tested]
        adjusted = tuple(result.p or 0.0 for result in tested)
    else:
        reason = Message(HOLM_REASON.text, count=len(pairs))
        tested = [replace(result, reason=reason) for result in tested]
        adjusted = holm([result.p or 0.0 for result in tested])
    return _pairs(pairs, names, tested, adjusted)


def pairwise_ranks(
    groups: Sequence[Sample], names: Sequence[str], *, level: float = 0.95
) -> tuple[Pair, ...]:
    """Compare all pairs after Kruskal-Wallis by Dunn's test (1964) with ties, adjusted by Holm.

    z = (mean rank 2 - mean rank 1) / sqrt(variance (1/n1 + 1/n2)), all groups ranked together; beside
    it stands Hodges-Lehmann's shift, whose interval is for its pair alone.
    """
    _check(groups, names)
    ranks, variance = _mean_ranks(groups)
    pairs = list(itertools.combinations(range(len(groups)), 2))
    tested = []
    for a, b in pairs:
        error = math.sqrt(variance * (1 / groups[a].n + 1 / groups[b].n))
        z = (ranks[b] - ranks[a]) / error
        tested.append(_dunn(groups[a], groups[b], z, len(pairs), level))
    return _pairs(pairs, names, tested, holm([result.p or 0.0 for result in tested]))


def _games_howell(result: Result, groups: int, pairs: int, level: float) -> Result:
    """Put Welch's test of one pair on the studentised range of all groups."""
    if result.estimate is None or result.interval is None:
        raise ValueError("Welch's test always has an estimate and an interval")
    df = result.df[0]
    error = (result.interval.high - result.interval.low) / 2 / t_quantile(level, df) / math.sqrt(2)
    q = abs(result.estimate) / error
    margin = range_quantile(level, groups, df) * error
    return replace(
        result,
        method=methods.GAMES_HOWELL,
        statistic=q,
        p=range_tail(q, groups, df),
        interval=Interval(result.estimate - margin, result.estimate + margin, level),
        reason=Message(PAIRS_REASON.text, count=pairs),
    )


def _dunn(first: Sample, second: Sample, z: float, pairs: int, level: float) -> Result:
    """Give one pair's result; two groups of one and the same value have no shift, but still a z."""
    reason = Message(HOLM_REASON.text, count=pairs)
    if min(first.values + second.values) == max(first.values + second.values):
        groups = (first, second)
        return _result(groups, method=methods.DUNN, statistic=z, df=(), p=normal_tails(z), reason=reason)
    shift = hodges_lehmann(first, second, level=level)
    return replace(shift, method=methods.DUNN, statistic=z, p=normal_tails(z), reason=reason)


def _pairs(
    pairs: Sequence[tuple[int, int]], names: Sequence[str], tested: Sequence[Result], ps: Sequence[float]
) -> tuple[Pair, ...]:
    return tuple(
        Pair(names[a], names[b], result, p) for (a, b), result, p in zip(pairs, tested, ps, strict=True)
    )


def _mean_ranks(groups: Sequence[Sample]) -> tuple[list[float], float]:
    """Give each group's mean rank among all values, and the variance of one rank allowing for ties."""
    everything = np.concatenate([np.array(group.values) for group in groups])
    n = len(everything)
    ordered = np.sort(everything)
    variance = n * (n + 1) / 12 - tie_sum(everything) / (12 * (n - 1))
    if ordered[0] == ordered[-1]:
        raise Unanswerable(ALL_TIED)
    ranks = (np.searchsorted(ordered, everything) + np.searchsorted(ordered, everything, "right") + 1) / 2
    ends = np.cumsum([group.n for group in groups])[:-1]
    return [float(part.mean()) for part in np.split(ranks, ends)], variance


def _check(groups: Sequence[Group], names: Sequence[str] | None = None) -> None:
    if names is not None and len(names) != len(groups):
        raise ValueError(f"{len(names)} names stand against {len(groups)} groups")
    if len(groups) < 2 or any(group.n < 2 for group in groups):
        sizes = ", ".join(str(group.n) for group in groups)
        raise Unanswerable(Message(TOO_FEW.text, sizes=sizes))


def _refuse_no_spread(spread: float, groups: Sequence[Group]) -> None:
    if spread <= 10 * sys.float_info.epsilon * max(abs(group.mean) for group in groups):
        raise Unanswerable(NO_SPREAD)


def _result(
    groups: Sequence[Group],
    *,
    method: Method,
    statistic: float,
    df: tuple[float, ...],
    p: float,
    reason: Message,
) -> Result:
    return Result(
        method=method,
        statistic=statistic,
        df=df,
        p=p,
        n=tuple(group.n for group in groups),
        missing=tuple(group.missing for group in groups),
        reason=reason,
        data_hash=fingerprint(groups=[group.figures() for group in groups]),
    )
