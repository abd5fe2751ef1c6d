"""The master: which mixture of personal rosters fits the limits that tie nurses together, as a HiGHS LP."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf

import highspy
import numpy as np
from numpy.typing import NDArray

from wardteam_solver.columns.machine import Floats, Ints
from wardteam_solver.matrix import OPEN, Matrix
from wardteam_solver.problem import OFF

VERY_DEAR = 10
"""How many times the dearest soft weight a unit costs that a hard shared row misses: bounds hold anyway."""

NOBODY = 100.0
"""How many times the dearest row a nurse without a roster costs."""
_NONE = np.zeros(0, dtype=np.int64)
A_LITTLE = 1e-7

Options = NDArray[np.int64]
"""One nurse's period: the option of each day, OFF (-1) where there is none."""


@dataclass(frozen=True, eq=False)
class Column:
    """One nurse's whole period and what it costs by itself."""

    nurse: int
    options: Options
    cost: float


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


class QuietHighs(highspy.Highs):
    """HiGHS without its banner, which it prints while it is made unless output is off by then."""

    def enableCallbacks(self) -> None:  # noqa: N802
        """Turn output off before the first step of the construction that would print."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]  # untyped in highspy


class Master:
    """A growing LP: one row a nurse, and one row a shared limit, with what it misses on both sides.

    Limits that no mixture has broken yet are left out: most never bind, and the LP is so much smaller.
    """

    def __init__(self, matrix: Matrix, shared: Shared, people: Ints | None = None) -> None:
        self.matrix, self.shared = matrix, shared
        everyone = np.arange(len(matrix.problem.people), dtype=np.int64)
        self.people = everyone if people is None else people
        self.place = np.full(len(everyone), -1, dtype=np.int64)
        self.place[self.people] = np.arange(len(self.people))
        self.width = len(matrix.problem.options)
        self.days = matrix.problem.day_count
        self.columns: list[Column] = []
        self.keys: set[tuple[int, bytes]] = set()
        self.steps = 0
        """Of the simplex method, in the last solve."""
        self.cells: Ints = np.zeros((0, self.days), dtype=np.int64)
        self.nurses: Ints = np.zeros(0, dtype=np.int64)
        self._index: Ints = np.zeros(0, dtype=np.int64)
        self._entries = _Entries()
        self._line: Ints = np.full(self.row_count, -1, dtype=np.int64)
        self.highs = QuietHighs()  # type: ignore[no-untyped-call]  # untyped in highspy
        for name, value in (("threads", 1), ("presolve", "off")):
            self.highs.setOptionValue(name, value)
        self._add_nurses()

    @property
    def row_count(self) -> int:
        """Number of shared rows."""
        return len(self.shared.rows)

    def _add_nurses(self) -> None:
        """Add a row a nurse, each with a dear column for a nurse without a roster."""
        shared, count = self.shared, len(self.people)
        self._add_rows(np.ones(count), np.ones(count), _NONE, _NONE, np.zeros(0))
        missing = NOBODY * max(shared.below.max(initial=1), shared.above.max(initial=1))
        self._add_columns(np.full(count, missing), np.arange(count), np.arange(count), np.ones(count))

    def _add_limits(self, limits: Ints) -> None:
        """Take shared rows into the LP, with columns that pay for what is missing or too many."""
        shared, lines = self.shared, self.highs.getNumRow() + np.arange(len(limits))
        self._line[limits] = lines
        column, limit, value = self._entries.of(self._line >= lines[0])
        order = np.argsort(self._line[limit], kind="stable")
        start = np.searchsorted(self._line[limit][order], lines)
        self._add_rows(
            shared.low[limits], shared.high[limits], start, self._index[column[order]], value[order]
        )
        short = limits[np.isfinite(shared.low[limits])]
        over = limits[np.isfinite(shared.high[limits])]
        cost = np.concatenate([shared.below[short], shared.above[over]])
        sign = np.concatenate([np.ones(len(short)), -np.ones(len(over))])
        self._add_columns(cost, np.arange(len(cost)), self._line[np.concatenate([short, over])], sign)

    def _add_rows(self, low: Floats, high: Floats, start: Ints, index: Ints, value: Floats) -> None:
        first = start if len(start) else np.zeros(len(low), np.int64)
        self.highs.addRows(
            len(low), low, high, len(index), first.astype(np.int32), index.astype(np.int32), value
        )

    def _add_columns(self, cost: Floats, start: Ints, index: Ints, value: Floats) -> None:
        count = len(cost)
        self.highs.addCols(
            count, cost, np.zeros(count), np.full(count, inf), len(index),
            start.astype(np.int32), index.astype(np.int32), value,
        )  # fmt: skip

    def add(self, columns: Sequence[Column]) -> int:
        """Add columns that are new; give how many were."""
        fresh = []
        for column in columns:
            key = (column.nurse, column.options.tobytes())
            if key not in self.keys:
                self.keys.add(key)
                fresh.append(column)
        if not fresh:
            return 0
        index, value, start = [], [], []
        count = 0
        for place, column in enumerate(fresh, len(self.columns)):
            limits, sums = self._sums(column)
            self._entries.add(place, limits, sums)
            is_in = self._line[limits] >= 0
            start.append(count)
            index.append(np.append(self._line[limits[is_in]], self.place[column.nurse]))
            value.append(np.append(sums[is_in], 1.0))
            count += len(index[-1])
        self._index = np.append(self._index, self.highs.getNumCol() + np.arange(len(fresh)))
        cost = np.asarray([column.cost for column in fresh])
        self._add_columns(cost, np.asarray(start), np.concatenate(index), np.concatenate(value))
        self.columns += fresh
        self.cells = np.concatenate([self.cells, np.stack([column.options for column in fresh])])
        self.nurses = np.append(self.nurses, [column.nurse for column in fresh])
        return len(fresh)

    def _sums(self, column: Column) -> tuple[Ints, Floats]:
        """Give the shared rows that a column changes, and by how much."""
        shared = self.shared
        cells = places(self.matrix, column.nurse, column.options)
        spans = [slice(shared.cell_start[cell], shared.cell_start[cell + 1]) for cell in cells]
        rows = np.concatenate([shared.entry_row[span] for span in spans] or [_NONE])
        values = np.concatenate([shared.entry_coefficient[span] for span in spans] or [np.zeros(0)])
        unique, inverse = np.unique(rows, return_inverse=True)
        sums = np.bincount(inverse, weights=values, minlength=len(unique))
        return unique[sums != 0], sums[sums != 0]

    def solve(self, *, is_primal: bool = True) -> float:
        """Solve the LP, and again with the limits that its mixture breaks; give its value."""
        self.highs.setOptionValue("simplex_strategy", 4 if is_primal else 1)
        self.steps = 0
        while True:
            self.highs.run()
            info = self.highs.getInfo()
            self.steps += max(1, int(info.simplex_iteration_count))
            broken = self._broken()
            if not len(broken):
                return float(info.objective_function_value)
            self._add_limits(broken)
            self.highs.setOptionValue("simplex_strategy", 1)

    def _broken(self) -> Ints:
        """Give the limits outside the LP that the mixture breaks."""
        sums = self._entries.sums(self.values(), self.row_count)
        is_broken = (sums < self.shared.low - A_LITTLE) | (sums > self.shared.high + A_LITTLE)
        return np.flatnonzero(is_broken & (self._line < 0))

    def duals(self) -> tuple[Floats, Floats]:
        """Give the duals of the shared rows and of the nurses."""
        duals = np.asarray(self.highs.getSolution().row_dual)
        shared = np.where(self._line >= 0, duals[self._line], 0.0)
        return shared, duals[: len(self.people)]

    def values(self) -> Floats:
        """Give how much of each column is taken."""
        return np.asarray(self.highs.getSolution().col_value)[self._index]

    def allow(self, is_allowed: NDArray[np.bool_]) -> None:
        """Let only some columns be taken, (columns)."""
        count = len(self.columns)
        upper = np.where(is_allowed, inf, 0.0)
        self.highs.changeColsBounds(count, self._index.astype(np.int32), np.zeros(count), upper)


class _Entries:
    """What each column adds to each shared row, as growing arrays."""

    def __init__(self) -> None:
        self._pieces: list[tuple[Ints, Ints, Floats]] = [(_NONE, _NONE, np.zeros(0))]

    def add(self, column: int, limits: Ints, sums: Floats) -> None:
        """Add a column's."""
        self._pieces.append((np.full(len(limits), column), limits, sums))

    def all(self) -> tuple[Ints, Ints, Floats]:
        """Give column, row and value of every entry."""
        if len(self._pieces) > 1:
            column, limit, value = (np.concatenate(parts) for parts in zip(*self._pieces, strict=True))
            self._pieces = [(column, limit, value)]
        return self._pieces[0]

    def of(self, is_wanted: NDArray[np.bool_]) -> tuple[Ints, Ints, Floats]:
        """Give the entries of some rows."""
        column, limit, value = self.all()
        kept = is_wanted[limit]
        return column[kept], limit[kept], value[kept]

    def sums(self, taken: Floats, rows: int) -> Floats:
        """Give each row's sum where so much of each column is taken."""
        column, limit, value = self.all()
        sums = np.bincount(limit, weights=value * taken[column], minlength=rows)
        return np.asarray(sums, dtype=np.float64)
