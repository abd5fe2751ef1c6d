"""What a repair starts from: the roster with its gaps, which cells may change, and what a change costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wardteam_solver.matrix import OPEN, Grid, Ints, Matrix
from wardteam_solver.problem import OFF
from wardteam_solver.rules.base import Stage

Change = tuple[int, int, int]
"""Nurse, day and the option that she gets there."""


@dataclass(frozen=True)
class Prices:
    """What disturbing people costs, in points: each nurse changed, each of her cells, each day off lost."""

    person: int = 20
    cell: int = 8
    day_off: int = 6
    short_notice: int = 2
    call_in: int = 2


@dataclass(frozen=True)
class Way:
    """A way to mend the roster: what changes beyond the absence, its price, and what stays as soft cost.

    `shortage` is the cost of what stays below the minimum and was not before.
    """

    changes: tuple[Change, ...]
    price: int
    shortage: int
    soft_cost: int

    @property
    def people(self) -> frozenset[int]:
        """The nurses who are disturbed."""
        return frozenset(nurse for nurse, _, _ in self.changes)


@dataclass(frozen=True)
class RepairCase:
    """A published roster with the absent cells taken out.

    Parameters
    ----------
    grid
        The roster as it would be if nothing else changed.
    may_change
        By nurse and day; frozen, locked and absent cells may not.
    tolerated
        By row: how much of it was missed before the event, which is not this repair's to mend.
    on_call
        Cells (nurse, day) that are on call now; they lose no day off when called in.
    short_notice
        Days that lie within the notice period.
    begun
        Day and option of shifts that have begun: nobody can be put on them any more.
    """

    matrix: Matrix
    grid: Grid
    may_change: NDArray[np.bool_]
    tolerated: Ints
    on_call: frozenset[tuple[int, int]] = frozenset()
    short_notice: frozenset[int] = frozenset()
    begun: frozenset[tuple[int, int]] = frozenset()
    prices: Prices = field(default_factory=Prices)

    @cached_property
    def is_kept(self) -> NDArray[np.bool_]:
        """Rows that a repair must not miss more than before: hard ones, and those of the shortage.

        The staff on call is there to be called in: a minimum of it binds no repair.
        """
        problem = self.matrix.problem
        idle = {shift.code for shift in problem.shifts if not shift.is_duty}
        shortage = (self.matrix.stage_of_row == Stage.SHORTAGE) & (self.matrix.below > 0)
        on_call = np.asarray([limit.about.shift in idle for limit in self.matrix.limits], dtype=np.bool_)
        return np.asarray((self.matrix.is_hard | shortage) & ~on_call, dtype=np.bool_)

    @cached_property
    def bounds(self) -> tuple[list[int], list[int]]:
        """Each row's low and high end, widened by what was missed before."""
        low = np.where(self.matrix.low > -OPEN // 2, self.matrix.low - self.tolerated, self.matrix.low)
        high = np.where(self.matrix.high < OPEN // 2, self.matrix.high + self.tolerated, self.matrix.high)
        return low.tolist(), high.tolist()

    def cell_price(self, nurse: int, day: int, option: int) -> int:
        """Price one changed cell, without the person."""
        prices, problem = self.prices, self.matrix.problem
        price = prices.cell + (prices.short_notice if day in self.short_notice else 0)
        if (nurse, day) in self.on_call:
            return price + (prices.call_in if option in problem.duty else 0)
        return price + prices.day_off * sum(1 for _ in self.days_off_lost(nurse, day, option))

    def days_off_lost(self, nurse: int, day: int, option: int) -> Iterator[int]:
        """Give the dates on which she was free and no longer is, by this one change."""
        problem = self.matrix.problem
        if option not in problem.duty:
            return
        if (nurse, day) not in self.on_call and self._is_free(nurse, day):
            yield day
        if option in problem.overnight and day + 1 < problem.day_count:
            came_from_night = int(self.grid[nurse, day]) in problem.overnight
            if self._is_free(nurse, day + 1) and not came_from_night:
                yield day + 1

    def _is_free(self, nurse: int, day: int) -> bool:
        here, before = int(self.grid[nurse, day]), int(self.grid[nurse, day - 1]) if day else OFF
        return here == OFF and before not in self.matrix.problem.overnight

    def kind(self, changes: tuple[Change, ...]) -> str:
        """Say what kind of way it is: `none`, `call_in`, `day_off` or `move`; a day off lost counts most."""
        if not changes:
            return "none"
        if any(True for change in changes for _ in self.days_off_lost(*change)):
            return "day_off"
        return "call_in" if any((nurse, day) in self.on_call for nurse, day, _ in changes) else "move"

    def changed(self, changes: tuple[Change, ...]) -> Grid:
        """Give the roster with these changes."""
        grid = self.grid.copy()
        for nurse, day, option in changes:
            grid[nurse, day] = option
        return grid

    @property
    def breaks_nothing(self) -> bool:
        """Whether the roster as the event left it keeps every hard rule that was kept before."""
        beyond = units_missed(self.matrix, self.grid) > self.tolerated
        return not bool((self.matrix.is_hard & self.is_kept & beyond).any())

    def soft_cost(self, grid: Grid) -> int:
        """Add up what a roster costs by the soft rules beside the shortage."""
        matrix = self.matrix
        is_soft = ~matrix.is_hard & (matrix.stage_of_row != Stage.SHORTAGE)
        return int(matrix.costs(matrix.activity(matrix.point(grid)))[is_soft].sum())

    def way(self, changes: tuple[Change, ...]) -> Way:
        """Price a set of changes and count what it leaves."""
        matrix, grid = self.matrix, self.changed(changes)
        costs = matrix.costs(matrix.activity(matrix.point(grid)))
        is_short = self.is_kept & ~matrix.is_hard
        beyond = np.maximum(costs - self.tolerated * matrix.below, 0)
        people = {nurse for nurse, _, _ in changes}
        price = self.prices.person * len(people) + sum(self.cell_price(*change) for change in changes)
        return Way(tuple(sorted(changes)), price, int(beyond[is_short].sum()), self.soft_cost(grid))


def units_missed(matrix: Matrix, grid: Grid) -> Ints:
    """Give by how much a roster misses each row, in the row's own unit."""
    activity = matrix.activity(matrix.point(grid))
    short, over = np.maximum(matrix.low - activity, 0), np.maximum(activity - matrix.high, 0)
    return np.asarray(short + over, dtype=np.int64)
