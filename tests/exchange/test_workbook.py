"""The ward's workbook: what the template writes, reading gives back; headings may be written many ways."""

from __future__ import annotations

import dataclasses
import io
from datetime import date, datetime
from random import Random

import openpyxl
import pytest

from tests.exchange.kit import findings, read, small_sheets, with_openpyxl, write_sheets
from tests.exchange.small_ward import SMALL, nurse
from wardteam.demo import demo_ward
from wardteam.domain.beds import Ownership
from wardteam.domain.people import Education, Level, Nurse, Sex, StaffKind, Title
from wardteam.domain.roster import RosterCell
from wardteam.domain.shifts import LeaveKind, Post
from wardteam.domain.ward import WardBook
from wardteam.exchange.sheets import SHEETS
from wardteam.exchange.template import template
from wardteam.exchange.words import normal
from wardteam.exchange.workbook import read_workbook, read_workbook_with_warnings
from wardteam.i18n import LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("book", [SMALL, demo_ward()], ids=["small", "demo"])
def test_a_book_comes_back_equal_from_its_workbook(book: WardBook, language: Language) -> None:
    assert read_workbook(template(language, book), "ward.xlsx") == book


def random_book(seed: int) -> WardBook:
    """Change the small ward's people, owners and history at random, within what a workbook may hold."""
    chance = Random(seed)

    def word(least: int = 0) -> str:
        return "".join(chance.choices("aZ09甲乙'\"=+-@;&<>é😀", k=chance.randrange(least, 7)))

    def day() -> date:
        return date.fromordinal(date(1970, 1, 1).toordinal() + chance.randrange(15000))

    nurses = [
        Nurse(
            f"{word()}{number}",
            word(1),
            date(1960, 1, chance.randint(1, 31)),
            chance.choice(list(Title)),
            day(),
            day(),
            chance.choice(list(Education)),
            name_en=word(),
            sex=chance.choice(list(Sex)),
            kind=chance.choice(list(StaffKind)),
            level=chance.choice([None, *Level]),
            ability=chance.randint(1, 5),
            contract_percent=chance.randint(1, 100),
            is_preceptor=chance.random() < 0.5,
            registration_until=chance.choice([None, day()]),
            is_registered_here=chance.random() < 0.5,
            strengths=word(),
            photo=word(),
            hours_balance_minutes=chance.randint(-9999, 9999),
            annual_leave_days=chance.randint(-5, 20),
        )
        for number in range(chance.randint(1, 6))
    ]
    everyone = (*SMALL.nurses, *nurses)
    codes = [*(shift.code for shift in SMALL.shifts), *LeaveKind]
    history = {
        (n.staff_no, date(2026, 11, 1 + chance.randrange(30))): RosterCell(
            str(chance.choice(codes)), chance.choice(list(Post)), chance.random() < 0.3
        )
        for n in everyone
    }
    owners = tuple(Ownership(b.code, chance.choice(everyone).staff_no, day()) for b in SMALL.beds)
    return dataclasses.replace(SMALL, nurses=everyone, history=history, ownerships=owners)


@pytest.mark.parametrize("seed", range(8))
def test_random_books_come_back_equal(seed: int) -> None:
    book = random_book(seed)
    language = LANGUAGES[seed % 2]
    assert read_workbook(template(language, book), "ward.xlsx") == book


def test_every_field_of_the_settings_has_a_line() -> None:
    changed = dataclasses.replace(SMALL.settings, owners_by_team=4, time_zone="Asia/Urumqi")
    book = dataclasses.replace(SMALL, settings=changed)
    differing = [f.name for f in dataclasses.fields(changed) if getattr(changed, f.name) != f.default]
    assert differing == [f.name for f in dataclasses.fields(changed)]
    assert read_workbook(template("zh", book), "ward.xlsx").settings == changed


def test_no_two_columns_of_a_sheet_share_a_heading() -> None:
    for spec in SHEETS:
        for language in LANGUAGES:
            headings = [normal(column.heading(language)) for column in spec.columns]
            assert len(set(headings)) == len(headings)
            for column in spec.columns:
                answering = [c.field for c in spec.columns if c.answers_to(column.heading(language))]
                assert answering == [column.field]


