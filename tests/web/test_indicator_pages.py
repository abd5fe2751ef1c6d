"""The indicators' pages: quarters, values with numerator and denominator, the rows behind them, the form."""

from __future__ import annotations

import io
from html import unescape

import pytest
from openpyxl import load_workbook

from tests.web.quality_site import WardSite
from tests.web.test_dashboard_pages import rows_of


def test_an_indicator_opens_the_rows_that_it_was_counted_from(shown_site: WardSite) -> None:
    table = rows_of(shown_site.read("indicators/", language="en", quarter="2026Q2"))
    beds = next(row for row in table if row[0].startswith("Beds to nurses"))
    assert float(beds[3]) == round(float(beds[1]) / float(beds[2]), 2)
    page = shown_site.read("indicators/2026Q2/beds_to_nurses/", language="en")
    numerators = [row for row in rows_of(page) if row[0] == "Numerator"]
    assert sum(float(row[3]) for row in numerators) == float(beds[1])


def test_what_cannot_be_answered_says_what_is_missing(shown_site: WardSite) -> None:
    text = unescape(shown_site.read("indicators/", language="en", quarter="2026Q2"))
    assert "Not answerable." in text
    assert "No published roster covers a day of the quarter." in text


def test_quarters_are_chosen_and_the_present_one_is_told_until_yesterday(shown_site: WardSite) -> None:
    text = unescape(shown_site.read("indicators/", language="en", quarter="2026Q4"))
    assert '<option value="2026Q4" selected>' in text
    assert "The quarter is not over: the figures stand until 2026-11-22." in text
    assert '<option value="2026Q3" selected>' in shown_site.read("indicators/")


@pytest.mark.parametrize(
    ("quarter", "words"),
    [
        ("2031Q1", "The quarter has not begun yet"),
        ("last", "A quarter such as 2026Q3 was expected, got last."),
    ],
)
def test_a_quarter_that_is_none_is_said_in_words(shown_site: WardSite, quarter: str, words: str) -> None:
    text = unescape(shown_site.read("indicators/", language="en", quarter=quarter))
    assert words in text
    assert '<option value="2026Q3" selected>' in text


@pytest.mark.parametrize(
    "place",
    [
        "indicators/2031Q1/falls/",
        "indicators/last/falls/",
        "indicators/2026Q2/luck/",
        "indicators/2031Q1/indicators.xlsx",
    ],
)
def test_addresses_of_nothing_are_not_found(shown_site: WardSite, place: str) -> None:
    assert shown_site.get(place).status_code == 404


def test_the_form_is_saved_as_excel_in_the_readers_language(shown_site: WardSite) -> None:
    answer = shown_site.get("indicators/2026Q2/indicators.xlsx")
    assert "demo-indicators-2026Q2.xlsx" in answer.headers["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    words = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert any("分子" in word for word in words)
