"""Indicators of staff: beds to nurses, patients a nurse, nursing hours, mix of the staff, turnover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from wardteam.domain.calendar import Period
from wardteam.domain.indicators import Indicator, IndicatorUnit, RowSide, SourceRow
from wardteam.domain.people import Education, Nurse, StaffKind, Title
from wardteam.domain.shifts import Shift, ShiftKind
from wardteam.errors import Message
from wardteam.services.duty_hours import HALF_HOUR, HOUR, DutyHours
from wardteam.services.indicator_sources import (
    NO_CENSUS,
    NO_DUTY,
    TOO_FEW,
    Sources,
    staff_shares,
)
from wardteam.stats.figures import LEAST_DENOMINATOR

BANDS = (("<1", 0, 1), ("1-2", 1, 2), ("2-5", 2, 5), ("5-10", 5, 10), ("10-20", 10, 20), (">=20", 20, 200))
"""Bands of years of service with their bounds; the lower one belongs to the band."""
DAY_FORMULA = Message(
    "patients at the opening midnight and admitted that day / nurses on duty on average while day shifts "
    "run, over the days"
)
NIGHT_FORMULA = Message(
    "patients at midnight / nurses on duty on average while night shifts run, over the nights"
)


def staff_indicators(sources: Sources) -> Iterator[Indicator]:
    """Give the indicators of staff in the order of the return."""
    yield _beds_to_nurses(sources)
    yield _patients_per_nurse(sources, ShiftKind.DAY, Message("Patients per nurse by day"), DAY_FORMULA)
    yield _patients_per_nurse(sources, ShiftKind.NIGHT, Message("Patients per nurse by night"), NIGHT_FORMULA)
    yield _hours_per_patient_day(sources)


def mix_indicators(sources: Sources) -> Iterator[Indicator]:
    """Give the mix of title, education and years of service, and the turnover."""
    staff, on = sources.closing, sources.span.last
    titles = {title.value: [n for n in staff if n.title is title] for title in Title}
    degrees = {e.value: [n for n in staff if n.education is e] for e in Education}
    years = {name: [n for n in staff if low <= n.service_years(on) < high] for name, low, high in BANDS}
    yield from staff_shares(
        sources, lambda key: Message("Share of title: {title}", title=Title(key)), titles, "title"
    )
    yield from staff_shares(
        sources,
        lambda key: Message("Share of education: {education}", education=Education(key)),
        degrees,
        "education",
    )
    yield from staff_shares(
        sources,
        lambda key: Message("Share with years of service: {years}", years=_band_words(key)),
        years,
        "seniority",
    )
    yield _turnover(sources)


def patients_and_nurses(
    sources: Sources, kind: ShiftKind, days: Period
) -> tuple[tuple[date, float, float], ...]:
    """Give each day with its patients and mean nurses on duty while shifts of a kind run, where known."""
    shifts = [shift for shift in sources.duty.shifts if shift.kind is kind]
    found = ((day, _patients(sources, kind, day), _nurses(sources.duty, shifts, day)) for day in days)
    return tuple((day, p, n) for day, p, n in found if p is not None and n)


def known_duty_days(sources: Sources, days: Period) -> tuple[date, ...]:
    """Give the days with a census whose every half-hour is covered by a roster."""
    return tuple(day for day in days if day in sources.by_day and sources.duty.is_known_day(day))


def _beds_to_nurses(sources: Sources) -> Indicator:
    nurses = [n for n in sources.closing if n.may_practise(sources.span.last)]
    beds = sources.data.book.beds
    return Indicator(
        code="beds_to_nurses",
        name=Message("Beds to nurses, 1 to"),
        formula=Message("registered nurses of the ward at the quarter's end / open beds"),
        unit=IndicatorUnit.RATIO,
        numerator=float(len(nurses)),
        denominator=float(len(beds)) or None,
        rows=(
            *(SourceRow(RowSide.NUMERATOR, None, n.staff_no, 1) for n in nurses),
            *(SourceRow(RowSide.DENOMINATOR, None, bed.code, 1) for bed in beds),
        ),
        missing=() if beds else (Message("The book holds no bed."),),
    )


def _patients_per_nurse(sources: Sources, kind: ShiftKind, name: Message, formula: Message) -> Indicator:
    found = patients_and_nurses(sources, kind, sources.span)
    patients, nurses = Message("patients on the shift"), Message("nurses on duty")
    return Indicator(
        code=f"patients_per_nurse.{kind.value}",
        name=name,
        formula=formula,
        unit=IndicatorUnit.RATIO,
        numerator=sum(p for _, p, _ in found) if found else None,
        denominator=sum(n for _, _, n in found) if found else None,
        rows=(
            *(SourceRow(RowSide.NUMERATOR, day, patients, p) for day, p, _ in found),
            *(SourceRow(RowSide.DENOMINATOR, day, nurses, n) for day, _, n in found),
        ),
        missing=() if found else _why_not(sources),
        notes=_left_out(sources, len(found)) if found else (),
    )


def _hours_per_patient_day(sources: Sources) -> Indicator:
    days = known_duty_days(sources, sources.span)
    hours, beds = Message("nurses' hours worked"), Message("occupied beds at midnight")
    worked = [(day, sources.duty.paid_hours(Period(day, day))) for day in days]
    return Indicator(
        code="nursing_hours_per_patient_day",
        name=Message("Nursing hours per patient day"),
        formula=Message("hours worked by nurses in direct care / occupied bed-days of the same days"),
        unit=IndicatorUnit.HOURS,
        numerator=sum(h for _, h in worked) if days else None,
        denominator=float(sum(sources.by_day[day].total for day in days)) if days else None,
        rows=(
            *(SourceRow(RowSide.NUMERATOR, day, hours, h) for day, h in worked),
            *(SourceRow(RowSide.DENOMINATOR, day, beds, sources.by_day[day].total) for day in days),
        ),
        missing=() if days else _why_not(sources),
        notes=_left_out(sources, len(days)) if days else (),
    )


def _turnover(sources: Sources) -> Indicator:
    everyone = [*sources.opening, *(n for n in sources.closing if n not in sources.opening)]
    left = [n for n in sources.data.book.nurses if _has_left(n, sources.span)]
    mean = (len(sources.opening) + len(sources.closing)) / 2
    is_dated = any(n.joined or n.left for n in sources.data.book.nurses)
    missing = [] if is_dated else [NO_DATES]
    if mean < LEAST_DENOMINATOR:
        missing.append(TOO_FEW)
    return Indicator(
        code="turnover",
        name=Message("Turnover of nurses"),
        formula=Message("nurses who left / mean of opening and closing staff"),
        unit=IndicatorUnit.PERCENT,
        numerator=float(len(left)) if is_dated else None,
        denominator=mean or None,
        rows=(
            *(SourceRow(RowSide.NUMERATOR, n.left, n.staff_no, 1) for n in left),
            *(
                SourceRow(
                    RowSide.DENOMINATOR,
                    None,
                    n.staff_no,
                    ((n in sources.opening) + (n in sources.closing)) / 2,
                )
                for n in everyone
            ),
        ),
        missing=tuple(missing),
    )


NO_DATES = Message("The book holds no joining or leaving date of any nurse.")


def _has_left(nurse: Nurse, span: Period) -> bool:
    return nurse.kind is StaffKind.WARD and nurse.left is not None and nurse.left in span


def _patients(sources: Sources, kind: ShiftKind, day: date) -> float | None:
    if kind is ShiftKind.NIGHT:
        closing = sources.by_day.get(day)
        return None if closing is None else float(closing.total)
    opening, today = sources.by_day.get(day - timedelta(days=1)), sources.by_day.get(day)
    if opening is None:
        return None
    return float(opening.total + ((today.admissions or 0) if today is not None else 0))


def _nurses(duty: DutyHours, shifts: Sequence[Shift], day: date) -> float | None:
    """Give the mean number on duty from the first start to the last end of these shifts on a column."""
    stretches = [stretch for shift in shifts for stretch in duty.windows(shift, [day])]
    if not stretches:
        return None
    first, last = min(s for s, _ in stretches), max(e for _, e in stretches)
    if not duty.is_known(np.arange(first, last, HALF_HOUR)).all():
        return None
    return float(duty.nurse_hours(np.array([first, last]))[0]) / ((last - first) / HOUR)


def _why_not(sources: Sources) -> tuple[Message, ...]:
    has_duty = any(sources.duty.is_known_day(day) for day in sources.span)
    found = (() if sources.days else (NO_CENSUS,), () if has_duty else (NO_DUTY,))
    why = tuple(message for messages in found for message in messages)
    return why or (Message("Census and rosters share no day of the quarter."),)


def _left_out(sources: Sources, known: int) -> tuple[Message, ...]:
    absent = len(sources.span) - known
    text = "{absent} of {days} days have no census or no published roster and are left out."
    return (Message(text, absent=absent, days=len(sources.span)),) if absent else ()


def _band_words(band: str) -> str:
    """Print a band of years with its signs: 1–2, ≥20."""
    return band.replace(">=", "≥").replace("-", "–")
