"""Arithmetic before any solve: what is forced by single limits, and where that leads to a clash.

Each limit is looked at alone with what is settled so far: on every day and need, for each nurse's
locks, leave, bars and rests. It knows no rule, so every rule takes part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wardteam_solver.explain.rows import Rows, hard_rows, restricted
from wardteam_solver.matrix import OPEN, Ints, Matrix

ROUNDS = 60
SHOWN = 12
NEVER = 1 << 30


@dataclass
class _State:
    """What is settled: each column's least and most, by which row and in which round it was settled."""

    low: Ints
    high: Ints
    reason: Ints
    round: Ints
    rounds: int = 0
    broken: list[int] = field(default_factory=list)


def forced_clash(matrix: Matrix) -> Rows | None:
    """Give hard rows that can't hold together by arithmetic alone, few of them; None if there are none."""
    hard = hard_rows(matrix)
    part = restricted(matrix, hard)
    table = _Table(part)
    state = table.settle()
    if not state.broken:
        return None
    traced = [sorted(table.trace(state, row)) for row in state.broken[:SHOWN]]
    shortest = min(traced, key=lambda rows: (len(rows), _spread(part, rows)))
    return tuple(hard[row] for row in shortest)


def _spread(part: Matrix, rows: list[int]) -> int:
    return len({day for row in rows for day in part.limits[row].about.days})


class _Table:
    """The rows, and behind them those of the structure: one shift a day, derived facts from their parts."""

    def __init__(self, part: Matrix) -> None:
        self.count = part.row_count
        structure = list(_structure(part))
        sizes = [len(row) for row, _, _ in structure]
        ends = np.repeat(np.arange(len(structure)), sizes) + self.count
        self.row = np.concatenate([part.entry_row, ends.astype(np.int64)])
        flat = np.asarray([pair for row, _, _ in structure for pair in row], dtype=np.int64).reshape(-1, 2)
        self.column = np.concatenate([part.entry_column, flat[:, 0]])
        self.coefficient = np.concatenate([part.entry_coefficient, flat[:, 1]])
        bounds = np.asarray([(low, high) for _, low, high in structure], dtype=np.int64).reshape(-1, 2)
        self.low = np.concatenate([part.low, bounds[:, 0]])
        self.high = np.concatenate([part.high, bounds[:, 1]])
        self.columns = part.column_count

    def settle(self) -> _State:
        """Settle what is forced, round by round, until a row is broken or nothing moves."""
        never = np.full(self.columns, NEVER, dtype=np.int64)
        state = _State(never * 0, never * 0 + 1, never * 0 - 1, never)
        for number in range(ROUNDS):
            state.rounds = number
            least, most = self._reach(state)
            state.broken = np.flatnonzero((least > self.high) | (most < self.low)).tolist()
            if state.broken or not self._force(state, least, most):
                break
        return state

    def _reach(self, state: _State) -> tuple[Ints, Ints]:
        c, low, high = self.coefficient, state.low[self.column], state.high[self.column]
        least = np.bincount(self.row, np.where(c > 0, c * low, c * high), len(self.low))
        most = np.bincount(self.row, np.where(c > 0, c * high, c * low), len(self.low))
        return least.astype(np.int64), most.astype(np.int64)

    def _force(self, state: _State, least: Ints, most: Ints) -> bool:
        free = state.low[self.column] < state.high[self.column]
        size = np.abs(self.coefficient)
        up, down = self.coefficient > 0, self.coefficient < 0
        too_high = free & (least[self.row] + size > self.high[self.row])
        too_low = free & (most[self.row] - size < self.low[self.row])
        to_zero, to_one = (too_high & up) | (too_low & down), (too_low & up) | (too_high & down)
        moved = self._set(state, to_zero, 0)
        return self._set(state, to_one, 1) or moved

    def _set(self, state: _State, entries: NDArray[np.bool_], value: int) -> bool:
        chosen = np.flatnonzero(entries)
        chosen = chosen[state.round[self.column[chosen]] == NEVER]
        columns, first = np.unique(self.column[chosen], return_index=True)
        state.low[columns] = state.high[columns] = value
        state.reason[columns] = self.row[chosen[first]]
        state.round[columns] = state.rounds
        return bool(len(columns))

    def trace(self, state: _State, row: int) -> frozenset[int]:
        """Give the rows that led to a broken row, structure left out."""
        seen: set[int] = set()
        waiting = [(row, state.rounds)]
        while waiting:
            current, before = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            columns = self.column[self.row == current]
            settled = columns[state.round[columns] < before]
            waiting += [(int(state.reason[c]), int(state.round[c])) for c in settled]
        return frozenset(r for r in seen if r < self.count)


def _structure(part: Matrix) -> Iterator[tuple[list[tuple[int, int]], int, int]]:
    width = len(part.problem.options)
    for start in range(0, part.cell_count, width):
        yield [(start + option, 1) for option in range(width)], -OPEN, 1
    used = np.unique(part.entry_column[part.entry_column >= part.cell_count]).tolist()
    for column in used:
        parts = part.parts[column - part.cell_count]
        yield [(column, -1), *((cell, 1) for p in parts for cell in p)], 0, OPEN
        for each in parts:
            yield [(column, 1), *((cell, -1) for cell in each)], 0, OPEN
