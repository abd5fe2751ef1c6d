"""The Excel form of the quarter's indicators: written values, live formulas, and every row behind them."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from tests.services.test_indicators import Q3, staffed
from wardteam.errors import Named
from wardteam.exchange.indicators_xlsx import HEAD_ROW, indicators_xlsx
from wardteam.services.indicators import quarter_indicators


def form(language: str, *, with_formulas: bool = False):
    table = quarter_indicators(staffed(), Q3)
    content = indicators_xlsx(
        table,
        language,
        ward=Named("测试病区", "Test ward"),
        hospital=Named("虚构医院"),
        name="2026Q3",
        made_at=datetime(2026, 11, 23, tzinfo=UTC),
    )
    return table, openpyxl.load_workbook(io.BytesIO(content), data_only=not with_formulas)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_shows_every_indicator_with_its_computed_value(language: str) -> None:
    table, book = form(language)
    rows = list(book.worksheets[0].iter_rows(min_row=HEAD_ROW + 2, values_only=True))
    shown = {row[0]: row for row in rows if row[0]}
    for indicator in table.indicators:
        row = shown[indicator.code]
        assert row[5] == ("–" if indicator.value is None else pytest.approx(indicator.value))
        assert bool(row[8]) == bool(indicator.missing or indicator.notes)
        assert row[7] == len(indicator.rows)


def test_formulas_add_up_the_rows_of_the_second_sheet() -> None:
    table, book = form("en", with_formulas=True)
    sheet, rows = book.worksheets
    hours = table.indicator("nursing_hours_per_patient_day")
    (place,) = [cell.row for cell in sheet["A"] if cell.value == hours.code]
    assert sheet.cell(place, 6).value == f"=1*D{place}/E{place}"
    formula = sheet.cell(place, 4).value
    first, last = (int(part.split("E")[1]) for part in formula[: formula.index(")")].split("!")[1].split(":"))
    added = sum(rows.cell(row, 5).value for row in range(first, last + 1))
    assert added == pytest.approx(hours.numerator)
    assert rows.cell(first, 3).value.date() == date(2026, 7, 1)


def test_equal_figures_give_equal_files() -> None:
    def make() -> bytes:
        return indicators_xlsx(
            quarter_indicators(staffed(), Q3),
            "zh",
            ward=Named("一"),
            hospital=Named("二"),
            name="2026Q3",
            made_at=datetime(2026, 11, 23, tzinfo=UTC),
        )

    assert make() == make()
