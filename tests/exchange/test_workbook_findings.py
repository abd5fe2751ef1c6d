"""Bad workbooks: every problem is reported at once, with sheet, row, column, value and expectation."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from tests.exchange.kit import Sheets, findings, places, small_sheets, with_openpyxl, write_sheets
from wardteam.exchange.sheets import SHEETS
from wardteam.exchange.sheets.history import HISTORY
from wardteam.exchange.sheetxml import column_letter
from wardteam.i18n import LANGUAGES, translator

Change = Callable[[Sheets], object]


def put(sheet: str, row: int, heading: str, value: object) -> Change:
    """Make the change of one cell, in a row counted from 1 as Excel does."""

    def change(sheets: Sheets) -> None:
        column = sheets[sheet][0].index(heading)
        rows = sheets[sheet]
        while len(rows) < row:
            rows.append([None] * len(rows[0]))
        rows[row - 1] += [None] * (column + 1 - len(rows[row - 1]))
        rows[row - 1][column] = value  # type: ignore[call-overload]  # what a sheet may hold

    return change


def add(sheet: str, *values: object) -> Change:
    """Make the change that adds a line after the last one."""
    return lambda sheets: sheets[sheet].append(list(values))  # type: ignore[arg-type]  # the same


def setting(name: str, value: object) -> Change:
    def change(sheets: Sheets) -> None:
        row = next(row for row in sheets["设置"] if row[0] == name)
        row[1] = value  # type: ignore[call-overload]  # the same

    return change


def odd_symbol(sheets: Sheets) -> None:
    sheets["上期排班"][1][3] = "奇"


ONE_CELL: list[tuple[str, Change, str, int, str, str]] = [
    ("an empty staff number", put("护士", 3, "工号", None), "护士", 3, "A", "must not be empty"),
    ("a date in a name", put("护士", 3, "姓名", date(2026, 1, 1)), "护士", 3, "B", "Text"),
    ("a staff number twice", put("护士", 5, "工号", "0012"), "护士", 5, "A", "already"),
    ("an unknown title", put("护士", 2, "职称", "院长"), "护士", 2, "G", "One of these"),
    ("text in a number", put("护士", 2, "能力评分", "很好"), "护士", 2, "L", "whole number"),
    ("a number out of range", put("护士", 2, "能力评分", 6), "护士", 2, "L", "from 1 to 5"),
    ("half a number", put("护士", 2, "能力评分", 2.5), "护士", 2, "L", "whole number"),
    ("no date", put("护士", 2, "出生日期", "2026-02-30"), "护士", 2, "F", "A date"),
    ("a number far from any date", put("护士", 2, "出生日期", 34790.5), "护士", 2, "F", "A date"),
    (
        "service before birth",
        put("护士", 2, "参加工作日期", date(1990, 1, 1)),
        "护士",
        2,
        "I",
        "after the date",
    ),
    ("left before joined", put("护士", 4, "离科日期", date(2026, 1, 1)), "护士", 4, "R", "on or after"),
    ("neither yes nor no", put("护士", 2, "带教老师", "也许"), "护士", 2, "N", "Yes or no"),
    ("an unknown team", put("护士", 2, "组号", 7), "护士", 2, "Z", "team number"),
    ("two leaders of one team", put("护士", 3, "组内角色", "组长"), "护士", 3, "AA", "has a leader"),
    ("an unknown owner", put("病房床位", 3, "责任护士工号", "4711"), "病房床位", 3, "E", "staff number"),
    ("a bed twice", put("病房床位", 3, "床号", "1"), "病房床位", 3, "C", "already"),
    (
        "an owner without a bed",
        put("病房床位", 5, "责任护士工号", "1001"),
        "病房床位",
        5,
        "C",
        "bed was expected",
    ),
    ("a room at two places", put("病房床位", 3, "病房次序", 8), "病房床位", 3, "B", "position"),
    ("an unknown bed", put("患者", 2, "床号", "77"), "患者", 2, "B", "bed of the beds sheet"),
    ("overlapping stays", put("患者", 3, "出院时间", None), "患者", 3, "B", "Another patient"),
    ("discharged first", put("患者", 3, "出院时间", datetime(2026, 10, 1, 8)), "患者", 3, "E", "on or after"),
    ("no moment", put("患者", 2, "入院时间", "昨天"), "患者", 2, "D", "with a time"),
    ("times that run back", put("班次", 2, "时间", "18:00-08:00"), "班次", 2, "G", "Times"),
    ("times past two days", put("班次", 2, "时间", "08:00-60:00"), "班次", 2, "G", "Times"),
    ("odd minutes", put("班次", 2, "工时", 7.9), "班次", 2, "I", "quarters"),
    ("a shift's symbol that is a leave's", put("班次", 2, "符号", "休"), "班次", 2, "B", "leave already"),
    ("a shift's symbol twice", put("班次", 3, "符号", "白"), "班次", 3, "B", "already"),
    ("no colour", put("班次", 2, "底色", "红"), "班次", 2, "J", "colour"),
    (
        "demand of an unknown shift",
        put("人力需求", 2, "班次", "Z"),
        "人力需求",
        2,
        "A",
        "shift of the shifts",
    ),
    ("wished below the minimum", put("人力需求", 3, "最少", 4), "人力需求", 3, "C", "not below"),
    ("an eighth weekday", put("人力需求", 11, "星期", "1,8"), "人力需求", 11, "F", "Weekdays"),
    ("leave of an unknown nurse", put("休假", 2, "工号", "nobody"), "休假", 2, "A", "staff number"),
    ("leave that ends first", put("休假", 2, "结束日期", date(2026, 12, 6)), "休假", 2, "E", "on or after"),
    (
        "a wish outside the period",
        put("期望班", 2, "日期", date(2027, 1, 1)),
        "期望班",
        2,
        "C",
        "from 2026-12-01",
    ),
    ("a wish against no shift", put("期望班", 3, "班次", None), "期望班", 3, "E", "does not want"),
    ("a day off with a shift", put("期望班", 2, "班次", "夜"), "期望班", 2, "E", "No shift"),
    ("too many points", put("期望班", 2, "分值", 11), "期望班", 2, "F", "from 1 to 10"),
    ("a barred shift without its name", put("限制", 3, "班次", None), "限制", 3, "H", "must not work"),
    ("nursing without a birthday", put("限制", 2, "预产期或出生日期", None), "限制", 2, "F", "birthday"),
    ("a pair of one", put("搭配", 2, "工号二", "0012"), "搭配", 2, "C", "Another nurse"),
    ("an unknown rule", put("规则设置", 2, "规则", "kindness"), "规则设置", 2, "A", "name of a rule"),
    ("parameters without a name", put("规则设置", 2, "参数", "=5"), "规则设置", 2, "D", "Parameters"),
    ("a holiday twice", add("节假日", date(2027, 1, 1), "法定节假日", "元旦"), "节假日", 4, "A", "already"),
    ("an unknown symbol", odd_symbol, "上期排班", 2, "D", "symbol"),
    ("a period that ends first", setting("排班结束日期", date(2026, 11, 1)), "设置", 7, "B", "7 to 42"),
    ("half a period", setting("排班结束日期", None), "设置", 7, "B", "Both ends"),
    ("an unknown time zone", setting("时区", "Mars/Base"), "设置", 20, "B", "time zone"),
    ("caps the wrong way round", setting("组长管床最多", -1), "设置", 9, "B", "from 0 to 60"),
    ("a month that is none", setting("夏季开始", "13-01"), "设置", 22, "B", "month and a day"),
]


REFERRED_TO = {("护士", "A"), ("班次", "B")}
"""Columns that other sheets refer to: a wrong cell there leaves their references unknown."""


def changed(change: Change) -> bytes:
    sheets = small_sheets()
    change(sheets)

    return write_sheets(sheets)


@pytest.mark.parametrize(
    ("change", "sheet", "row", "column", "words"), [c[1:] for c in ONE_CELL], ids=[c[0] for c in ONE_CELL]
)
def test_one_wrong_cell_is_named_with_what_was_expected(
    change: Change, sheet: str, row: int, column: str, words: str
) -> None:
    found = findings(changed(change), rules=frozenset({"rest", "weekends"}))
    own = [f for f in found if f.sheet == sheet]
    assert [(f.row, f.column) for f in own] == [(row, column)]
    assert words in str(own[0].problem)
    assert len(found) <= 1 or (sheet, column) in REFERRED_TO


def test_all_wrong_cells_are_reported_at_once_and_in_both_languages() -> None:
    sheets = small_sheets()
    wanted = [
        case
        for case in ONE_CELL
        if case[0] in ("text in a number", "an unknown bed", "no colour", "a pair of one")
    ]
    for case in wanted:
        case[1](sheets)
    found = findings(write_sheets(sheets))
    assert places(found) == {(sheet, row, column) for _, _, sheet, row, column, _ in wanted}
    assert {f.value for f in found} == {"很好", "77", "红", "0012"}
    for language in LANGUAGES:
        assert all(translator(language)(f.problem) for f in found)


@pytest.mark.parametrize("spec", [*SHEETS, HISTORY], ids=lambda spec: spec.key)
def test_a_missing_sheet_is_named_alone(spec: Any) -> None:
    sheets = small_sheets()
    del sheets[spec.zh]
    found = findings(write_sheets(sheets))
    assert [str(f.problem) for f in found] == [f"The sheet is missing: {spec.zh} or {spec.en}."]


@pytest.mark.parametrize(
    ("sheet", "heading"), [("护士", "出生日期"), ("患者", "护理级别"), ("上期排班", "工号")]
)
def test_a_missing_column_is_named_once(sheet: str, heading: str) -> None:
    sheets = small_sheets()
    sheets[sheet][0][sheets[sheet][0].index(heading)] = None
    found = findings(write_sheets(sheets))
    assert [(f.sheet, f.row) for f in found] == [(sheet, None)]
    assert heading in str(found[0].problem)


def test_a_missing_setting_is_named() -> None:
    sheets = small_sheets()
    del sheets["设置"][0]
    assert [str(f.problem) for f in findings(write_sheets(sheets))] == [
        "The column is missing: 病区代码 or Ward code."
    ]


@pytest.mark.parametrize(
    ("heading", "words"),
    [(date(2026, 12, 1), "before 2026-12-01"), ("星期一", "A date"), (date(2026, 11, 28), "another column")],
)
def test_a_wrong_date_above_last_months_roster_is_named(heading: object, words: str) -> None:
    sheets = small_sheets()
    sheets["上期排班"][0][3] = heading  # type: ignore[call-overload]  # what a sheet may hold
    found = findings(write_sheets(sheets))
    assert [(f.sheet, f.row, f.column) for f in found] == [("上期排班", 1, "D")]
    assert words in str(found[0].problem)


def test_merged_cells_inside_a_table_are_refused_and_a_merged_title_is_not() -> None:
    def merge(book: Any) -> None:
        book["护士"].insert_rows(1)
        book["护士"].merge_cells("A1:F1")
        book["期望班"].merge_cells("A2:A3")

    found = findings(with_openpyxl(write_sheets(small_sheets()), merge))
    assert places(found) == {("期望班", 2, "A")}
    assert "merged" in str(found[0].problem)


def test_a_formula_without_a_stored_value_is_refused_in_an_input_column_only() -> None:
    def change(book: Any) -> None:
        book["护士"]["L2"] = "=2+2"
        book["护士"]["A9"] = '="1"&"2"'
        book["期望班"]["B2"] = "=护士!B2"

    found = findings(with_openpyxl(write_sheets(small_sheets()), change))
    valueless = {(f.sheet, f.row, f.column) for f in found if "no stored value" in str(f.problem)}
    assert valueless == {("护士", 2, "L"), ("护士", 9, "A")}


def test_a_formula_with_its_value_is_read() -> None:
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("护士")
        page.write_row(0, 0, ["工号", "姓名"])
        page.write_formula(1, 0, '="7"', None, "7")
        page.write_formula(2, 0, "=1/0", None, "#DIV/0!")
    found = [f for f in findings(target.getvalue()) if f.sheet == "护士" and f.column == "A"]
    assert [(f.row, str(f.problem)) for f in found] == [(3, "The cell holds an error instead of a value.")]


def test_a_picture_in_a_cell_is_refused() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    picture.seek(0)

    def place(book: Any) -> None:
        book["护士"]["U3"] = None
        book["护士"].add_image(SheetImage(picture), "U3")
        book["护士"]["B4"] = '=_xlfn.DISPIMG("ID_1",1)'

    found = findings(with_openpyxl(write_sheets(small_sheets()), place))
    assert places(found) == {("护士", 3, "U"), ("护士", 4, "B")}
    assert all("picture" in str(f.problem) for f in found)


def test_columns_are_lettered_as_excel_does() -> None:
    assert [column_letter(c) for c in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_findings_stand_in_the_order_of_sheets_rows_and_columns() -> None:
    sheets = small_sheets()
    for change in (
        odd_symbol,
        put("护士", 5, "能力评分", 9),
        put("护士", 2, "能力评分", 9),
        put("护士", 2, "职称", "院长"),
    ):
        change(sheets)
    found = findings(write_sheets(sheets))
    assert [(f.row, f.column) for f in found if f.sheet == "护士"] == [(2, "G"), (2, "L"), (5, "L")]
    order = [list(sheets).index(f.sheet) for f in found]
    assert len(set(order)) > 1
    assert order == sorted(order)


def test_references_to_a_staff_number_that_was_lost_are_told_in_one_line() -> None:
    found = findings(changed(put("护士", 3, "工号", None)))
    assert [(f.sheet, f.row) for f in found] == [("", None), ("护士", 3)]
    assert found[0].problem.fields["count"] > 1
