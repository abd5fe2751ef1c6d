"""Ranks: Mann-Whitney's test with the probability of superiority, and Hodges-Lehmann's shift."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.distributions import normal_quantile, normal_tails
from wardteam.stats.rank_counts import (
    Values,
    exact_quantile,
    exact_tails,
    order_difference,
    placements,
    tie_sum,
)
from wardteam.stats.results import Estimand, Interval, Result, Unanswerable, check_level, fingerprint
from wardteam.stats.samples import Sample

EXACT_BELOW = 50
EXACT_REASON = Message("Fewer than 50 measurements a group and no ties: the exact distribution of U.")
NORMAL_REASON = Message(
    "50 measurements in a group or more, or ties: the normal approximation, "
    "corrected for ties and for continuity."
)
SHIFT_REASON = Message("The median of all differences between the groups: fit for skewed measurements.")
TOO_FEW = Message("Ranks need two measurements in each group; got {first} and {second}.")
ALL_TIED = Message("All measurements are the same; ranks have nothing to compare.")
ONE_SIDED = Message(
    "So few measurements allow no interval at this level; the widest possible interval is given."
)


def mann_whitney(first: Sample, second: Sample, *, level: float = 0.95) -> Result:
    """Compare two samples by ranks, as R's wilcox.test (Mann and Whitney 1947).

    U counts the pairs in which the first group's value is the larger, ties half: R's W for
    `wilcox.test(first, second)`. Exact below 50 measurements a group without ties; else normal with
    the correction for ties and for continuity. The estimate is the probability of superiority: that
    a value of the second group exceeds one of the first, ties half, with the interval of Newcombe
    (2006, method 5).

    >>> mann_whitney(Sample.of([1.0, 2.0, 3.0]), Sample.of([4.0, 5.0, 6.0])).statistic
    0.0
    """
    check_level(level)
    x, y = _arrays(first, second)
    u = placements(x, y)
    ties = tie_sum(np.concatenate((x, y)))
    is_exact = ties == 0 and max(first.n, second.n) < EXACT_BELOW
    superiority = 1 - u / (first.n * second.n)
    return Result(
        method=methods.MANN_WHITNEY_EXACT if is_exact else methods.MANN_WHITNEY_NORMAL,
        estimand=Estimand.SUPERIORITY,
        estimate=superiority,
        interval=_newcombe(superiority, first.n, second.n, level),
        statistic=u,
        p=exact_tails(int(u), first.n, second.n) if is_exact else _normal_p(u, first.n, second.n, ties),
        n=(first.n, second.n),
        missing=(first.missing, second.missing),
        reason=EXACT_REASON if is_exact else NORMAL_REASON,
        data_hash=fingerprint(groups=[first.figures(), second.figures()]),
    )


def hodges_lehmann(first: Sample, second: Sample, *, level: float = 0.95) -> Result:
    """Estimate the shift, second less first: the median of all n1 n2 differences (1963).

    The interval holds the differences that Mann-Whitney's test would not reject (Moses; Hollander
    and Wolfe 1999, section 4.3): exact below 50 a group without ties, else normal with the ties'
    variance. Differences are found by bisection in the sorted samples; there is no n1 x n2 table.
    """
    check_level(level)
    x, y = (np.sort(values) for values in _arrays(first, second))
    pairs = first.n * second.n
    middle = [order_difference(x, y, rank) for rank in {(pairs + 1) // 2, pairs // 2 + 1}]
    cut = _cut(x, y, level)
    ends = order_difference(x, y, max(cut, 1)), order_difference(x, y, pairs + 1 - max(cut, 1))
    return Result(
        method=methods.HODGES_LEHMANN,
        estimand=Estimand.LOCATION_SHIFT,
        estimate=math.fsum(middle) / len(middle),
        interval=Interval(*ends, level),
        n=(first.n, second.n),
        missing=(first.missing, second.missing),
        reason=SHIFT_REASON,
        warnings=() if cut >= 1 else (ONE_SIDED,),
        data_hash=fingerprint(groups=[first.figures(), second.figures()]),
    )


def _arrays(first: Sample, second: Sample) -> tuple[Values, Values]:
    if first.n < 2 or second.n < 2:
        raise Unanswerable(Message(TOO_FEW.text, first=first.n, second=second.n))
    x, y = np.array(first.values), np.array(second.values)
    if min(x.min(), y.min()) == max(x.max(), y.max()):
        raise Unanswerable(ALL_TIED)
    return x, y


def _sigma(n: int, m: int, ties: float) -> float:
    """Give the standard deviation of U where groups are alike; `ties` is the sum of t³ - t."""
    total = n + m
    return math.sqrt(n * m / 12 * (total + 1 - ties / (total * (total - 1))))


def _normal_p(u: float, n: int, m: int, ties: float) -> float:
    distance = max(0.0, abs(u - n * m / 2) - 0.5)
    return normal_tails(distance / _sigma(n, m, ties))


def _cut(x: Values, y: Values, level: float) -> int:
    """Give the rank of the difference at which the interval starts; 0 where none is low enough."""
    n, m = len(x), len(y)
    ties = tie_sum(np.concatenate((x, y)))
    if ties == 0 and max(n, m) < EXACT_BELOW:
        return exact_quantile((1 - level) / 2, n, m)
    return math.floor(n * m / 2 - normal_quantile(level) * _sigma(n, m, ties))


def _newcombe(share: float, n: int, m: int, level: float) -> Interval:
    """Give Newcombe's interval of a probability of superiority (2006, Stat. Med. 25: 559-573, method 5).

    Its ends are the values theta at which |theta - share| equals z standard errors after Hanley and
    McNeil, both group sizes less 1 replaced by their mean less 1.
    """
    z = normal_quantile(level)
    spare = (n + m) / 2 - 1

    def excess(theta: float) -> float:
        variance = theta * (1 - theta) / (n * m)
        variance *= 1 + spare * ((1 - theta) / (2 - theta) + theta / (1 + theta))
        return abs(theta - share) - z * math.sqrt(variance)

    return Interval(_end(excess, outer=0.0, inner=share), _end(excess, outer=1.0, inner=share), level)


def _end(excess: Callable[[float], float], *, outer: float, inner: float) -> float:
    for _ in range(60):
        middle = (outer + inner) / 2
        outer, inner = (middle, inner) if excess(middle) > 0 else (outer, middle)
    return (outer + inner) / 2
