"""Wishes of the demo's past months: days off asked for, about three in four of them granted."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from wardteam.demo.past_rosters import PastRoster, demo_rosters
from wardteam.domain.shifts import LeaveKind
from wardteam.domain.wishes import Wish, WishKind

MOST_A_MONTH = 4
GRANTED = 0.75
AWAY = frozenset(kind.value for kind in LeaveKind if kind not in (LeaveKind.OFF, LeaveKind.POST_NIGHT))


@lru_cache(maxsize=4)
def past_wishes(seed: int = 7) -> tuple[Wish, ...]:
    """Make the wishes that the past rosters answered, by date and nurse; equal for an equal seed."""
    rng = np.random.default_rng([seed, 5])
    wishes = [wish for past in demo_rosters(seed) for wish in _of_month(past, rng)]
    return tuple(sorted(wishes, key=lambda wish: (wish.day, wish.staff_no)))


def _of_month(past: PastRoster, rng: np.random.Generator) -> list[Wish]:
    cells = past.roster.cells
    wishes = []
    for staff_no in sorted({staff_no for staff_no, _ in cells}):
        own = [(day, cells[staff_no, day].code) for day in past.roster.period if (staff_no, day) in cells]
        free = [day for day, code in own if code == LeaveKind.OFF.value]
        busy = [day for day, code in own if code not in AWAY and code != LeaveKind.OFF.value]
        chosen = set()
        for _ in range(int(rng.integers(0, MOST_A_MONTH + 1))):
            days = free if rng.random() < GRANTED else busy
            if days:
                chosen.add(days[int(rng.integers(len(days)))])
        points = [int(rng.choice((1, 2, 3), p=(0.5, 0.3, 0.2))) for _ in chosen]
        wishes += [
            Wish(staff_no, day, WishKind.OFF, points=p) for day, p in zip(sorted(chosen), points, strict=True)
        ]
    return wishes
