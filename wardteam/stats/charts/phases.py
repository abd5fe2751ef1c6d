"""One phase of a chart: its lines, its points judged by them, its test of runs, and what to warn of."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wardteam.errors import Message
from wardteam.stats.charts.limits import phase_lines
from wardteam.stats.charts.lines import Lines, PhaseLines, mean
from wardteam.stats.charts.readings import LEAST_POINTS, Reading
from wardteam.stats.charts.run import in_long_runs, run_test
from wardteam.stats.charts.signals import is_outside, sides, signals
from wardteam.stats.charts.types import ChartKind, ChartPoint, RunTest, Signal
from wardteam.stats.results import Unanswerable

FEW_POINTS = 12
FEW_FOR_LIMITS = "The limits of phase {phase} come from {count} points; {least} or more make them reliable."
FEW_FOR_RUNS = "Phase {phase} has {count} points; its tests of runs see little with fewer than {least}."
NO_LIMITS = "Phase {phase} has {count} points to set limits from; with fewer than {least} it has no limits."
ALL_ALIKE = "The points that set the limits of phase {phase} do not vary: it has no limits."


@dataclass(frozen=True)
class PhaseChart:
    """One phase, its points judged; `where` is the side of the centre of each point that counts."""

    points: tuple[ChartPoint, ...]
    where: tuple[int, ...]
    test: RunTest
    sigma_z: float | None
    warnings: tuple[Message, ...]


def ranged(kind: ChartKind, phases: list[tuple[Reading, ...]]) -> list[tuple[Reading, ...]]:
    """Turn values into moving ranges for an MR chart; the first point of a phase has none."""
    if kind is not ChartKind.MR:
        return phases
    ranged = []
    for phase in phases:
        pairs = ((a, b) for a, b in itertools.pairwise(phase) if a.gaps == b.gaps)
        ranged.append(
            tuple(
                replace(b, value=abs(b.value - a.value), is_excluded=a.is_excluded or b.is_excluded)
                for a, b in pairs
            )
        )
    if sum(not r.is_excluded for phase in ranged for r in phase) < LEAST_POINTS - 1:
        raise Unanswerable(Message("There are no neighbouring points to make moving ranges of."))
    return ranged


def phase_chart(kind: ChartKind, number: int, phase: tuple[Reading, ...], multiplier: float) -> PhaseChart:
    """Judge the points of a phase by the lines that some of them set."""
    count = sum(reading.sets_limits for reading in phase)
    made = _lines(kind, phase, count)
    counted = [(r.value, at) for r, at in zip(phase, made.lines, strict=True) if not r.is_excluded]
    values, lines = [value for value, _ in counted], [at for _, at in counted]
    where = sides(values, lines)
    found = iter(_found(kind, values, lines, where))
    points = tuple(
        _point(reading, at, number, multiplier, () if reading.is_excluded else next(found))
        for reading, at in zip(phase, made.lines, strict=True)
    )
    warnings = _warnings(kind, number, count, has_limits=made.has_limits)
    return PhaseChart(points, tuple(where), run_test(number, where), made.sigma_z, warnings)


def _lines(kind: ChartKind, phase: tuple[Reading, ...], count: int) -> PhaseLines:
    if not count:
        centre = mean([r.value for r in phase])
        return PhaseLines((Lines(centre),) * len(phase))
    made = phase_lines(kind, phase)
    if count < LEAST_POINTS:
        return PhaseLines(tuple(Lines(at.centre) for at in made.lines))
    return made


def _found(
    kind: ChartKind, values: Sequence[float], lines: Sequence[Lines], where: Sequence[int]
) -> list[tuple[Signal, ...]]:
    if kind is ChartKind.RUN:
        return [(Signal.LONG_RUN,) if is_long else () for is_long in in_long_runs(where)]
    if kind in (ChartKind.MR, ChartKind.S):
        return [(Signal.OUTSIDE,) if is_outside(v, at) else () for v, at in zip(values, lines, strict=True)]
    return signals(values, lines)


def _point(
    reading: Reading, at: Lines, phase: int, multiplier: float, found: tuple[Signal, ...]
) -> ChartPoint:
    return ChartPoint(
        label=reading.label,
        value=multiplier * reading.value,
        centre=multiplier * at.centre,
        lower=None if at.lower is None else multiplier * at.lower,
        upper=None if at.upper is None else multiplier * at.upper,
        phase=phase,
        denominator=reading.denominator,
        signals=found,
        is_excluded=reading.is_excluded,
        is_frozen=reading.is_frozen,
    )


def _warnings(kind: ChartKind, number: int, count: int, *, has_limits: bool) -> tuple[Message, ...]:
    if kind is ChartKind.RUN:
        few = number > 0 and count < FEW_POINTS
        return (Message(FEW_FOR_RUNS, phase=number + 1, count=count, least=FEW_POINTS),) if few else ()
    if count < LEAST_POINTS:
        return (Message(NO_LIMITS, phase=number + 1, count=count, least=LEAST_POINTS),)
    if not has_limits:
        return (Message(ALL_ALIKE, phase=number + 1),)
    if count < FEW_POINTS:
        return (Message(FEW_FOR_LIMITS, phase=number + 1, count=count, least=FEW_POINTS),)
    return ()
