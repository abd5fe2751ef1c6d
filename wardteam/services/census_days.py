"""Patient-days by midnight census, counted from the stays of the ward's book."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from wardteam.domain.beds import NursingGrade, Stay
from wardteam.domain.calendar import Period
from wardteam.domain.census import PatientDays
from wardteam.domain.ward import WardBook


def patient_days_from_stays(book: WardBook, span: Period) -> tuple[PatientDays, ...]:
    """Count for each date of a span who lay in bed at its closing midnight, by nursing grade.

    Admissions and discharges are those of the date, by the ward's clock; a patient who comes and goes
    on one date counts in both and lies in no midnight's bed.
    """
    zone = book.settings.zone
    came = [stay.admitted.astimezone(zone).date() for stay in book.stays]
    left = [s.discharged.astimezone(zone).date() for s in book.stays if s.discharged is not None]
    return tuple(
        PatientDays(day, _occupied(book, day), admissions=came.count(day), discharges=left.count(day))
        for day in span
    )


def _occupied(book: WardBook, day: date) -> dict[NursingGrade, int]:
    midnight = datetime.combine(day + timedelta(days=1), time(), book.settings.zone)
    lying = [stay for stay in book.stays if _lies(stay, midnight)]
    return {grade: sum(stay.grade is grade for stay in lying) for grade in NursingGrade}


def _lies(stay: Stay, midnight: datetime) -> bool:
    """Whether the patient lay in bed as the day closed: who comes at that very midnight counts tomorrow."""
    return stay.admitted < midnight and (stay.discharged is None or stay.discharged >= midnight)
