"""How dates, periods and languages stand in addresses, and how a bad one becomes a plain 404."""

from __future__ import annotations

import re
from datetime import date

from werkzeug.routing import BaseConverter, ValidationError

from wardteam.domain.calendar import Period

_LONGEST_DAYS = 62


class DateConverter(BaseConverter):
    """A date as 2026-05-01."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Read the date; an impossible one is no address."""
        return read_date(value)

    def to_url(self, value: date) -> str:
        """Write the date."""
        return value.isoformat()


class PeriodConverter(BaseConverter):
    """A period as 2026-05 for a month, or 2026-05-04_2026-05-10."""

    regex = r"\d{4}-\d{2}(?:-\d{2}_\d{4}-\d{2}-\d{2})?"

    def to_python(self, value: str) -> Period:
        """Read the period; an impossible one is no address."""
        return read_period(value)

    def to_url(self, value: Period) -> str:
        """Write the period, a whole month the short way."""
        return period_address(value)


def read_date(value: str) -> date:
    """Read a date from an address; ValidationError where it is none."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValidationError from error


def read_period(value: str) -> Period:
    """Read a period from an address; ValidationError where it is none."""
    if re.fullmatch(r"\d{4}-\d{2}", value):
        first = read_date(f"{value}-01")
        return Period.month(first.year, first.month)
    first, last = (read_date(part) for part in value.split("_"))
    if not 0 <= (last - first).days < _LONGEST_DAYS:
        raise ValidationError
    return Period(first, last)


def period_address(period: Period) -> str:
    """Write a period for an address."""
    if period == Period.month(period.first.year, period.first.month):
        return f"{period.first:%Y-%m}"
    return f"{period.first.isoformat()}_{period.last.isoformat()}"
