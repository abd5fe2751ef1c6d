"""The last two years of a ward's records, cleaned once, and which of them each measure counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from wardteam.domain.calendar import Period
from wardteam.domain.control import Action, AdverseEvent, Audit, EventKind, EventLevel
from wardteam.domain.study import Duration, StudyPeriod
from wardteam.services.bell_log import Mask
from wardteam.services.period_records import PeriodRecords, records_of
from wardteam.services.quality_data import QualityData

MONTHS = 24


@dataclass(frozen=True, eq=False)
class Window:
    """The last two years of a ward's data up to a date, cleaned once for all measures."""

    data: QualityData
    records: PeriodRecords

    @property
    def span(self) -> Period:
        """Its dates."""
        return self.records.period.span


@lru_cache(maxsize=2)
def window(data: QualityData, last: date) -> Window:
    """Clean the 24 months that end with the month of a date; kept for the same data."""
    index = last.year * 12 + last.month - MONTHS
    first = date(index // 12, index % 12 + 1, 1)
    span = Period(first, last)
    return Window(data, records_of(data, StudyPeriod("", "", span)))


def within(found: Window, span: Period) -> Mask:
    """Give which calls were placed on the dates of a span."""
    days = days_of(found, span)
    day = found.records.log.day
    return np.asarray((day >= days.start) & (day < days.stop))


def rung_calls(found: Window, span: Period, *, is_infusion: bool) -> Mask:
    """Give which calls a rate counts: bells or infusion calls, on days whose exposure is known."""
    log, known = found.records.log, np.array(found.records.exposures()) > 0
    meant = log.is_patients & log.is_infusion if is_infusion else log.is_bell
    inside = within(found, span) & meant
    inside[inside] = known[log.day[inside]]
    return inside


def timed_calls(found: Window, span: Period) -> Mask:
    """Give which calls have the plan's duration."""
    return found.records.log.is_timed(found.data.plan.duration) & within(found, span)


def waiting_calls(found: Window, span: Period) -> Mask:
    """Give which calls somebody had to come to: not those the patient ended herself."""
    log = found.records.log
    return log.is_patients & ~log.is_cancelled & within(found, span)


def unanswered_calls(found: Window, span: Period) -> Mask:
    """Give which of the waiting calls nobody came to."""
    return waiting_calls(found, span) & np.isnan(found.records.log.seconds(Duration.ARRIVAL))


def judged_audits(found: Window, span: Period) -> list[tuple[Audit, bool]]:
    """Give the audits of a span that could be judged, each with whether it passed."""
    lists = {one.code: one for one in found.data.checklists}
    audits = (a for a in found.data.audits if a.day in span and a.checklist in lists)
    judged = ((audit, audit.is_passed(lists[audit.checklist])) for audit in audits)
    return [(audit, passed) for audit, passed in judged if passed is not None]


def falls_in(found: Window, span: Period) -> list[AdverseEvent]:
    """Give the falls (near ones aside) on the dates of a span whose patient-days are known."""
    known = {day.day for day in found.records.census.values() if day.day in span}
    falls = (e for e in found.data.events if e.kind is EventKind.FALL and e.level is not EventLevel.IV)
    return [event for event in falls if event.day in known]


def due_actions(found: Window, span: Period) -> list[Action]:
    """Give the actions whose due date lies in a span and has passed."""
    return [a for a in found.data.actions if a.due in span and a.due < found.data.today]


def days_of(found: Window, span: Period) -> slice:
    """Give the places of a span's dates within the window."""
    first = (span.first - found.span.first).days
    return slice(max(first, 0), max(first + len(span), 0))
