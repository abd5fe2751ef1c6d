"""Everything that people enter of a ward's quality: checked against the ward, kept with every version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from wardteam.domain.calendar import Period
from wardteam.domain.census import PatientDays
from wardteam.errors import BadInput
from wardteam.services.capture_checks import check_record, check_removal
from wardteam.services.capture_scene import Scene
from wardteam.services.census_days import patient_days_from_stays
from wardteam.services.findings_to_actions import actions_from_audit
from wardteam.services.ports import Clock, UnitOfWork, UnitOfWorkFactory
from wardteam.services.quality_ports import PutMany, Record

__all__ = ["actions_from_audit", "count_from_stays", "keep", "keep_many", "patient_days_from_stays", "remove"]


def keep(
    units: UnitOfWorkFactory,
    ward: str,
    record: Record,
    *,
    expected_revision: int | None,
    by: str,
    clock: Clock,
    reason: str = "",
) -> int:
    """Keep a record and give its new revision; a new one expects None.

    Raises
    ------
    BadInput
        With every finding; the column of each is the record's field.
    Conflict
        Where somebody wrote it in between, or a new record's code is taken.
    """
    with units() as unit:
        now = clock()
        findings = check_record(record, _scene(unit, ward, now, by))
        if findings:
            raise BadInput(findings)
        revision = unit.captured.put(
            ward, record, expected_revision=expected_revision, by=by, at=now, reason=reason
        )
        unit.commit()
    return revision


def keep_many(
    units: UnitOfWorkFactory, ward: str, records: Iterable[Record], *, by: str, clock: Clock, file: str = ""
) -> PutMany:
    """Keep records by their codes, all of them or none; `file` is where they came from.

    Raises
    ------
    BadInput
        With every finding; its value begins with the record's code.
    """
    given = tuple(records)
    with units() as unit:
        now = clock()
        scene = _scene(unit, ward, now, by)
        findings = tuple(
            replace(finding, file=file, value=f"{record.code} {finding.value}".strip())
            for record in given
            for finding in check_record(record, scene)
        )
        if findings:
            raise BadInput(findings)
        done = unit.captured.put_many(ward, given, by=by, at=now)
        unit.commit()
    return done


def count_from_stays(units: UnitOfWorkFactory, ward: str, span: Period, *, by: str, clock: Clock) -> PutMany:
    """Keep the patient-days of a span as the stays tell them, from the first admission up to yesterday.

    Days that are kept already stay as they are, and are counted so.
    """
    with units() as unit:
        book = unit.books.get(ward).book
        today = clock().astimezone(book.settings.zone).date()
        known = {kept.record.day for kept in unit.captured.all(ward, PatientDays, span)}
    first = min((stay.admitted.astimezone(book.settings.zone).date() for stay in book.stays), default=today)
    counted = patient_days_from_stays(book, span)
    new = [day for day in counted if first <= day.day < today and day.day not in known]
    done = keep_many(units, ward, new, by=by, clock=clock)
    return replace(done, same=done.same + len(known))


def remove(
    units: UnitOfWorkFactory,
    ward: str,
    kind: type[Record],
    code: str,
    *,
    expected_revision: int,
    by: str,
    clock: Clock,
    reason: str,
) -> None:
    """Take a record out of use; its versions stay readable.

    Raises
    ------
    BadInput
        Where other records speak of it.
    Conflict
        Where somebody wrote it in between.
    """
    with units() as unit:
        now = clock()
        findings = check_removal(kind, code, _scene(unit, ward, now))
        if findings:
            raise BadInput(findings)
        unit.captured.remove(
            ward, kind, code, expected_revision=expected_revision, by=by, at=now, reason=reason
        )
        unit.commit()


def _scene(unit: UnitOfWork, ward: str, now: datetime, by: str = "") -> Scene:
    book = unit.books.get(ward).book
    return Scene(unit, book, now.astimezone(book.settings.zone).date(), by)
