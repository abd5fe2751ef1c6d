"""A workbook read as grids of plain values, with the facts that the values don't tell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from wardteam.errors import Message
from wardteam.exchange.container import check_container, refuse, refuse_damaged
from wardteam.exchange.old_workbook import OldSheet, read_old
from wardteam.exchange.sheetxml import MOST_CELLS, Place, SheetFacts, TooWide, read_facts

TOO_WIDE = Message("The filled cells of a sheet lie too far apart; delete what stands far outside.")

Value = str | int | float | bool | date | datetime | time | timedelta | None
"""What a cell may hold; an empty cell is None."""


@dataclass(frozen=True)
class Grid:
    """One sheet: `rows[r][c]` counted from the sheet's first cell, A1."""

    file: str
    name: str
    rows: Sequence[Sequence[Value]]
    facts: SheetFacts = field(default_factory=SheetFacts)

    def value(self, row: int, column: int) -> Value:
        """Give the value of a place, None where the grid ends before it."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]

    @property
    def width(self) -> int:
        """Columns up to the last filled one."""
        return max((len(row) for row in self.rows), default=0)

    def is_covered(self, place: Place) -> bool:
        """Whether the place lies under a merged cell whose value stands in another place."""
        row, column = place
        return any(
            top <= row <= bottom and left <= column <= right and place != (top, left)
            for (top, left), (bottom, right) in self.facts.merged
        )

    def spread(self) -> Grid:
        """Fill merged cells with their one value, down and across the range."""
        rows = [list(row) for row in self.rows]
        for (top, left), (bottom, right) in self.facts.merged:
            value = self.value(top, left)
            for row in rows[top : bottom + 1]:
                row[left : min(right + 1, len(row))] = [value] * (min(right + 1, len(row)) - left)
        return Grid(self.file, self.name, rows, self.facts)


def read_grids(data: bytes, file: str) -> tuple[Grid, ...]:
    """Read every worksheet of an .xlsx or .xls file.

    Raises
    ------
    BadInput
        Where the file is not a workbook, is damaged, encrypted, or would unpack to too much.
    """
    if check_container(data, file) == "xls":
        return tuple(_old_grid(file, sheet) for sheet in read_old(data, file))
    try:
        facts = read_facts(data)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            names = [m.name for m in book.sheets_metadata if m.typ is SheetTypeEnum.WorkSheet]
            return tuple(_grid(file, book.get_sheet_by_name(name), facts.get(name)) for name in names)
    except TooWide:
        refuse(file, TOO_WIDE)
    except (
        CalamineError,
        zipfile.BadZipFile,
        ParseError,
        DefusedXmlException,
        KeyError,
        ValueError,
    ) as error:
        refuse_damaged(file, error)
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the Rust parser gave up; this is no Exception
            refuse_damaged(file, error)
        raise


def _grid(file: str, sheet: CalamineSheet, facts: SheetFacts | None) -> Grid:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise TooWide
    rows = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    return Grid(file, sheet.name, rows, facts or SheetFacts())


def _old_grid(file: str, sheet: OldSheet) -> Grid:
    rows = [[_plain(value) for value in row] for row in sheet.rows]
    return Grid(file, sheet.name, rows, SheetFacts(merged=list(sheet.merged)))


def _plain(value: Value) -> Value:
    if isinstance(value, str) and not value.strip():
        return None
    return value
