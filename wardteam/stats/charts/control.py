"""The one door to run and control charts: figures in, a chart with limits, signals and verdicts out.

Formulas follow qicharts2 (Anhøj); XmR rules and verdicts NHSRplotthedots. Moving ranges do not span a
missing point; they span an excluded one. What `control_chart` takes:

values
    RUN, I, MR: the values. P, P', U, U', C: counts of events; G: cases between events; T: times
    between them. Empty for Xbar and S, whose measurements stand in `subgroups`. None is missing.
denominators
    P, P': out of how many; U, U': exposures; RUN, I, MR: only shown. 0 events of 0 are missing.
target
    On the scale that is plotted, which is `multiplier` times the value, share or rate.
freeze
    In each phase, the first so many places set the limits.
rebase
    Places at which a new phase starts.
exclude
    Places of points that are drawn, set no limit and raise no signal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wardteam.errors import Message
from wardteam.stats.charts import verdicts
from wardteam.stats.charts.phases import FEW_POINTS, PhaseChart, phase_chart, ranged
from wardteam.stats.charts.readings import Given, by_phase, checked_readings
from wardteam.stats.charts.rules import RULES
from wardteam.stats.charts.types import Better, ChartKind, ChartPoint, ControlChart, Variation
from wardteam.stats.results import fingerprint

FEW = (
    "The chart has only {count} points; with fewer than {least}, signals and limits are hardly to be trusted."
)


def control_chart(
    kind: ChartKind,
    labels: Sequence[str],
    values: Sequence[float | None],
    *,
    denominators: Sequence[float | None] | None = None,
    better: Better = Better.NEITHER,
    target: float | None = None,
    freeze: int | None = None,
    rebase: Sequence[int] = (),
    exclude: Sequence[int] = (),
    multiplier: float = 1.0,
    subgroups: Sequence[Sequence[float | None]] | None = None,
) -> ControlChart:
    """Make a chart of any kind; the module says what each figure is.

    Raises
    ------
    Unanswerable
        Fewer than three points, counts that are no counts, more events than cases, times of 0.
    """
    starts = sorted({0, *rebase})
    if starts[0] < 0 or starts[-1] >= max(len(labels), 1):
        raise ValueError(f"a phase starts at a place from 0 to {len(labels) - 1}, got {sorted(rebase)}")
    given = Given(kind, labels, values, denominators, subgroups)
    readings = checked_readings(given, starts, freeze, frozenset(exclude))
    course = ranged(kind, by_phase(readings, starts))
    phases = [phase_chart(kind, i, phase, multiplier) for i, phase in enumerate(course) if phase]
    return replace(
        _judged(kind, phases, better, target),
        missing=len(labels) - len(readings),
        data_hash=fingerprint(
            **given.figures(),
            freeze=freeze,
            rebase=starts,
            exclude=sorted(exclude),
            multiplier=float(multiplier),
        ),
    )


def _judged(
    kind: ChartKind, phases: Sequence[PhaseChart], better: Better, target: float | None
) -> ControlChart:
    points = tuple(point for phase in phases for point in phase.points)
    return ControlChart(
        kind=kind,
        points=points,
        run_tests=tuple(phase.test for phase in phases),
        better=better,
        variation=_variation(kind, phases, better),
        assurance=verdicts.assurance(_newest(points), target, better),
        target=target,
        sigma_z=next((p.sigma_z for p in reversed(phases) if p.sigma_z is not None), None),
        missing=0,
        rule=RULES[kind],
        warnings=(*_few(points), *(w for phase in phases for w in phase.warnings)),
        data_hash="",
    )


def run_chart(
    labels: Sequence[str],
    values: Sequence[float | None],
    *,
    better: Better = Better.NEITHER,
    target: float | None = None,
    freeze: int | None = None,
    rebase: Sequence[int] = (),
    exclude: Sequence[int] = (),
) -> ControlChart:
    """Make a run chart: the median, and Anhøj's tests of each phase."""
    return control_chart(
        ChartKind.RUN,
        labels,
        values,
        better=better,
        target=target,
        freeze=freeze,
        rebase=rebase,
        exclude=exclude,
    )


def _newest(points: Sequence[ChartPoint]) -> ChartPoint:
    return next(point for point in reversed(points) if not point.is_excluded)


def _variation(kind: ChartKind, phases: Sequence[PhaseChart], better: Better) -> Variation:
    last = next(phase for phase in reversed(phases) if phase.where)
    if kind is ChartKind.RUN:
        newest_side = next((side for side in reversed(last.where) if side), 0)
        return verdicts.run_variation(last.test, newest_side, better)
    newest, side = _newest(last.points), last.where[-1]
    if not side and verdicts.is_trend(newest):
        side = verdicts.trend_side([p.value for p in last.points if not p.is_excluded])
    return verdicts.variation(newest, side, better)


def _few(points: Sequence[ChartPoint]) -> tuple[Message, ...]:
    count = sum(not point.is_excluded for point in points)
    return (Message(FEW, count=count, least=FEW_POINTS),) if count < FEW_POINTS else ()
