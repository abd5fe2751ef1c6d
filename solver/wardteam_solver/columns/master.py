"""The master: which mixture of personal rosters fits the limits that tie nurses together, as a HiGHS LP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import highspy
import numpy as np
from numpy.typing import NDArray

from wardteam_solver.columns.machine import Floats, Ints
from wardteam_solver.columns.shared import Options, Shared, places
from wardteam_solver.matrix import Matrix

NOBODY = 100.0
"""How many times the dearest row a nurse without a roster costs."""
_NONE = np.zeros(0, dtype=np.int64)
A_LITTLE = 1e-7


@dataclass(frozen=True, eq=False)
class Column:
    """One nurse's whole period and what it costs by itself."""

    nurse: int
    options: Options
    cost: float


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
