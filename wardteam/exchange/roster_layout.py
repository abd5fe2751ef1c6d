"""Where everything stands on the roster sheet in Excel, and the formulas that follow from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from wardteam.domain.documents import LegendEntry, Pair, RosterSheet, SheetCell, SheetRow, SheetTotal
from wardteam.domain.people import StaffKind
from wardteam.exchange.sheetxml import column_letter
from wardteam.exchange.symbols import UNCOUNTED
from wardteam.i18n import Language, translator

LEFT: tuple[tuple[str, Pair, float], ...] = (
    ("team", ("组别", "Team"), 8),
    ("number", ("序号", "No."), 5),
    ("staff_no", ("工号", "Staff no."), 9),
    ("name", ("姓名", "Name"), 11),
    ("level", ("层级", "Level"), 5.5),
    ("title", ("职称", "Title"), 13),
    ("years", ("工龄", "Years"), 5.5),
    ("beds", ("管床", "Beds"), 11),
)
RIGHT: tuple[tuple[str, Pair, float], ...] = (
    ("remarks", ("备注", "Remarks"), 26),
    ("hours", ("工时", "Hours"), 8),
    ("balance", ("本期结余", "Balance"), 9),
    ("night_hours", ("夜班工时", "Night hours"), 9),
    ("carried", ("累计结余", "Carried"), 9),
    ("annual_leave", ("年休假余额", "Annual leave"), 9),
)
POSTED = ("hours", "night_hours")
"""Figures of a posted sheet; a balance would tell paid leave from unpaid."""
DAY_WIDTH = 4.2
HEADER_ROW = 2
FIRST_ROW = 4
LEGEND_COLUMNS = (1, 2, 4, 7, 8)
"""Columns of a legend line: symbol, name, times, hours, night hours."""


@dataclass(frozen=True)
class Layout:
    """Rows and columns of one sheet, counted from 0, with the formulas over them."""

    sheet: RosterSheet
    language: Language

    @property
    def side(self) -> int:
        """Which of a pair of texts is shown."""
        return 0 if self.language == "zh" else 1

    @property
    def first_day(self) -> int:
        """Column of the first date."""
        return len(LEFT)

    @property
    def last_day(self) -> int:
        """Column of the last date."""
        return self.first_day + len(self.sheet.days) - 1

    @cached_property
    def right_columns(self) -> tuple[tuple[str, Pair, float], ...]:
        """The columns after the dates: remarks where there are any, then the figures."""
        figures = POSTED if self.sheet.is_posted else tuple(name for name, _, _ in RIGHT[1:])
        shown = {*figures, *(("remarks",) if any(row.remarks for row in self.sheet.rows) else ())}
        return tuple(column for column in RIGHT if column[0] in shown)

    def right(self, key: str) -> int:
        """Column of a figure after the dates."""
        return self.last_day + 1 + [name for name, _, _ in self.right_columns].index(key)

    def shown(self, cell: SheetCell) -> str:
        """Give what a cell says: its symbol, with a mark where it isn't counted."""
        symbol = cell.symbol[self.side]
        return f"{symbol}{UNCOUNTED}" if cell.is_uncounted and symbol else symbol

    @cached_property
    def legend(self) -> tuple[LegendEntry, ...]:
        """The sheet's legend, each symbol followed by its uncounted one where that stands on the sheet."""
        cells = [cell for row in self.sheet.rows for cell in row.cells]
        marked = {cell.symbol for cell in cells if cell.is_uncounted}
        return tuple(
            entry
            for plain in self.sheet.legend
            for entry in (plain, *((_uncounted(plain),) if plain.symbol in marked else ()))
        )

    @property
    def last_column(self) -> int:
        """The last column of the table."""
        return self.last_day + len(self.right_columns)

    @property
    def totals_row(self) -> int:
        """First row under the people."""
        return FIRST_ROW + len(self.sheet.rows)

    @property
    def legend_row(self) -> int:
        """First line of the legend, under its heading."""
        return self.totals_row + len(self.sheet.totals) + 2

    @property
    def notes_row(self) -> int:
        """First row under the legend."""
        return self.legend_row + len(self.legend) + 1

    def team_spans(self) -> Iterator[tuple[int | None, int, int]]:
        """Give each run of rows of one team: its number, first and last row."""
        row = FIRST_ROW
        for team, rows in groupby(self.sheet.rows, key=lambda r: r.team):
            count = len(list(rows))
            yield team, row, row + count - 1
            row += count

    def legend_minutes(self, entry: LegendEntry, *, night: bool) -> int:
        """Give a symbol's standard minutes: the legend's own, else what most of its cells count."""
        stated = entry.night_minutes if night else entry.minutes
        cells = (cell for row in self.sheet.rows for cell in row.cells if self._means(entry, cell))
        found = Counter(cell.night_minutes if night else cell.minutes for cell in cells)
        return stated if stated is not None else (found.most_common(1) or [(0, 0)])[0][0]

    def hours_formula(self, index: int, row: SheetRow, *, night: bool) -> str:
        """Sum the legend's hours over a person's symbols; what her cells count otherwise is added."""
        minutes = {e.symbol[self.side]: self.legend_minutes(e, night=night) for e in self.legend}
        own = sum(cell.night_minutes if night else cell.minutes for cell in row.cells)
        total = row.night_minutes if night else row.worked_minutes
        by_legend = sum(minutes.get(self.shown(cell), 0) for cell in row.cells)
        extra = _extra(total - by_legend)
        if not self.legend:
            return f"={own}/60{extra}"
        line = FIRST_ROW + index + 1
        days = f"${column_letter(self.first_day)}{line}:${column_letter(self.last_day)}{line}"
        symbols = self._legend_range(LEGEND_COLUMNS[0])
        hours = self._legend_range(LEGEND_COLUMNS[4 if night else 3])
        return f"=SUMPRODUCT(COUNTIF({days},{symbols}),{hours}){extra}"

    def _legend_range(self, column: int) -> str:
        letter = column_letter(column)
        first, last = self.legend_row + 1, self.legend_row + len(self.legend)
        return f"${letter}${first}:${letter}${last}"

    def balance_formula(self, index: int, row: SheetRow) -> str:
        """Subtract what is owed from the hours, and what is paid apart for public holidays."""
        hours = f"{column_letter(self.right('hours'))}{FIRST_ROW + index + 1}"
        return f"={hours}-{row.standard_minutes + row.holiday_minutes}/60"

    def carried_formula(self, index: int, row: SheetRow) -> str:
        """Add the balance to what was carried in."""
        cell = f"{column_letter(self.right('balance'))}{FIRST_ROW + index + 1}"
        return f"={row.balance_before_minutes}/60+{cell}"

    def staff_formula(self, total: SheetTotal, day: int) -> str:
        """Count a shift's plain symbol over the ward's own staff; uncounted duties bear a mark."""
        letter = column_letter(self.first_day + day)
        parts = [
            f'COUNTIF({letter}{first + 1}:{letter}{last + 1},"{quoted(total.symbol[self.side])}")'
            for first, last in self._counted_spans()
        ]
        return f"={'+'.join(parts) or '0'}"

    def _means(self, entry: LegendEntry, cell: SheetCell) -> bool:
        return self.shown(cell) == entry.symbol[self.side]

    def _counted_spans(self) -> Iterator[tuple[int, int]]:
        return spans([_is_counted(row) for row in self.sheet.rows], FIRST_ROW)


def spans(marks: Sequence[bool], first: int) -> Iterator[tuple[int, int]]:
    """Give the first and last row of each run of marked rows."""
    row = first
    for is_marked, run in groupby(marks):
        count = len(list(run))
        if is_marked:
            yield row, row + count - 1
        row += count


def _is_counted(row: SheetRow) -> bool:
    return row.kind is StaffKind.WARD


def _uncounted(entry: LegendEntry) -> LegendEntry:
    text, (chinese, english) = "{shift}, not counted as staff", entry.name
    return replace(
        entry,
        symbol=(f"{entry.symbol[0]}{UNCOUNTED}", f"{entry.symbol[1]}{UNCOUNTED}"),
        name=(translator("zh")(text, shift=chinese), translator("en")(text, shift=english)),
    )


def _extra(minutes: int) -> str:
    return f"+({minutes})/60" if minutes else ""


def quoted(text: str) -> str:
    """Double the quotation marks of a text inside a formula."""
    return text.replace('"', '""')
