"""Indicators of patients: nursing grades, falls, pressure injuries, unplanned extubations, restraint."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from wardteam.domain.beds import NursingGrade
from wardteam.domain.census import CatheterKind
from wardteam.domain.control import AdverseEvent, EventKind, EventLevel
from wardteam.domain.indicators import Indicator, IndicatorUnit, RowSide, SourceRow
from wardteam.errors import Message
from wardteam.services.indicator_sources import NO_CENSUS, TOO_FEW, Sources, per_bed_day
from wardteam.stats.figures import LEAST_DENOMINATOR

STAGE_COUNTED = 2
"""Stage 2 and above; unstageable (5) and deep tissue (6) count with them."""


def grade_indicators(sources: Sources) -> Iterator[Indicator]:
    """Give each nursing grade's share of the bed-days."""
    for grade in NursingGrade:
        rows = (
            SourceRow(RowSide.NUMERATOR, day.day, Message("{grade}", grade=grade), day.occupied.get(grade, 0))
            for day in sources.days
        )
        yield per_bed_day(
            sources,
            f"grade.{grade.value}",
            Message("Share of {grade} in bed-days", grade=grade),
            Message("bed-days of the grade / occupied bed-days"),
            IndicatorUnit.PERCENT,
            rows,
        )


def event_indicators(sources: Sources) -> Iterator[Indicator]:
    """Give falls, pressure injuries, unplanned extubations by type, and restraint."""
    falls = (e for e in _events(sources, EventKind.FALL) if e.level is not EventLevel.IV)
    yield per_bed_day(
        sources,
        "falls",
        Message("Falls"),
        Message("falls (near misses apart) / occupied bed-days"),
        IndicatorUnit.PER_MILLE,
        (_row(event) for event in falls),
    )
    yield _pressure_injuries(sources)
    yield from (_extubations(sources, kind) for kind in CatheterKind)
    yield _restraint(sources)


def _events(sources: Sources, kind: EventKind) -> tuple[AdverseEvent, ...]:
    return tuple(e for e in sources.data.events if e.kind is kind and e.day in sources.span)


def _row(event: AdverseEvent) -> SourceRow:
    return SourceRow(RowSide.NUMERATOR, event.day, event.code, 1)


def _pressure_injuries(sources: Sources) -> Indicator:
    new = [e for e in _events(sources, EventKind.PRESSURE_INJURY) if e.is_acquired]
    counted = {e.stay or e.code: e for e in new if e.stage is not None and e.stage >= STAGE_COUNTED}
    unstaged = sum(e.stage is None for e in new)
    inpatients = _inpatient_rows(sources)
    total = sum(row.value for row in inpatients)
    missing = [] if inpatients else [NO_ADMISSIONS]
    if inpatients and total < LEAST_DENOMINATOR:
        missing.append(TOO_FEW)
    text = "{count} new pressure injuries have no stage and are left out."
    return Indicator(
        code="pressure_injuries",
        name=Message("New pressure injuries of stage 2 and above"),
        formula=Message("patients with a new injury / patients at the opening midnight and admitted since"),
        unit=IndicatorUnit.PERCENT,
        numerator=float(len(counted)),
        denominator=total or None,
        rows=(*map(_row, counted.values()), *inpatients),
        missing=tuple(missing),
        notes=(Message(text, count=unstaged),) if unstaged else (),
    )


NO_ADMISSIONS = Message(
    "Admissions are not counted on every day of the census, or the midnight before the quarter is missing: "
    "the number of inpatients is not known."
)


def _inpatient_rows(sources: Sources) -> tuple[SourceRow, ...]:
    opening = sources.by_day.get(sources.span.first - timedelta(days=1))
    admitted = [(day.day, day.admissions) for day in sources.days]
    if opening is None or not admitted or any(count is None for _, count in admitted):
        return ()
    before = SourceRow(
        RowSide.DENOMINATOR, opening.day, Message("occupied beds at midnight"), float(opening.total)
    )
    what = Message("admissions")
    return (before, *(SourceRow(RowSide.DENOMINATOR, day, what, float(n or 0)) for day, n in admitted))


def _extubations(sources: Sources, kind: CatheterKind) -> Indicator:
    events = [e for e in _events(sources, EventKind.EXTUBATION) if e.catheter is kind]
    what = Message("catheter-days")
    days = tuple(
        SourceRow(RowSide.DENOMINATOR, d.day, what, d.catheter_days[kind])
        for d in sources.days
        if kind in d.catheter_days
    )
    total = sum(row.value for row in days)
    absent = len(sources.span) - len(days)
    text = "{absent} of {days} days have no count of catheter-days and are left out."
    return Indicator(
        code=f"extubations.{kind.value}",
        name=Message("Unplanned extubations: {catheter}", catheter=kind),
        formula=Message("unplanned extubations / catheter-days of the type"),
        unit=IndicatorUnit.PER_MILLE,
        numerator=float(len(events)),
        denominator=total or None,
        rows=(*map(_row, events), *days),
        missing=() if total else (Message("Catheter-days of this type are not counted, or there are none."),),
        notes=(Message(text, absent=absent, days=len(sources.span)),) if days and absent else (),
    )


def _restraint(sources: Sources) -> Indicator:
    what = Message("patients in restraint")
    counted = [day for day in sources.days if day.restraint_days is not None]
    beds = sum(day.total for day in counted)
    missing = () if beds else ((NO_CENSUS,) if not sources.days else (NO_RESTRAINT,))
    absent = len(sources.span) - len(counted)
    text = "{absent} of {days} days have no count of restraint and are left out."
    return Indicator(
        code="restraint",
        name=Message("Restraint"),
        formula=Message("restraint days / occupied bed-days of the days on which they are counted"),
        unit=IndicatorUnit.PERCENT,
        numerator=float(sum(day.restraint_days or 0 for day in counted)) if counted else None,
        denominator=float(beds) or None,
        rows=(
            *(SourceRow(RowSide.NUMERATOR, d.day, what, d.restraint_days or 0) for d in counted),
            *(
                SourceRow(RowSide.DENOMINATOR, d.day, Message("occupied beds at midnight"), d.total)
                for d in counted
            ),
        ),
        missing=missing,
        notes=(Message(text, absent=absent, days=len(sources.span)),) if counted and absent else (),
    )


NO_RESTRAINT = Message("Restraint days are not counted.")
