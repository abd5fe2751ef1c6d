"""The rows that tie nurses together, as arrays over cells, with what a unit of each costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np
from numpy.typing import NDArray

from wardteam_solver.columns.machine import Floats, Ints
from wardteam_solver.matrix import OPEN, Matrix
from wardteam_solver.problem import OFF

VERY_DEAR = 10
"""How many times the dearest soft weight a unit costs that a hard shared row misses: bounds hold anyway."""

Options = NDArray[np.int64]
"""One nurse's period: the option of each day, OFF (-1) where there is none."""
_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Shared:
    """The rows that tie nurses together, as arrays over cells; `below` and `above` are what a unit costs.

    `entry_*` are sorted by cell, and `cell_start` says where each cell's entries begin.
    """

    rows: Ints
    low: Floats
    high: Floats
    below: Floats
    above: Floats
    entry_row: Ints
    entry_coefficient: Floats
    entry_cell: Ints
    cell_start: Ints
    reach_row: Ints
    reach_nurse: Ints
    reach_low: Floats
    reach_high: Floats
    usual: float

    @staticmethod
    def of(matrix: Matrix, rows: Iterable[int]) -> Shared:
        """Take the rows that name cells only; others can't be priced and are left to the checker."""
        chosen = np.asarray(sorted(rows), dtype=np.int64)
        counted = matrix.entry_column >= matrix.cell_count
        derived = np.bincount(matrix.entry_row[counted], minlength=matrix.row_count) > 0
        chosen = chosen[~derived[chosen]]
        place = np.full(matrix.row_count, -1, dtype=np.int64)
        place[chosen] = np.arange(len(chosen))
        kept = np.flatnonzero(place[matrix.entry_row] >= 0)
        kept = kept[np.argsort(matrix.entry_column[kept], kind="stable")]
        counts = np.bincount(matrix.entry_column[kept], minlength=matrix.cell_count)
        hard = matrix.is_hard[chosen]
        soft = np.where(matrix.is_hard, 0, np.maximum(matrix.below, matrix.above))
        dear = VERY_DEAR * max(1.0, float(soft.max(initial=1)))
        late = ~hard & (matrix.stage_of_row[chosen] > 0)
        usual = float(soft[chosen][late].max(initial=0)) or float(soft.max(initial=1))
        reach = _reach(matrix, place[matrix.entry_row[kept]], kept)
        return Shared(
            chosen,
            np.where(matrix.low[chosen] <= -OPEN // 2, -inf, matrix.low[chosen]).astype(float),
            np.where(matrix.high[chosen] >= OPEN // 2, inf, matrix.high[chosen]).astype(float),
            np.where(hard, dear, matrix.below[chosen]).astype(float),
            np.where(hard, dear, matrix.above[chosen]).astype(float),
            place[matrix.entry_row[kept]],
            matrix.entry_coefficient[kept].astype(float),
            matrix.entry_column[kept],
            np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            *reach,
            usual,
        )

    def capped(self, factor: float) -> Shared:
        """Give the rows at no more than so many times the usual weight: no more than they cost."""
        most = factor * self.usual
        return replace(self, below=np.minimum(self.below, most), above=np.minimum(self.above, most))

    def gains(self, duals: Floats, cells: int) -> Floats:
        """Give what each cell earns at the rows' duals, (cells)."""
        weights = duals[self.entry_row] * self.entry_coefficient
        return np.asarray(np.bincount(self.entry_cell, weights=weights, minlength=cells), dtype=np.float64)

    def boxed(self, duals: Floats) -> Floats:
        """Clip duals to what a unit of each row can cost; one that is open on a side has none there."""
        most = np.where(np.isfinite(self.low), self.below, 0.0)
        least = np.where(np.isfinite(self.high), -self.above, 0.0)
        return np.clip(duals, least, most)

    def without(self, matrix: Matrix, held: Sequence[tuple[int, Options]]) -> tuple[Shared, float]:
        """Move the held nurses' periods to the other side; leave out the rows that nobody else can change.

        Returns
        -------
        The rows that are left, and what the others cost.
        """
        cells = np.concatenate([places(matrix, nurse, options) for nurse, options in held] or [_NONE])
        value = np.zeros(matrix.cell_count)
        value[cells] = 1.0
        weights = self.entry_coefficient * value[self.entry_cell]
        sums = np.bincount(self.entry_row, weights=weights, minlength=len(self.rows))
        low, high = self.low - sums, self.high - sums
        is_free = np.ones(len(matrix.problem.people), dtype=np.bool_)
        is_free[[nurse for nurse, _ in held]] = False
        moving = is_free[self.reach_nurse]
        least, most = (
            np.bincount(self.reach_row[moving], weights=reach[moving], minlength=len(self.rows))
            for reach in (self.reach_low, self.reach_high)
        )
        is_open = ((least < low) | (most > high)) & (least < most)
        idle = ~is_open
        cost = np.maximum(low, 0)[idle] @ self.below[idle] + np.maximum(-high, 0)[idle] @ self.above[idle]
        return self._only(is_open, low, high), float(cost)

    def _only(self, kept: NDArray[np.bool_], low: Floats, high: Floats) -> Shared:
        """Give some of the rows, with new bounds."""
        place = np.cumsum(kept) - 1
        entries, reach = kept[self.entry_row], kept[self.reach_row]
        cells = self.entry_cell[entries]
        counts = np.bincount(cells, minlength=len(self.cell_start) - 1)
        return Shared(
            self.rows[kept],
            low[kept],
            high[kept],
            self.below[kept],
            self.above[kept],
            place[self.entry_row[entries]],
            self.entry_coefficient[entries],
            cells,
            np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            place[self.reach_row[reach]],
            self.reach_nurse[reach],
            self.reach_low[reach],
            self.reach_high[reach],
            self.usual,
        )

    def worth(self, duals: Floats) -> float:
        """Give what the rows' bounds are worth at boxed duals: the first part of the bound."""
        low = np.where(duals > 0, self.low, 0.0)
        high = np.where(duals < 0, self.high, 0.0)
        return float((duals * (low + high)).sum())


def _reach(matrix: Matrix, rows: Ints, entries: Ints) -> tuple[Ints, Ints, Floats, Floats]:
    """Give by row, nurse and day the least and the most that she can add there: row, nurse, least, most."""
    width = len(matrix.problem.options)
    nurse_days = matrix.entry_column[entries] // width
    key, inverse = np.unique(rows * (matrix.cell_count // width) + nurse_days, return_inverse=True)
    low, high = np.zeros(len(key)), np.zeros(len(key))
    np.minimum.at(low, inverse, matrix.entry_coefficient[entries])
    np.maximum.at(high, inverse, matrix.entry_coefficient[entries])
    row, nurse_day = np.divmod(key, matrix.cell_count // width)
    return row, nurse_day // matrix.problem.day_count, low, high


def places(matrix: Matrix, nurse: int, options: Options) -> Ints:
    """Give the cells of a nurse's period."""
    days = np.flatnonzero(options != OFF)
    return (nurse * matrix.problem.day_count + days) * len(matrix.problem.options) + options[days]
