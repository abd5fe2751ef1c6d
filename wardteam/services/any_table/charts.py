"""Charts of any table: its rows brought into points, charted, and the points given with their limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wardteam.errors import BadInput, Finding, Message
from wardteam.exchange.figure_columns import Columns, Expectation, count, not_negative, positive
from wardteam.exchange.figures_table import FiguresTable
from wardteam.services.any_table.answer import Answer, Line
from wardteam.services.any_table.options import check_multiplier
from wardteam.services.any_table.timeline import Timeline, both_known, by_time, check_count, place_of, summed
from wardteam.stats.charts.control import control_chart
from wardteam.stats.charts.types import Better, ChartKind, ControlChart, RunTest, Signal
from wardteam_reports.plots.words import SIGNAL_KEYS

COUNTED = frozenset((ChartKind.P, ChartKind.PP, ChartKind.U, ChartKind.UP, ChartKind.C))
SHARES = frozenset((ChartKind.P, ChartKind.PP))
SUBGROUPED = frozenset((ChartKind.XBAR, ChartKind.S))
EXPECTS: Mapping[ChartKind, Expectation] = {
    **dict.fromkeys((*COUNTED, ChartKind.G), count),
    ChartKind.T: positive,
}
NAMES: dict[ChartKind, Message] = {
    ChartKind.RUN: Message("run chart"),
    ChartKind.I: Message("I chart"),
    ChartKind.MR: Message("MR chart"),
    ChartKind.XBAR: Message("Xbar chart"),
    ChartKind.S: Message("S chart"),
    ChartKind.P: Message("P chart"),
    ChartKind.PP: Message("P' chart"),
    ChartKind.U: Message("U chart"),
    ChartKind.UP: Message("U' chart"),
    ChartKind.C: Message("C chart"),
    ChartKind.G: Message("G chart"),
    ChartKind.T: Message("T chart"),
}
LINES = {
    "centre": "centre line, phase {phase}",
    "lower_limit": "lower limit, phase {phase}",
    "upper_limit": "upper limit, phase {phase}",
}
LONGEST = Message("longest run and its limit, phase {phase}")
CROSSINGS = Message("crossings and their limit, phase {phase}")
SIGMA_Z = Message("sigma z (Laney)")
OUTSIDE = Message("points with signals")
VARYING = Message("The limits vary with the denominators; these are the newest point's.")
TOO_FEW = "There are only {count} points: the limits can't be made from more of them."
NOTHING_FROZEN = "No phase has points after its first {count}: no limits are frozen."
NO_SUBGROUPS = Message("Only an Xbar or S chart has subgroups: leave --group out.")
EACH_A_CASE = Message(
    "Each row is taken as one case, the outcome 0 or 1; rows of one time are counted together."
)


@dataclass(frozen=True, kw_only=True)
class ChartColumns:
    """The columns of a chart; `group` is the subgroup of Xbar and S charts without a time."""

    outcome: str
    denominator: str | None = None
    time: str | None = None
    group: str | None = None

    def named(self) -> list[str]:
        """Give the names that were given."""
        return [name for name in (self.outcome, self.denominator, self.time, self.group) if name]


@dataclass(frozen=True, kw_only=True)
class ChartJudging:
    """How points are plotted and judged."""

    freeze: int | None = None
    better: Better = Better.NEITHER
    target: float | None = None
    multiplier: float = 1.0


def chart_of_table(
    table: FiguresTable,
    kind: ChartKind,
    names: ChartColumns,
    judging: ChartJudging,
    *,
    changeover: str | None = None,
) -> Answer:
    """Chart a column in order of time; a changeover starts a new phase.

    Counts and denominators of one time are summed. For Xbar and S the rows of one time (or of one
    `group`, the subgroup) are brought together.

    Raises
    ------
    BadInput, Unanswerable
        Where cells are wrong, or there are fewer than three points.
    """
    check_multiplier(judging.multiplier)
    if names.group is not None and kind not in SUBGROUPED:
        raise BadInput((Finding("--group", NO_SUBGROUPS, value=names.group),))
    table.check_columns(names.named())
    values, sizes, timeline = _read(Columns(table), kind, names)
    rebase = () if changeover is None else (place_of(changeover, timeline, names.time),)
    points = _points(kind, values, sizes, timeline)
    check_count(len(points.labels))
    chart = control_chart(
        kind,
        points.labels,
        points.values,
        denominators=points.sizes,
        subgroups=points.subgroups,
        better=judging.better,
        target=judging.target,
        freeze=judging.freeze,
        rebase=rebase,
        multiplier=judging.multiplier,
    )
    warnings = (
        *timeline.warnings,
        *([EACH_A_CASE] if points.are_cases else []),
        *_unfrozen(chart, judging.freeze),
    )
    return _answer(chart, warnings, sum(value is None for value in values), table.sha256)


def _unfrozen(chart: ControlChart, freeze: int | None) -> tuple[Message, ...]:
    """Refuse to freeze more points than there are; warn where no phase goes beyond its frozen ones."""
    if freeze is None or any(point.is_frozen for point in chart.points):
        return ()
    if freeze > len(chart.points):
        raise BadInput((Finding("--freeze", Message(TOO_FEW, count=len(chart.points)), value=str(freeze)),))
    return (Message(NOTHING_FROZEN, count=freeze),)


def _read(
    columns: Columns, kind: ChartKind, names: ChartColumns
) -> tuple[list[float | None], list[float | None] | None, Timeline]:
    values = columns.numbers(names.outcome, expects=EXPECTS.get(kind))
    sizes = None
    if names.denominator is not None:
        sizes = columns.numbers(names.denominator, expects=not_negative)
    moments = None if names.time is None else columns.moments(names.time)
    groups = columns.names(names.group) if names.group is not None and kind in SUBGROUPED else None
    columns.close()
    known, known_sizes = both_known(values, sizes)
    timeline = by_time(moments, len(values)) if groups is None else _by_group(groups)
    return known, known_sizes, timeline


def _by_group(names: Sequence[str | None]) -> Timeline:
    known = list(dict.fromkeys(name for name in names if name is not None))
    rows = tuple(tuple(i for i, name in enumerate(names) if name == k) for k in known)
    return Timeline(tuple(known), tuple(map(float, range(len(known)))), rows, False, False)


@dataclass(frozen=True)
class _Points:
    """A chart's figures, one a point; `are_cases` where single rows were counted as cases."""

    labels: Sequence[str]
    values: Sequence[float | None]
    sizes: Sequence[float | None] | None = None
    subgroups: Sequence[Sequence[float | None]] | None = None
    are_cases: bool = False


