"""The loop between roster and bells: load by hour and shift, waits by staffing, cover against owner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

import numpy as np

from wardteam.domain.calendar import Period
from wardteam.domain.study import Duration
from wardteam.errors import Message
from wardteam.services.bell_log import clean_log
from wardteam.services.call_columns import CallColumns
from wardteam.services.duty_hours import DutyHours, duty_of
from wardteam.services.quality_data import QualityData
from wardteam.services.staffing_load import (
    Load,
    ShiftLoad,
    known_log_days,
    load_by_hour,
    load_by_shift,
    log_span,
    patient_calls,
)
from wardteam.services.staffing_waits import (
    CoverWaits,
    WaitAt,
    Waits,
    owner_and_cover,
    wait_by_nurses,
    wait_per_nurse,
    waits,
)
from wardteam.stats.results import Result, Unanswerable

NO_ROSTER = Message(
    "No published roster covers any day of the call log: who was on duty when bells rang can't be told."
)
NO_CALLS = Message("No call is kept: nothing can be set against the staff on duty.")
NO_COVER = Message(
    "The cover of beds is not stored for any day of the rosters: owners and cover can't be compared."
)
CONFOUNDED = (
    Message(
        "Staffing is planned for the expected load: busy hours have more calls and more nurses at once, and "
        "the adjustment for two-hour bands and patients present takes only a part of this out."
    ),
    Message(
        "Days on which a bed is held by cover differ from others: weekends, leave and illness gather on "
        "them, and the nurse who covers holds more beds."
    ),
    Message(
        "The roster says who was planned to be there, not who stood where; breaks, rescues and tasks off the "
        "ward are unknown. Associations, not effects."
    ),
)
T = TypeVar("T")


@dataclass(frozen=True)
class StaffingLoop:
    """What rosters and bells say together; what has no answer is empty, and `unanswered` says why.

    `days` are the dates with a known roster and a running log; `inside` and `outside` count patients' calls
    within the rosters and outside of them. `per_nurse` is the ratio of waits for one nurse more.
    """

    days: tuple[date, ...]
    inside: int
    outside: int
    without_stay: int
    hours: tuple[Load, ...] = ()
    shifts: tuple[ShiftLoad, ...] = ()
    waits: tuple[WaitAt, ...] = ()
    per_nurse: Result | None = None
    cover: CoverWaits | None = None
    unanswered: tuple[Message, ...] = ()
    confounding: tuple[Message, ...] = CONFOUNDED

    @property
    def span(self) -> Period | None:
        """The first and the last of the days."""
        return Period(self.days[0], self.days[-1]) if self.days else None


@lru_cache(maxsize=2)
def loop_of(data: QualityData) -> StaffingLoop:
    """Join the whole call log, cleaned by the plan, to the rosters; the same for every part that asks."""
    span = log_span(data.calls)
    if span is None:
        return staffing_loop(data, data.calls, duty_of(data))
    log = clean_log(data.calls, span, stays=data.book.stays, exclusions=data.plan.exclusions)
    timed = np.where(log.is_timed(Duration.ARRIVAL), log.calls.arrived, np.nan)
    return staffing_loop(data, replace(log.calls, arrived=timed).rows(log.is_patients), duty_of(data))


def staffing_loop(data: QualityData, calls: CallColumns, duty: DutyHours) -> StaffingLoop:
    """Join cleaned calls (with their stays) to the nurses on duty."""
    rung = patient_calls(calls)
    span = log_span(rung)
    if span is None:
        return StaffingLoop((), 0, 0, 0, unanswered=(NO_CALLS,))
    known = duty.is_known(rung.placed)
    inside = rung.rows(known)
    days = tuple(day for day in known_log_days(rung, data, span) if duty.is_known_day(day))
    counts = (int(known.sum()), int((~known).sum()), int((inside.stay < 0).sum()))
    if not days:
        return StaffingLoop((), *counts, unanswered=(NO_ROSTER,))
    return _joined(data, inside, duty, days, counts)


def _joined(
    data: QualityData,
    calls: CallColumns,
    duty: DutyHours,
    days: tuple[date, ...],
    counts: tuple[int, int, int],
) -> StaffingLoop:
    found, unanswered = waits(calls, duty), list[Message]()
    return StaffingLoop(
        days,
        *counts,
        hours=load_by_hour(calls, duty, days),
        shifts=load_by_shift(calls, duty, days),
        waits=wait_by_nurses(found),
        per_nurse=_tried(unanswered, lambda: wait_per_nurse(found, data.patient_days)),
        cover=_tried(unanswered, lambda: _covered(found, duty, data)),
        unanswered=tuple(dict.fromkeys(unanswered)),
    )


def _covered(found: Waits, duty: DutyHours, data: QualityData) -> CoverWaits:
    if not data.covers:
        raise Unanswerable(NO_COVER)
    return owner_and_cover(found, duty, data.covers)


def _tried(unanswered: list[Message], make: Callable[[], T]) -> T | None:
    try:
        return make()
    except Unanswerable as refusal:
        unanswered.append(refusal.message)
        return None
