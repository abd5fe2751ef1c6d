"""Which period and which day a page without a date shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from wardteam.domain.calendar import Period


def current_period(periods: Sequence[Period], today: date) -> Period | None:
    """Give the period that holds today, else the newest, else None."""
    return next((p for p in periods if today in p), max(periods, key=lambda p: p.first, default=None))


def nearest_day(periods: Sequence[Period], today: date) -> date | None:
    """Give today if it is planned, else the planned day nearest to it, else None."""
    days = (min(max(today, p.first), p.last) for p in periods)
    return min(days, key=lambda day: abs((day - today).days), default=None)


def is_planned(periods: Sequence[Period], day: date) -> bool:
    """Whether any period holds the day."""
    return any(day in period for period in periods)


def day_before(day: date) -> date:
    """Give the day before."""
    return day - timedelta(days=1)


def day_after(day: date) -> date:
    """Give the day after."""
    return day + timedelta(days=1)
