"""What a few changed cells would do to a roster: price and hard rules, without counting it all again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wardteam_solver.matrix import Grid, Ints, Matrix
from wardteam_solver.problem import OFF
from wardteam_solver.rules.base import Stage

CellChoice = tuple[int, int, int]
"""Nurse, day and the option that she would have there."""


@dataclass(frozen=True)
class Trial:
    """What would change: whether a hard rule is newly or further broken, and the cost by stage."""

    is_hard: bool
    stages: tuple[int, ...]

    @property
    def price(self) -> int:
        """The change of the soft cost; below zero where the roster gets better."""
        return sum(self.stages)

    @property
    def is_allowed(self) -> bool:
        """Whether no hard rule and no shortage gets worse."""
        return not self.is_hard and self.stages[Stage.SHORTAGE] <= 0


class Trials:
    """Tries changes of one roster; about 0.1 ms each, agreeing with `Checker` on both rosters."""

    def __init__(self, matrix: Matrix, grid: Grid) -> None:
        self.matrix = matrix
        self.grid = grid
        self._values = matrix.point(grid)
        self._activity = matrix.activity(self._values)
        self._costs = matrix.costs(self._activity)
        cells, owners = matrix.part_layout
        self._held = np.bincount(owners, weights=self._values[cells], minlength=len(matrix.parts)).astype(int)
        order = np.argsort(cells, kind="stable")
        counts = np.bincount(cells, minlength=matrix.cell_count)
        self._facts = owners[order]
        self._fact_start = np.concatenate([[0], np.cumsum(counts)])

    def of(self, choices: Sequence[CellChoice]) -> Trial:
        """Try other options in some cells, each named once."""
        columns, steps = self._steps(choices)
        order, start = self.matrix.by_column
        if not len(columns):
            return Trial(False, (0,) * len(Stage))
        entries = np.concatenate([order[start[c] : start[c + 1]] for c in columns])
        sizes = start[columns + 1] - start[columns]
        moved = self.matrix.entry_coefficient[entries] * np.repeat(steps, sizes)
        rows, place = np.unique(self.matrix.entry_row[entries], return_inverse=True)
        change = np.bincount(place, weights=moved, minlength=len(rows)).astype(np.int64)
        return self._trial(rows, change)

    def _steps(self, choices: Sequence[CellChoice]) -> tuple[Ints, Ints]:
        """Give the columns that change, derived ones included, each with +1 or -1."""
        found: dict[int, int] = {}
        for nurse, day, option in choices:
            before = int(self.grid[nurse, day])
            if before == option:
                continue
            for value, step in ((before, -1), (option, 1)):
                if value != OFF:
                    found[self.matrix.column(nurse, day, value)] = step
        cells = list(found.items())
        held: dict[int, int] = {}
        for column, step in cells:
            for fact in self._facts[self._fact_start[column] : self._fact_start[column + 1]].tolist():
                held[fact] = held.get(fact, 0) + step
        for fact, step in held.items():
            was = int(self._held[fact])
            if (was > 0) != (was + step > 0):
                found[self.matrix.cell_count + fact] = 1 if was == 0 else -1
        return np.asarray(list(found), dtype=np.int64), np.asarray(list(found.values()), dtype=np.int64)

    def _trial(self, rows: Ints, change: Ints) -> Trial:
        matrix = self.matrix
        activity = self._activity[rows] + change
        short = np.maximum(matrix.low[rows] - activity, 0) * matrix.below[rows]
        over = np.maximum(activity - matrix.high[rows], 0) * matrix.above[rows]
        more = short + over - self._costs[rows]
        is_hard = matrix.is_hard[rows]
        stages = matrix.stage_of_row[rows]
        soft = np.bincount(stages[~is_hard], weights=more[~is_hard], minlength=len(Stage))
        return Trial(bool((more[is_hard] > 0).any()), tuple(int(cost) for cost in soft))
