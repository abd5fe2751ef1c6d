"""The rows of an Excel file of calls, as the texts that a text file would hold."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from wardteam.errors import Message
from wardteam.exchange.call_log.text_file import Row
from wardteam.exchange.container import check_container, refuse, refuse_damaged
from wardteam.exchange.grid import TOO_WIDE, Value
from wardteam.exchange.old_workbook import read_old
from wardteam.exchange.sheetxml import TooWide, check_spread

MOST_BYTES = 100 * 2**20
MOST_UNPACKED = 600 * 2**20
_MILLISECOND = timedelta(milliseconds=1)


class BookRows:
    """The filled rows of the first sheet that has any."""

    def __init__(self, path: Path) -> None:
        self.sheet, self._rows = _first_sheet(path)
        self._done = 0

    @property
    def share(self) -> float:
        """How many of the rows have been read, 0 to 1."""
        return self._done / max(1, len(self._rows))

    def __iter__(self) -> Iterator[Row]:
        for number, values in enumerate(self._rows, start=1):
            self._done = number
            cells = [cell_text(value) for value in values]
            if any(cells):
                yield number, cells, True


def _first_sheet(path: Path) -> tuple[str, Sequence[Sequence[Value]]]:
    file, data = path.name, path.read_bytes()
    kind = check_container(data, file, most_bytes=MOST_BYTES, most_unpacked=MOST_UNPACKED)
    if kind == "xlsx":
        _check_spread(data, file)
    sheets = ((s.name, s.rows) for s in read_old(data, file)) if kind == "xls" else _new_sheets(path, file)
    filled = ((n, rows) for n, rows in sheets if any(cell_text(value) for row in rows for value in row))
    found = next(filled, None)
    if found is None:
        refuse(file, Message("The workbook has no sheet with rows."))
    return found


def _check_spread(data: bytes, file: str) -> None:
    try:
        check_spread(data)
    except TooWide:
        refuse(file, TOO_WIDE)
    except (ExpatError, DefusedXmlException, ParseError, zipfile.BadZipFile, KeyError, ValueError) as error:
        refuse_damaged(file, error)


def _new_sheets(path: Path, file: str) -> Iterator[tuple[str, Sequence[Sequence[Value]]]]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            for meta in book.sheets_metadata:
                if meta.typ is SheetTypeEnum.WorkSheet:
                    sheet = book.get_sheet_by_name(meta.name)
                    yield meta.name, sheet.to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, KeyError, ValueError) as error:
        refuse_damaged(file, error)
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the Rust parser gave up; this is no Exception
            refuse_damaged(file, error)
        raise


def cell_text(value: Value) -> str:
    """Give a cell as text: moments in ISO form to the millisecond, whole numbers without a point."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case datetime():
            return _moment_text(value)
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _moment_text(moment: datetime) -> str:
    """Write a moment; Excel's days are fractions, so a microsecond beside a second means the second."""
    rounded = moment + _MILLISECOND / 2
    rounded -= timedelta(microseconds=rounded.microsecond % 1000)
    return rounded.isoformat(" ", "milliseconds" if rounded.microsecond else "seconds")
