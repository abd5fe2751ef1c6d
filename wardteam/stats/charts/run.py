"""Run charts: Anhøj's two tests of runs about the median, and the chart that rests on them alone."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from wardteam.stats.charts.types import RunTest

EXACT_TRIALS = 500


def longest_run_limit(n: int) -> int:
    """Give the longest run that chance allows n points off the median: round(log2 n) + 3 (Schilling 2012).

    >>> longest_run_limit(24)
    8
    """
    return round(math.log2(n)) + 3 if n else 0


def crossings_limit(n: int) -> int:
    """Give the fewest crossings that chance allows: the 5% point of Binomial(n - 1, 1/2) (Chen 2010).

    >>> crossings_limit(24)
    8
    """
    trials = max(n - 1, 0)
    if trials > EXACT_TRIALS:
        return _large_limit(trials)
    below, ways = 0, 1
    for crossings in range(trials + 1):
        below += ways
        if 20 * below >= 2**trials:
            return crossings
        ways = ways * (trials - crossings) // (crossings + 1)
    return trials


def _large_limit(trials: int) -> int:
    """Give the same by bisection over the binomial's tail, for charts of very many points."""
    from scipy.special import bdtr

    low, high = 0, trials
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if 20 * bdtr(middle, trials, 0.5) >= 1 else (middle + 1, high)
    return low


def runs(where: Sequence[int]) -> list[tuple[int, int]]:
    """Give side and length of each run; points on the line (0) neither break nor lengthen one.

    >>> runs([1, 1, 0, 1, -1])
    [(1, 3), (-1, 1)]
    """
    useful = (side for side in where if side)
    return [(side, len(list(points))) for side, points in itertools.groupby(useful)]


def run_test(phase: int, where: Sequence[int]) -> RunTest:
    """Test one phase, given the side of the centre line of each point (Anhøj and Olesen 2014)."""
    found = runs(where)
    n = sum(length for _, length in found)
    return RunTest(
        phase,
        n,
        max((length for _, length in found), default=0),
        longest_run_limit(n),
        max(len(found) - 1, 0),
        crossings_limit(n),
    )


def in_long_runs(where: Sequence[int]) -> list[bool]:
    """Mark the points of runs that are longer than chance allows."""
    limit = longest_run_limit(sum(side != 0 for side in where))
    useful = [place for place, side in enumerate(where) if side]
    marks = [False] * len(where)
    for _, group in itertools.groupby(useful, key=lambda place: where[place]):
        places = list(group)
        for place in places if len(places) > limit else []:
            marks[place] = True
    return marks
