"""Calls by the ward's own dates: which day a call fell on, daily counts, days that a call log left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.calendar import Period
from wardteam.services.call_columns import CallColumns

SURE_OF_CALLS = 10.0
"""Expected calls of a day from which none at all means that nothing was recorded (P below 0.0001)."""


def midnights(span: Period, zone: ZoneInfo) -> NDArray[np.float64]:
    """Give the ward's midnights from the span's first to the one after its last, in seconds (UTC)."""
    days = (*span, span.last + timedelta(days=1))
    return np.array([datetime.combine(day, time(), zone).timestamp() for day in days])


def day_places(calls: CallColumns, span: Period) -> NDArray[np.int64]:
    """Give each call's day, counted from the span's first; -1 before it, len(span) after it."""
    return np.searchsorted(midnights(span, calls.zone), calls.placed, side="right").astype(np.int64) - 1


def in_span(calls: CallColumns, span: Period) -> CallColumns:
    """Give the calls placed on the ward's dates of a span."""
    first, after = midnights(span, calls.zone)[[0, -1]]
    return calls.rows((calls.placed >= first) & (calls.placed < after))


def daily_counts(calls: CallColumns, span: Period) -> NDArray[np.int64]:
    """Count calls on each day of the span."""
    places = day_places(calls, span)
    return np.bincount(places[(places >= 0) & (places < len(span))], minlength=len(span)).astype(np.int64)


def gap_days(calls: CallColumns, span: Period, census: Mapping[date, int]) -> tuple[date, ...]:
    """Give the days without any recorded call while patients were there.

    A quiet ward has such days; where the span's own rate lets 10 calls or more be expected,
    the log was not recording.
    """
    counts = daily_counts(calls, span)
    patients = np.array([census.get(day, 0) for day in span], dtype=np.float64)
    rang = (counts > 0) & (patients > 0)
    if not rang.any():
        return ()
    expected = patients * counts[rang].sum() / patients[rang].sum()
    return tuple(
        day for day, n, e in zip(span, counts, expected, strict=True) if n == 0 and e >= SURE_OF_CALLS
    )
