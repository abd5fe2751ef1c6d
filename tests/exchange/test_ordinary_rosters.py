"""Ordinary rosters, .xlsx and .xls: the dates, the names and the usual symbols are found and read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

import pytest

from tests.exchange.kit import with_openpyxl, write_sheets
from tests.exchange.old_book import write_xls
from tests.exchange.small_ward import nurse
from wardteam.domain.defaults import DEFAULT_SHIFTS
from wardteam.domain.roster import RosterCell
from wardteam.domain.shifts import Leave, LeaveKind, Post
from wardteam.errors import BadInput, Finding
from wardteam.exchange.roster_reading import RosterReading, read_roster

NURSES = (nurse("1", "张三"), nurse("2", "李小四", name_en="Li Xiaosi"), nurse("3", "王五"))
WEEK = "一二三四五六日"
"""2 November 2026 is a Monday."""


def roster(
    data: bytes, nights: Literal["evening", "morning"] = "evening", nurses: Any = NURSES
) -> Mapping[Any, Any]:
    return reading(data, nights, nurses).cells


def reading(
    data: bytes,
    nights: Literal["evening", "morning"] = "evening",
    nurses: Any = NURSES,
    leaves: tuple[Leave, ...] = (),
) -> RosterReading:
    return read_roster(
        data,
        "roster.xlsx",
        nurses=nurses,
        shifts=DEFAULT_SHIFTS,
        leaves=leaves,
        nights_booked_on=nights,
        year_hint=2026,
    )


def refused(
    data: bytes, nights: Literal["evening", "morning"] = "evening", nurses: Any = NURSES
) -> tuple[Finding, ...]:
    with pytest.raises(BadInput) as caught:
        roster(data, nights, nurses)
    return caught.value.findings


def codes(cells: Mapping[Any, Any], staff_no: str, first: date = date(2026, 11, 2)) -> str:
    """Give a person's cells from a date on, by the first letters of their codes."""
    mine = {day: cell.code for (who, day), cell in cells.items() if who == staff_no}
    return " ".join(mine[day] for day in sorted(mine) if day >= first)


def table(
    heading: list[Any], *people: tuple[Any, str], title: str = "", before: int = 0
) -> dict[str, list[list[Any]]]:
    rows: list[list[Any]] = [[title]] if title else []
    rows.append(["姓名", *[None] * before, *heading])
    rows += [
        [name, *[None] * before, *(None if s == "." else s for s in symbols.split())]
        for name, symbols in people
    ]
    return {"排班": rows}


REAL = [date(2026, 11, day) for day in range(2, 9)]
NUMBERS = [float(day) for day in range(2, 9)]
PEOPLE = (("张 三★", "白 A 连 中 夜 下 休"), ("李小四(组长)", "年 病 产 小夜 大夜 × ."))
MEANT = "DAY DAY STRAIGHT EVENING NIGHT post_night off"
MEANT_TOO = "annual sick maternity EVENING NIGHT off off"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (REAL, ""),
        (NUMBERS, "2026年11月心内科护士排班表"),
        (NUMBERS, "护士排班 2026-11"),
        (NUMBERS, "11月排班"),
        ([f"{day:.0f}日" for day in NUMBERS], "2026 年 11 月"),
        ([f"11月{day:.0f}日" for day in NUMBERS], ""),
        ([f"11/{day:.0f}" for day in NUMBERS], ""),
        ([f"2026.11.{day:.0f}" for day in NUMBERS], ""),
        ([f"{day:.0f}\n{WEEK[i]}" for i, day in enumerate(NUMBERS)], "2026年11月"),
    ],
)
def test_dates_are_found_however_they_are_written(heading: list[Any], title: str) -> None:
    cells = roster(write_sheets(table(heading, *PEOPLE, title=title)))
    assert codes(cells, "1") == MEANT
    assert codes(cells, "2") == MEANT_TOO
    assert len(cells) == 14


def test_the_weekdays_tell_the_month_where_the_title_does_not() -> None:
    sheets = table([float(day) for day in range(1, 31)], ("张三", " ".join(["白"] * 30)))
    sheets["排班"].insert(1, [None, *(WEEK[(6 + i) % 7] for i in range(30))])
    assert min(day for _, day in roster(write_sheets(sheets))) == date(2026, 11, 1)


def test_a_period_over_the_end_of_a_month_is_followed() -> None:
    days = [float(d) for d in (28, 29, 30, 1, 2, 3, 4)]
    cells = roster(write_sheets(table(days, ("张三", "白 白 夜 下 休 休 白"), title="2026年11月")))
    assert {day.isoformat() for _, day in cells} == {f"2026-11-{d}" for d in (28, 29, 30)} | {
        f"2026-12-0{d}" for d in (1, 2, 3, 4)
    }


def test_day_numbers_without_any_month_are_refused() -> None:
    found = refused(write_sheets(table(NUMBERS, *PEOPLE)))
    assert "month" in str(found[0].problem)


def test_weekdays_that_contradict_the_title_are_refused() -> None:
    sheets = table(REAL, *PEOPLE)
    sheets["排班"].insert(1, [None, *WEEK[1:], WEEK[0]])
    assert "weekday" in str(refused(write_sheets(sheets))[0].problem)


