"""The same limits with every shift's minimum hard: so that a shortage is explained like a clash."""

from __future__ import annotations

from dataclasses import replace

from wardteam_solver.explain.changes import asks_for_staff, code_of
from wardteam_solver.matrix import Matrix

MINIMA = frozenset(("staffing", "double_staffing"))
"""The rules that say how many nurses a shift needs at least."""


def with_hard_minima(matrix: Matrix) -> Matrix:
    """Give the layout in which every shift's minimum must be kept, to ask why it can't be."""
    rows = [
        row
        for row in range(matrix.row_count)
        if code_of(matrix, row) in MINIMA and asks_for_staff(matrix, row)
    ]
    is_hard, below, above = matrix.is_hard.copy(), matrix.below.copy(), matrix.above.copy()
    is_hard[rows], below[rows], above[rows] = True, 1, 1
    return replace(matrix, is_hard=is_hard, below=below, above=above)
