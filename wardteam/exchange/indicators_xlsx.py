"""Writes the quarter's indicators as an Excel form: one sheet to hand in, one with the rows behind it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import xlsxwriter

from wardteam.domain.indicators import Indicator, IndicatorTable, IndicatorUnit, RowSide
from wardteam.errors import Message, Named
from wardteam.i18n import Language, Translator, translator

HEAD_ROW = 3
COLUMNS = (
    (Message("Code"), 22),
    (Message("Indicator"), 30),
    (Message("Formula"), 42),
    (Message("Numerator"), 10),
    (Message("Denominator"), 11),
    (Message("Value"), 9),
    (Message("Unit"), 6),
    (Message("Source rows"), 9),
    (Message("Remarks"), 42),
)
ROW_COLUMNS = (
    (Message("Code"), 26),
    (Message("Side"), 12),
    (Message("Date"), 12),
    (Message("What"), 34),
    (Message("Value"), 12),
)
UNITS = {
    IndicatorUnit.PERCENT: "%",
    IndicatorUnit.PER_MILLE: "‰",
    IndicatorUnit.RATIO: "",
    IndicatorUnit.HOURS: "h",
}
SIDES = {RowSide.NUMERATOR: Message("Numerator"), RowSide.DENOMINATOR: Message("Denominator")}


def indicators_xlsx(
    table: IndicatorTable, language: Language, *, ward: Named, hospital: Named, name: str, made_at: datetime
) -> bytes:
    """Write the form; numerators, denominators and values are live formulas over the source rows.

    Parameters
    ----------
    name
        The quarter as 2026Q3.
    made_at
        Stands in the file's properties, so that equal figures give equal files.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties({"created": made_at.replace(tzinfo=None), "title": name})
        writer = _Writer(workbook, table, translator(language))
        writer.write(ward, hospital, name)
    return target.getvalue()


@dataclass
class _Writer:
    """The workbook while it is written."""

    workbook: Any  # XlsxWriter ships no types
    table: IndicatorTable
    say: Translator
    looks: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)  # the same
    places: dict[tuple[str, RowSide], tuple[int, int]] = field(default_factory=dict)
    """First and last row (from 1) of each indicator's source rows by side."""

    def write(self, ward: Named, hospital: Named, name: str) -> None:
        """Write the form, then its rows; the rows are laid out first, so that formulas find them."""
        form = self.workbook.add_worksheet(self.say("Indicators"))
        rows = self.workbook.add_worksheet(self._rows_name)
        self._write_rows(rows)
        self._write_head(form, ward, hospital, name)
        for place, indicator in enumerate(self.table.indicators, start=HEAD_ROW + 1):
            self._write_indicator(form, place, indicator)
        notes = HEAD_ROW + len(self.table.indicators) + 2
        for place, note in enumerate(self.table.notes, start=notes):
            form.write_string(place, 0, self.say(note), self.look(border=0))

    @property
    def _rows_name(self) -> str:
        return self.say("Source rows")

    def look(self, **properties: object) -> Any:  # the same
        """Give a format, made once for the same properties."""
        base: dict[str, object] = {"border": 1, "valign": "vcenter", "font_size": 10, "text_wrap": True}
        key = tuple(sorted((base | properties).items()))
        if key not in self.looks:
            self.looks[key] = self.workbook.add_format(dict(key))
        return self.looks[key]

    def _write_head(self, form: Any, ward: Named, hospital: Named, name: str) -> None:  # the same
        form.set_landscape()
        form.set_paper(9)
        form.fit_to_pages(1, 0)
        form.repeat_rows(HEAD_ROW)
        form.freeze_panes(HEAD_ROW + 1, 2)
        form.set_footer("&L&A&C&P / &N")
        title = self.say("Nursing quality indicators of {ward}, {quarter}", ward=ward, quarter=name)
        form.write_string(0, 0, title, self.look(border=0, bold=True, font_size=16, text_wrap=False))
        first, last = self.table.quarter.first.isoformat(), self.table.until.isoformat()
        told = self.say(
            "{hospital}; figures from {first} to {last}", hospital=hospital, first=first, last=last
        )
        form.write_string(1, 0, told, self.look(border=0, text_wrap=False))
        self._write_headings(form, HEAD_ROW, COLUMNS)

    def _write_headings(
        self, page: Any, row: int, columns: tuple[tuple[Message, int], ...]
    ) -> None:  # the same
        head = self.look(bold=True, bg_color="#dce6f1", align="center")
        for column, (heading, width) in enumerate(columns):
            page.write_string(row, column, self.say(heading), head)
            page.set_column(column, column, width)

    def _write_indicator(self, form: Any, row: int, indicator: Indicator) -> None:  # the same
        texts = (indicator.code, self.say(indicator.name), self.say(indicator.formula))
        for column, text in enumerate(texts):
            form.write_string(row, column, text, self.look())
        figure, value = self.look(num_format="#,##0.##"), self.look(num_format="0.00", bold=True)
        for column, side, known in (
            (3, RowSide.NUMERATOR, indicator.numerator),
            (4, RowSide.DENOMINATOR, indicator.denominator),
        ):
            self._write_side(form, row, column, indicator.code, side, known, figure)
        if indicator.value is None:
            form.write_string(row, 5, "–", value)
        else:
            formula = f"={indicator.unit.times:g}*D{row + 1}/E{row + 1}"
            form.write_formula(row, 5, formula, value, indicator.value)
        form.write_string(row, 6, UNITS[indicator.unit], self.look(align="center"))
        form.write_number(row, 7, len(indicator.rows), self.look())
        form.write_string(row, 8, self._remarks(indicator), self.look())

    def _write_side(
        self,
        form: Any,  # the same
        row: int,
        column: int,
        code: str,
        side: RowSide,
        known: float | None,
        look: Any,  # the same
    ) -> None:
        if known is None:
            form.write_string(row, column, "–", look)
        elif (code, side) in self.places:
            first, last = self.places[code, side]
            formula = f"=SUM('{self._rows_name}'!E{first}:E{last})"
            form.write_formula(row, column, formula, look, known)
        else:
            form.write_number(row, column, known, look)

    def _remarks(self, indicator: Indicator) -> str:
        said = [self.say(message) for message in (*indicator.missing, *indicator.notes)]
        return "\n".join(said)

    def _write_rows(self, page: Any) -> None:  # the same
        page.freeze_panes(1, 0)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_footer("&L&A&C&P / &N")
        self._write_headings(page, 0, ROW_COLUMNS)
        plain, dated = self.look(text_wrap=False), self.look(num_format="yyyy-mm-dd")
        place = 1
        for indicator in self.table.indicators:
            for row in sorted(indicator.rows, key=lambda row: row.side is RowSide.DENOMINATOR):
                page.write_string(place, 0, indicator.code, plain)
                page.write_string(place, 1, self.say(SIDES[row.side]), plain)
                if row.day is not None:
                    page.write_datetime(place, 2, datetime(*row.day.timetuple()[:3]), dated)  # noqa: DTZ001  # a date
                page.write_string(place, 3, self.say.show(row.what), plain)
                page.write_number(place, 4, row.value, plain)
                first, _ = self.places.get((indicator.code, row.side), (place + 1, 0))
                self.places[indicator.code, row.side] = (first, place + 1)
                place += 1
        page.autofilter(0, 0, max(place - 1, 1), len(ROW_COLUMNS) - 1)
