"""The centre line and limits that hold at a point, and moving ranges, from which many limits are made."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from wardteam.stats.charts.constants import SCREEN
from wardteam.stats.charts.readings import Reading

HARDLY_ANY = 1e-9
"""A sigma below this share of the centre is rounding, not variation."""


@dataclass(frozen=True)
class Lines:
    """Centre, three-sigma limits and the two-sigma lines between them; None where there are no limits.

    The limits are cut where the scale ends; the two-sigma lines never are.
    """

    centre: float
    lower: float | None = None
    upper: float | None = None
    near_low: float | None = None
    near_high: float | None = None


@dataclass(frozen=True)
class PhaseLines:
    """The lines at every point of a phase, and Laney's sigma z where the chart has one."""

    lines: tuple[Lines, ...]
    sigma_z: float | None = None

    @property
    def has_limits(self) -> bool:
        """Whether any point has limits."""
        return any(at.upper is not None for at in self.lines)


def around(centre: float, sigma: float, *, floor: float = -math.inf, ceiling: float = math.inf) -> Lines:
    """Give the lines three and two sigmas around a centre; none but the centre where nothing varies."""
    if sigma <= HARDLY_ANY * max(abs(centre), 1e-300):
        return Lines(centre)
    return Lines(
        centre,
        max(floor, centre - 3 * sigma),
        min(ceiling, centre + 3 * sigma),
        centre - 2 * sigma,
        centre + 2 * sigma,
    )


def neighbour_ranges(readings: Sequence[Reading], values: Sequence[float]) -> list[float]:
    """Give the distances of neighbouring points; a missing point between two leaves none."""
    pairs = itertools.pairwise(zip(readings, values, strict=True))
    return [abs(b - a) for (one, a), (other, b) in pairs if one.gaps == other.gaps]


def mean_range(ranges: Sequence[float]) -> float:
    """Give the mean moving range, those of 3.267 means or more left out once (Nelson 1982); 0 of none."""
    if not ranges:
        return 0.0
    highest = SCREEN * mean(ranges)
    kept = [moved for moved in ranges if moved < highest]
    return mean(kept or ranges)


def mean(values: Sequence[float]) -> float:
    """Arithmetic mean."""
    return math.fsum(values) / len(values)
