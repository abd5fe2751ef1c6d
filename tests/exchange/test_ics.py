"""The calendar file: real moments, names that stay, the same bytes for the same card."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from wardteam.domain.calendar import Period
from wardteam.domain.defaults import DEFAULT_SHIFTS
from wardteam.domain.documents import NurseCard, PocketCard, SheetCell, SheetDay
from wardteam.domain.people import Level, Title
from wardteam.domain.shifts import DayKind
from wardteam.domain.ward import Ward, WardSettings
from wardteam.exchange.ics import calendar_ics

FIRST = date(2026, 12, 30)
CODES = ("NIGHT", "post_night", "DAY")
CARD = PocketCard(
    ward=Ward("W1", "心内科", "Cardiology"),
    period=Period(FIRST, FIRST + timedelta(days=2)),
    nurse=NurseCard("1001", ("甲一", "Jia Yi"), Title.NURSE, Level.N1, 2, None, ("", "")),
    team=None,
    beds=(),
    days=tuple(SheetDay(FIRST + timedelta(days=i), DayKind.WORKDAY) for i in range(3)),
    cells=tuple(SheetCell(("符", "S"), code) for code in CODES),
    mates=((), (), ()),
    legend=(),
    worked_minutes=960,
    standard_minutes=960,
    made_at=datetime(2026, 12, 1, 8, tzinfo=UTC),
)


SETTINGS = WardSettings()


def events(card: PocketCard, settings: WardSettings = SETTINGS) -> dict[str, tuple[datetime, datetime]]:
    data = calendar_ics(card, "zh", settings=settings, shifts=DEFAULT_SHIFTS)
    found = Calendar.from_ical(data).walk("VEVENT")
    return {str(e["uid"]): (e["dtstart"].dt, e["dtend"].dt) for e in found}


def test_a_night_stands_at_its_real_moments_past_midnight_and_the_year() -> None:
    assert events(CARD) == {
        "W1-1001-20261230@wardteam": (
            datetime(2026, 12, 30, 16, tzinfo=UTC),
            datetime(2026, 12, 31, 0, tzinfo=UTC),
        ),
        "W1-1001-20270101@wardteam": (
            datetime(2027, 1, 1, 0, tzinfo=UTC),
            datetime(2027, 1, 1, 4, tzinfo=UTC),
        ),
        "W1-1001-20270101-2@wardteam": (
            datetime(2027, 1, 1, 6, tzinfo=UTC),
            datetime(2027, 1, 1, 10, tzinfo=UTC),
        ),
    }


@pytest.mark.parametrize(("summer", "minute"), [(((5, 1), (9, 30)), 0), (((11, 1), (2, 28)), 30)])
def test_the_wards_own_summer_times_are_used(
    summer: tuple[tuple[int, int], tuple[int, int]], minute: int
) -> None:
    afternoon = events(CARD, WardSettings(summer=summer))["W1-1001-20270101-2@wardteam"]
    assert afternoon[0].minute == minute


def test_the_wards_time_zone_moves_the_moments() -> None:
    start, _ = events(CARD, WardSettings(time_zone="Europe/Berlin"))["W1-1001-20261230@wardteam"]
    assert start == datetime(2026, 12, 30, 23, tzinfo=UTC)


def test_the_same_card_gives_the_same_bytes_and_a_later_one_the_same_names() -> None:
    data = calendar_ics(CARD, "en", settings=WardSettings(), shifts=DEFAULT_SHIFTS)
    assert data == calendar_ics(CARD, "en", settings=WardSettings(), shifts=DEFAULT_SHIFTS)
    assert b"Roster of Jia Yi" in data
    assert b"S Night" in data
    assert set(events(CARD)) == set(events(replace(CARD, made_at=datetime(2026, 12, 9, tzinfo=UTC))))
