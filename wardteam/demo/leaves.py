"""Leave granted in the demo's month, and the leave of its last month's tail."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from wardteam.demo.cast import PERIOD, WARD_SIZE, Cast, load_cast, staff_number
from wardteam.domain.calendar import Calendar
from wardteam.domain.shifts import Leave, LeaveKind

MATERNITY_START = date(2026, 10, 10)
MATERNITY_DAYS = 158
ANNUAL_LENGTHS = (5, 5, 4, 4, 3, 3, 2)
OTHER_KINDS = (
    (LeaveKind.SICK, 3),
    (LeaveKind.STUDY, 4),
    (LeaveKind.MARRIAGE, 3),
    (LeaveKind.TIME_IN_LIEU, 2),
    (LeaveKind.TIME_IN_LIEU, 1),
    (LeaveKind.PERSONAL, 1),
)
ANTENATAL_DAYS = (date(2026, 12, 8), date(2026, 12, 22))
PARENTAL_DAYS = (date(2026, 12, 17), date(2026, 12, 18))
TAIL_LENGTHS = (5, 4, 4, 3, 3, 3, 2, 2)
TAIL_MONTH = date(2026, 11, 1)


def make_leaves(calendar: Calendar, rng: np.random.Generator) -> tuple[Leave, ...]:
    """Grant about 70 days of leave in the month to 16 nurses; nobody has two kinds."""
    cast = load_cast()
    kinds = [(LeaveKind.ANNUAL, n) for n in ANNUAL_LENGTHS] + list(OTHER_KINDS)
    others = _spread(PERIOD.first, kinds, calendar, rng)
    return tuple(sorted((*_of_mothers(cast), *others), key=lambda leave: (leave.start, leave.staff_no)))


def make_tail_leaves(calendar: Calendar, rng: np.random.Generator) -> tuple[Leave, ...]:
    """Give last month's leave, which only the history shows."""
    expecting = staff_number(load_cast().expecting)
    kinds = [(LeaveKind.ANNUAL, n) for n in TAIL_LENGTHS]
    checks = (date(2026, 11, 10), date(2026, 11, 24))
    return (
        *(Leave(expecting, LeaveKind.ANTENATAL, day, day) for day in checks),
        *_spread(TAIL_MONTH, kinds, calendar, rng),
    )


def _of_mothers(cast: Cast) -> list[Leave]:
    end = MATERNITY_START + timedelta(days=MATERNITY_DAYS - 1)
    expecting, mother = staff_number(cast.expecting), staff_number(cast.nursing_a_child)
    return [
        Leave(staff_number(cast.on_maternity_leave), LeaveKind.MATERNITY, MATERNITY_START, end),
        *(Leave(expecting, LeaveKind.ANTENATAL, day, day) for day in ANTENATAL_DAYS),
        Leave(mother, LeaveKind.PARENTAL, *PARENTAL_DAYS),
    ]


def _spread(
    month: date, kinds: list[tuple[LeaveKind, int]], calendar: Calendar, rng: np.random.Generator
) -> list[Leave]:
    """Begin the leaves evenly over the month, so that few nurses are away at once."""
    people = rng.permutation(_eligible(load_cast()))
    order = rng.permutation(len(kinds))
    leaves = []
    for turn, index in enumerate(order):
        kind, days = kinds[index]
        wanted = month + timedelta(days=1 + turn * 24 // len(kinds))
        start = _within_one_week(wanted, days, calendar)
        end = start + timedelta(days=days - 1)
        leaves.append(Leave(staff_number(int(people[turn])), kind, start, end))
    return leaves


def _eligible(cast: Cast) -> list[int]:
    apart = {cast.on_maternity_leave, cast.expecting, cast.nursing_a_child}
    return [p for p in range(WARD_SIZE) if p not in apart and cast.profiles[p].service_years >= 1]


def _within_one_week(wanted: date, days: int, calendar: Calendar) -> date:
    """Find the nearest start in its month whose days all work, so that no leave is spent on a weekend."""
    starts = (wanted + timedelta(days=shift) for shift in sorted(range(-10, 11), key=abs))
    return next(
        start
        for start in starts
        if all(
            day.month == wanted.month and calendar.is_working_day(day)
            for day in (start + timedelta(days=i) for i in range(days))
        )
    )
