"""Writes the ward's workbook: headings with notes and lists, filled from a book where one is given."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import xlsxwriter

from wardteam.domain.defaults import DEFAULT_DEMANDS, DEFAULT_SHIFTS
from wardteam.domain.ward import Ward, WardBook
from wardteam.exchange.grid import Value
from wardteam.exchange.guide import write_guide
from wardteam.exchange.kinds import BED, SHIFT, STAFF_NO, TEAM
from wardteam.exchange.sheets import SHEETS
from wardteam.exchange.sheets.history import HISTORY
from wardteam.exchange.sheetxml import column_letter
from wardteam.exchange.symbols import shift_words, write_marked
from wardteam.exchange.tables import Column, Record, SheetSpec
from wardteam.i18n import Language, translator

SPARE_ROWS = 100
HISTORY_DAYS = 14
_FIXED_MOMENT = datetime(2020, 1, 1)  # noqa: DTZ001  # a file property; the same bytes for the same book
_SOURCES = (
    (STAFF_NO, "nurses", "staff_no"),
    (SHIFT, "shifts", "symbol"),
    (BED, "beds", "bed"),
    (TEAM, "teams", "number"),
)


def template(language: Language, book: WardBook | None) -> bytes:
    """Write the ward's workbook; what it writes for a book reads back as that book.

    Wishes outside the book's period are left out, because the workbook speaks for its period.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties({"created": _FIXED_MOMENT})
        writer = _Writer(workbook, language, book or _new_book())
        write_guide(workbook, language)
        for spec in SHEETS:
            writer.write(spec)
        writer.write_history()
    return target.getvalue()


def _new_book() -> WardBook:
    return WardBook(Ward("", "", ""), shifts=DEFAULT_SHIFTS, demands=DEFAULT_DEMANDS)


