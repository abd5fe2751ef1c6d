"""Limits of funnel plots: how far a unit may lie from the target by chance, given its size.

Formulas as FunnelPlotR (Mainey 2024), after Spiegelhalter (2005), Statistics in Medicine 24:1185-1202:
shares on the arcsine scale, counts against expected ones exactly by Poisson, or on the square-root
scale where a variance between units is added.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from wardteam.stats.funnel_types import FunnelKind

Z_95 = 1.959964
Z_998 = 3.090232


@dataclass(frozen=True)
class Band:
    """Lower and upper limits at 95% and 99.8%."""

    low_95: float
    high_95: float
    low_998: float
    high_998: float

    def times(self, factor: float) -> Band:
        """Give the limits on another scale."""
        return Band(*(factor * x for x in (self.low_95, self.high_95, self.low_998, self.high_998)))


def band(kind: FunnelKind, target: float, size: float, tau2: float) -> Band:
    """Give the limits of a share, rate or ratio of a unit of this size.

    `size` is n, exposure or the expected count; `tau2` the variance between units on the transformed
    scale, 0 for none.
    """
    if kind is FunnelKind.PROPORTION:
        return Band(*_arcsine(target, size, tau2))
    expected = target * size
    if tau2:
        return Band(*_square_root(expected, tau2)).times(target)
    return Band(*_poisson(expected)).times(target)


def score(kind: FunnelKind, target: float, events: float, size: float) -> float:
    """Give a unit's z score on the transformed scale."""
    if kind is FunnelKind.PROPORTION:
        return (math.asin(math.sqrt(events / size)) - math.asin(math.sqrt(target))) / _error(size)
    expected = target * size
    return (math.sqrt(events / expected) - 1) / _error(expected)


def weight(kind: FunnelKind, target: float, size: float) -> float:
    """Give the inverse of a unit's variance on the transformed scale."""
    return 1 / _error(size if kind is FunnelKind.PROPORTION else target * size) ** 2


def _error(size: float) -> float:
    return 1 / (2 * math.sqrt(size))


def _arcsine(target: float, size: float, tau2: float) -> list[float]:
    """Give sin²(asin sqrt(target) ± z sqrt(1 / 4n + tau²)); the angle stays within a quarter circle."""
    middle, spread = math.asin(math.sqrt(target)), math.sqrt(_error(size) ** 2 + tau2)
    angles = (
        middle - Z_95 * spread,
        middle + Z_95 * spread,
        middle - Z_998 * spread,
        middle + Z_998 * spread,
    )
    return [math.sin(min(max(angle, 0.0), math.pi / 2)) ** 2 for angle in angles]


def _square_root(expected: float, tau2: float) -> list[float]:
    spread = math.sqrt(_error(expected) ** 2 + tau2)
    roots = (1 - Z_95 * spread, 1 + Z_95 * spread, 1 - Z_998 * spread, 1 + Z_998 * spread)
    return [max(root, 0.0) ** 2 for root in roots]


def _poisson(expected: float) -> list[float]:
    """Give exact limits of observed over expected, by the chi-square quantiles of the Poisson tails."""
    from scipy.special import gammaincinv

    tails = ((0.025, 0), (0.975, 1), (0.001, 0), (0.999, 1))
    return [float(gammaincinv(expected + more, tail)) / expected for tail, more in tails]
