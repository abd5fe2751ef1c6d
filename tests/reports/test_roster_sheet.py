from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from wardteam.domain.calendar import Period
from wardteam.domain.documents import SheetRow, SheetTotal
from wardteam.errors import Message
from wardteam.i18n import Language
from wardteam_reports import wording
from wardteam_reports.roster_sheet import SheetPaper, roster_sheet_pdf, sheet_data, sheet_title

MADE = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "paper", "pages", "is_portrait"),
    [(31, "a4", 2, False), (31, "a3", 1, False), (7, "a4", 1, True), (14, "a4", 1, True)],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sheet_has_its_size_and_pages(
    month: Any, read_pdf: Any, days: int, paper: SheetPaper, pages: int, is_portrait: bool, language: Language
) -> None:
    pdf = read_pdf(roster_sheet_pdf(month.sheet(days), language=language, paper=paper, made_at=MADE))
    assert len(pdf.pages) == pages
    box = pdf.pages[0].mediabox
    assert (box.height > box.width) == is_portrait
    assert round(max(box.height, box.width)) == {"a4": 842, "a3": 1191}[paper]


def test_headers_are_repeated_and_pages_numbered(month: Any, read_pdf: Any) -> None:
    pages = read_pdf(roster_sheet_pdf(month.sheet(), language="zh", made_at=MADE)).pages
    texts = [page.extract_text() for page in pages]
    assert all("姓名" in text and "工时" in text for text in texts)
    assert [re.findall(r"\b[12] / 2\b", text) for text in texts] == [["1 / 2"], ["2 / 2"]]


def test_everyone_stands_on_the_sheet_in_both_languages(month: Any, read_pdf: Any) -> None:
    sheet = month.sheet(7)
    for language in ("zh", "en"):
        pdf = read_pdf(roster_sheet_pdf(sheet, language=language, made_at=MADE))
        text = "".join(page.extract_text() for page in pdf.pages)
        assert all(wording.pick(row.name, language) in text for row in sheet.rows)


def test_the_title_follows_the_form_of_the_ward(month: Any) -> None:
    assert sheet_title(month.sheet(), "zh") == "2026年12月呼吸内科一病区护士排班表"
    assert sheet_title(month.sheet(7), "zh") == "2026年12月1日至12月7日呼吸内科一病区护士排班表"
    assert sheet_title(month.sheet(), "en") == "Nurses' roster of Respiratory Medicine, Ward 1, December 2026"


def test_the_same_sheet_and_time_give_the_same_bytes(month: Any) -> None:
    once, again = (roster_sheet_pdf(month.sheet(7), language="zh", made_at=MADE) for _ in range(2))
    assert once == again


def test_a_shortage_is_marked_by_a_sign_and_not_by_colour_alone(month: Any, read_pdf: Any) -> None:
    total = SheetTotal("NIGHT", ("夜", "N"), ("夜班", "Night"), (2, 1, 2, 2, 2, 2, 2), (2,) * 7, (2,) * 7)
    fine = replace(month.sheet(7), totals=(replace(total, staff=(2,) * 7),), shortages=())
    short = replace(fine, totals=(total,), shortages=(Message("Text was expected."),))
    texts = [
        read_pdf(roster_sheet_pdf(sheet, language="zh", made_at=MADE)).pages[0].extract_text()
        for sheet in (fine, short)
    ]
    assert texts[0].count("▼") == 1, "the legend's own"
    assert texts[1].count("▼") == 2
    assert "缺员" in texts[1]
    assert "此处应为文本" in texts[1]
    assert "缺员" not in texts[0]


def test_a_posted_pdf_names_no_kind_of_leave_and_no_restriction(month: Any, read_pdf: Any) -> None:
    words = ("孕", "哺乳", "带教", "病假", "产假", "产检", "育儿", "年休", "婚假", "备注")
    texts = []
    for posted in (False, True):
        pdf = read_pdf(roster_sheet_pdf(month.sheet(14, posted=posted), language="zh", made_at=MADE))
        texts.append("".join(page.extract_text() for page in pdf.pages))
    assert all(word in texts[0] for word in ("孕", "哺乳", "产", "备注"))
    assert not [word for word in words if word in texts[1]]


