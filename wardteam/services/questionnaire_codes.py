"""Sheets issued, and one-time codes by which a patient answers on a phone: shown once, kept as hashes."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from wardteam.domain.questionnaires import AnswerCode, Mode, QuestionnaireSheet, QuestionnaireVersion
from wardteam.errors import BadInput, Conflict, Finding, Message
from wardteam.services.ports import Clock, UnitOfWork, UnitOfWorkFactory
from wardteam.services.quality_ports import Kept
from wardteam.services.questionnaire_answers import check_answers

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
"""What a code is made of: nothing that can be taken for another sign when it is typed."""
SECRET_SIGNS = 14
MOST_AT_ONCE = 1000
BY_PATIENT = "patient"
"""Who wrote an answer that came by code."""

UNKNOWN_CODE = Message("This code is not known. Please check it, or ask the nurses for another.")
USED_CODE = Message("This questionnaire has been answered already. Thank you!")
EXPIRED_CODE = Message("This code has expired. Please ask the nurses for another.")


@dataclass(frozen=True)
class Issued:
    """Sheets issued at once; `secrets` stand beside the sheets they open, and can't be shown again."""

    sheets: tuple[str, ...]
    secrets: tuple[str, ...]
    last_day: date


def issue(
    units: UnitOfWorkFactory,
    ward: str,
    version: str,
    count: int,
    mode: Mode,
    *,
    days_valid: int = 14,
    team: str = "",
    interviewer: str = "",
    by: str,
    clock: Clock,
) -> Issued:
    """Issue sheets of a version; those for phones get a one-time code each.

    Raises
    ------
    BadInput
        Where the version is retired, or a count of sheets or days is out of bounds.
    NotFound
        Where there is no such version.
    """
    with units() as unit:
        now = clock()
        day = now.astimezone(unit.books.get(ward).book.settings.zone).date()
        kept = unit.captured.get(ward, QuestionnaireVersion, version).record
        findings = tuple(_wrong_order(kept, count, days_valid))
        if findings:
            raise BadInput(findings)
        last_day = day + timedelta(days=days_valid)
        codes = tuple(_next_codes(unit, ward, count))
        blank = QuestionnaireSheet("", day, version, mode, team=team, interviewer=interviewer)
        for code in codes:
            unit.captured.put(ward, replace(blank, code=code), expected_revision=None, by=by, at=now)
        made = tuple(_secret() for _ in codes) if mode is Mode.QR else ()
        for code, secret in zip(codes, made, strict=False):
            answer_code = AnswerCode(hashed(secret), day, code, last_day)
            unit.captured.put(ward, answer_code, expected_revision=None, by=by, at=now)
        unit.commit()
    return Issued(codes, made, last_day)


def code_ward(units: UnitOfWorkFactory, secret: str) -> str | None:
    """Give the ward whose questionnaire a code opens, or None."""
    with units() as unit:
        wards = unit.books.codes()
        return next((w for w in wards if unit.captured.find(w, AnswerCode, hashed(secret))), None)


def open_by_code(
    units: UnitOfWorkFactory, ward: str, secret: str, *, today: date
) -> tuple[QuestionnaireVersion, QuestionnaireSheet] | Message:
    """Give the version and the sheet that a code opens, or say why it opens none."""
    with units() as unit:
        sheet = _sheet(unit, ward, secret, today)
        if isinstance(sheet, Message):
            return sheet
        return unit.captured.get(ward, QuestionnaireVersion, sheet.record.version).record, sheet.record


def answer_by_code(
    units: UnitOfWorkFactory, ward: str, secret: str, answers: Sequence[int | None], *, clock: Clock
) -> QuestionnaireSheet:
    """Take the answers of a sheet, once.

    Raises
    ------
    BadInput
        With every answer that its item doesn't offer; the code can be used again.
    Conflict
        Where the code is unknown, used or expired, also where two answered at the same moment.
    """
    with units() as unit:
        now = clock()
        today = now.astimezone(unit.books.get(ward).book.settings.zone).date()
        kept = _sheet(unit, ward, secret, today)
        if isinstance(kept, Message):
            raise Conflict(kept)
        version = unit.captured.get(ward, QuestionnaireVersion, kept.record.version).record
        check_answers(version, answers)
        sheet = replace(kept.record, returned_on=today, answers=tuple(answers))
        _put_once(unit, ward, sheet, kept.revision, now)
        unit.commit()
    return sheet


def _put_once(unit: UnitOfWork, ward: str, sheet: QuestionnaireSheet, revision: int, now: datetime) -> None:
    try:
        unit.captured.put(ward, sheet, expected_revision=revision, by=BY_PATIENT, at=now)
    except Conflict as conflict:
        raise Conflict(USED_CODE) from conflict


def hashed(secret: str) -> str:
    """Give the code under which a secret is kept; spaces, hyphens and capitals don't matter."""
    plain = "".join(sign for sign in secret.casefold() if sign.isalnum())
    return sha256(plain.encode()).hexdigest()


def _secret() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(SECRET_SIGNS))


def _sheet(unit: UnitOfWork, ward: str, secret: str, today: date) -> Kept[QuestionnaireSheet] | Message:
    code = unit.captured.find(ward, AnswerCode, hashed(secret))
    if code is None:
        return UNKNOWN_CODE
    sheet = unit.captured.find(ward, QuestionnaireSheet, code.record.sheet)
    if sheet is None:
        return UNKNOWN_CODE
    if sheet.record.is_returned:
        return USED_CODE
    return EXPIRED_CODE if today > code.record.last_day else sheet


def _wrong_order(version: QuestionnaireVersion, count: int, days_valid: int) -> Iterator[Finding]:
    if version.is_retired:
        yield Finding("", Message("The version {name} is retired.", name=version.name), value=version.code)
    for number, most in ((count, MOST_AT_ONCE), (days_valid, 366)):
        if not 1 <= number <= most:
            problem = Message("A whole number from {low} to {high} was expected.", low=1, high=most)
            yield Finding("", problem, value=str(number))


def _next_codes(unit: UnitOfWork, ward: str, count: int) -> Iterator[str]:
    first = int(unit.captured.next_code(ward, QuestionnaireSheet, "Q")[1:])
    return (f"Q{number:04d}" for number in range(first, first + count))
