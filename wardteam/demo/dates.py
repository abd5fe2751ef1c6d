"""Public holidays and make-up working days around the demo's period."""

from __future__ import annotations

from datetime import date

from chinese_calendar.constants import Holiday, holidays, workdays

from wardteam.domain.calendar import Calendar, Period

KNOWN = Period(date(2026, 10, 1), date(2027, 1, 31))
NEW_YEAR = date(2027, 1, 1)
"""A holiday by law every year; the library knows a year only once its order is published."""


def make_calendar() -> Calendar:
    """Give the holidays that are known from October to the January after the period."""
    chinese = {holiday.value: holiday.chinese for holiday in Holiday}
    named = {day: chinese[name] for day, name in holidays.items() if day in KNOWN}
    named.setdefault(NEW_YEAR, Holiday.new_years_day.chinese)
    makeup = frozenset(day for day in workdays if day in KNOWN)
    return Calendar(holidays=tuple(sorted(named.items())), makeup_days=makeup)
