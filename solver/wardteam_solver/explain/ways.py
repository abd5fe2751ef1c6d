"""Ways out of a clash: for each kind of change the smallest that frees the roster, found by a solve."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wardteam_solver.cpsat import build
from wardteam_solver.explain.changes import POINTS, Change, changes
from wardteam_solver.explain.clash import Way, WayKind
from wardteam_solver.explain.rows import Deadline, Rows, hard_rows, restricted, touched
from wardteam_solver.explain.way_words import amount_of, worded
from wardteam_solver.limits import About
from wardteam_solver.matrix import Grid, Ints, Matrix
from wardteam_solver.rules.base import Stage
from wardteam_solver.search.feasibility import Approach, Settled, settle
from wardteam_solver.search.fix_and_optimise import fixing

WHOLE_SECONDS = 4.0
NEAR_SECONDS = 1.0
NEAR_DAYS = 2
WIDE_DAYS = 14
FEW = 3


def ways_out(matrix: Matrix, core: Rows, deadline: Deadline) -> tuple[Way, ...]:
    """Give a way for each kind of change that helps, the cheapest first.

    Where another clash remains whatever is changed here, the ways resolve this one alone, and say so.
    """
    trial = _Trial(matrix, core, hard_rows(matrix))
    return trial.ways(deadline) or _Trial(matrix, core, core).ways(deadline)


@dataclass
class _Trial:
    """Tries changes over some rows; keeps the first roster found, so that later ones start near it."""

    matrix: Matrix
    core: Rows
    rows: Rows
    grid: Grid | None = None

    def ways(self, deadline: Deadline) -> tuple[Way, ...]:
        """Try every change while there is time."""
        found = []
        for change in changes(self.matrix, self.core, self.rows):
            way = None if deadline.is_over else self._way(change, deadline)
            if way is not None:
                found.append(way)
        return tuple(sorted(found, key=lambda way: way.points))

    def _way(self, change: Change, deadline: Deadline) -> Way | None:
        grid = self._found(change, deadline)
        if grid is None:
            return None
        self.grid = grid
        bent = _bent(self.matrix, change, grid)
        amount = amount_of(self.matrix, change, bent)
        kind = WayKind.SWITCH_OFF if change.kind is WayKind.BEND and len(bent) > FEW else change.kind
        text = worded(self.matrix, kind, bent, amount)
        is_enough = len(self.rows) > len(self.core)
        return Way(kind, text, amount, POINTS[kind] * amount, is_enough)

    def _found(self, change: Change, deadline: Deadline) -> Grid | None:
        """Look around the clash first, then over the whole: with the change's near rows, then with all."""
        near = replace(change, rows=self._near_rows(change))
        result = self._around(near, self.grid, deadline)
        if result.is_best:
            return result.grid
        for tried in (near, change) if near.rows != change.rows else (change,):
            if deadline.is_over:
                return None
            result = self._whole(tried, deadline)
            if result.is_possible:
                polished = None if result.is_best else self._around(tried, result.grid, deadline).grid
                return result.grid if polished is None else polished
        return None

    def _whole(self, change: Change, deadline: Deadline) -> Settled:
        part = restricted(_softened(self.matrix, change), self.rows)
        return _solved(part, touched(part), min(WHOLE_SECONDS, deadline.left), self.grid)

    def _around(self, change: Change, start: Grid | None, deadline: Deadline) -> Settled:
        """Try the nurses and days around the clash alone, the rest as in a roster at hand."""
        if start is None:
            return Settled(is_possible=None)
        part = restricted(_softened(self.matrix, change), self.rows)
        fixed = fixing(part, start, self._region())
        return _solved(part, fixed, min(NEAR_SECONDS, deadline.left), start)

    def _region(self) -> NDArray[np.bool_]:
        problem, days = self.matrix.problem, self._days()
        free = np.zeros((len(problem.people), problem.day_count), dtype=np.bool_)
        if len(days) <= WIDE_DAYS:
            free[:, days.start : days.stop] = True
        free[sorted(self._nurses())] = True
        return free

    def _near_rows(self, change: Change) -> Rows:
        """Give the change's rows that are about the clash's own days, and its nurses where they name any."""
        days, nurses = self._days(), self._nurses()

        def is_near(about: About) -> bool:
            same_days = any(day in days for day in about.days) or not about.days
            return same_days and (not about.nurses or bool(nurses & set(about.nurses)))

        return tuple(row for row in change.rows if is_near(self.matrix.limits[row].about))

    def _days(self) -> range:
        days = [day for row in self.core for day in self.matrix.limits[row].about.days]
        return range(max(min(days, default=0) - NEAR_DAYS, 0), max(days, default=0) + NEAR_DAYS + 1)

    def _nurses(self) -> set[int]:
        return {nurse for row in self.core for nurse in self.matrix.limits[row].about.nurses}


def _softened(matrix: Matrix, change: Change) -> Matrix:
    """Give the layout in which the change's rows may be missed, each unit for one point."""
    rows = list(change.rows)
    is_hard, below, above = matrix.is_hard.copy(), matrix.below.copy(), matrix.above.copy()
    is_hard[rows], below[rows], above[rows] = False, 1, 1
    return replace(matrix, is_hard=is_hard, below=below, above=above)


def _solved(part: Matrix, fixed: Ints, seconds: float, start: Grid | None) -> Settled:
    model = build(part, fixed)
    model.minimize(dict.fromkeys(Stage, 1))
    if start is not None:
        model.hint(start)
    return settle(model, seconds=seconds, approaches=(Approach.PRESOLVED,))


def _bent(matrix: Matrix, change: Change, grid: Grid) -> dict[int, int]:
    """Give the rows that the roster misses, each with its units."""
    activity = matrix.activity(matrix.point(grid))
    missed = np.maximum(np.maximum(matrix.low - activity, activity - matrix.high), 0)
    return {row: int(missed[row]) for row in change.rows if missed[row]}
