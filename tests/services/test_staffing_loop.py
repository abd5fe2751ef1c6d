"""Bells against the nurses on duty: hand-computed loads, waits by staffing, cover, and poor data in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.services.staffing_kit import FIRST, at, busy_ward, call, nurse, quality, roster, ward
from wardteam.domain.calls import CallSource
from wardteam.domain.shifts import DayKind
from wardteam.services.duty_hours import duty_hours
from wardteam.services.staffing_load import calls_by_hour
from wardteam.services.staffing_loop import (
    NO_CALLS,
    NO_COVER,
    NO_ROSTER,
    StaffingLoop,
    staffing_loop,
)


def loop(data) -> StaffingLoop:
    return staffing_loop(data, data.calls, duty_hours(data.book, data.rosters))


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def test_one_nurse_one_night_one_call_after_midnight() -> None:
    book = ward(nurse("A"))
    calls = [call("1", at(day(1), 23.9)), call("2", at(day(2), 0.5)), call("3", at(day(2), 9))]
    found = loop(quality(book, calls, rosters=(roster(FIRST, A="-N--"),)))
    assert [(h, load.calls) for h, load in enumerate(found.hours) if load.calls] == [
        (0, 1),
        (9, 1),
        (23, 1),
    ]
    assert [(h, load.nurse_hours) for h, load in enumerate(found.hours) if load.nurse_hours] == [
        (h, 1.0) for h in range(8)
    ]
    (night,) = found.shifts
    assert (night.shift.code, night.load.calls, night.load.nurse_hours) == ("NIGHT", 1, 8.0)
    assert (found.inside, found.outside, found.days) == (3, 0, (day(1), day(2)))


def test_calls_outside_the_rosters_and_staff_calls_are_kept_apart() -> None:
    calls = [call("1", at(day(1), 9)), call("2", at(day(30), 9)), call("3", at(day(-5), 9))]
    calls.append(call("4", at(day(1), 9), source=CallSource.STAFF))
    found = loop(quality(ward(nurse("A")), calls, rosters=(roster(FIRST, A="-D-"),)))
    assert (found.inside, found.outside, found.without_stay) == (1, 2, 1)


def test_a_wait_that_falls_with_each_nurse_is_found_again() -> None:
    found = loop(busy_ward(0.8, 1.0))
    assert [(w.fewest, w.most) for w in found.waits] == [(2, 2), (3, 3), (4, 4), (5, 5)]
    assert found.per_nurse is not None
    assert found.per_nurse.estimate == pytest.approx(0.8, rel=0.02)
    assert found.per_nurse.interval.holds(0.8)
    assert found.per_nurse.df == (found.per_nurse.n[1] - 1.0,)
    assert found.waits[0].wait.estimate == pytest.approx(64, rel=0.05)


def test_cover_days_are_told_from_owner_days() -> None:
    found = loop(busy_ward(1.0, 1.5))
    assert found.cover is not None
    assert found.cover.ratio.estimate == pytest.approx(1.5, rel=0.03)
    assert found.cover.adjusted.estimate == pytest.approx(1.5, rel=0.03)
    assert found.cover.owner.calls + found.cover.cover.calls == 26 * 30


def test_the_rate_of_an_hour_has_an_interval_about_it() -> None:
    eight = loop(busy_ward(1.0, 1.0)).hours[8]
    assert eight.calls == 26 * 8
    assert eight.rate.estimate == pytest.approx(eight.calls / eight.nurse_hours)
    assert eight.rate.interval.low < eight.rate.estimate < eight.rate.interval.high


@pytest.mark.parametrize(
    ("calls", "rosters", "expected"),
    [
        ([], (), NO_CALLS),
        ([call("1", at(day(1), 9))], (), NO_ROSTER),
        ([call("1", at(day(1), 9))], (roster(FIRST, A="-D-"),), NO_COVER),
    ],
)
def test_poor_data_are_answered_in_words(calls, rosters, expected) -> None:
    found = loop(quality(ward(nurse("A")), calls, rosters=rosters))
    assert expected in found.unanswered
    assert found.per_nurse is None
    assert found.cover is None


def test_the_calls_to_expect_stand_by_hour_and_kind_of_day() -> None:
    monday = date(2026, 8, 31)
    calls = [
        call(f"{i}-{k}", at(monday + timedelta(days=i), 10 + k / 60))
        for i in range(35)
        for k in range(2 + 2 * (i % 7 > 4))
    ]
    demand = calls_by_hour(quality(ward(nurse("A")), calls))
    assert demand.means[DayKind.WORKDAY][10] == 2
    assert demand.means[DayKind.WEEKEND][10] == 4
    assert demand.days == {DayKind.WORKDAY: 25, DayKind.WEEKEND: 10}
    assert demand.dispersions[DayKind.WORKDAY][10] == 0
    assert calls_by_hour(quality(ward(nurse("A")))) is None
