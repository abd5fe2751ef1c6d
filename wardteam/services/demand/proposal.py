"""The proposal of demand: by shift and kind of day, with its range and reasons, beside the present demand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.shifts import DayKind
from wardteam.errors import Message
from wardteam.services.demand.affordable import weekly
from wardteam.services.demand.asked import ShiftAsk, asked_on, next_day_of
from wardteam.services.demand.assumptions import Assumptions
from wardteam.services.demand.evidence import NO_PATIENTS, Measured, Weeks, weeks_of
from wardteam.services.demand.needs import ShiftNeed, shift_needs
from wardteam.services.demand.notes import general_notes, kind_notes
from wardteam.services.demand.staffing import planned_staff, worked_staff
from wardteam.services.demand.types import DemandLine, DemandProposal, KindProposal, WeekdayNeed
from wardteam.services.duty_hours import DutyHours, duty_of
from wardteam.services.quality_data import QualityData
from wardteam.stats.results import fingerprint

RESAMPLES = 400
RESAMPLES_BY_WEEKDAY = 1
WEEKDAYS = 7


@lru_cache(maxsize=4)
def propose_demand(data: QualityData, assumed: Assumptions) -> DemandProposal:
    """Propose the staff of each shift and kind of day from the last weeks' patients and calls."""
    weeks, duty = weeks_of(data, assumed), duty_of(data)
    kinds = tuple(k for kind in DayKind if (k := _kind(weeks, duty, kind, data.today)) is not None)
    hashes = [k.calls.data_hash for k in kinds if k.calls]
    census = [[day.isoformat(), *weeks.census[day].occupied.values()] for day in sorted(weeks.census)]
    return DemandProposal(
        ward=data.book.ward.code,
        span=weeks.span,
        assumed=assumed,
        kinds=kinds,
        weekdays=tuple(_weekday(weeks, weekday, data.today) for weekday in range(WEEKDAYS)),
        weekly=weekly(data.book, kinds, data.today),
        notes=general_notes(
            weeks, knows_calls=bool(hashes), asks_fewer=any(line.is_fewer for k in kinds for line in k.lines)
        ),
        revision=data.revisions[0],
        data_hash=fingerprint(calls=hashes, census=census, assumed=vars(assumed)),
    )


def _kind(weeks: Weeks, duty: DutyHours, kind: DayKind, today: date) -> KindProposal | None:
    """Propose for one kind of day; None where the ward has no such day ahead or asks for no shift on it."""
    book = weeks.book
    sample = next_day_of(book, kind, today)
    asks = asked_on(book, sample) if sample else ()
    if not asks:
        return None
    days = [day for day in weeks.span if book.calendar.kind(day) is kind]
    known = [day for day in days if day in weeks.days]
    past = _past_midnight(asks)
    seen, missing = _measured(weeks, days, past, resamples=RESAMPLES)
    lines = _lines(kind, asks, shift_needs(book, asks, seen), has_grounds=bool(seen.calls or seen.patients))
    worked, observed = worked_staff(duty, known, asks, past, seen), weeks.waited_longer(known)
    return KindProposal(
        kind=kind,
        day_count=len(known),
        patients=seen.patients,
        calls=seen.calls,
        lines=lines,
        present=planned_staff(asks, [ask.nurses(ask.row.minimum) for ask in asks], seen),
        proposed=planned_staff(asks, [line.ask.nurses(line.minimum) for line in lines], seen),
        worked=worked,
        observed=observed,
        notes=(*missing, *kind_notes(book, asks, seen, worked, observed)),
    )


def _measured(
    weeks: Weeks, days: Sequence[date], past: NDArray[np.bool_], *, resamples: int
) -> tuple[Measured, tuple[Message, ...]]:
    """Give what some days show, and what they can't say."""
    found, patients = weeks.call_need(days, past, resamples=resamples), weeks.patient_need(days)
    calls = None if isinstance(found, Message) else found
    missing = (found if isinstance(found, Message) else None, None if patients else NO_PATIENTS)
    return Measured(weeks.assumed, calls, patients), tuple(words for words in missing if words)


def _past_midnight(asks: Sequence[ShiftAsk]) -> NDArray[np.bool_]:
    """Say which hours of the clock belong to the date after the column: those that only nights pass into."""
    same_day = np.logical_or.reduce([ask.same_day for ask in asks])
    following = np.logical_or.reduce([ask.next_day for ask in asks])
    return np.asarray(following & ~same_day)


def _lines(
    kind: DayKind, asks: Sequence[ShiftAsk], needs: Sequence[ShiftNeed], *, has_grounds: bool
) -> tuple[DemandLine, ...]:
    """Turn needs into the rows' numbers; without calls and patients the present numbers stand."""
    if not has_grounds:
        pairs = zip(asks, needs, strict=True)
        return tuple(DemandLine(kind, ask, n, ask.row.minimum, ask.row.wished) for ask, n in pairs)
    return tuple(
        DemandLine(kind, ask, need, ask.number(need.nurses), ask.number(need.high))
        for ask, need in zip(asks, needs, strict=True)
    )


def _weekday(weeks: Weeks, weekday: int, today: date) -> WeekdayNeed:
    """Give one weekday by itself, outside public holidays; days are too few for a range of its own."""
    calendar = weeks.book.calendar
    days = [day for day in weeks.span if day.weekday() == weekday and not calendar.is_holiday(day)]
    asks = asked_on(weeks.book, today + timedelta(days=(weekday - today.weekday()) % 7))
    if not asks:
        return WeekdayNeed(weekday, len(days), weeks.patient_need(days), None, ())
    seen, _ = _measured(weeks, days, _past_midnight(asks), resamples=RESAMPLES_BY_WEEKDAY)
    return WeekdayNeed(
        weekday=weekday,
        days=len(days),
        patients=seen.patients,
        calls_a_day=sum(hour.calls for hour in seen.calls.hours) if seen.calls else None,
        nurses=tuple(
            (a.shift, need.nurses) for a, need in zip(asks, shift_needs(weeks.book, asks, seen), strict=True)
        ),
    )
