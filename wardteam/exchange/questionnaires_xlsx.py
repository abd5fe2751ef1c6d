"""Questionnaires as a workbook: a sheet for each version, a row for each paper, a column for each item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from wardteam.domain.questionnaires import (
    Invalid,
    Item,
    ItemKind,
    Mode,
    QuestionnaireSheet,
    QuestionnaireVersion,
)
from wardteam.errors import Message
from wardteam.exchange.findings import Report
from wardteam.exchange.grid import Grid, Value, read_grids
from wardteam.exchange.kinds import CODE, DATE, TEXT, choice, narrow
from wardteam.exchange.questionnaire_instructions import instructions
from wardteam.exchange.reading import read_sheet
from wardteam.exchange.table_writing import write_tables
from wardteam.exchange.tables import Column, Complaint, Kind, Known, Line, Record, Refused, SheetSpec
from wardteam.exchange.words import normal
from wardteam.i18n import Language

_YES = frozenset(
    normal(word) for word in ("是", "有", "对", "知晓", "知道", "yes", "y", "true", "known", "√")
)
_NO = frozenset(
    normal(w) for w in ("否", "无", "不", "不知晓", "不知道", "no", "n", "false", "not known", "×")
)
_KEYS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ITEM = "item:"
_ABOUT = Message("Questionnaires of one version, a row for each sheet of paper.")


def questionnaires_workbook(
    versions: Sequence[QuestionnaireVersion], language: Language, sheets: Iterable[QuestionnaireSheet] = ()
) -> bytes:
    """Write a workbook to be filled in, with the sheets that are given in it, and its instructions."""
    given = tuple(sheets)
    tables = [(_spec(v), [_record(v, s) for s in given if s.version == v.code]) for v in versions]
    return write_tables([*tables, instructions(versions, _ABOUT_SHEET, language)], language)


def read_questionnaires(
    data: bytes, file: str, versions: Sequence[QuestionnaireVersion]
) -> tuple[QuestionnaireSheet, ...]:
    """Read a filled workbook; a row with any answer counts as returned, on its day where no other is given.

    Raises
    ------
    BadInput
        With every finding at once.
    """
    grids = read_grids(data, file)
    report = Report(file, sheets=tuple(grid.name for grid in grids))
    found: list[QuestionnaireSheet] = []
    rows: dict[str, int] = {}
    for version, grid in _matched(grids, versions, report):
        for line in read_sheet(_spec(version), grid, Known(), report):
            if line.is_whole:
                _refuse_repeat(line, grid, rows, report)
                found.append(_sheet(version, line.record))
    report.close()
    return tuple(found)


def _matched(
    grids: Sequence[Grid], versions: Sequence[QuestionnaireVersion], report: Report
) -> Iterator[tuple[QuestionnaireVersion, Grid]]:
    titles = {normal(t): v for v in versions for t in (_title(v), v.code, v.name.zh, v.name.en) if t}
    known = [(titles[normal(grid.name)], grid) for grid in grids if normal(grid.name) in titles]
    if not known:
        names = tuple(_title(version) for version in versions)
        report.file_wide(Message("No sheet is named like a version; these are known: {names}.", names=names))
    yield from known


def _refuse_repeat(line: Line, grid: Grid, rows: dict[str, int], report: Report) -> None:
    """Refuse a sheet that stands on two of the workbook's sheets; on one, it was told already."""
    code, place = line.record["code"], line.places["code"]
    if code in rows and rows[code] != id(grid):
        problem = Message("This sheet stands in the workbook twice.")
        report.at(grid, place, problem)
    rows.setdefault(code, id(grid))


def _title(version: QuestionnaireVersion) -> str:
    return "".join(sign for sign in version.code if sign not in "[]:*?/\\'")[:31]


def _spec(version: QuestionnaireVersion) -> SheetSpec:
    title = _title(version)
    return SheetSpec(
        key=version.code,
        zh=title,
        en=title,
        about=_ABOUT,
        columns=(*_ABOUT_SHEET, *(_item_column(item) for item in version.items)),
        records=lambda _book: (),
        checks=(_comes_back_after_issue,),
        unique=(("code",),),
    )


_ABOUT_SHEET = (
    Column("code", "问卷编号", "Sheet no.", CODE, note=Message("A number of its own for every sheet.")),
    Column("day", "发放日期", "Issued on", DATE),
    Column("returned_on", "回收日期", "Returned on", DATE, None),
    Column("mode", "调查方式", "Mode", choice(Mode), Mode.PAPER),
    Column("team", "责任小组", "Team", CODE, ""),
    Column("interviewer", "调查者", "Interviewer", TEXT, ""),
    Column("stay", "住院代码", "Stay", CODE, ""),
    Column("invalid", "无效原因", "Not valid because", choice(Invalid), None),
    Column("note", "备注", "Note", TEXT, ""),
)


def _item_column(item: Item) -> Column:
    note = Message("{question}", question=item.text)
    return Column(_ITEM + item.code, item.code, item.code, _answer_kind(item), None, note=note, width=9)


def _answer_kind(item: Item) -> Kind:
    """Make the kind of an item's answers: its numbers, and the words that mean one of them."""
    text = "{item} ({question}): one of these was expected: {choices}."
    expected = Message(text, item=item.code, question=item.text, choices=item.answers)
    words = dict(_words(item))

    def read(value: Value, _known: Known) -> int:
        text = normal("yes" if value is True else "no" if value is False else narrow(value))
        if text in words:
            return words[text]
        raise Refused(expected)

    return Kind(expected, read, lambda answer, _language: answer, width=9)


def _words(item: Item) -> Iterator[tuple[str, int]]:
    yield from ((str(answer), answer) for answer in item.answers)
    if item.kind is ItemKind.LIKERT:
        return
    if not item.choices:
        yield from ((word, 1) for word in _YES)
        yield from ((word, 0) for word in _NO)
    for number, name in enumerate(item.choices, start=1):
        yield from ((normal(word), number) for word in (_KEYS[number - 1], name.zh, name.en) if word)


def _comes_back_after_issue(record: Record, _known: Known) -> Iterator[Complaint]:
    if record["returned_on"] is not None and record["returned_on"] < record["day"]:
        first = record["day"].isoformat()
        yield "returned_on", Message("A date on or after {first} was expected.", first=first)


def _sheet(version: QuestionnaireVersion, record: Record) -> QuestionnaireSheet:
    about = {column.field: record[column.field] for column in _ABOUT_SHEET}
    answers = tuple(record[_ITEM + item.code] for item in version.items)
    is_answered = any(answer is not None for answer in answers)
    sheet = QuestionnaireSheet(version=version.code, **about)
    if sheet.returned_on is None and is_answered:
        sheet = replace(sheet, returned_on=sheet.day)
    return replace(sheet, answers=answers) if sheet.is_returned else sheet


def _record(version: QuestionnaireVersion, sheet: QuestionnaireSheet) -> Record:
    answers: Mapping[str, int | None] = {
        _ITEM + item.code: answer for item, answer in zip(version.items, sheet.answers, strict=False)
    }
    return {column.field: getattr(sheet, column.field) for column in _ABOUT_SHEET} | dict(answers)
