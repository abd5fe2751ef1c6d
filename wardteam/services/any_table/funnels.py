"""A funnel plot of any table: rows summed by unit, each held against the target, in the order of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wardteam.errors import Message
from wardteam.exchange.figure_columns import Columns, Expectation, count, not_negative, positive
from wardteam.exchange.figures_table import FiguresTable
from wardteam.services.any_table.answer import Answer, Line
from wardteam.services.any_table.groups import refuse
from wardteam.services.any_table.options import check_multiplier
from wardteam.services.any_table.timeline import both_known, summed
from wardteam.stats.charts.funnel import funnel
from wardteam.stats.funnel_types import Funnel, FunnelKind, FunnelUnit

NAMES = {
    FunnelKind.PROPORTION: Message("funnel plot of shares"),
    FunnelKind.RATE: Message("funnel plot of rates"),
    FunnelKind.RATIO: Message("funnel plot of standardised ratios"),
}
SIZES: dict[FunnelKind, Expectation] = {
    FunnelKind.PROPORTION: count,
    FunnelKind.RATE: not_negative,
    FunnelKind.RATIO: positive,
}
TARGET = Message("target")
PHI = Message("dispersion of the units (phi)")
TAU2 = Message("variance between units (tau²)")
UNIT = Message("unit")
NO_UNIT = "Rows without a unit, an outcome or a denominator are left out: {count}."
NO_FIGURE = "Unit {unit} has no row with both an outcome and a denominator."


@dataclass(frozen=True)
class FunnelColumns:
    """The columns of a funnel; `size` holds denominators, exposures or expected counts."""

    outcome: str
    unit: str
    size: str


@dataclass(frozen=True, kw_only=True)
class FunnelJudging:
    """The target, before the multiplier, and the least denominator that is judged."""

    target: float | None = None
    least: float = 20
    multiplier: float = 1.0


def funnel_of_table(
    table: FiguresTable,
    kind: FunnelKind,
    names: FunnelColumns,
    judging: FunnelJudging,
    *,
    is_merged: bool = False,
) -> Answer:
    """Hold units against a target; rows of one unit are summed.

    Raises
    ------
    BadInput, Unanswerable
        Where cells are wrong, or there are fewer than two units.
    """
    check_multiplier(judging.multiplier)
    table.check_columns((names.outcome, names.unit, names.size))
    columns = Columns(table, is_merged)
    events, sizes = both_known(
        columns.numbers(names.outcome, expects=count), columns.numbers(names.size, expects=SIZES[kind])
    )
    rows = _rows(columns, names.unit, sizes or [])
    made = funnel(
        kind,
        list(rows),
        [summed(events, places) or 0.0 for places in rows.values()],
        [summed(sizes or [], places) or 0.0 for places in rows.values()],
        target=judging.target,
        least_denominator=judging.least,
        multiplier=judging.multiplier,
    )
    missing = len(table) - sum(map(len, rows.values()))
    warnings = (Message(NO_UNIT, count=missing),) if missing else ()
    return _answer(made, warnings, missing, table.sha256)


def _rows(columns: Columns, unit: str, sizes: Sequence[float | None]) -> dict[str, list[int]]:
    """Give the places of each unit's rows that have figures; a unit without any is refused."""
    units = columns.names(unit)
    rows: dict[str, list[int]] = {name: [] for name in units if name is not None}
    for place, (name, size) in enumerate(zip(units, sizes, strict=True)):
        if name is not None and size is not None:
            rows[name].append(place)
    for name, places in rows.items():
        if not sum(sizes[place] or 0 for place in places):
            refuse(columns, unit, Message(NO_FIGURE, unit=name))
    columns.close()
    return rows


def _answer(made: Funnel, warnings: tuple[Message, ...], missing: int, sha256: str) -> Answer:
    lines = [
        Line(name="target", words=TARGET, estimate=made.target),
        Line(name="phi", words=PHI, estimate=made.phi),
        Line(name="tau2", words=TAU2, estimate=made.tau2),
    ]
    lines += map(_unit, made.units)
    return Answer(
        method=f"funnel_{made.kind.value}",
        words=NAMES[made.kind],
        n=len(made.units),
        missing=missing,
        results=tuple(lines),
        warnings=(*warnings, *made.warnings),
        reason=made.rule,
        data_sha256=sha256,
        chart=made,
    )


def _unit(unit: FunnelUnit) -> Line:
    limits = {
        "low_95": unit.low_95,
        "high_95": unit.high_95,
        "low_998": unit.low_998,
        "high_998": unit.high_998,
    }
    verdict = unit.verdict.value
    return Line(
        name="unit", words=UNIT, estimate=unit.value, groups=(unit.name,), limits=limits, verdict=verdict
    )
