"""The quarterly return: every indicator straight from roster, census, staff and events."""

from __future__ import annotations

import re
from datetime import date, timedelta

from wardteam.domain.calendar import Period
from wardteam.domain.indicators import IndicatorTable
from wardteam.errors import BadInput, Finding, Message
from wardteam.services.indicator_patients import event_indicators, grade_indicators
from wardteam.services.indicator_sources import Sources
from wardteam.services.indicator_staff import mix_indicators, staff_indicators
from wardteam.services.quality_data import QualityData


def quarter_indicators(data: QualityData, quarter: Period) -> IndicatorTable:
    """Give the indicators of a quarter (any period will do), up to yesterday where it isn't over.

    Raises
    ------
    BadInput
        Where the quarter has not begun.
    """
    until = min(quarter.last, data.today - timedelta(days=1))
    if until < quarter.first:
        problem = Message("The quarter has not begun yet; it starts on {day}.", day=quarter.first.isoformat())
        raise BadInput((Finding("--quarter", problem, value=quarter_name(quarter)),))
    sources = Sources(data, Period(quarter.first, until))
    return IndicatorTable(
        quarter=quarter,
        until=until,
        indicators=(
            *staff_indicators(sources),
            *grade_indicators(sources),
            *mix_indicators(sources),
            *event_indicators(sources),
        ),
        notes=_notes(quarter, until),
    )


def quarter_of(day: date) -> Period:
    """Give the calendar quarter of a date.

    >>> quarter_of(date(2026, 8, 15)).last
    datetime.date(2026, 9, 30)
    """
    first = 3 * ((day.month - 1) // 3) + 1
    return Period(date(day.year, first, 1), Period.month(day.year, first + 2).last)


def last_quarter(today: date) -> Period:
    """Give the newest quarter that is over."""
    return quarter_of(quarter_of(today).first - timedelta(days=1))


def read_quarter(text: str) -> Period:
    """Read a quarter written as 2026Q3; ValueError where it is none.

    >>> read_quarter("2026q3") == quarter_of(date(2026, 7, 1))
    True
    """
    found = re.fullmatch(r"(\d{4})-?[Qq]([1-4])", text.strip())
    if found is None:
        raise ValueError(f"a quarter is written as 2026Q3, got {text}")
    return quarter_of(date(int(found[1]), 3 * int(found[2]), 1))


def quarter_name(quarter: Period) -> str:
    """Name a quarter as 2026Q3; another period by its dates."""
    if quarter == quarter_of(quarter.first):
        return f"{quarter.first.year}Q{(quarter.first.month + 2) // 3}"
    return f"{quarter.first.isoformat()}..{quarter.last.isoformat()}"


def _notes(quarter: Period, until: date) -> tuple[Message, ...]:
    if until == quarter.last:
        return ()
    return (Message("The quarter is not over: the figures stand until {day}.", day=until.isoformat()),)
