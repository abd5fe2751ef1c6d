"""Calls against the nurses on duty, by hour of the day and by shift; and the calls to expect by hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.calendar import Period
from wardteam.domain.calls import CallSource
from wardteam.domain.shifts import DayKind, Shift
from wardteam.services.call_columns import SOURCES, CallColumns
from wardteam.services.call_days import gap_days
from wardteam.services.duty_hours import HOUR, DutyHours, Floats, midnight
from wardteam.services.quality_data import QualityData
from wardteam.stats.ratios import DailyCounts
from wardteam.stats.results import Result, Unanswerable
from wardteam.stats.single_rate import single_rate

HOURS = 24
LEAST_DAYS = 28
"""Days of the intervention period from which on it alone says what calls to expect."""


@dataclass(frozen=True)
class Load:
    """Calls against nurse-hours; `rate` is calls per nurse-hour, None where it can't be told."""

    calls: int
    nurse_hours: float
    days: int
    rate: Result | None

    @property
    def nurses(self) -> float | None:
        """Give the mean number of nurses on duty in an hour of the day."""
        return self.nurse_hours / self.days if self.days else None


@dataclass(frozen=True)
class ShiftLoad:
    """The load while a shift runs, whoever else is on duty then."""

    shift: Shift
    load: Load


@dataclass(frozen=True)
class HourDemand:
    """The calls to expect in each hour of the day, for what a staffing proposal starts from.

    `means` are calls an hour by kind of day, 24 values; `dispersions` their variance over their mean (1 for
    Poisson); `days` how many days each kind was seen. Kinds of day that were never seen are left out.
    """

    span: Period
    means: dict[DayKind, tuple[float, ...]]
    dispersions: dict[DayKind, tuple[float, ...]]
    days: dict[DayKind, int]


def patient_calls(calls: CallColumns) -> CallColumns:
    """Leave out the calls with which staff call staff; infusion calls are work too, and stay."""
    return calls.rows(calls.source != SOURCES.index(CallSource.STAFF))


def load_by_hour(calls: CallColumns, duty: DutyHours, days: Sequence[date]) -> tuple[Load, ...]:
    """Set each hour's calls against its nurse-hours, over days whose rosters and calls are known."""
    counts = hourly_counts(calls, days)
    edges = _midnights(duty, days)[:, None] + HOUR * np.arange(HOURS + 1)
    hours = np.diff(duty.presence(edges), axis=1)
    return tuple(_load(counts[:, h], hours[:, h]) for h in range(HOURS))


def load_by_shift(calls: CallColumns, duty: DutyHours, days: Sequence[date]) -> tuple[ShiftLoad, ...]:
    """Set the calls rung while each shift runs against the nurse-hours of all who were there then."""
    return tuple(
        ShiftLoad(shift, _load(*_of_shift(calls, duty, shift, days)))
        for shift in duty.shifts
        if any(d.shift == shift.code for d in duty.duties)
    )


def hourly_counts(calls: CallColumns, days: Sequence[date]) -> NDArray[np.int64]:
    """Count calls by day and hour of the day: shape (days, 24)."""
    counts = np.zeros((len(days), HOURS), dtype=np.int64)
    if not len(days):
        return counts
    starts = np.array([midnight(day, calls.zone) for day in days])
    place = (np.searchsorted(starts, calls.placed, side="right") - 1).clip(0)
    hour = ((calls.placed - starts[place]) // HOUR).astype(np.int64)
    inside = (hour >= 0) & (hour < HOURS)
    np.add.at(counts, (place[inside], hour[inside]), 1)
    return counts


def calls_by_hour(data: QualityData) -> HourDemand | None:
    """Give the calls to expect by kind of day and hour; None where no call is kept.

    Days on which the log recorded nothing although patients were there are left out; the intervention
    period alone is used once it has 28 days.
    """
    calls = patient_calls(data.calls)
    span = log_span(calls)
    if span is None:
        return None
    days = known_log_days(calls, data, span)
    after = [day for day in days if day >= data.plan.changeover]
    used = after if len(after) >= LEAST_DAYS else days
    kinds = [data.book.calendar.kind(day) for day in used]
    counts = hourly_counts(calls, used)
    seen = {kind: counts[[k is kind for k in kinds]] for kind in DayKind if kind in kinds}
    return HourDemand(
        span=Period(used[0], used[-1]) if used else span,
        means={kind: tuple(rows.mean(axis=0).tolist()) for kind, rows in seen.items()},
        dispersions={kind: _dispersions(rows) for kind, rows in seen.items()},
        days={kind: len(rows) for kind, rows in seen.items()},
    )


def log_span(calls: CallColumns) -> Period | None:
    """Give the dates of the first and the last call."""
    if not len(calls):
        return None
    first, last = (_date_of(calls, moment) for moment in (calls.placed[0], calls.placed[-1]))
    return Period(first, last)


def known_log_days(calls: CallColumns, data: QualityData, span: Period) -> list[date]:
    """Give the days of a span without those on which the log was not recording."""
    gaps = frozenset(gap_days(calls, span, {d.day: d.total for d in data.patient_days}))
    return [day for day in span if day not in gaps]


def _date_of(calls: CallColumns, moment: float) -> date:
    return datetime.fromtimestamp(float(moment), calls.zone).date()


def _dispersions(rows: NDArray[np.int64]) -> tuple[float, ...]:
    if len(rows) < 2:
        return (1.0,) * HOURS
    means, variances = rows.mean(axis=0), rows.var(axis=0, ddof=1)
    return tuple(float(v / m) if m else 1.0 for m, v in zip(means, variances, strict=True))


def _midnights(duty: DutyHours, days: Sequence[date]) -> Floats:
    return np.array([midnight(day, duty.zone) for day in days], dtype=np.float64)


def _of_shift(
    calls: CallColumns, duty: DutyHours, shift: Shift, days: Sequence[date]
) -> tuple[NDArray[np.int64], Floats]:
    counts, hours = [], []
    for day in days:
        stretches = np.array(duty.windows(shift, [day]))
        if duty.is_known(np.array([stretches[:, 0], stretches[:, 1] - 1]).ravel()).all():
            places = np.searchsorted(calls.placed, stretches)
            counts.append(int(np.diff(places, axis=1).sum()))
            hours.append(float(np.diff(duty.presence(stretches), axis=1).sum()))
    return np.array(counts, dtype=np.int64), np.array(hours, dtype=np.float64)


def _load(counts: NDArray[np.int64], hours: Floats) -> Load:
    """Make the load of one hour or shift; days without a nurse on duty have no exposure and no rate."""
    staffed = hours > 0
    return Load(int(counts.sum()), float(hours.sum()), len(hours), _rate(counts[staffed], hours[staffed]))


def _rate(counts: NDArray[np.int64], hours: Floats) -> Result | None:
    try:
        return single_rate(DailyCounts(tuple(counts.tolist()), tuple(hours.tolist())))
    except Unanswerable:
        return None
