"""The instructions of the questionnaires' workbook: each column, what it asks, and the words it takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wardteam.domain.questionnaires import Item, ItemKind, QuestionnaireVersion
from wardteam.errors import Message
from wardteam.exchange.kinds import TEXT
from wardteam.exchange.tables import Column, Record, SheetSpec
from wardteam.i18n import Language, translator

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SPEC = SheetSpec(
    key="instructions",
    zh="填写说明",
    en="Instructions",
    about=Message("How the sheets of questionnaires are filled in; nothing is read from here."),
    columns=(
        Column("version", "问卷版本", "Version", TEXT, "", width=12),
        Column("column", "列", "Column", TEXT, "", width=18),
        Column("asks", "内容", "What it asks", TEXT, "", width=60),
        Column("takes", "可填内容", "What it takes", TEXT, "", width=60),
        Column("needed", "是否必填", "Needed", TEXT, "", width=24),
    ),
    records=lambda _book: (),
)


def instructions(
    versions: Sequence[QuestionnaireVersion], columns: Iterable[Column], language: Language
) -> tuple[SheetSpec, list[Record]]:
    """Give the sheet of instructions: the columns that every version has, then each version's items."""
    rows = [_of_column(column, language) for column in columns]
    rows += [_of_item(version, item, language) for version in versions for item in version.items]
    return _SPEC, rows


def _of_column(column: Column, language: Language) -> Record:
    say = translator(language)
    if column.is_required:
        needed = Message("Must be filled in.")
    elif column.default:
        needed = Message("Empty means: {default}.", default=column.default)
    else:
        needed = Message("May stay empty.")
    note = "" if column.note is None else say.show(column.note)
    takes = say.show(column.kind.expected)
    heading = column.heading(language)
    return {"version": "", "column": heading, "asks": note, "takes": takes, "needed": say.show(needed)}


def _of_item(version: QuestionnaireVersion, item: Item, language: Language) -> Record:
    say = translator(language)
    return {
        "version": version.code,
        "column": item.code,
        "asks": say.show(item.text),
        "takes": say.show(_takes(item)),
        "needed": say.show(Message("May stay empty.")),
    }


def _takes(item: Item) -> Message:
    if item.kind is ItemKind.LIKERT and item.is_reversed:
        text = "A whole number from 1 (best) to {most} (worst); it is turned round when it is scored."
        return Message(text, most=item.scale)
    if item.kind is ItemKind.LIKERT:
        return Message("A whole number from 1 (worst) to {most} (best).", most=item.scale)
    if item.choices:
        named = tuple(
            Message("{letter} {choice}", letter=letter, choice=choice)
            for letter, choice in zip(LETTERS, item.choices, strict=False)
        )
        return Message("{choices}: the letter, the number or the words.", choices=named)
    if item.kind is ItemKind.KNOWLEDGE:
        return Message("1 or 知晓, known; 0 or 不知晓, not known: the interviewer asks and marks it.")
    return Message("1 or 是, 有, yes; 0 or 否, 无, no.")
