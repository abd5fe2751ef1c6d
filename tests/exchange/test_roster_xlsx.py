"""The roster sheet in Excel: what it shows, that its formulas carry values, and that it reads back."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from tests.exchange.kit import with_openpyxl, write_sheets
from tests.exchange.small_ward import SMALL
from wardteam.domain.calendar import Period
from wardteam.domain.documents import RosterSheet
from wardteam.domain.people import StaffKind
from wardteam.domain.roster import Roster, RosterCell
from wardteam.domain.shifts import Leave, LeaveKind, Post
from wardteam.errors import BadInput, Message
from wardteam.exchange.grid import read_grids
from wardteam.exchange.roster_back import RosterFile, read_roster_xlsx
from wardteam.exchange.roster_reading import read_roster
from wardteam.exchange.roster_xlsx import roster_xlsx
from wardteam.services.sheet_view import roster_sheet

DECEMBER = Period.month(2026, 12)
CODES = ("DAY", "STRAIGHT", "EVENING", "NIGHT", "post_night", "off", "annual")
CELLS = {
    (nurse.staff_no, day): RosterCell(
        CODES[(i + day.day) % 7], Post.LEADER if (i + day.day) % 7 == 0 else Post.NONE
    )
    for i, nurse in enumerate(SMALL.nurses)
    for day in DECEMBER
}
CELLS["0012", date(2026, 12, 5)] = RosterCell("EVENING", is_locked=True)
ROSTER = Roster(DECEMBER, CELLS, version=3, made_at=datetime(2026, 11, 23, 8, tzinfo=UTC))
LEAVES = tuple(Leave(n.staff_no, LeaveKind.ANNUAL, DECEMBER.first, DECEMBER.last) for n in SMALL.nurses)


def sheet(*, posted: bool = False) -> RosterSheet:
    return roster_sheet(SMALL, ROSTER, posted=posted)


def back(data: bytes, leaves: tuple[Leave, ...] = ()) -> RosterFile:
    return read_roster_xlsx(data, "r.xlsx", nurses=SMALL.nurses, shifts=SMALL.shifts, leaves=leaves)


def page(data: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values).worksheets[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sheet_reads_back_with_posts_and_locks(language: Any) -> None:
    read = back(roster_xlsx(sheet(), language))
    assert read.ward == "W9"
    assert read.roster.cells == CELLS
    assert (read.roster.period, read.roster.version) == (DECEMBER, 3)


def test_a_posted_sheet_shows_no_kind_of_leave_and_reads_back_with_the_granted_ones() -> None:
    data = roster_xlsx(sheet(posted=True), "zh")
    texts = {str(value) for grid in read_grids(data, "r.xlsx") for row in grid.rows for value in row}
    assert not any(word in text for text in texts for word in ("annual", "哺乳", "不上"))
    assert not texts & {"年", "年休假"}
    assert back(data, LEAVES).roster.cells == CELLS


def test_an_edited_cell_wins_and_loses_its_post() -> None:
    data = roster_xlsx(sheet(), "zh")
    visible = page(data)
    row = next(row for row in visible.iter_rows(min_row=5) if row[2].value == "1001")
    cell = next(c for c in row[8:] if c.value == "白")

    def edit(book: Any) -> None:
        book.worksheets[0][cell.coordinate] = "夜"

    day = date(2026, 12, cell.column - 8)
    assert CELLS["1001", day].post is Post.LEADER
    assert back(with_openpyxl(data, edit)).roster.cells == CELLS | {("1001", day): RosterCell("NIGHT")}


def test_unknown_symbols_and_strangers_are_reported_together() -> None:
    def edit(book: Any) -> None:
        book.worksheets[0]["J6"] = "奇"
        book.worksheets[0]["C7"] = "X-1"
        book["wardteam"]["A4"] = "X-1"

    with pytest.raises(BadInput) as caught:
        back(with_openpyxl(roster_xlsx(sheet(), "zh"), edit))
    assert {(f.row, f.column, f.value) for f in caught.value.findings} == {(6, "J", "奇"), (7, "C", "X-1")}


def test_another_workbook_is_refused() -> None:
    with pytest.raises(BadInput, match="Problems in the input: 1"):
        back(write_sheets({"排班": [["姓名"]]}))


def test_hours_and_staff_counts_are_formulas_that_carry_their_values() -> None:
    seen = sheet()
    data = roster_xlsx(seen, "zh")
    formulas, values = page(data), page(data, values=True)
    heads = {str(cell.value): cell.column for cell in formulas[3]}
    for line, row in enumerate(seen.rows, start=5):
        if row.kind not in (StaffKind.WARD, StaffKind.HEAD_NURSE):
            assert {formulas.cell(line, heads[name]).value for name in ("工时", "累计结余")} == {None}
            continue
        figures = {
            "工时": row.worked_minutes,
            "本期结余": row.balance_minutes,
            "夜班工时": row.night_minutes,
            "累计结余": row.balance_after_minutes,
        }
        for name, minutes in figures.items():
            assert str(formulas.cell(line, heads[name]).value).startswith("=")
            assert values.cell(line, heads[name]).value == pytest.approx(minutes / 60)
    for line, total in enumerate(seen.totals, start=5 + len(seen.rows)):
        assert [values.cell(line, 9 + i).value for i in range(31)] == list(total.staff)
        assert "COUNTIF" in formulas.cell(line, 9).value
        assert "+(" not in formulas.cell(line, 9).value


def test_a_posted_sheet_has_worked_and_night_hours_and_nothing_owed() -> None:
    heads = []
    for posted in (False, True):
        formulas = page(roster_xlsx(sheet(posted=posted), "zh"))
        heads.append([str(cell.value) for cell in formulas[3] if cell.column > 39 and cell.value])
        texts = [str(cell.value) for row in formulas.iter_rows() for cell in row]
        assert any("-11520/60" in text or "-11040/60" in text for text in texts) is not posted
    assert heads == [
        ["备注", "工时", "本期结余", "夜班工时", "累计结余", "年休假余额"],
        ["工时", "夜班工时"],
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_uncounted_duties_bear_a_mark_that_the_legend_explains(language: Any) -> None:
    learner = {("1001", day): RosterCell("DAY", Post.ASSISTANT) for day in DECEMBER}
    seen = roster_sheet(SMALL, replace(ROSTER, cells=CELLS | learner), posted=True)
    data = roster_xlsx(seen, language)
    visible, side = page(data), 0 if language == "zh" else 1
    symbol = next(s for s in SMALL.shifts if s.code == "DAY")
    mark = f"{(symbol.symbol, symbol.symbol_en)[side]}°"
    row = next(row for row in visible.iter_rows(min_row=5) if row[2].value == "1001")
    assert [cell.value for cell in row[8:39]] == [mark] * 31
    assert [cell.value for row in visible.iter_rows(min_row=5 + len(seen.rows)) for cell in row].count(
        mark
    ) == 1
    assert back(data, LEAVES).roster.cells == CELLS | learner


def test_nursing_time_is_taken_off_the_legends_hours() -> None:
    heads = page(roster_xlsx(sheet(), "zh"))
    texts = [str(row[heads.max_column - 5].value) for row in heads.iter_rows(min_row=5, max_row=8)]
    assert sum(text.endswith(")/60") for text in texts) == 1


def test_the_page_is_ready_to_print_and_to_scroll() -> None:
    visible = page(roster_xlsx(sheet(), "zh", paper="A3"))
    assert visible["A1"].value == "2026年12月心内科护士排班表"
    assert visible.freeze_panes == "E5"
    assert visible.print_title_rows == "$3:$4"
    assert (visible.page_setup.orientation, visible.page_setup.paperSize) == ("landscape", 8)
    assert (visible.page_setup.fitToWidth or 1, visible.page_setup.fitToHeight) == (1, 0)
    assert visible.sheet_properties.pageSetUpPr.fitToPage
    assert "&P / &N" in visible.oddFooter.center.text + visible.oddFooter.left.text
    assert "A6:A7" in {str(area) for area in visible.merged_cells.ranges}


def test_wishes_and_weekends_are_marked_without_touching_the_symbols() -> None:
    visible = page(roster_xlsx(sheet(), "zh"))
    row = next(row for row in visible.iter_rows(min_row=5) if row[2].value == "0012")
    wished = row[8 + 11]
    assert wished.number_format in ('@"♥"', '@"♡"')
    assert "♥" not in str(wished.value)
    assert visible.cell(3, 9 + 4).fill.start_color.rgb == "FFE7E7E7"
    assert row[8 + 4].border.left.style == "medium"


def test_text_that_looks_like_a_formula_stays_text() -> None:
    seen = sheet()
    first = replace(seen.rows[0], name=("=1+1", "=1+1"), remarks=(Message("=2+2"),))
    visible = page(roster_xlsx(replace(seen, rows=(first, *seen.rows[1:])), "zh"))
    found = [c for row in visible.iter_rows() for c in row if c.value in ("=1+1", "=2+2")]
    assert [cell.data_type for cell in found] == ["s", "s"]


def test_a_week_prints_upright_and_an_empty_ward_is_still_a_sheet() -> None:
    week = Period(date(2026, 12, 7), date(2026, 12, 13))
    empty = replace(SMALL, nurses=(), memberships=(), ownerships=(), wishes=(), restrictions=())
    seen = roster_sheet(empty, Roster(week, {}), posted=False)
    visible = page(roster_xlsx(seen, "en"))
    assert visible.page_setup.orientation == "portrait"
    assert "2026-12-07" in visible["A1"].value


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("posted", [True, False])
def test_our_own_sheet_is_also_read_as_an_ordinary_roster(language: Any, *, posted: bool) -> None:
    data = roster_xlsx(sheet(posted=posted), language)
    found = read_roster(
        data,
        "r.xlsx",
        nurses=SMALL.nurses,
        shifts=SMALL.shifts,
        leaves=SMALL.leaves,
        nights_booked_on="evening",
        year_hint=2026,
    )
    duties = {shift.code for shift in SMALL.shifts}
    worked = {key: cell.code for key, cell in ROSTER.cells.items() if cell.code in duties}
    assert worked
    assert {key: cell.code for key, cell in found.cells.items() if cell.code in duties} == worked