def test_titles_teams_totals_and_notes_around_the_table_are_not_people() -> None:
    rows: list[list[Any]] = [
        ["2026年11月心内科护士排班表", *[None] * 10],
        ["组别", "序号", "工号", "姓名", *NUMBERS, "工时"],
        ["一组", 1.0, 1.0, "张三", *PEOPLE[0][1].split(), 40.0],
        [None, 2.0, 2.0, "李小四", *[None if s == "." else s for s in PEOPLE[1][1].split()], 16.0],
        ["合计", None, None, "白班", *[2.0] * 7],
        ["备注：夜班补休", *[None] * 11],
        ["白", None, None, "白班 08:00-18:00"],
    ]

    def merge(book: Any) -> None:
        page = book["排班"]
        for area in ("A1:L1", "A3:A4", "A6:L6"):
            page.merge_cells(area)

    cells = roster(with_openpyxl(write_sheets({"排班": rows}), merge))
    assert (codes(cells, "1"), codes(cells, "2")) == (MEANT, MEANT_TOO)


def test_a_merged_leave_counts_on_each_of_its_days() -> None:
    data = write_sheets(table(REAL, ("张三", "产 . . . . . 白")))
    cells = roster(with_openpyxl(data, lambda book: book["排班"].merge_cells("B2:G2")))
    assert codes(cells, "1") == " ".join(["maternity"] * 6 + ["DAY"])


def test_an_old_xls_from_excel_or_wps_reads_the_same() -> None:
    sheets = table(NUMBERS, *PEOPLE, title="2026年11月排班表")
    cells = roster(write_xls(sheets["排班"], merged=((0, 0, 0, 7),)))
    assert (codes(cells, "1"), codes(cells, "2")) == (MEANT, MEANT_TOO)


def test_all_unknown_names_and_symbols_are_reported_at_once() -> None:
    data = write_sheets(table(REAL, ("张三", "白 A/P 奇 中 夜 下 休"), ("赵六", "白 白 白 白 白 休 休")))
    found = refused(data)
    assert [(f.row, f.column, f.value) for f in found] == [(2, "C", "A/P"), (2, "D", "奇"), (3, "A", "赵六")]
    assert "Two shifts" in str(found[0].problem)


def test_namesakes_need_their_staff_numbers() -> None:
    twins = (nurse("1", "张三"), nurse("9", "张三"))
    rows = table(REAL, ("张三", PEOPLE[0][1]), ("张三", PEOPLE[0][1]))
    assert "Several" in str(refused(write_sheets(rows), nurses=twins)[0].problem)
    numbered = [[number, *row] for number, row in zip(("工号", "1", "9"), rows["排班"], strict=True)]
    assert len(roster(write_sheets({"排班": numbered}), nurses=twins)) == 14


def test_a_person_twice_is_refused() -> None:
    found = refused(write_sheets(table(REAL, PEOPLE[0], PEOPLE[0])))
    assert [(f.row, "already" in str(f.problem)) for f in found] == [(3, True)]


def test_nights_booked_on_the_morning_move_to_their_evening() -> None:
    cells = roster(write_sheets(table(REAL, ("张三", "夜 下 休 . 夜 夜 休"))), "morning")
    assert (
        codes(cells, "1", date(2026, 11, 1)) == "NIGHT post_night post_night off NIGHT NIGHT post_night off"
    )


def test_a_night_that_would_meet_a_duty_of_its_evening_is_refused() -> None:
    found = refused(write_sheets(table(REAL, ("张三", "休 中 夜 下 休 休 白"))), "morning")
    assert "张三" in str(found[0].problem)


def test_a_sheet_without_a_roster_is_refused() -> None:
    assert "No roster" in str(refused(write_sheets({"a": [["hello", datetime(2026, 1, 1)]]}))[0].problem)


def test_several_sheets_of_one_file_are_read_together() -> None:
    later = [date(2026, 12, day) for day in range(1, 8)]
    sheets = {
        "11月": table(REAL, PEOPLE[0])["排班"],
        "12月": table(later, PEOPLE[0])["排班"],
        "说明": [["x"]],
    }
    assert {day.month for _, day in roster(write_sheets(sheets))} == {11, 12}


@pytest.mark.parametrize("word", ["假", "L", "休假"])
def test_a_leave_of_no_kind_is_what_was_granted_or_else_a_day_off_with_a_warning(word: str) -> None:
    sick = Leave("1", LeaveKind.SICK, REAL[0], REAL[1])
    found = reading(
        write_sheets(table(REAL, ("张三", f"{word} {word} {word} 白 {word} 下 休"))), leaves=(sick,)
    )
    assert codes(found.cells, "1") == "sick sick off DAY off post_night off"
    (warning,) = found.warnings
    assert (warning.sheet, warning.problem.fields["count"]) == ("排班", 2)


def test_marks_of_posts_locks_and_wishes_are_no_part_of_a_symbol() -> None:
    cells = roster(write_sheets(table(REAL, ("张三", "白(责) 白(长)# 休♥ ♡中 夜 下 白（助）"))))
    assert codes(cells, "1") == "DAY DAY off EVENING NIGHT post_night DAY"
    assert cells["1", REAL[1]] == RosterCell("DAY", Post.LEADER, is_locked=True)
