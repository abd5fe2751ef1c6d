"""Keeps what was captured of quality: the two periods, bell calls, patient-days, questionnaires."""

from __future__ import annotations

import sqlalchemy as sa

from wardteam.domain.beds import NursingGrade
from wardteam.domain.calendar import Period
from wardteam.domain.quality import BellCall, PatientDays, QualityRecords, Questionnaire, StudyPeriod
from wardteam.storage import record_tables as t
from wardteam.storage.shelves import Row, Shelf
from wardteam.storage.zones import in_zone, ward_zone

CALLS = Shelf(t.bell_calls, BellCall, order="position")
PATIENT_DAYS = Shelf(t.patient_days, PatientDays, order="position")
QUESTIONNAIRES = Shelf(t.questionnaires, Questionnaire, order="position")


class SqlQuality:
    """The quality records of all wards."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, ward: str) -> QualityRecords | None:
        """Give what was captured, or None."""
        while True:
            head = self._head(ward)
            if head is None:
                return None
            records = self._records(ward, head)
            again = self._head(ward)
            # With PostgreSQL somebody may have replaced them between two statements.
            if again is not None and again["revision"] == head["revision"]:
                return records

    def revision(self, ward: str) -> int | None:
        """Give the number of times the records were saved, or None."""
        head = self._head(ward)
        return None if head is None else int(head["revision"])

    def save(self, ward: str, records: QualityRecords) -> None:
        """Replace what was captured."""
        table = t.quality_studies
        row = {"ward": ward, **_study_row(records)}
        change = sa.update(table).where(table.c.ward == ward)
        done = self._connection.execute(change.values(**row, revision=table.c.revision + 1))
        if not done.rowcount:
            self._connection.execute(sa.insert(table), {**row, "revision": 1})
        CALLS.write(self._connection, ward, records.calls)
        PATIENT_DAYS.write(self._connection, ward, records.patient_days)
        QUESTIONNAIRES.write(self._connection, ward, records.questionnaires)

    def _head(self, ward: str) -> Row | None:
        chosen = sa.select(t.quality_studies).where(t.quality_studies.c.ward == ward)
        row = self._connection.execute(chosen).mappings().one_or_none()
        return None if row is None else dict(row)

    def _records(self, ward: str, head: Row) -> QualityRecords:
        zone = ward_zone(self._connection, ward)
        calls: tuple[BellCall, ...] = CALLS.read(self._connection, ward)
        days: tuple[PatientDays, ...] = PATIENT_DAYS.read(self._connection, ward)
        return QualityRecords(
            baseline=_study(head, "baseline"),
            intervention=_study(head, "intervention"),
            calls=tuple(in_zone(call, zone) for call in calls),
            patient_days=tuple(_with_grades(day) for day in days),
            questionnaires=QUESTIONNAIRES.read(self._connection, ward),
            issued=(head["baseline_issued"], head["intervention_issued"]),
            returned=(head["baseline_returned"], head["intervention_returned"]),
        )


def _with_grades(days: PatientDays) -> PatientDays:
    return PatientDays(days.day, {NursingGrade(grade): count for grade, count in days.occupied.items()})


def _study_row(records: QualityRecords) -> Row:
    row: Row = {}
    for place, which in enumerate(("baseline", "intervention")):
        period: StudyPeriod = getattr(records, which)
        row[f"{which}_name"], row[f"{which}_name_en"] = period.name, period.name_en
        row[f"{which}_first"], row[f"{which}_last"] = period.span.first, period.span.last
        row[f"{which}_issued"], row[f"{which}_returned"] = records.issued[place], records.returned[place]
    return row


def _study(head: Row, which: str) -> StudyPeriod:
    span = Period(head[f"{which}_first"], head[f"{which}_last"])
    return StudyPeriod(head[f"{which}_name"], head[f"{which}_name_en"], span)
