"""The roster sheet arranged for the screen: rows by team, marks under the days, and day by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from wardteam.domain.documents import LegendEntry, Pair, RosterSheet, SheetDay, SheetRow, SheetTotal
from wardteam.domain.shifts import DayKind
from wardteam.domain.teams import Team
from wardteam_web.fills import fill_query


@dataclass(frozen=True)
class TeamBlock:
    """The rows of one team; `team` is None for people without one."""

    team: Team | None
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class DayShift:
    """The people of one shift on one day."""

    symbol: Pair
    name: Pair
    colour: str
    rows: tuple[SheetRow, ...]
    missing: int


@dataclass(frozen=True)
class DayBlock:
    """One day with its shifts, for narrow screens."""

    day: SheetDay
    shifts: tuple[DayShift, ...]


@dataclass(frozen=True)
class RosterGrid:
    """What the roster page draws."""

    blocks: tuple[TeamBlock, ...]
    days: tuple[DayBlock, ...]


def roster_grid(sheet: RosterSheet) -> RosterGrid:
    """Arrange a sheet for the screen."""
    teams = {team.number: team for team in sheet.teams}
    blocks = tuple(
        TeamBlock(teams.get(number) if number is not None else None, tuple(rows))
        for number, rows in groupby(sheet.rows, key=lambda row: row.team)
    )
    return RosterGrid(blocks, tuple(_day_block(sheet, i) for i in range(len(sheet.days))))


def has_page(row: SheetRow) -> bool:
    """Whether she is rostered, and so has a page of her own: lent staff, trainees and students are not."""
    return any(cell.code for cell in row.cells)


def missing_staff(total: SheetTotal, column: int) -> int:
    """Count the nurses missing below the minimum on a day."""
    return max(total.minimum[column] - total.staff[column], 0)


def shortage_days(sheet: RosterSheet) -> tuple[tuple[date, SheetTotal, int], ...]:
    """List each day and shift that misses its minimum, with how many are missing."""
    return tuple(
        (day.day, total, missing_staff(total, column))
        for column, day in enumerate(sheet.days)
        for total in sheet.totals
        if missing_staff(total, column)
    )


def day_class(day: SheetDay) -> str:
    """Give the class of a day's column."""
    return "" if day.kind is DayKind.WORKDAY else f"is-{day.kind.value}"


def sheet_fills(sheet: RosterSheet) -> str:
    """Give the colours that the sheet shows."""
    cells: Iterable[str] = (cell.colour for row in sheet.rows for cell in row.cells)
    return fill_query({*cells, *(entry.colour for entry in sheet.legend), *(t.colour for t in sheet.teams)})


def _day_block(sheet: RosterSheet, column: int) -> DayBlock:
    legend = {entry.symbol: entry for entry in sheet.legend}
    shifts = tuple(_day_shift(sheet, total, column, legend) for total in sheet.totals)
    return DayBlock(sheet.days[column], shifts)


def _day_shift(
    sheet: RosterSheet, total: SheetTotal, column: int, legend: dict[Pair, LegendEntry]
) -> DayShift:
    entry = legend.get(total.symbol)
    return DayShift(
        symbol=total.symbol,
        name=total.name,
        colour=entry.colour if entry else "",
        rows=tuple(row for row in sheet.rows if row.cells[column].code == total.shift),
        missing=missing_staff(total, column),
    )
