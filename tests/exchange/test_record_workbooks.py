"""Questionnaires and daily numbers as workbooks: what is written reads back; all that is wrong is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.exchange.kit import write_sheets
from wardteam.domain.beds import NursingGrade
from wardteam.domain.census import CatheterKind, PatientDays
from wardteam.domain.questionnaires import (
    Invalid,
    Item,
    ItemKind,
    Mode,
    QuestionnaireSheet,
    QuestionnaireVersion,
)
from wardteam.errors import BadInput, Named
from wardteam.exchange.daily_numbers_xlsx import daily_numbers_workbook, read_daily_numbers
from wardteam.exchange.grid import read_grids
from wardteam.exchange.questionnaires_xlsx import questionnaires_workbook, read_questionnaires
from wardteam.i18n import translator

VERSION = QuestionnaireVersion(
    "V/1",
    date(2026, 1, 1),
    Named("问卷", "Questionnaire"),
    (
        Item("S1", Named("满意", "Satisfied"), ItemKind.LIKERT),
        Item("Y1", Named("介绍", "Told"), ItemKind.YES_NO),
        Item(
            "K1", Named("饮食", "Diet"), ItemKind.KNOWLEDGE, (Named("甲", "one"), Named("乙", "two")), key=2
        ),
        Item("K2", Named("用药", "Drugs"), ItemKind.KNOWLEDGE, key=1),
    ),
)
DAY, BACK = date(2026, 5, 3), date(2026, 5, 4)
SHEET = QuestionnaireSheet(
    "001", DAY, "V/1", Mode.PAPER, BACK, (5, 1, 2, None), "甲一", "1", "Z9", Invalid.WITHDRAWN, note="备"
)
HEADINGS = ["Sheet no.", "发放日期", "Returned on", "S1", "Y1", "K1", "K2"]


def read(*rows: list[object], title: str = "V1") -> tuple[QuestionnaireSheet, ...]:
    data = write_sheets({title: [HEADINGS, *rows]})
    return read_questionnaires(data, "q.xlsx", [VERSION])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_questionnaires_read_back_as_they_were_written(language) -> None:
    sheets = (SHEET, QuestionnaireSheet("002", DAY, "V/1", Mode.QR))
    data = questionnaires_workbook([VERSION, replace(VERSION, code="V2")], language, sheets)
    assert read_questionnaires(data, "q.xlsx", [VERSION]) == sheets


@pytest.mark.parametrize(
    ("row", "answers"),
    [
        ([5, "是", "B", "知晓"], (5, 1, 2, 1)),
        (["3", "no", "甲", "不知晓"], (3, 0, 1, 0)),
        ([None, 0, "two", True], (None, 0, 2, 1)),
    ],
)
def test_answers_are_numbers_or_words(row: list[object], answers: tuple[int | None, ...]) -> None:
    (sheet,) = read(["1", DAY, None, *row])
    assert (sheet.answers, sheet.returned_on) == (answers, DAY)


def test_everything_wrong_in_a_workbook_is_told_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        read(
            ["1", DAY, None, 6, "maybe", "C", 2],
            ["1", "soon", None, 1, 1, 1, 1],
            [None, DAY, date(2026, 5, 1), 1, 1, 1, 1],
        )
    places = [(finding.row, finding.column) for finding in refused.value.findings]
    assert places == [(2, "D"), (2, "E"), (2, "F"), (2, "G"), (3, "A"), (3, "B"), (4, "A")]


def test_a_sheet_of_no_version_is_refused() -> None:
    with pytest.raises(BadInput, match="Problems in the input: 1"):
        read(title="other")


def test_a_return_before_the_issue_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        read(["1", DAY, date(2026, 5, 1), 1, 1, 1, 1])
    assert refused.value.findings[0].column == "C"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_daily_numbers_read_back_as_they_were_written(language) -> None:
    grades = {grade: place for place, grade in enumerate(NursingGrade)}
    days = (
        PatientDays(DAY, grades, 3, 0, 12.5, {CatheterKind.PICC: 2, CatheterKind.DRAIN: 0}, 1),
        PatientDays(BACK, dict.fromkeys(NursingGrade, 0)),
    )
    assert read_daily_numbers(daily_numbers_workbook(language, days), "d.xlsx") == days


def test_wrong_daily_numbers_are_told_at_once() -> None:
    headings = ["日期", "特级护理", "一级护理", "二级护理", "三级护理", "输液小时数"]
    rows = [[DAY, -1, 2.5, "x", 1, "many"], [DAY, 1, 1, 1, None, 1]]
    with pytest.raises(BadInput) as refused:
        read_daily_numbers(write_sheets({"每日数据": [headings, *rows]}), "d.xlsx")
    places = [(finding.row, finding.column) for finding in refused.value.findings]
    assert places == [(2, "B"), (2, "C"), (2, "D"), (2, "F"), (3, "A"), (3, "E")]


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        (
            "en",
            "Instructions",
            ("Satisfied", "A whole number from 1 (worst) to 5 (best).", "B two", "by QR code"),
        ),
        ("zh", "填写说明", ("满意", "1（最差）～5（最好）的整数。", "B 乙", "扫码")),
    ],
)
def test_the_workbook_says_what_each_column_takes(language, title: str, words: tuple[str, ...]) -> None:
    grids = read_grids(questionnaires_workbook([VERSION], language), "q.xlsx")
    (sheet,) = [grid for grid in grids if grid.name == title]
    told = "\n".join(str(cell) for row in sheet.rows for cell in row if cell)
    assert all(one in told for one in (*words, "S1", "Y1", "K1", "K2"))


def test_a_wrong_answer_names_its_item_beside_the_column() -> None:
    with pytest.raises(BadInput) as refused:
        read(["1", DAY, None, 6, 1, 1, 1])
    (finding,) = refused.value.findings
    assert finding.column == "D"
    assert (
        translator("en").show(finding.problem).startswith("S1 (Satisfied): one of these was expected: 1, 2")
    )