def _points(
    kind: ChartKind,
    values: Sequence[float | None],
    sizes: Sequence[float | None] | None,
    timeline: Timeline,
) -> _Points:
    if kind in SUBGROUPED:
        groups = [[values[i] for i in rows] for rows in timeline.rows]
        return _Points(timeline.labels, (), subgroups=groups)
    if kind not in COUNTED:
        order = [place for rows in timeline.rows for place in rows]
        labels = [label for label, rows in zip(timeline.labels, timeline.rows, strict=True) for _ in rows]
        known_sizes = None if sizes is None else [sizes[i] for i in order]
        return _Points(labels, [values[i] for i in order], known_sizes)
    counts = [summed(values, rows) for rows in timeline.rows]
    if sizes is not None:
        return _Points(timeline.labels, counts, [summed(sizes, rows) for rows in timeline.rows])
    if kind in SHARES and {value for value in values if value is not None} <= {0, 1}:
        cases = [float(sum(values[i] is not None for i in rows)) for rows in timeline.rows]
        return _Points(timeline.labels, counts, cases, are_cases=True)
    return _Points(timeline.labels, counts)


def _answer(chart: ControlChart, warnings: tuple[Message, ...], missing: int, sha256: str) -> Answer:
    lines = [line for test in chart.run_tests for line in _phase_lines(chart, test)]
    if chart.sigma_z is not None:
        lines.append(Line(name="sigma_z", words=SIGMA_Z, estimate=chart.sigma_z))
    lines += [_signal_line(chart, signal) for signal in _rules(chart.kind)]
    marked = sum(bool(point.signals) for point in chart.points)
    lines.append(Line(name="points_with_signals", words=OUTSIDE, estimate=float(marked)))
    return Answer(
        method=f"{chart.kind.value}_chart",
        words=NAMES[chart.kind],
        n=len(chart.points),
        missing=missing,
        results=tuple(lines),
        warnings=(*warnings, *chart.warnings),
        reason=chart.rule,
        data_sha256=sha256,
        chart=chart,
    )


def _rules(kind: ChartKind) -> tuple[Signal, ...]:
    """Give the signals that points of such a chart can show."""
    if kind is ChartKind.RUN:
        return (Signal.LONG_RUN,)
    if kind in (ChartKind.MR, ChartKind.S):
        return (Signal.OUTSIDE,)
    return (Signal.OUTSIDE, Signal.SHIFT, Signal.TREND, Signal.NEAR_LIMIT)


def _signal_line(chart: ControlChart, signal: Signal) -> Line:
    """Say how many points break one rule, and which."""
    points = tuple(point.label for point in chart.points if signal in point.signals)
    words = Message(SIGNAL_KEYS[signal])
    return Line(name=f"signal_{signal.value}", words=words, estimate=float(len(points)), groups=points)


def _phase_lines(chart: ControlChart, test: RunTest) -> list[Line]:
    points = [point for point in chart.points if point.phase == test.phase]
    last, vary = points[-1], len({(point.lower, point.upper) for point in points}) > 1
    phase = {"phase": test.phase + 1}
    drawn = {"centre": last.centre, "lower_limit": last.lower, "upper_limit": last.upper}
    return [
        *(
            Line(
                name=name,
                words=Message(LINES[name], **phase),
                estimate=figure,
                n=(len(points),),
                note=VARYING if vary and name != "centre" else None,
            )
            for name, figure in drawn.items()
            if figure is not None
        ),
        Line(
            name="longest_run",
            words=Message(LONGEST.text, **phase),
            statistic=float(test.longest_run),
            limits={"upper_limit": float(test.longest_run_limit)},
            n=(test.n,),
        ),
        Line(
            name="crossings",
            words=Message(CROSSINGS.text, **phase),
            statistic=float(test.crossings),
            limits={"lower_limit": float(test.crossings_limit)},
            n=(test.n,),
        ),
    ]
