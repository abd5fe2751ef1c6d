"""What changing some cells and nothing else breaks or mends: the immediate answer, without any solve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from wardteam_solver.check import Violation, merged, missed
from wardteam_solver.cpsat import FREE
from wardteam_solver.matrix import Grid, Ints, Matrix
from wardteam_solver.problem import OFF
from wardteam_solver.search.best import score
from wardteam_solver.search.least_change import Cells

MOST_TRIED = 64


@dataclass(frozen=True)
class Alone:
    """The roster in which only the cells asked for change, in the least bad way.

    `broken` are the limits that get worse, hard ones first, then by cost; `mended` those that get better,
    as they stand before the change.
    """

    grid: Grid
    is_valid: bool
    broken: tuple[Violation, ...]
    mended: tuple[Violation, ...]


def changed_alone(matrix: Matrix, grid: Grid, cells: Cells) -> Alone:
    """Change the cells that hold something else; of several options (posts of a shift) the least bad."""
    wrong = {cell: options for cell, options in cells.items() if int(grid[cell]) not in options}
    tried = [_with(grid, wrong, options) for options in _combinations(wrong)]
    best = min(tried, key=lambda changed: score(matrix, changed))
    before, after = (matrix.activity(matrix.point(each)) for each in (grid, best))
    more = missing(matrix, after) - missing(matrix, before)
    broken = merged(missed(matrix, after, np.flatnonzero(more > 0)))
    mended = merged(missed(matrix, before, np.flatnonzero(more < 0)))
    return Alone(best, not bool((more[matrix.is_hard] > 0).any()), _ordered(broken), _ordered(mended))


def standing_against(matrix: Matrix, cells: Cells) -> tuple[Violation, ...]:
    """Give hard limits that are broken by every way of giving what is asked, whatever else changes.

    Arithmetic over one limit at a time: how far its sum can reach with the asked cells fixed and all
    others free. A limit that can't be met then is broken in every roster.
    """
    always = None
    for options in _combinations(cells):
        closest = _closest(matrix, _fixed(matrix, cells, options))
        broken = matrix.is_hard & (missing(matrix, closest) > 0)
        always = broken if always is None else always & broken
    if always is None or not always.any():
        return ()
    return tuple(merged(missed(matrix, closest, np.flatnonzero(always))))


def _fixed(matrix: Matrix, cells: Cells, options: tuple[int, ...]) -> Ints:
    """Give each column's value as far as the asked cells decide it; FREE elsewhere."""
    fixed = np.full(matrix.column_count, FREE, dtype=np.int64)
    for (nurse, day), option in zip(cells, options, strict=True):
        first = matrix.column(nurse, day, 0)
        fixed[first : first + len(matrix.problem.options)] = 0
        if option != OFF:
            fixed[first + option] = 1
    if matrix.parts:
        parts, owners = matrix.part_layout
        count = len(matrix.parts)
        is_one = np.bincount(owners, weights=fixed[parts] == 1, minlength=count) > 0
        is_open = np.bincount(owners, weights=fixed[parts] == FREE, minlength=count) > 0
        fixed[matrix.cell_count :] = np.where(is_one, 1, np.where(is_open, FREE, 0))
    return fixed


def _closest(matrix: Matrix, fixed: Ints) -> Ints:
    """Give for each row the sum nearest to its bounds that the free columns can reach."""
    values, coefficients = fixed[matrix.entry_column], matrix.entry_coefficient
    is_free = values == FREE
    known = np.where(is_free, 0, coefficients * values)

    def add_up(weights: Ints) -> Ints:
        sums = np.bincount(matrix.entry_row, weights=known + weights, minlength=matrix.row_count)
        return np.asarray(sums, dtype=np.int64)

    least = add_up(np.where(is_free, np.minimum(coefficients, 0), 0))
    most = add_up(np.where(is_free, np.maximum(coefficients, 0), 0))
    return np.where(least > matrix.high, least, np.where(most < matrix.low, most, matrix.low))


def missing(matrix: Matrix, activity: Ints) -> Ints:
    """Give by how many units each row is missed."""
    short, over = matrix.low - activity, activity - matrix.high
    return np.asarray(np.maximum(np.maximum(short, over), 0), dtype=np.int64)


def _combinations(cells: Cells) -> Iterator[tuple[int, ...]]:
    """Give the ways of filling the asked cells."""
    for number, options in enumerate(product(*(sorted(o) for o in cells.values()))):
        if number >= MOST_TRIED:
            return
        yield options


def _with(grid: Grid, cells: Cells, options: tuple[int, ...]) -> Grid:
    changed = grid.copy()
    for cell, option in zip(cells, options, strict=True):
        changed[cell] = option
    return changed


def _ordered(violations: Iterator[Violation]) -> tuple[Violation, ...]:
    return tuple(sorted(violations, key=lambda v: (not v.is_hard, not v.cost, v.rule.stage, -v.cost)))
