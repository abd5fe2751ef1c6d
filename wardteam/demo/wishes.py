"""About 120 wishes for the demo's month, more than can be granted together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from wardteam.demo.cast import PERIOD, WARD_SIZE, Cast, load_cast, staff_number
from wardteam.domain.defaults import DAY, EVENING, NIGHT, STRAIGHT
from wardteam.domain.shifts import Leave, LeaveKind
from wardteam.domain.wishes import Wish, WishKind

POPULAR_WEEKEND = (date(2026, 12, 19), date(2026, 12, 20))
POPULAR_COUNT = 15
COURSE_DAY = date(2026, 12, 8)
"""A course in the morning: more ask for the evening shift than the shift holds."""
COURSE_COUNT = 5
LATE_THEN_EARLY = ((date(2026, 12, 10), EVENING.code), (date(2026, 12, 11), DAY.code))
"""One nurse asks for both, which leaves her eight hours of rest."""
WEEKEND_OFFS = 44
WEEKDAY_OFFS = 36
SHIFT_WISHES = (
    (WishKind.ON, DAY.code, 5),
    (WishKind.ON, STRAIGHT.code, 2),
    (WishKind.ON, NIGHT.code, 1),
    (WishKind.NOT, NIGHT.code, 6),
    (WishKind.NOT, EVENING.code, 4),
)
MOST_EACH = 5


class _WishList:
    """Wishes gathered so far: at most one a nurse and day, five a nurse, none on her leave."""

    def __init__(self, leaves: tuple[Leave, ...], rng: np.random.Generator) -> None:
        self._leaves = leaves
        self._rng = rng
        self._made: dict[tuple[int, date], Wish] = {}

    def add_for_anyone(self, people: Iterable[int], day: date, kind: WishKind, shift: str = "") -> None:
        """Let the first of some people who may still wish on the day make this wish."""
        person = next(p for p in people if self.may_wish(p, day))
        points = int(self._rng.choice((1, 2, 3), p=(0.5, 0.3, 0.2)))
        self._made[person, day] = Wish(staff_number(person), day, kind, shift, points)

    def sorted(self) -> tuple[Wish, ...]:
        """Give the wishes by date and nurse."""
        return tuple(sorted(self._made.values(), key=lambda wish: (wish.day, wish.staff_no)))

    def may_wish(self, person: int, day: date) -> bool:
        """Whether one more wish of hers for the day can be taken."""
        number = staff_number(person)
        is_away = any(leave.staff_no == number and leave.includes(day) for leave in self._leaves)
        count = sum(who == person for who, _ in self._made)
        return not is_away and count < MOST_EACH and (person, day) not in self._made


def make_wishes(leaves: tuple[Leave, ...], rng: np.random.Generator) -> tuple[Wish, ...]:
    """Gather the wishes: the popular weekend first, the crowded course day, then days off and shifts."""
    cast = load_cast()
    wishes = _WishList(leaves, rng)
    away = {leave.staff_no for leave in leaves if leave.kind is LeaveKind.MATERNITY}
    everyone = [p for p in range(WARD_SIZE) if staff_number(p) not in away]
    night_staff = [p for p in everyone if p not in _day_only(cast)]
    popular = [int(p) for p in rng.permutation(everyone)]
    for i in range(POPULAR_COUNT):
        wishes.add_for_anyone(popular[i:], POPULAR_WEEKEND[i % 2], WishKind.OFF)
    for _ in range(COURSE_COUNT):
        wishes.add_for_anyone(_mixed(night_staff, rng), COURSE_DAY, WishKind.ON, EVENING.code)
    unlucky = _mixed(night_staff, rng)
    chosen = next(p for p in unlucky if all(wishes.may_wish(p, day) for day, _ in LATE_THEN_EARLY))
    for day, shift in LATE_THEN_EARLY:
        wishes.add_for_anyone([chosen], day, WishKind.ON, shift)
    weekend, weekdays = _days()
    for day in _drawn(weekend, WEEKEND_OFFS, rng) + _drawn(weekdays, WEEKDAY_OFFS, rng):
        wishes.add_for_anyone(_mixed(everyone, rng), day, WishKind.OFF)
    for kind, shift, count in SHIFT_WISHES:
        for day in _drawn(weekdays, count, rng):
            wishes.add_for_anyone(_mixed(night_staff, rng), day, kind, shift)
    return wishes.sorted()


def _day_only(cast: Cast) -> set[int]:
    first_year = {p for p, profile in enumerate(cast.profiles) if profile.service_years == 0}
    return {cast.expecting, cast.nursing_a_child} | first_year


def _days() -> tuple[list[date], list[date]]:
    """Give the period's other weekend days, and its weekdays."""
    weekend = [day for day in PERIOD if day.weekday() >= 5 and day not in POPULAR_WEEKEND]
    return weekend, [day for day in PERIOD if day.weekday() < 5]


def _drawn(days: list[date], count: int, rng: np.random.Generator) -> list[date]:
    return [days[int(i)] for i in rng.integers(0, len(days), count)]


def _mixed(people: list[int], rng: np.random.Generator) -> list[int]:
    return [int(p) for p in rng.permutation(people)]
