"""The limits of each kind of chart, from the points that set them; values before the multiplier."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence

from wardteam.stats.charts.constants import D2, SCREEN, TO_LIMITS, a3, b3, b4
from wardteam.stats.charts.lines import (
    HARDLY_ANY,
    Lines,
    PhaseLines,
    around,
    mean,
    mean_range,
    neighbour_ranges,
)
from wardteam.stats.charts.readings import Reading
from wardteam.stats.charts.types import ChartKind

Phase = Sequence[Reading]
"""All points of a phase in order; those that set the limits say so."""

T_POWER = 3.6
"""Times between events are about normal as y ** (1 / 3.6) (Nelson 1994)."""


def phase_lines(kind: ChartKind, phase: Phase) -> PhaseLines:
    """Give the lines of a phase, of which one point or more sets limits."""
    return _KINDS[kind](phase, [reading for reading in phase if reading.sets_limits])


def _run(phase: Phase, base: Phase) -> PhaseLines:
    return _level(phase, Lines(statistics.median(r.value for r in base)))


def _individuals(phase: Phase, base: Phase) -> PhaseLines:
    return _level(phase, _individual(base, [r.value for r in base]))


def _individual(base: Phase, values: Sequence[float]) -> Lines:
    return around(mean(values), TO_LIMITS / 3 * mean_range(neighbour_ranges(base, values)))


def _moving(phase: Phase, base: Phase) -> PhaseLines:
    centre = mean([r.value for r in base])
    return _level(phase, _above_zero(centre, SCREEN * centre))


def _above_zero(centre: float, upper: float) -> Lines:
    if not centre:
        return Lines(centre)
    return Lines(centre, 0.0, upper)


def _means(phase: Phase, base: Phase) -> PhaseLines:
    sd = _within(phase, base)
    weights = math.fsum(r.denominator or 0 for r in base)
    centre = math.fsum((r.denominator or 0) * r.value for r in base) / weights
    return PhaseLines(tuple(around(centre, a3(r.denominator or 0) * sd / 3) for r in phase))


def _spreads(phase: Phase, base: Phase) -> PhaseLines:
    sd = _within(phase, base)
    if not sd:
        return _level(phase, Lines(sd))
    sizes = [r.denominator or 0 for r in phase]
    return PhaseLines(tuple(Lines(sd, b3(n) * sd, b4(n) * sd) for n in sizes))


def _within(phase: Phase, base: Phase) -> float:
    """Give the standard deviation within subgroups: pooled where their sizes differ (Montgomery 6.31)."""
    if len({r.denominator for r in phase}) == 1:
        return mean([r.sd for r in base])
    freedom = [(r.denominator or 0) - 1 for r in base]
    return math.sqrt(math.fsum(f * r.sd**2 for f, r in zip(freedom, base, strict=True)) / math.fsum(freedom))


def _shares(phase: Phase, base: Phase) -> PhaseLines:
    centre, sigmas = _share_sigmas(phase, base)
    return PhaseLines(tuple(around(centre, s, floor=0.0, ceiling=1.0) for s in sigmas))


def _shares_prime(phase: Phase, base: Phase) -> PhaseLines:
    return _laney(phase, *_share_sigmas(phase, base), ceiling=1.0)


def _share_sigmas(phase: Phase, base: Phase) -> tuple[float, list[float]]:
    centre = _pooled(base)
    return centre, [math.sqrt(centre * (1 - centre) / (r.denominator or 1)) for r in phase]


def _rates(phase: Phase, base: Phase) -> PhaseLines:
    centre, sigmas = _rate_sigmas(phase, base)
    return PhaseLines(tuple(around(centre, s, floor=0.0) for s in sigmas))


def _rates_prime(phase: Phase, base: Phase) -> PhaseLines:
    return _laney(phase, *_rate_sigmas(phase, base), ceiling=math.inf)


def _rate_sigmas(phase: Phase, base: Phase) -> tuple[float, list[float]]:
    centre = _pooled(base)
    return centre, [math.sqrt(centre / (r.denominator or 1)) for r in phase]


def _pooled(base: Phase) -> float:
    return math.fsum(r.raw for r in base) / math.fsum(r.denominator or 0 for r in base)


def _laney(phase: Phase, centre: float, sigmas: Sequence[float], *, ceiling: float) -> PhaseLines:
    """Widen or narrow the limits by the moving range of z scores (Laney 2002)."""
    base = [(r, s) for r, s in zip(phase, sigmas, strict=True) if r.sets_limits]
    if not all(sigma for _, sigma in base):
        return _level(phase, Lines(centre))
    scores = [(r.value - centre) / s for r, s in base]
    sigma_z = mean_range(neighbour_ranges([r for r, _ in base], scores)) / D2
    if sigma_z < HARDLY_ANY:
        return _level(phase, Lines(centre))
    lines = tuple(around(centre, sigma_z * s, floor=0.0, ceiling=ceiling) for s in sigmas)
    return PhaseLines(lines, sigma_z)


def _counts(phase: Phase, base: Phase) -> PhaseLines:
    centre = mean([r.value for r in base])
    return _level(phase, around(centre, math.sqrt(centre), floor=0.0))


def _between(phase: Phase, base: Phase) -> PhaseLines:
    """Limit cases between events around their mean, and draw the median as the centre of runs."""
    average = mean([r.value for r in base])
    lines = around(average, math.sqrt(average * (average + 1)), floor=0.0)
    median = statistics.median(r.value for r in base)
    return _level(phase, Lines(median, lines.lower, lines.upper, lines.near_low, lines.near_high))


def _times(phase: Phase, base: Phase) -> PhaseLines:
    lines = _individual(base, [r.value ** (1 / T_POWER) for r in base])
    parts = (lines.lower, lines.upper, lines.near_low, lines.near_high)
    return _level(phase, Lines(lines.centre**T_POWER, *map(_time_again, parts)))


def _time_again(root: float | None) -> float | None:
    return None if root is None else max(root, 0.0) ** T_POWER


def _level(phase: Phase, lines: Lines) -> PhaseLines:
    return PhaseLines((lines,) * len(phase))


_KINDS: dict[ChartKind, Callable[[Phase, Phase], PhaseLines]] = {
    ChartKind.RUN: _run,
    ChartKind.I: _individuals,
    ChartKind.MR: _moving,
    ChartKind.XBAR: _means,
    ChartKind.S: _spreads,
    ChartKind.P: _shares,
    ChartKind.PP: _shares_prime,
    ChartKind.U: _rates,
    ChartKind.UP: _rates_prime,
    ChartKind.C: _counts,
    ChartKind.G: _between,
    ChartKind.T: _times,
}