@dataclass
class _Writer:
    """The workbook while it is written."""

    workbook: Any  # XlsxWriter ships no types
    language: Language
    book: WardBook
    formats: dict[str, Any] = field(default_factory=dict)  # the same

    def write(self, spec: SheetSpec) -> None:
        """Write one sheet with its lines."""
        sheet = self.workbook.add_worksheet(spec.title(self.language))
        if spec.is_transposed:
            self._write_transposed(sheet, spec)
            return
        sheet.freeze_panes(1, 2 if spec.columns[0].field == "staff_no" else 1)
        for index, column in enumerate(spec.columns):
            self._write_heading(sheet, 0, index, column)
            sheet.set_column(index, index, column.width or column.kind.width, self._cell_format(column))
        records = list(spec.records(self.book))
        for row, record in enumerate(records, start=1):
            for index, column in enumerate(spec.columns):
                self._write_input(sheet, row, index, column, record)
        last = len(records) + SPARE_ROWS
        for index, column in enumerate(spec.columns):
            self._offer_choices(sheet, (1, index, last, index), column)
            if column.is_computed:
                self._write_names(sheet, index, records, spec.columns[index - 1].field)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, len(records) + 10, len(spec.columns) - 1)

    def _write_transposed(self, sheet: Any, spec: SheetSpec) -> None:  # XlsxWriter ships no types
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 28)
        record = next(iter(spec.records(self.book)))
        for row, column in enumerate(spec.columns):
            self._write_heading(sheet, row, 0, column)
            sheet.write_blank(row, 1, None, self._cell_format(column))
            self._write_input(sheet, row, 1, column, record)
            self._offer_choices(sheet, (row, 1, row, 1), column)

    def _write_heading(self, sheet: Any, row: int, index: int, column: Column) -> None:  # the same
        role = "computed" if column.is_computed else "required" if column.is_required else "optional"
        sheet.write_string(row, index, column.heading(self.language), self._format(role))
        say = translator(self.language)
        notes = [say(message) for message in (column.note, column.kind.expected) if message is not None]
        text = "\n".join(dict.fromkeys(notes))
        sheet.write_comment(row, index, text, {"x_scale": 1.8, "font_size": 9, "author": "wardteam"})

    def _write_input(
        self, sheet: Any, row: int, index: int, column: Column, record: Record
    ) -> None:  # the same
        item = record.get(column.field)
        if column.is_computed or item is None:
            return
        value = self._shift_symbol(item) if column.kind is SHIFT else column.kind.write(item, self.language)
        self._put(sheet, row, index, value, self._cell_format(column))

    def _put(self, sheet: Any, row: int, index: int, value: Value, look: Any) -> None:  # the same
        if isinstance(value, str):
            if value:
                sheet.write_string(row, index, value, look)
        elif isinstance(value, date):
            sheet.write_datetime(row, index, value, look)
        elif value is not None:
            sheet.write_number(row, index, value, look)

    def _shift_symbol(self, code: str) -> str:
        """Show a shift by its symbol where the symbol means it and nothing else."""
        words = shift_words([vars(shift) for shift in self.book.shifts])
        for shift in self.book.shifts:
            symbol = shift.symbol if self.language == "zh" else shift.symbol_en
            if shift.code == code and words.get(symbol.casefold()) == code:
                return symbol
        return code

    def _write_names(self, sheet: Any, index: int, records: Iterable[Record], key: str) -> None:  # the same
        names = {nurse.staff_no: nurse.name for nurse in self.book.nurses}
        nurses = next(spec for spec in SHEETS if spec.key == "nurses").title(self.language)
        known = [names.get(record.get(key, ""), "") for record in records]
        for row, name in enumerate([*known, *[""] * SPARE_ROWS], start=1):
            cell = f"{column_letter(index - 1)}{row + 1}"
            formula = f"=IFERROR(VLOOKUP({cell},'{nurses}'!$A:$B,2,FALSE),\"\")"
            sheet.write_formula(row, index, formula, self._format("name"), name)

    def _offer_choices(self, sheet: Any, area: tuple[int, int, int, int], column: Column) -> None:  # the same
        source: object = list(column.kind.choices(self.language)) if column.kind.choices else None
        for kind, key, name in _SOURCES:
            if column.kind is kind:
                source = self._range(key, name)
        if source:
            say = translator(self.language)
            options = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(*area, options | {"error_message": say(column.kind.expected)[:255]})

    def _range(self, key: str, name: str) -> str:
        spec = next(spec for spec in SHEETS if spec.key == key)
        index = [column.field for column in spec.columns].index(name)
        letter = column_letter(index)
        return f"='{spec.title(self.language)}'!${letter}$2:${letter}$500"

    def _cell_format(self, column: Column) -> Any:  # the same
        return self._format(column.kind.number_format or "plain")

    def _format(self, role: str) -> Any:  # the same
        looks: dict[str, dict[str, object]] = {
            "required": {"bold": True, "bg_color": "#1f4e79", "font_color": "#ffffff", "border": 1},
            "optional": {"bold": True, "bg_color": "#dce6f1", "border": 1},
            "computed": {"italic": True, "bg_color": "#ededed", "font_color": "#555555", "border": 1},
            "name": {"font_color": "#777777", "italic": True},
            "plain": {},
        }
        if role not in self.formats:
            look = looks.get(role, {"num_format": role})
            self.formats[role] = self.workbook.add_format(
                {"text_wrap": role in ("required", "optional")} | look
            )
        return self.formats[role]

    def write_history(self) -> None:
        """Write last month's roster, with empty columns before the period where there is none."""
        sheet = self.workbook.add_worksheet(HISTORY.title(self.language))
        sheet.freeze_panes(1, 2)
        for index, column in enumerate(HISTORY.columns):
            self._write_heading(sheet, 0, index, column)
        days = self._history_days()
        sheet.set_column(0, 1, 11, self._format("@"))
        if days:
            sheet.set_column(2, 1 + len(days), 10.5, self._format("@"))
        look = self.workbook.add_format({"num_format": "yyyy-mm-dd", "bold": True, "bg_color": "#dce6f1"})
        for index, day in enumerate(days, start=2):
            sheet.write_datetime(0, index, datetime(day.year, day.month, day.day), look)  # noqa: DTZ001
        shifts = {shift.code: shift for shift in self.book.shifts}
        nurses = self.book.nurses
        for row, nurse in enumerate(nurses, start=1):
            sheet.write_string(row, 0, nurse.staff_no, self._format("@"))
            for index, day in enumerate(days, start=2):
                cell = self.book.history.get((nurse.staff_no, day))
                if cell is not None:
                    sheet.write_string(row, index, write_marked(cell, shifts, self.language))
        self._write_names(sheet, 1, [vars(nurse) for nurse in nurses], "staff_no")

    def _history_days(self) -> list[date]:
        written = [day for _, day in self.book.history]
        if written:
            return [min(written) + timedelta(days=i) for i in range((max(written) - min(written)).days + 1)]
        if self.book.period is None:
            return []
        return [self.book.period.first - timedelta(days=i) for i in range(HISTORY_DAYS, 0, -1)]