def test_a_posted_pdf_has_worked_and_night_hours_and_no_balance(month: Any, read_pdf: Any) -> None:
    heads = []
    for posted in (False, True):
        pdf = read_pdf(roster_sheet_pdf(month.sheet(posted=posted), language="zh", made_at=MADE))
        text = "".join(pdf.pages[0].extract_text().split())
        heads.append([word for word in ("工时", "夜时", "结余", "累计", "年休") if word in text])
    assert heads == [["工时", "夜时", "结余", "累计", "年休"], ["工时", "夜时"]]


def counted(row: SheetRow, *, is_uncounted: bool) -> SheetRow:
    cells = (replace(cell, is_uncounted=is_uncounted and cell.kind is not None) for cell in row.cells)
    return replace(row, cells=tuple(cells))


def test_uncounted_duties_bear_a_mark_with_its_meaning(month: Any, read_pdf: Any) -> None:
    whole = month.sheet(7)
    plain = replace(whole, rows=tuple(counted(row, is_uncounted=False) for row in whole.rows))
    rows = tuple(counted(row, is_uncounted=True) for row in plain.rows[:3])
    texts = [
        read_pdf(roster_sheet_pdf(sheet, language="zh", made_at=MADE)).pages[0].extract_text()
        for sheet in (plain, replace(plain, rows=(*rows, *plain.rows[3:])))
    ]
    assert ["白°" in text for text in texts] == [False, True]
    assert ["° 不计入人力" in text for text in texts] == [False, True]


def test_people_of_other_units_have_no_hours_here(month: Any) -> None:
    groups = sheet_data(month.sheet(), "zh", "a4")["groups"]
    guests = [row for group in groups for row in group["rows"] if row["is_guest"]]
    assert len(guests) == 3
    assert {row["worked"] for row in guests} == {""}


def test_teams_are_merged_in_order_with_the_leader_first(month: Any) -> None:
    groups = sheet_data(month.sheet(), "zh", "a4")["groups"]
    numbers = [group["team"] for group in groups if group["team"] is not None]
    assert numbers == [1, 2, 3, 4, 5]
    assert all(g["rows"][0]["role"] == "leader" for g in groups if g["team"] is not None)


@pytest.mark.parametrize(
    ("beds", "words"),
    [
        ((), ""),
        (("01", "02", "03"), "01–03"),
        (("1", "2", "5", "7", "8"), "1–2 5 7–8"),
        (("+1", "+2", "12"), "+1 +2 12"),
    ],
)
def test_beds_are_written_shortly(beds: tuple[str, ...], words: str) -> None:
    assert wording.compact_beds(beds) == words


@pytest.mark.parametrize(
    ("minutes", "plain", "signed"),
    [(0, "0", "0"), (480, "8", "+8"), (450, "7.5", "+7.5"), (435, "7.25", "+7.25"), (-90, "-1.5", "−1.5")],
)
def test_hours_are_written_with_the_decimals_they_need(minutes: int, plain: str, signed: str) -> None:
    assert wording.hours(minutes) == plain
    assert wording.signed_hours(minutes) == signed


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), "2026年2月", "February 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "2026年12月28日至2027年1月3日", "28 Dec 2026 to 3 Jan 2027"),
        (date(2026, 12, 7), date(2026, 12, 13), "2026年12月7日至12月13日", "7 Dec to 13 Dec 2026"),
    ],
)
def test_periods_are_written_as_people_do(first: date, last: date, chinese: str, english: str) -> None:
    assert wording.span(Period(first, last), "zh") == chinese
    assert wording.span(Period(first, last), "en") == english
