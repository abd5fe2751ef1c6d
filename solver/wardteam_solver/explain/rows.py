"""Parts of a layout by rows, and whether such a part can hold: what every narrowing asks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from wardteam_solver.cpsat import FREE, build
from wardteam_solver.matrix import Grid, Ints, Matrix
from wardteam_solver.search.feasibility import Settled, is_confirmed_impossible, settle

Rows = tuple[int, ...]


@dataclass(frozen=True)
class Deadline:
    """How long an explanation may still take; being stopped ends it too."""

    seconds: float
    should_stop: Callable[[], bool] = lambda: False
    started: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        """Seconds that are left."""
        left = self.started + self.seconds - time.monotonic()
        return 0.0 if left <= 0 or self.should_stop() else left

    @property
    def is_over(self) -> bool:
        """Whether no time is left."""
        return self.left <= 0


def hard_rows(matrix: Matrix) -> Rows:
    """Give the rows that a roster must keep."""
    return tuple(np.flatnonzero(matrix.is_hard).tolist())


def restricted(matrix: Matrix, rows: Iterable[int]) -> Matrix:
    """Give the layout of some rows alone, in the order given; columns stay as they are."""
    chosen = np.asarray(tuple(rows), dtype=np.int64)
    place = np.full(matrix.row_count, -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    entries = np.flatnonzero(place[matrix.entry_row] >= 0)
    entries = entries[np.argsort(place[matrix.entry_row[entries]], kind="stable")]
    return replace(
        matrix,
        limits=tuple(matrix.limits[row] for row in chosen.tolist()),
        rule_of=matrix.rule_of[chosen],
        entry_row=place[matrix.entry_row[entries]],
        entry_column=matrix.entry_column[entries],
        entry_coefficient=matrix.entry_coefficient[entries],
        low=matrix.low[chosen],
        high=matrix.high[chosen],
        below=matrix.below[chosen],
        above=matrix.above[chosen],
        is_hard=matrix.is_hard[chosen],
    )


def touched(matrix: Matrix) -> Ints:
    """Give a fixing that frees what the rows speak of; the rest may as well be 0."""
    fixed = np.zeros(matrix.column_count, dtype=np.int64)
    fixed[matrix.entry_column] = FREE
    for column in np.unique(matrix.entry_column[matrix.entry_column >= matrix.cell_count]).tolist():
        for part in matrix.parts[column - matrix.cell_count]:
            fixed[list(part)] = FREE
    return fixed


def settled(matrix: Matrix, rows: Iterable[int], seconds: float) -> Settled:
    """Ask whether some rows can hold together: on one solve, enough to leave rows out until confirmed.

    They count as possible only by a roster that was counted and keeps them all.
    """
    part = restricted(matrix, rows)
    found = settle(build(part, touched(part), stages=()), seconds=seconds)
    is_counted = found.grid is None or keeps(part, found.grid)
    return found if is_counted else Settled()


def keeps(matrix: Matrix, grid: Grid) -> bool:
    """Whether a roster keeps every row of a layout, hard or not."""
    activity = matrix.activity(matrix.point(grid))
    return bool(np.all((activity >= matrix.low) & (activity <= matrix.high)))


def is_confirmed_clash(matrix: Matrix, rows: Iterable[int], seconds: float) -> bool:
    """Whether two solves that go different ways both say that the rows can't hold together."""
    part = restricted(matrix, rows)
    return is_confirmed_impossible(build(part, touched(part), stages=()), seconds=seconds)
