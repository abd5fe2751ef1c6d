"""Which limits concern one nurse alone, and which tie nurses together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wardteam_solver.matrix import OPEN, Ints, Matrix


@dataclass(frozen=True)
class OwnRow:
    """A limit over one nurse's cells: its sum lies between `low` and `high`, or costs.

    `days` gives what each option adds on a day; `derived` what each derived fact adds once it holds.
    """

    row: int
    days: Mapping[int, tuple[int, ...]]
    derived: Mapping[int, int]
    low: int
    high: int
    below: int
    above: int
    is_hard: bool

    @cached_property
    def shape(self) -> tuple[object, ...]:
        """Give what the row adds up: rows of one shape can share one counter."""
        return tuple(sorted(self.days.items())), tuple(sorted(self.derived.items()))

    def cost(self, total: float) -> float:
        """Give what a sum costs; infinity where it breaks a hard row."""
        short, over = max(self.low - total, 0), max(total - self.high, 0)
        if self.is_hard:
            return float("inf") if short or over else 0.0
        return float(short * self.below + over * self.above)


@dataclass(frozen=True)
class Derived:
    """A fact that holds where an option of `days[day]` is worked on any of these days."""

    column: int
    days: Mapping[int, frozenset[int]]

    @property
    def last(self) -> int:
        """The last of its days."""
        return max(self.days)


@dataclass(frozen=True)
class Own:
    """What concerns one nurse: costs of single cells, and rows over several days.

    `cell_cost` is (days, options + 1), infinite where forbidden; the last option is OFF. `rows` and
    `derived` count days within the period.
    """

    nurse: int
    cell_cost: NDArray[np.float64]
    rows: tuple[OwnRow, ...]
    derived: Mapping[int, Derived]


@dataclass
class Split:
    """The matrix by whom its rows concern. `shared` are the rows that tie nurses together."""

    matrix: Matrix
    shared: Ints
    own: tuple[Own, ...] = field(default=())


class NotPersonal(ValueError):
    """A derived fact ties nurses together: personal rosters can't carry it."""


def split(matrix: Matrix) -> Split:
    """Sort the rows that can cost anything.

    Raises
    ------
    NotPersonal
        If a derived fact spans several nurses.
    """
    owner = owner_of_rows(matrix)
    counts = (matrix.is_hard | (matrix.below > 0) | (matrix.above > 0)) & (np.diff(matrix.row_start) > 0)
    by_nurse: list[list[int]] = [[] for _ in matrix.problem.people]
    for row in np.flatnonzero(counts & (owner >= 0)).tolist():
        by_nurse[owner[row]].append(row)
    reader = _Reader(matrix)
    own = tuple(reader.own(nurse, rows) for nurse, rows in enumerate(by_nurse))
    return Split(matrix, np.flatnonzero(counts & (owner < 0)), own)


def owner_of_rows(matrix: Matrix) -> Ints:
    """Give each row's one nurse, or -1 where there are several."""
    nurse_of = _nurse_of_columns(matrix)
    nurses = nurse_of[matrix.entry_column]
    low = np.full(matrix.row_count, OPEN, dtype=np.int64)
    high = np.full(matrix.row_count, -1, dtype=np.int64)
    np.minimum.at(low, matrix.entry_row, nurses)
    np.maximum.at(high, matrix.entry_row, nurses)
    return np.where(low == high, low, -1)


def _nurse_of_columns(matrix: Matrix) -> Ints:
    per_nurse = matrix.problem.day_count * len(matrix.problem.options)
    cells = np.arange(matrix.cell_count) // per_nurse
    if not matrix.parts:
        return cells
    places, owners = matrix.part_layout
    first = np.full(len(matrix.parts), OPEN, dtype=np.int64)
    last = np.full(len(matrix.parts), -1, dtype=np.int64)
    np.minimum.at(first, owners, cells[places])
    np.maximum.at(last, owners, cells[places])
    if (first != last).any():
        raise NotPersonal("a derived fact spans several nurses")
    return np.concatenate([cells, first])


class _Reader:
    """Reads rows into the days and options of their nurse."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.width = len(matrix.problem.options)
        self.days = matrix.problem.day_count

    def own(self, nurse: int, rows: Iterable[int]) -> Own:
        """Read one nurse's rows; those over a single day's cells become costs of cells."""
        cost = np.zeros((self.days, self.width + 1))
        several: list[OwnRow] = []
        derived: dict[int, Derived] = {}
        for row in rows:
            read = self._row(row)
            for column in read.derived:
                if column not in derived:
                    derived[column] = self._derived(column)
            if len(read.days) == 1 and not read.derived:
                (day, steps), *_ = read.days.items()
                cost[day] += [read.cost(step) for step in steps]
            else:
                several.append(read)
        return Own(nurse, cost, tuple(several), derived)

    def _row(self, row: int) -> OwnRow:
        matrix = self.matrix
        span = slice(matrix.row_start[row], matrix.row_start[row + 1])
        days: dict[int, list[int]] = {}
        derived: dict[int, int] = {}
        pairs = zip(matrix.entry_column[span].tolist(), matrix.entry_coefficient[span].tolist(), strict=True)
        for column, coefficient in pairs:
            if column >= matrix.cell_count:
                derived[column] = coefficient
                continue
            day, option = self._place(column)
            days.setdefault(day, [0] * (self.width + 1))[option] += coefficient
        return OwnRow(
            row,
            {day: tuple(steps) for day, steps in days.items()},
            derived,
            int(matrix.low[row]),
            int(matrix.high[row]),
            int(matrix.below[row]),
            int(matrix.above[row]),
            bool(matrix.is_hard[row]),
        )

    def _derived(self, column: int) -> Derived:
        days: dict[int, set[int]] = {}
        for part in self.matrix.parts[column - self.matrix.cell_count]:
            for cell in part:
                day, option = self._place(cell)
                days.setdefault(day, set()).add(option)
        return Derived(column, {day: frozenset(options) for day, options in sorted(days.items())})

    def _place(self, cell: int) -> tuple[int, int]:
        return cell // self.width % self.days, cell % self.width
