"""The sources that several indicators share: the quarter's census, staff and duties, with what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from wardteam.domain.calendar import Period
from wardteam.domain.census import PatientDays
from wardteam.domain.indicators import Indicator, IndicatorUnit, RowSide, SourceRow
from wardteam.domain.people import Nurse, StaffKind
from wardteam.errors import Message
from wardteam.services.duty_hours import DutyHours, duty_of
from wardteam.services.quality_data import QualityData
from wardteam.stats.figures import LEAST_DENOMINATOR

NO_CENSUS = Message("The midnight census of the quarter is not there.")
NO_DUTY = Message("No published roster covers a day of the quarter.")
TOO_FEW = Message("The denominator is below {least}: no percentage is given.", least=LEAST_DENOMINATOR)


@dataclass(frozen=True, eq=False)
class Sources:
    """One quarter of a ward up to `span.last`, and the ward's figures in it."""

    data: QualityData
    span: Period

    @cached_property
    def days(self) -> tuple[PatientDays, ...]:
        """The census of the quarter's days."""
        return tuple(d for d in self.data.patient_days if d.day in self.span)

    @cached_property
    def by_day(self) -> dict[date, PatientDays]:
        """The whole census by date."""
        return {d.day: d for d in self.data.patient_days}

    @cached_property
    def bed_days(self) -> int:
        """Occupied bed-days, counted at midnight."""
        return sum(d.total for d in self.days)

    @cached_property
    def duty(self) -> DutyHours:
        """Who was on duty."""
        return duty_of(self.data)

    @property
    def census_notes(self) -> tuple[Message, ...]:
        """Say how many days have no census."""
        absent = len(self.span) - len(self.days)
        text = "{absent} of {days} days have no census and are left out."
        return (Message(text, absent=absent, days=len(self.span)),) if absent else ()

    @cached_property
    def bed_day_rows(self) -> tuple[SourceRow, ...]:
        """The census as rows of a denominator."""
        what = Message("occupied beds at midnight")
        return tuple(SourceRow(RowSide.DENOMINATOR, d.day, what, d.total) for d in self.days)

    def staff_after(self, day: date) -> tuple[Nurse, ...]:
        """Give the ward's own nurses who still belong to it when a date is over."""
        nurses = (n for n in self.data.book.nurses if n.kind is StaffKind.WARD and n.works_here(day))
        return tuple(n for n in nurses if n.left is None or n.left > day)

    @cached_property
    def opening(self) -> tuple[Nurse, ...]:
        """The staff with which the quarter opens."""
        return self.staff_after(self.span.first - timedelta(days=1))

    @cached_property
    def closing(self) -> tuple[Nurse, ...]:
        """The staff with which it closes."""
        return self.staff_after(self.span.last)


def per_bed_day(
    sources: Sources,
    code: str,
    name: Message,
    formula: Message,
    unit: IndicatorUnit,
    rows: Iterable[SourceRow],
) -> Indicator:
    """Make an indicator whose denominator are the occupied bed-days."""
    found = tuple(rows)
    return Indicator(
        code=code,
        name=name,
        formula=formula,
        unit=unit,
        numerator=sum(row.value for row in found) if sources.bed_days else None,
        denominator=float(sources.bed_days) or None,
        rows=(*found, *sources.bed_day_rows),
        missing=() if sources.bed_days else (NO_CENSUS,),
        notes=sources.census_notes,
    )


def staff_shares(
    sources: Sources, name: Callable[[str], Message], groups: dict[str, list[Nurse]], prefix: str
) -> Iterable[Indicator]:
    """Give each group's share of the closing staff."""
    everyone = tuple(SourceRow(RowSide.DENOMINATOR, None, n.staff_no, 1) for n in sources.closing)
    for key, members in groups.items():
        yield Indicator(
            code=f"{prefix}.{key}",
            name=name(key),
            formula=Message("nurses of the group / all nurses of the ward at the quarter's end"),
            unit=IndicatorUnit.PERCENT,
            numerator=float(len(members)),
            denominator=float(len(sources.closing)) or None,
            rows=(*(SourceRow(RowSide.NUMERATOR, None, n.staff_no, 1) for n in members), *everyone),
            missing=() if len(sources.closing) >= LEAST_DENOMINATOR else (TOO_FEW,),
        )
