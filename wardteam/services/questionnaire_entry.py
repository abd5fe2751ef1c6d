"""Sheets keyed by nurses: a first entry, a second by somebody else, and the differences settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wardteam.domain.questionnaires import Item, QuestionnaireSheet, QuestionnaireVersion
from wardteam.errors import BadInput, Conflict, Finding, Message
from wardteam.services.ports import Clock, UnitOfWork, UnitOfWorkFactory
from wardteam.services.quality_ports import PastVersion
from wardteam.services.questionnaire_answers import check_answers, wrong_answers

SAME_PERSON = Message("The second entry must be made by somebody else than the first.")
NOT_RETURNED = Message("The sheet has no first entry yet.")
SECOND_STANDS = Message("The sheet has been entered twice already; settle the differences.")


@dataclass(frozen=True)
class Difference:
    """An item at which the two entries of a sheet differ."""

    item: Item
    first: int | None
    second: int | None


def enter(
    units: UnitOfWorkFactory,
    ward: str,
    sheet: QuestionnaireSheet,
    *,
    expected_revision: int | None,
    by: str,
    clock: Clock,
    reason: str = "",
) -> int:
    """Keep a sheet with its answers, one that was issued or a new one; give its revision.

    Raises
    ------
    BadInput
        With every finding: answers, dates, an unknown version.
    Conflict
        Where somebody wrote it in between.
    """
    with units() as unit:
        now = clock()
        today = now.astimezone(unit.books.get(ward).book.settings.zone).date()
        findings = tuple(wrong_sheet(unit, ward, sheet, today))
        if findings:
            raise BadInput(findings)
        revision = unit.captured.put(
            ward, sheet, expected_revision=expected_revision, by=by, at=now, reason=reason
        )
        unit.commit()
    return revision


def enter_second(
    units: UnitOfWorkFactory,
    ward: str,
    code: str,
    answers: Sequence[int | None],
    *,
    expected_revision: int,
    by: str,
    clock: Clock,
) -> tuple[Difference, ...]:
    """Keep the second entry of a sheet, and give where it differs from the first.

    Raises
    ------
    Conflict
        Where the same person made the first entry, or there is none, or a second one stands.
    BadInput
        With every answer that its item doesn't offer.
    """
    with units() as unit:
        sheet = unit.captured.get(ward, QuestionnaireSheet, code).record
        if not sheet.is_returned:
            raise Conflict(NOT_RETURNED)
        if sheet.second is not None:
            raise Conflict(SECOND_STANDS)
        if by == first_entry_by(unit.captured.history(ward, QuestionnaireSheet, code)):
            raise Conflict(SAME_PERSON)
        version = _checked(unit, ward, sheet, answers)
        sheet = replace(sheet, second=tuple(answers), second_by=by)
        unit.captured.put(ward, sheet, expected_revision=expected_revision, by=by, at=clock())
        unit.commit()
    return differences(version, sheet)


def settle(
    units: UnitOfWorkFactory,
    ward: str,
    code: str,
    answers: Sequence[int | None],
    *,
    expected_revision: int,
    by: str,
    clock: Clock,
    reason: str = "",
) -> int:
    """Keep what the paper says where two entries differ; both entries agree from then on.

    Raises
    ------
    Conflict
        Where there is no second entry.
    BadInput
        With every answer that its item doesn't offer.
    """
    with units() as unit:
        sheet = unit.captured.get(ward, QuestionnaireSheet, code).record
        if sheet.second is None:
            raise Conflict(Message("The sheet has been entered only once."))
        _checked(unit, ward, sheet, answers)
        settled = replace(sheet, answers=tuple(answers), second=tuple(answers))
        revision = unit.captured.put(
            ward, settled, expected_revision=expected_revision, by=by, at=clock(), reason=reason
        )
        unit.commit()
    return revision


def differences(version: QuestionnaireVersion, sheet: QuestionnaireSheet) -> tuple[Difference, ...]:
    """Give the items at which the two entries of a sheet differ."""
    second = sheet.second or sheet.answers
    return tuple(
        Difference(version.items[place], sheet.answers[place], second[place]) for place in sheet.differences
    )


def first_entry_by(history: Sequence[PastVersion[QuestionnaireSheet]]) -> str:
    """Give who made the first entry: the last to change the answers before anybody keyed a second time."""
    answers: tuple[int | None, ...] = ()
    who = ""
    for version in history:
        sheet = version.record
        if sheet is None or sheet.second is not None:
            continue
        if sheet.answers != answers:
            answers, who = sheet.answers, version.by
    return who


def _checked(
    unit: UnitOfWork, ward: str, sheet: QuestionnaireSheet, answers: Sequence[int | None]
) -> QuestionnaireVersion:
    version = unit.captured.get(ward, QuestionnaireVersion, sheet.version).record
    check_answers(version, answers)
    return version


def wrong_sheet(unit: UnitOfWork, ward: str, sheet: QuestionnaireSheet, today: date) -> Iterator[Finding]:
    """Find what is wrong with a sheet: its version, its answers, its dates."""
    found = unit.captured.find(ward, QuestionnaireVersion, sheet.version)
    if found is None:
        yield Finding("", Message("There is no questionnaire of this version."), value=sheet.version)
    elif sheet.is_returned or sheet.answers:
        yield from wrong_answers(found.record, sheet.answers)
    if sheet.day > today:
        problem = Message("A date that has come was expected.")
        yield Finding("", problem, column="day", value=sheet.day.isoformat())
    returned = sheet.returned_on
    if returned is None and sheet.answers:
        yield Finding("", Message("A sheet with answers needs the date of its return."), column="returned_on")
    if returned is not None and not sheet.day <= returned <= today:
        text = "A date from {first} to {last} was expected."
        problem = Message(text, first=sheet.day.isoformat(), last=today.isoformat())
        yield Finding("", problem, column="returned_on", value=returned.isoformat())
