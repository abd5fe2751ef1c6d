"""What the pages compute before rendering: marks, spans, weeks, dates, colours, words."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po

import wardteam_reports
import wardteam_web
from wardteam.domain.beds import NursingGrade
from wardteam.domain.calendar import Period
from wardteam.domain.documents import BalanceRow, BoardBed, OwnerCap
from wardteam.errors import Message
from wardteam.i18n import LOCALE_FOLDER, translator
from wardteam_web.addresses import period_address, read_period
from wardteam_web.balance_chart import balance_bars
from wardteam_web.bed_groups import BedLine, bed_spans, cover_count, holder_lines, lines_without_posts
from wardteam_web.failures import _WORDS
from wardteam_web.fills import contrast, dark, fill_name, fill_query, fill_stylesheet
from wardteam_web.glossary import GLOSSARY
from wardteam_web.month_calendar import calendar_weeks
from wardteam_web.planned import current_period, nearest_day
from wardteam_web.roster_grid import roster_grid, shortage_days
from wardteam_web.words import Words

ROOM = Path(wardteam_web.__file__).parent
MAY, JUNE = Period.month(2026, 5), Period.month(2026, 6)


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ((), ""),
        (("01",), "01"),
        (("01", "02"), "01, 02"),
        (("01", "02", "03", "07"), "01–03, 07"),
        (("09", "10", "11"), "09–11"),
        (("A1", "A2"), "A1, A2"),
    ],
)
def test_beds_are_written_as_spans(codes: tuple[str, ...], text: str) -> None:
    assert bed_spans(codes) == text


@pytest.mark.parametrize(
    ("periods", "today", "period", "day"),
    [
        ((), date(2026, 5, 9), None, None),
        ((JUNE, MAY), date(2026, 5, 9), MAY, date(2026, 5, 9)),
        ((JUNE, MAY), date(2026, 8, 1), JUNE, date(2026, 6, 30)),
        ((JUNE,), date(2026, 5, 9), JUNE, date(2026, 6, 1)),
    ],
)
def test_a_page_without_a_date_shows_today_or_the_nearest_planned_day(
    periods: tuple[Period, ...], today: date, period: Period | None, day: date | None
) -> None:
    assert current_period(periods, today) == period
    assert nearest_day(periods, today) == day


@pytest.mark.parametrize(
    ("period", "address"),
    [(MAY, "2026-05"), (Period(date(2026, 5, 4), date(2026, 5, 10)), "2026-05-04_2026-05-10")],
)
def test_a_period_survives_its_address(period: Period, address: str) -> None:
    assert period_address(period) == address
    assert read_period(address) == period


def test_the_sheet_is_arranged_by_team_and_by_day(fake: ModuleType) -> None:
    sheet = fake.FakePages().sheet
    grid = roster_grid(sheet)
    assert [len(block.rows) for block in grid.blocks] == [9, 9, 9, 9, 8]
    first = grid.days[0]
    assert [len(shift.rows) for shift in first.shifts] == [total.staff[0] for total in sheet.totals]


def test_only_days_below_the_minimum_are_short(fake: ModuleType) -> None:
    sheet = fake.FakePages().sheet
    short = shortage_days(sheet)
    assert [(day.day, total.shift, missing) for day, total, missing in short] == [
        (14, "STRAIGHT", 1),
        (28, "STRAIGHT", 1),
    ]


def test_a_day_below_the_minimum_is_marked_by_shape_and_word(fake: ModuleType, client) -> None:  # type: ignore[no-untyped-def]  # flask's client
    page = client.get("/en/w7/roster/2026-05/").text
    cell = re.search(r'<td class="total[^"]* short[^"]*">(.*?)</td>', page)
    assert cell is not None
    assert "#sign-short" in cell[1]
    assert "1 missing" in cell[1]


def test_holders_are_gathered_with_the_leader_first(fake: ModuleType) -> None:
    board = fake.FakePages().board("w7", fake.TODAY)
    for team in board.teams:
        lines = holder_lines(team)
        assert lines[0].nurse == team.leader
        assert sum(len(line.beds) for line in lines) == 10
    held = [bed for team in board.teams for bed in team.beds]
    assert cover_count(board) == sum(bed.kind.value != "owner" for bed in held)


def test_the_noticeboard_names_below_only_shifts_without_bed_posts(fake: ModuleType) -> None:
    board = fake.FakePages().board("w7", fake.TODAY)
    assert [line.shift for line in lines_without_posts(board)] == ["STRAIGHT", "EVENING", "NIGHT"]


def test_a_month_is_laid_out_in_weeks_from_monday(fake: ModuleType) -> None:
    weeks = calendar_weeks(fake.FakePages().nurse("w7", "N012", MAY))
    assert [len(week) for week in weeks] == [7] * 5
    assert [square and square.day.day.day for square in weeks[0]] == [None, None, None, None, 1, 2, 3]


def test_bars_begin_at_zero_and_the_largest_fills_the_height() -> None:
    bars = balance_bars(BalanceRow(Message("x"), (4.0, 2.0, 0.0), 4.0))
    assert [bar.height for bar in bars] == [28.0, 14.0, 0.0]
    assert all(bar.y + bar.height == 28.0 for bar in bars)


@pytest.mark.parametrize("colour", ["#ffffff", "#fdf3d8", "#c9cbe8", "#101010", "#808080", "#ff0000"])
def test_text_on_every_ward_colour_can_be_read_in_light_and_dark(colour: str) -> None:
    rules = re.findall(r"--fill:(#\w+);--fill-ink:(#\w+)", fill_stylesheet(fill_query([colour])))
    assert len(rules) == 3
    for fill, ink in rules:
        assert contrast(rgb(fill), rgb(ink)) >= 4.5


def test_a_dark_page_gets_dark_fills_that_differ() -> None:
    fills = {dark(rgb(colour)) for colour in ("#fdf3d8", "#dbe7f6", "#c9cbe8")}
    assert len(fills) == 3
    assert all(max(fill) < 0.5 for fill in fills)


@pytest.mark.parametrize("colour", ["red", "#fff", "", "#12345g", "ffffff}body{display:none"])
def test_what_is_no_colour_reaches_no_stylesheet(colour: str) -> None:
    assert fill_name(colour) == ""
    assert "body" not in fill_stylesheet(colour)


@pytest.mark.parametrize(
    ("minutes", "hours", "balance"),
    [(0, "0", "0"), (480, "8", "+8"), (450, "7.5", "+7.5"), (-105, "-1.75", "−1.75")],
)
def test_minutes_are_shown_as_hours(minutes: int, hours: str, balance: str) -> None:
    words = Words(translator("zh"))
    assert words.hours(minutes) == hours
    assert words.balance(minutes) == balance


def test_dates_are_written_as_each_language_writes_them() -> None:
    day = date(2026, 5, 3)
    assert Words(translator("zh")).full_day(day) == "2026年5月3日 星期日"
    assert Words(translator("en")).full_day(day) == "Sun 3 May 2026"
    assert Words(translator("zh")).period(MAY) == "2026年5月"
    week = Period(day, date(2026, 5, 9))
    assert Words(translator("zh")).period(week) == "2026年5月3日–5月9日"
    assert Words(translator("en")).period(week) == "3 May – 9 May 2026"
    turn = Period(date(2026, 12, 28), date(2027, 1, 3))
    assert Words(translator("zh")).period(turn) == "2026年12月28日–2027年1月3日"
    assert Words(translator("en")).period(turn) == "28 Dec 2026 – 3 Jan 2027"


def test_screen_and_paper_use_the_same_colours() -> None:
    tokens = json.loads((Path(wardteam_reports.__file__).parent / "tokens.json").read_text(encoding="utf-8"))
    sheet = (ROOM / "static/css/tokens.css").read_text(encoding="utf-8")
    light, dark_chosen, dark_system = re.split(r"@media screen[^{]*\{", sheet)
    for name, colour in tokens["colour"].items():
        assert f"--{name.replace('_', '-')}: {colour};" in light
    for name, colour in tokens["dark"].items():
        assert f"--{name.replace('_', '-')}: {colour};" in dark_chosen
        assert f"--{name.replace('_', '-')}: {colour};" in dark_system


def test_every_sentence_of_the_pages_has_its_chinese() -> None:
    known: set[object] = set()
    for path in (LOCALE_FOLDER / "zh_CN").glob("*.po"):
        with path.open("rb") as source:
            known |= {message.id for message in read_po(source) if message.string}
    used = {term.meaning for term in GLOSSARY} | {text for pair in _WORDS.values() for text in pair}
    for path in (ROOM / "templates").rglob("*.html"):
        used |= set(
            re.findall(r"\bt\(\s*[\"']((?:[^\"\\]|\\.)*?)[\"'][,)]", path.read_text(encoding="utf-8"))
        )
    assert len(used) > 120
    assert used - known == set()


def rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


@pytest.mark.parametrize(
    ("beds", "occupied", "cap", "verdict"),
    [
        (3, 3, OwnerCap(3, 4), (False, False)),
        (5, 5, OwnerCap(3, 4), (True, False)),
        (4, 2, OwnerCap(3, 4), (False, True)),
        (1, 0, OwnerCap(1, 2, counts_beds=True), (False, False)),
        (3, 3, OwnerCap(1, 2, counts_beds=True), (True, False)),
    ],
)
def test_an_owners_beds_are_measured_against_her_cap(
    beds: int, occupied: int, cap: OwnerCap, verdict: tuple[bool, bool]
) -> None:
    made = (
        BoardBed(f"{n:02}", "1", NursingGrade.SECOND, n < occupied, None, None, None, load=3)
        for n in range(beds)
    )
    line = BedLine(None, tuple(made))
    assert (line.is_above(cap), line.is_below(cap)) == verdict
    assert line.load_minutes == beds * 45
