"""Which limits speak of a cell, and which of them a roster misses there."""

from __future__ import annotations

import numpy as np

from wardteam_solver.check import Violation, merged, missed
from wardteam_solver.explain.alone import missing
from wardteam_solver.matrix import Grid, Ints, Matrix


def rows_of_cell(matrix: Matrix, nurse: int, day: int) -> Ints:
    """Give the rows whose sum the cell can change, directly or through a fact derived from it."""
    first = matrix.column(nurse, day, 0)
    own = range(first, first + len(matrix.problem.options))
    columns = list(own)
    if matrix.parts:
        cells, owners = matrix.part_layout
        inside = (cells >= own.start) & (cells < own.stop)
        columns += (matrix.cell_count + np.unique(owners[inside])).tolist()
    return np.unique(matrix.entry_row[np.isin(matrix.entry_column, columns)])


def missed_here(matrix: Matrix, grid: Grid, nurse: int, day: int) -> tuple[Violation, ...]:
    """Give what the roster misses among the limits that speak of the cell, the dearest first."""
    activity = matrix.activity(matrix.point(grid))
    rows = rows_of_cell(matrix, nurse, day)
    found = merged(missed(matrix, activity, rows[missing(matrix, activity)[rows] > 0]))
    return tuple(sorted(found, key=lambda v: (not v.is_hard, -v.cost)))
