"""Counting pairs and differences of two samples in sorted order, and the exact distribution of U."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def placements(x: Values, y: Values) -> float:
    """Count the pairs in which a value of x exceeds one of y, ties half (U of the first group)."""
    ordered = np.sort(y)
    below = np.searchsorted(ordered, x, side="left")
    not_above = np.searchsorted(ordered, x, side="right")
    return float(below.sum() + not_above.sum()) / 2


def tie_sum(values: Values) -> float:
    """Sum t³ - t over the groups of t equal values; 0 without ties."""
    sizes = np.unique(values, return_counts=True)[1].astype(float)
    return float((sizes**3 - sizes).sum())


def order_difference(x: Values, y: Values, rank: int) -> float:
    """Give the difference y - x of that rank (1 for the least) among all pairs; both sorted.

    Bisection over the value: how many differences lie at or below it is one search in y.
    """
    points, weights = np.unique(x, return_counts=True)
    rounding = 4 * np.finfo(float).eps * max(abs(x[0]), abs(x[-1]), abs(y[0]), abs(y[-1]))
    low, high = float(y[0] - x[-1]) - rounding, float(y[-1] - x[0]) + rounding
    while high - low > rounding:
        middle = low + (high - low) / 2
        if not low < middle < high:
            break
        if _differences_to(points, weights, y, middle) >= rank:
            high = middle
        else:
            low = middle
    return _least_above(points, y, low - rounding)


def _least_above(points: Values, y: Values, value: float) -> float:
    """Give the least difference above a value, so that it is one that really occurs."""
    places = np.searchsorted(y, points + value, side="right")
    inside = places < len(y)
    return float((y[places[inside]] - points[inside]).min())


def _differences_to(points: Values, weights: NDArray[np.int64], y: Values, value: float) -> int:
    return int(np.searchsorted(y, points + value, side="right") @ weights)


def exact_tails(u: int, n: int, m: int) -> float:
    """Give the exact two-sided P of U without ties: twice the smaller tail, 1 at most."""
    shares = _cumulated(n, m)
    return float(min(1.0, 2 * shares[min(u, n * m - u)]))


def exact_quantile(share: float, n: int, m: int) -> int:
    """Give the least u at which U lies with probability `share` or more (R's qwilcox)."""
    return int(np.searchsorted(_cumulated(n, m), share))


@lru_cache(maxsize=32)
def _cumulated(n: int, m: int) -> Values:
    """Give P(U <= u) for u = 0, 1, ..., n m.

    The numbers of arrangements are the coefficients of the Gaussian binomial: the product over
    i = 1..n of (1 - q^(m+i)) / (1 - q^i); multiplied out one factor at a time.
    """
    counts = [0] * (n * m + 1)
    counts[0] = 1
    for i in range(1, n + 1):
        for u in range(n * m, m + i - 1, -1):
            counts[u] -= counts[u - m - i]
        for u in range(i, n * m + 1):
            counts[u] += counts[u - i]
    total = math.comb(n + m, n)
    running, cumulated = 0, np.empty(n * m + 1)
    for u, count in enumerate(counts):
        running += count
        cumulated[u] = running / total
    return cumulated
