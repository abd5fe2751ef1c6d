"""What open rows remember: how much room a row of some kind has left, and what each day of it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from wardteam_solver.columns.split import OwnRow
from wardteam_solver.matrix import OPEN

OVER, UNDER = 1 << 50, -(1 << 50)
"""What stands for a row's room once every further unit costs (OVER), or spares (UNDER) the same."""

FORBIDDEN = float("inf")
Left = tuple[int, int, float] | float
"""The room left after a day and what the day costs; the cost alone once all is settled."""


class Fact(NamedTuple):
    """A derived fact by its days: day -> options that make it hold."""

    kind: int
    days: Mapping[int, frozenset[int]]
    last: int


@dataclass(frozen=True, eq=False)
class RowKind:
    """What rows of one kind add up, on which days they look, and how much is to come after each of them."""

    kind: int
    days: Mapping[int, tuple[int, ...]]
    derived: Mapping[int, int]
    touched: tuple[int, ...]
    rest: Mapping[int, tuple[int, int]]
    below: int
    above: int
    is_hard: bool
    known: dict[tuple[int, int, int], dict[int, Left]] = field(default_factory=dict)
    """What `advance` has given by day and room, and then by step."""

    @cached_property
    def last(self) -> int:
        """The day it closes."""
        return self.touched[-1]

    def advance(self, day: int, low: int, high: int, step: int) -> Left:
        """Give the room left after a day and what the day costs; the cost alone once all is settled."""
        if low in (OVER, UNDER):
            charge = float(step * self.above if low == OVER else -step * self.below)
            return charge if day == self.last else (low, low, charge)
        low, high = low - step, high - step
        least, most = self.rest[day]
        if least >= low and most <= high:
            return 0.0
        low, high = -OPEN if least >= low else low, OPEN if most <= high else high
        if self.is_hard:
            return FORBIDDEN if least > high or most < low else (low, high, 0.0)
        if day == self.last:
            return float(low * self.below if low > 0 else -high * self.above)
        if least >= 0 and high <= 0 and low <= 0:
            return OVER, OVER, float(-high * self.above)
        if least >= 0 and most <= low and most <= high:
            return UNDER, UNDER, float(low * self.below)
        return low, high, 0.0


def kind_of(number: int, row: OwnRow, derived: Mapping[int, int], facts: Sequence[Fact]) -> RowKind:
    """Give a row's kind; `derived` says what each fact adds, by its number."""
    touched = set(row.days).union(*(facts[fact].days for fact in derived))
    rest: dict[int, tuple[int, int]] = {}
    low = high = 0
    for day in sorted(touched, reverse=True):
        rest[day] = (low, high)
        steps = [*row.days.get(day, (0,))]
        ends = [value for fact, value in derived.items() if facts[fact].last == day]
        low += min(steps) + sum(min(value, 0) for value in ends)
        high += max(steps) + sum(max(value, 0) for value in ends)
    order = tuple(sorted(touched))
    return RowKind(number, row.days, derived, order, rest, row.below, row.above, row.is_hard)
