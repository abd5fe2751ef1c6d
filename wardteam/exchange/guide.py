"""The first page of the ward's workbook: what each sheet and column is for, with an invented example."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from wardteam.errors import Message
from wardteam.exchange.example import EXAMPLE
from wardteam.exchange.findings import shown
from wardteam.exchange.grid import Value
from wardteam.exchange.sheets import SHEETS
from wardteam.exchange.sheets.history import HISTORY
from wardteam.exchange.tables import Column, Record, SheetSpec
from wardteam.i18n import Language, translator

TITLES = {"zh": "填写说明", "en": "Read me"}

_INTRODUCTION = (
    Message("How to fill in this workbook"),
    Message("Fill in the sheets behind this page; this page itself is not read."),
    Message("Dark headings must be filled, light ones may stay empty, grey ones are computed and not read."),
    Message("Keep the sheets and their headings; Chinese and English headings are both understood."),
    Message("Don't merge cells in the tables, and enter values rather than formulas."),
    Message(
        "Import it with: wardteam import FILE. Nothing is changed before you have seen what would change."
    ),
)
_HEADINGS = (
    Message("Sheet"),
    Message("Column"),
    Message("To be filled"),
    Message("What is expected"),
    Message("Example"),
)
_MUST = Message("required")
_MAY = Message("optional")
_NEVER = Message("computed")


def write_guide(workbook: Any, language: Language) -> None:  # XlsxWriter ships no types
    """Write the first page."""
    say = translator(language)
    sheet = workbook.add_worksheet(TITLES[language])
    head = workbook.add_format({"bold": True, "bg_color": "#1f4e79", "font_color": "#ffffff", "border": 1})
    for width, index in ((18, 0), (26, 1), (12, 2), (70, 3), (26, 4)):
        sheet.set_column(index, index, width)
    title = workbook.add_format({"bold": True, "font_size": 16})
    for row, sentence in enumerate(_INTRODUCTION):
        sheet.write_string(row, 0, say(sentence), title if row == 0 else None)
    top = len(_INTRODUCTION) + 1
    for index, heading in enumerate(_HEADINGS):
        sheet.write_string(top, index, say(heading), head)
    sheet.freeze_panes(top + 1, 0)
    row = top + 1
    for spec in (*SHEETS, HISTORY):
        row = _write_sheet(workbook, sheet, row, spec, language)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_sheet(workbook: Any, sheet: Any, row: int, spec: SheetSpec, language: Language) -> int:  # the same
    say = translator(language)
    group = workbook.add_format({"bold": True, "bg_color": "#dce6f1"})
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    link = f"internal:'{spec.title(language)}'!A1"
    sheet.set_row(row, None, group)
    sheet.write_url(row, 0, link, group, spec.title(language))
    sheet.write_string(row, 3, say(spec.about), group)
    example: Record = next(iter(spec.records(EXAMPLE)), {})
    for offset, column in enumerate(spec.columns, start=1):
        texts = ("", column.heading(language), say(_duty(column)), _expected(column, language))
        for index, text in enumerate((*texts, _example(column, example, language))):
            sheet.write_string(row + offset, index, text, wrap)
    return row + len(spec.columns) + 1


def _duty(column: Column) -> Message:
    if column.is_computed:
        return _NEVER
    return _MUST if column.is_required else _MAY


def _expected(column: Column, language: Language) -> str:
    say = translator(language)
    messages = (column.kind.expected, column.note)
    return "\n".join(dict.fromkeys(say(message) for message in messages if message is not None))


def _example(column: Column, example: Record, language: Language) -> str:
    item = example.get(column.field)
    value: Value = None if item is None or column.is_computed else column.kind.write(item, language)
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else shown(_plain(value))


def _plain(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value
