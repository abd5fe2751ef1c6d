"""Writes described sheets as a workbook to be filled in: headings with notes, lists to choose from, rows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from wardteam.exchange.tables import Column, Record, SheetSpec
from wardteam.i18n import Language, translator

SPARE_ROWS = 500
_FIXED_MOMENT = datetime(2020, 1, 1)  # noqa: DTZ001  # a file property; the same bytes for the same rows
_REQUIRED = {"bold": True, "bg_color": "#1f4e79", "font_color": "#ffffff", "border": 1, "text_wrap": True}
_OPTIONAL = {"bold": True, "bg_color": "#dce6f1", "border": 1, "text_wrap": True}


def write_tables(
    sheets: Sequence[tuple[SheetSpec, Iterable[Record]]], language: Language, *, spare_rows: int = SPARE_ROWS
) -> bytes:
    """Write sheets with their records, and lists to choose from in the rows that are still empty."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": _FIXED_MOMENT})
        for spec, records in sheets:
            _write(book, spec, list(records), language, spare_rows)
    return target.getvalue()


def _write(book: Any, spec: SheetSpec, records: list[Record], language: Language, spare: int) -> None:
    # The book is Any because XlsxWriter ships no types.
    sheet = book.add_worksheet(spec.title(language)[:31])
    sheet.freeze_panes(1, 1)
    for index, column in enumerate(spec.columns):
        look = book.add_format({"num_format": column.kind.number_format or "General"})
        sheet.set_column(index, index, column.width or column.kind.width, look)
        heading = book.add_format(_REQUIRED if column.is_required else _OPTIONAL)
        sheet.write_string(0, index, column.heading(language), heading)
        sheet.write_comment(0, index, _note(column, language), {"x_scale": 1.8, "author": "wardteam"})
        _offer(sheet, index, len(records) + spare, column, language)
        for row, record in enumerate(records, start=1):
            value = record.get(column.field)
            if value is not None and value != "":
                _put(sheet, row, index, column.kind.write(value, language), look)


def _note(column: Column, language: Language) -> str:
    say = translator(language)
    notes = [say(message) for message in (column.note, column.kind.expected) if message is not None]
    return "\n".join(dict.fromkeys(notes))


def _offer(sheet: Any, index: int, last: int, column: Column, language: Language) -> None:  # the same
    if column.kind.choices is not None:
        message = translator(language)(column.kind.expected)[:255]
        choices = {"validate": "list", "source": list(column.kind.choices(language))}
        sheet.data_validation(1, index, last, index, choices | {"error_message": message})


def _put(sheet: Any, row: int, index: int, value: object, look: Any) -> None:  # the same
    if isinstance(value, str):
        sheet.write_string(row, index, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, index, value, look)
    else:
        sheet.write_number(row, index, value, look)
