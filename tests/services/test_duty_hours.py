"""Who was on duty when: real moments, counted staff only, and what no roster covers."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.services.staffing_kit import ZONE, at, nurse, roster, ward
from wardteam.domain.calendar import Period
from wardteam.domain.people import Restriction, RestrictionKind, StaffKind
from wardteam.domain.roster import RosterCell
from wardteam.domain.ward import WardSettings
from wardteam.services.duty_hours import duty_hours, midnight

NOV = date(2026, 11, 10)


def nurses_at(book, rosters, *moments) -> list[float]:
    return duty_hours(book, rosters).nurses_at(np.array([m.timestamp() for m in moments])).tolist()


def test_a_night_belongs_to_its_column_but_is_worked_the_next_morning() -> None:
    book, rosters = ward(nurse("A")), [roster(NOV, A="-N--")]
    night = [at(NOV + timedelta(days=2), hour) for hour in (-0.01, 0, 4, 7.99, 8)]
    assert nurses_at(book, rosters, *night) == [0, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (date(2026, 7, 2), 14.25, 0),
        (date(2026, 7, 2), 18.25, 1),
        (date(2026, 11, 2), 14.25, 1),
        (date(2026, 11, 2), 18.25, 0),
        (date(2026, 11, 2), 13, 0),
    ],
)
def test_the_day_shift_has_its_summer_and_its_winter_times(day: date, hour: float, expected: int) -> None:
    assert nurses_at(ward(nurse("A")), [roster(day - timedelta(days=1), A="-D")], at(day, hour)) == [expected]


def test_only_the_wards_own_registered_staff_is_counted() -> None:
    book = ward(
        nurse("A"),
        nurse("H", kind=StaffKind.HEAD_NURSE),
        nurse("S", kind=StaffKind.STUDENT),
        nurse("B", kind=StaffKind.BORROWED),
        nurse("X", registration_until=date(2026, 1, 1)),
        nurse("L", left=date(2026, 11, 1)),
        nurse("Z"),
    )
    rows = {"A": "-D", "H": "-D", "S": "-D", "B": "-D", "X": "-D", "L": "-D", "Z": "-a", "ghost": "-D"}
    hours = duty_hours(book, [roster(NOV, **rows)])
    assert hours.nurses_at(np.array([at(NOV + timedelta(days=1), 9).timestamp()])).tolist() == [1]
    assert hours.unknown_people == ("ghost",)


def test_nobody_on_call_counts_as_being_there() -> None:
    assert nurses_at(ward(nurse("A")), [roster(NOV, A="-R")], at(NOV + timedelta(days=1), 9)) == [0]


def test_moments_that_no_roster_covers_are_not_known() -> None:
    moments = [at(NOV, -1), at(NOV, 4), at(NOV, 9), at(NOV, 23), at(NOV + timedelta(days=1), 4)]
    moments += [at(NOV + timedelta(days=1), 9), at(NOV + timedelta(days=40), 9)]
    found = nurses_at(ward(nurse("A")), [roster(NOV, A="N")], *moments)
    assert np.isnan([found[0], found[1], found[5], found[6]]).all()
    assert found[2:5] == [0, 0, 1]


def test_without_any_roster_nothing_is_known() -> None:
    hours = duty_hours(ward(nurse("A")), [])
    assert np.isnan(hours.nurses_at(np.array([0.0, 1e9]))).all()
    assert hours.span is None
    assert hours.half_hours(NOV) is None
    assert hours.paid_hours(Period(NOV, NOV)) == 0


def test_the_newest_roster_of_a_date_wins_and_written_history_comes_before_all() -> None:
    tail = {("A", NOV - timedelta(days=1)): RosterCell("NIGHT")}
    book = ward(nurse("A"), nurse("B"), history=tail | {("B", NOV - timedelta(days=1)): RosterCell("off")})
    rosters = [roster(NOV, A="D", B="-"), roster(NOV, A="--", B="DD")]
    hours = duty_hours(book, rosters)
    assert hours.nurses_at(np.array([at(NOV, 4).timestamp(), at(NOV, 9).timestamp()])).tolist() == [1, 1]
    assert [d.staff_no for d in hours.duties] == ["A", "A", "B"]


def test_half_of_the_staff_written_is_no_known_day() -> None:
    book = ward(nurse("A"), nurse("B"), history={("A", NOV): RosterCell("NIGHT")})
    assert duty_hours(book, []).columns == frozenset()


def test_half_hours_and_nurse_hours_add_up() -> None:
    hours = duty_hours(ward(nurse("A"), nurse("B")), [roster(NOV, A="-DN-", B="-CP-")])
    half = hours.half_hours(NOV + timedelta(days=1))
    assert half is not None
    assert half.sum() / 2 == 16
    assert [half[2 * h] for h in (7, 8, 12, 13, 15, 17, 20)] == [0, 2, 1, 1, 2, 1, 0]
    edges = np.array([at(NOV + timedelta(days=2), h).timestamp() for h in (15.5, 16.5, 25)])
    assert hours.nurse_hours(edges).tolist() == pytest.approx([0.5, 7.5 + 1])


def test_paid_hours_of_a_month_take_a_night_where_it_is_worked() -> None:
    hours = duty_hours(ward(nurse("A")), [roster(date(2026, 9, 29), A="-N-D")])
    assert hours.paid_hours(Period(date(2026, 9, 1), date(2026, 9, 30))) == 0
    assert hours.paid_hours(Period(date(2026, 10, 1), date(2026, 10, 31))) == 16


def test_nursing_time_shortens_the_paid_hours_of_a_duty() -> None:
    rule = Restriction("A", RestrictionKind.NURSING_MOTHER, event_date=date(2026, 6, 1))
    hours = duty_hours(ward(nurse("A"), restrictions=(rule,)), [roster(NOV, A="-D-")])
    assert hours.paid_hours(Period(NOV, NOV + timedelta(days=2))) == 7


def test_a_night_in_which_the_clock_goes_back_has_nine_hours() -> None:
    zone = "Europe/Berlin"
    book = ward(nurse("A"), settings=WardSettings(time_zone=zone))
    hours = duty_hours(book, [roster(date(2026, 10, 23), A="-N-")])
    (duty,) = hours.duties
    assert duty.stretches[0][1] - duty.stretches[0][0] == 9 * 3600
    assert duty.stretches[0][0] == midnight(date(2026, 10, 25), ZoneInfo(zone))


def test_the_windows_of_a_shift_are_real_moments() -> None:
    book = ward(nurse("A"))
    hours = duty_hours(book, [roster(NOV, A="-N")])
    (window,) = hours.windows(book.shift("NIGHT"), [NOV])
    assert window == (
        midnight(NOV + timedelta(days=1), ZONE),
        midnight(NOV + timedelta(days=1), ZONE) + 8 * 3600,
    )
