"""The days of a roster: periods, weekends, public holidays and make-up working days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wardteam.domain.shifts import DayKind


@dataclass(frozen=True)
class Period:
    """A span of dates, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period must not end ({self.last}) before it begins ({self.first})")

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=i) for i in range(len(self)))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    @staticmethod
    def month(year: int, month: int) -> Period:
        """Give the calendar month."""
        first = date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1)
        return Period(first, following - timedelta(days=1))


@dataclass(frozen=True)
class Calendar:
    """Public holidays (name by date) and make-up working days, as dated ward data."""

    holidays: tuple[tuple[date, str], ...] = ()
    makeup_days: frozenset[date] = frozenset()

    @property
    def holiday_names(self) -> dict[date, str]:
        """Names of the public holidays by date."""
        return dict(self.holidays)

    def is_holiday(self, day: date) -> bool:
        """Whether the date is a public holiday."""
        return any(day == holiday for holiday, _ in self.holidays)

    def is_working_day(self, day: date) -> bool:
        """Whether the date counts in the month's statutory working days."""
        if day in self.makeup_days:
            return True
        return day.weekday() < 5 and not self.is_holiday(day)

    def kind(self, day: date) -> DayKind:
        """Say whether a day is staffed as a holiday, a weekend or a workday."""
        if self.is_holiday(day):
            return DayKind.HOLIDAY
        return DayKind.WORKDAY if self.is_working_day(day) else DayKind.WEEKEND

    def working_days(self, period: Period) -> int:
        """Count the statutory working days of a period."""
        return sum(self.is_working_day(day) for day in period)
