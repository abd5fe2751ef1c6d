"""Counts over a whole period: what a counter or tally adds up, how far it is followed, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import gcd, inf

import numpy as np

from wardteam_solver.columns.machine import Floats
from wardteam_solver.columns.split import OwnRow
from wardteam_solver.matrix import OPEN

SPARE = 2
"""How many units beyond a low soft end a counter follows."""


@dataclass(frozen=True)
class Count:
    """Rows of one shape, which one counter or tally serves; `rows` say what its last value costs.

    Sums above `cap` aren't followed: a hard row forbids nearly all of them. `implied` are the rows that the
    cap keeps.
    """

    rows: tuple[OwnRow, ...]
    cap: int = OPEN
    implied: tuple[OwnRow, ...] = ()
    is_cut: bool = True

    @property
    def first(self) -> OwnRow:
        """A row that says what is added up."""
        return self.rows[0]

    @property
    def every_row(self) -> tuple[OwnRow, ...]:
        """All rows that are lost without the count."""
        return self.rows + self.implied


def is_tally(count: Count) -> bool:
    """Whether labels can carry a count."""
    return not count.first.derived and all(row.is_hard for row in count.rows)


def unit_of(count: Count) -> int:
    """Give the common divisor of all that a count adds."""
    steps = {step for steps in count.first.days.values() for step in steps}
    lows = {min(steps) for steps in count.first.days.values()}
    return gcd(*steps, *lows, *count.first.derived.values()) or 1


def _base(count: Count) -> int:
    """Give the least sum of the cells, which a counter's 0 stands for."""
    return sum(min(steps) for steps in count.first.days.values())


def values_of(count: Count, options: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Give a counter's unit and how many values it has."""
    unit, (_, most) = unit_of(count), reach_of(count, options)
    return unit, max((_end(count, most) - _base(count)) // unit + 1, 1)


def soft_end(count: Count) -> int:
    """Give the highest sum that a counter follows in any case: a little beyond its soft ends."""
    soft = max((row.high for row in count.rows if not row.is_hard), default=OPEN)
    return soft + SPARE * unit_of(count)


def _end(count: Count, most: int) -> int:
    """Give the highest sum that a counter follows: up to a hard end, or a little beyond a low soft one."""
    hard = min([most, count.cap, *(row.high for row in count.rows if row.is_hard)])
    cut = soft_end(count)
    return cut if count.is_cut and 2 * (cut - _base(count)) <= hard - _base(count) else hard


def floor_beyond(count: Count, options: Sequence[Sequence[int]]) -> float:
    """Give what sums beyond a counter's end cost at least; infinite where there are none."""
    _, most = reach_of(count, options)
    beyond = _end(count, most) + 1
    return sum(row.cost(max(beyond, row.low)) for row in count.rows) if beyond <= most else inf


def reach_of(count: Count, options: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Give the least and the most that a count's sum can be."""
    steps = [[values[option] for option in options[day]] for day, values in count.first.days.items()]
    facts = count.first.derived.values()
    least, most = sum(min(value, 0) for value in facts), sum(max(value, 0) for value in facts)
    return least + sum(map(min, steps)), most + sum(map(max, steps))


def uncut(count: Count, options: Sequence[Sequence[int]]) -> Count:
    """Give the count with every sum that it can reach; what its cap kept is then not looked at."""
    return replace(count, cap=reach_of(count, options)[1], implied=(), is_cut=False)


def costs_of(counts: Sequence[Count], options: Sequence[Sequence[int]]) -> Floats:
    """Give what each counter's last value costs; behind its own end infinity."""
    sizes = [values_of(count, options) for count in counts]
    table = np.full((len(counts), max((size for _, size in sizes), default=1)), inf)
    for place, (count, (unit, size)) in enumerate(zip(counts, sizes, strict=True)):
        base = _base(count)
        for value in range(size):
            table[place, value] = sum(row.cost(base + value * unit) for row in count.rows)
    return table


def gain_of(count: Count, day: int, option: int, unit: int) -> int:
    """Give what an option adds on a day."""
    steps = count.first.days.get(day)
    return 0 if steps is None else (steps[option] - min(steps)) // unit
