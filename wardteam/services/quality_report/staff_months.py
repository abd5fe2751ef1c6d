"""Nursing hours per patient day and patients a nurse, month by month as rosters and census cover it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from wardteam.domain.calendar import Period
from wardteam.domain.shifts import ShiftKind
from wardteam.errors import Message
from wardteam.services.duty_hours import duty_of
from wardteam.services.indicator_sources import Sources
from wardteam.services.indicator_staff import known_duty_days, patients_and_nurses
from wardteam.services.quality_data import QualityData
from wardteam.services.quality_report.courses import months
from wardteam.services.quality_report.wording import count_cell, figure_cell
from wardteam.stats.report import Block, Cell, Table


@dataclass(frozen=True)
class MonthOfStaff:
    """Nursing hours per patient day and patients a nurse in one month, on so many known days."""

    month: Period
    days: int
    hours_per_patient_day: float | None
    by_day: float | None
    by_night: float | None


def months_of_staff(data: QualityData) -> tuple[MonthOfStaff, ...]:
    """Give the months that rosters and census cover, oldest first."""
    span = duty_of(data).span
    if span is None:
        return ()
    last = min(span.last, data.today - timedelta(days=1))
    if last < span.first:
        return ()
    known = (month_of_staff(data, month) for month in months(Period(span.first, last)))
    return tuple(month for month in known if month.days)


def staff_rows(found: tuple[MonthOfStaff, ...]) -> tuple[tuple[Cell, ...], ...]:
    """Give each month as a row: days, nursing hours per patient day, patients a nurse by day and night."""
    return tuple(
        (
            Cell.of(f"{m.month.first:%Y-%m}"),
            count_cell(m.days),
            figure_cell(m.hours_per_patient_day, 2),
            figure_cell(m.by_day, 1),
            figure_cell(m.by_night, 1),
        )
        for m in found
    )


def month_of_staff(data: QualityData, month: Period) -> MonthOfStaff:
    """Give one month's figures; None where no day is known."""
    sources = Sources(data, month)
    days = known_duty_days(sources, month)
    beds = sum(sources.by_day[day].total for day in days)
    hours = sum(sources.duty.paid_hours(Period(day, day)) for day in days)
    return MonthOfStaff(
        month,
        len(days),
        hours / beds if beds else None,
        _patients_a_nurse(sources, ShiftKind.DAY, month),
        _patients_a_nurse(sources, ShiftKind.NIGHT, month),
    )


def _patients_a_nurse(sources: Sources, kind: ShiftKind, month: Period) -> float | None:
    found = patients_and_nurses(sources, kind, month)
    nurses = sum(n for _, _, n in found)
    return sum(p for _, p, _ in found) / nurses if nurses else None


def months_table(data: QualityData) -> list[Block]:
    """Give the table of the months, nothing where none is known."""
    found = months_of_staff(data)
    if not found:
        return []
    header = (
        Message("Month"),
        Message("Days known"),
        Message("Nursing hours per patient day"),
        Message("Patients per nurse by day"),
        Message("Patients per nurse by night"),
    )
    note = Message(
        "Days with a published roster and a midnight census. Nurses giving direct care; the head nurse, "
        "students and trainees are not counted."
    )
    title = Message("Nursing hours and patients per nurse by month")
    return [Table("staff_by_month", title, header, staff_rows(found), (note,), (1, 2, 3, 4))]