def test_headings_may_be_mixed_spaced_and_full_width() -> None:
    sheets = small_sheets()
    head = sheets["护士"][0]
    head[0], head[1], head[6] = " Ｓｔａｆｆ　ｎｏ. ", "姓 名：", "TITLE"
    sheets["Beds "] = sheets.pop("病房床位")
    assert read(sheets) == SMALL


def test_a_title_above_the_headings_does_no_harm() -> None:
    sheets = small_sheets()
    sheets["护士"].insert(0, ["心内科护士名单"])
    assert read(sheets) == SMALL


@pytest.mark.parametrize(
    "written",
    [
        date(1995, 4, 1),
        datetime(1995, 4, 1),
        "1995-04-01",
        "1995/4/1",
        "1995年4月1日",
        "19950401",
        19950401,
        "１９９５．4．1",
    ],
)
def test_dates_are_read_in_their_usual_forms(written: object) -> None:
    sheets = small_sheets()
    sheets["护士"][1][5] = written  # type: ignore[assignment]  # what a sheet may hold
    assert read(sheets).nurses[0].birth_date == date(1995, 4, 1)


@pytest.mark.parametrize(("written", "meant"), [(1001.0, "1001"), ("０0７", "007"), (" 12 ", "12")])
def test_staff_numbers_are_text_even_where_excel_holds_a_number(written: object, meant: str) -> None:
    book = dataclasses.replace(SMALL, nurses=(nurse("99", "戊五"),), **_NOBODY)
    sheets = {name: [list(row) for row in rows] for name, rows in _sheets(book).items()}
    sheets["护士"][1][0] = written
    del sheets["上期排班"][1:]
    found = read_workbook(write_sheets(sheets), "ward.xlsx")
    assert found.nurses[0].staff_no == meant


_NOBODY: dict[str, object] = dict.fromkeys(
    ("leaves", "wishes", "restrictions", "pairs", "memberships", "ownerships"), ()
) | {"history": {}, "balances": {}}


def _sheets(book: WardBook) -> dict[str, list[list[object]]]:
    loaded = openpyxl.load_workbook(io.BytesIO(template("zh", book)), data_only=True)
    return {page.title: [list(row) for row in page.values] for page in loaded}


def test_a_workbook_saved_by_another_program_loses_only_computed_names() -> None:
    assert read_workbook(with_openpyxl(template("zh", SMALL), lambda book: None), "ward.xlsx") == SMALL


def test_text_that_begins_like_a_formula_stays_text() -> None:
    page = openpyxl.load_workbook(io.BytesIO(template("zh", SMALL)))["护士"]
    cells = [cell for row in page.iter_rows(min_row=2) for cell in row if cell.value == "=伤口护理"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_the_template_helps_with_lists_notes_frozen_panes_and_an_example() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template("zh", None)))
    page = book["护士"]
    assert page.freeze_panes == "C2"
    assert all(cell.comment is not None for cell in page[1])
    lists = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert any("主管护师" in formula for formula in lists.values())
    assert any("'护理小组'!" in formula for formula in lists.values())
    guide = [str(value) for row in book.worksheets[0].values for value in row if value]
    assert "病区工作簿填写说明" in guide
    assert "林示例" in guide


def test_an_empty_template_asks_only_for_the_ward() -> None:
    found = findings(template("en", None))
    assert {(f.sheet, f.row, f.column) for f in found} == {("Settings", row, "B") for row in (1, 2, 3)}


def test_an_unknown_heading_and_a_missing_glyph_are_warnings() -> None:
    sheets = small_sheets()
    sheets["护士"][0].append("血型")
    glyphs = frozenset(ord(sign) for nurse in SMALL.nurses for sign in nurse.name) - {ord("丁")}
    reading = read_workbook_with_warnings(write_sheets(sheets), "ward.xlsx", glyphs=glyphs)
    assert [(w.sheet, w.row, w.value) for w in reading.warnings] == [("护士", 1, "血型"), ("护士", 5, "丁四")]


@pytest.mark.parametrize(("language", "word"), [("zh", "夜班"), ("en", "nights")])
def test_what_was_carried_over_is_said_in_the_workbooks_language(language: Language, word: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(language, SMALL)))
    page = book["公平结转" if language == "zh" else "Carried over"]
    assert word in {cell.value for row in page.iter_rows() for cell in row}
    assert read_workbook(template(language, SMALL), "w.xlsx").balances == SMALL.balances
