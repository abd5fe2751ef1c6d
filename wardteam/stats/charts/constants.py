"""The constants of control charts: c4 by its formula, A3, B3 and B4 from it, and those of moving ranges."""

from __future__ import annotations

import math

TO_LIMITS = 2.66
"""Three sigma in mean moving ranges: 3 / d2, d2 = 1.128 for two points."""

D2 = 1.128
"""The expected range of two points, in standard deviations."""

SCREEN = 3.267
"""The upper limit of moving ranges in mean moving ranges (D4 for two points)."""


def c4(n: float) -> float:
    """Give the expected standard deviation of n normal values, in sigmas (Montgomery 2013, appendix VI).

    >>> round(c4(5), 4)
    0.94
    """
    return math.sqrt(2 / (n - 1)) * math.exp(math.lgamma(n / 2) - math.lgamma((n - 1) / 2))


def a3(n: float, *, sigmas: float = 3) -> float:
    """Give the factor from the mean standard deviation to the limits of the mean of n.

    >>> round(a3(5), 3)
    1.427
    """
    return sigmas / (c4(n) * math.sqrt(n))


def b3(n: float, *, sigmas: float = 3) -> float:
    """Give the factor to the lower limit of a standard deviation of n, 0 at the least.

    >>> round(b3(10), 3)
    0.284
    """
    return max(0.0, 1 - _spread(n, sigmas))


def b4(n: float, *, sigmas: float = 3) -> float:
    """Give the factor to the upper limit of a standard deviation of n.

    >>> round(b4(5), 3)
    2.089
    """
    return 1 + _spread(n, sigmas)


def _spread(n: float, sigmas: float) -> float:
    return sigmas * math.sqrt(1 - c4(n) ** 2) / c4(n)
