"""The layout of all limits as one sparse matrix: every interpreter reads these arrays.

Columns are cells (nurse, day, option) first, derived facts (`AnyOf`) behind them; rows are limits.
Facts about the tail become constants.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import gcd

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.rules import Severity
from wardteam_solver.limits import AnyOf, Fact, Limit, On
from wardteam_solver.problem import OFF, Problem
from wardteam_solver.rules.base import Rule

Ints = NDArray[np.int64]
Grid = NDArray[np.int64]
"""A roster: option index by nurse and day, OFF (-1) for no duty."""

OPEN = 1 << 40


@dataclass(frozen=True)
class Matrix:
    """Limits laid out. `entry_*` hold (row, column, coefficient) by row; `part_*` the derived facts.

    A derived column is 1 when any of its parts is; a part is a sum of cells that exclude each other.
    `below` and `above` are costs a unit; `is_hard` rows have none.
    """

    problem: Problem
    rules: tuple[Rule, ...]
    limits: tuple[Limit, ...]
    rule_of: Ints
    entry_row: Ints
    entry_column: Ints
    entry_coefficient: Ints
    low: Ints
    high: Ints
    below: Ints
    above: Ints
    is_hard: NDArray[np.bool_]
    parts: tuple[tuple[tuple[int, ...], ...], ...]

    @property
    def cell_count(self) -> int:
        """Number of cell columns."""
        return len(self.problem.people) * self.problem.day_count * len(self.problem.options)

    @property
    def column_count(self) -> int:
        """Number of all columns."""
        return self.cell_count + len(self.parts)

    @property
    def row_count(self) -> int:
        """Number of limits."""
        return len(self.limits)

    @cached_property
    def row_start(self) -> Ints:
        """Where each row's entries begin; one longer than the rows."""
        counts = np.bincount(self.entry_row, minlength=self.row_count)
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    @cached_property
    def by_column(self) -> tuple[Ints, Ints]:
        """Entry order by column, and where each column begins."""
        order = np.argsort(self.entry_column, kind="stable")
        counts = np.bincount(self.entry_column, minlength=self.column_count)
        return order, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    @cached_property
    def part_layout(self) -> tuple[Ints, Ints]:
        """Give the cells of all derived facts, and which fact each belongs to."""
        sizes = [sum(len(part) for part in parts) for parts in self.parts]
        cells = [cell for parts in self.parts for part in parts for cell in part]
        owners = np.repeat(np.arange(len(self.parts)), sizes)
        return np.asarray(cells, dtype=np.int64), owners.astype(np.int64)

    @cached_property
    def stage_of_row(self) -> Ints:
        """The stage of each row's rule."""
        stages = np.asarray([rule.stage for rule in self.rules], dtype=np.int64)
        return stages[self.rule_of] if self.row_count else stages[:0]

    @cached_property
    def cost_unit(self) -> int:
        """The unit of which every roster's soft cost is a multiple."""
        soft = ~self.is_hard
        return gcd(*np.unique(self.below[soft]).tolist(), *np.unique(self.above[soft]).tolist()) or 1

    def column(self, nurse: int, day: int, option: int) -> int:
        """Give the column of a cell."""
        return (nurse * self.problem.day_count + day) * len(self.problem.options) + option

    def point(self, grid: Grid) -> Ints:
        """Give the value of every column for a roster."""
        nurses, days = np.nonzero(grid != OFF)
        values = np.zeros(self.column_count, dtype=np.int64)
        values[self.column_array(nurses, days, grid[nurses, days])] = 1
        if self.parts:
            cells, owners = self.part_layout
            held = np.bincount(owners, weights=values[cells], minlength=len(self.parts))
            values[self.cell_count :] = held > 0
        return values

    def column_array(self, nurses: Ints, days: Ints, options: Ints) -> Ints:
        """Give the columns of many cells."""
        return (nurses * self.problem.day_count + days) * len(self.problem.options) + options

    def activity(self, values: Ints) -> Ints:
        """Give every row's sum."""
        products = self.entry_coefficient * values[self.entry_column]
        return np.bincount(self.entry_row, weights=products, minlength=self.row_count).astype(np.int64)

    def costs(self, activity: Ints) -> Ints:
        """Give every row's cost; for hard rows the units that are missing or too many."""
        short = np.maximum(self.low - activity, 0) * self.below
        over = np.maximum(activity - self.high, 0) * self.above
        return np.asarray(short + over, dtype=np.int64)

    def empty_grid(self) -> Grid:
        """Give a roster with no duty."""
        return np.full((len(self.problem.people), self.problem.day_count), OFF, dtype=np.int64)


def lay_out(problem: Problem, rules: Iterable[Rule]) -> Matrix:
    """Lay out the limits of all rules that are not switched off."""
    active = tuple(rule for rule in rules if rule.severity is not Severity.OFF)
    builder = _Builder(problem)
    for index, rule in enumerate(active):
        builder.add(index, rule)
    return builder.matrix(active)


class _Builder:
    """Collects rows while rules are read."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.width = len(problem.options)
        self.cells = len(problem.people) * problem.day_count * self.width
        self.parts: list[tuple[tuple[int, ...], ...]] = []
        self.known: dict[tuple[tuple[int, ...], ...], int] = {}
        self.limits: list[Limit] = []
        self.rule_of: list[int] = []
        self.sizes: list[int] = []
        # Flat arrays rather than a dictionary a row: half a year of a hundred nurses has millions of entries.
        self.columns, self.coefficients = array("q"), array("q")
        self.columns_of: dict[On, tuple[int, ...]] = {}
        self.bounds: list[tuple[int, int, int, int, bool]] = []

    def add(self, index: int, rule: Rule) -> None:
        """Read one rule's limits."""
        is_hard = rule.severity is Severity.HARD
        weight = 0 if rule.severity is Severity.WARN else 1 if is_hard else rule.weight
        for limit in rule.limits(self.problem):
            row: dict[int, int] = {}
            constant = sum(self._add_fact(row, coefficient, fact) for coefficient, fact in limit.terms)
            if is_hard and constant and not row:
                continue  # last month decided it, and nothing in this period can mend it
            low = -OPEN if limit.low is None else limit.low - constant
            high = OPEN if limit.high is None else limit.high - constant
            below = 1 if is_hard else weight * limit.below
            above = 1 if is_hard else weight * limit.above
            self.limits.append(limit)
            self.rule_of.append(index)
            kept = row if 0 not in row.values() else {column: c for column, c in row.items() if c}
            self.sizes.append(len(kept))
            self.columns.extend(kept)
            self.coefficients.extend(kept.values())
            self.bounds.append((low, high, below, above, is_hard))

    def _add_fact(self, row: dict[int, int], coefficient: int, fact: Fact) -> int:
        if isinstance(fact, On):
            return self._add_on(row, coefficient, fact)
        return self._add_any(row, coefficient, fact)

    def _add_on(self, row: dict[int, int], coefficient: int, fact: On) -> int:
        if fact.day < 0:
            return coefficient * self._was_on(fact)
        for column in self._columns(fact):
            row[column] = row.get(column, 0) + coefficient
        return 0

    def _add_any(self, row: dict[int, int], coefficient: int, fact: AnyOf) -> int:
        if any(part.day < 0 and self._was_on(part) for part in fact.facts):
            return coefficient
        open_parts = [part for part in fact.facts if part.day >= 0]
        if len(open_parts) == 1:
            return self._add_on(row, coefficient, open_parts[0])
        if open_parts:
            column = self._derived(tuple(self._columns(part) for part in open_parts))
            row[column] = row.get(column, 0) + coefficient
        return 0

    def _derived(self, parts: tuple[tuple[int, ...], ...]) -> int:
        if parts not in self.known:
            self.known[parts] = self.cells + len(self.parts)
            self.parts.append(parts)
        return self.known[parts]

    def _columns(self, fact: On) -> tuple[int, ...]:
        known = self.columns_of.get(fact)
        if known is None:
            known = self.columns_of[fact] = self._columns_anew(fact)
        return known

    def _columns_anew(self, fact: On) -> tuple[int, ...]:
        if fact.day >= self.problem.day_count:
            raise ValueError(f"day {fact.day} lies behind the period's {self.problem.day_count} days")
        base = (fact.nurse * self.problem.day_count + fact.day) * self.width
        return tuple(base + option for option in sorted(fact.options))

    def _was_on(self, fact: On) -> int:
        if fact.day < -self.problem.tail_length:
            raise ValueError(f"day {fact.day} lies before the known tail")
        shift = self.problem.tail[fact.nurse][fact.day]
        return int(any(self.problem.options[option][0] == shift for option in fact.options))

    def matrix(self, rules: tuple[Rule, ...]) -> Matrix:
        """Freeze what was collected."""
        low, high, below, above, is_hard = _columns_of(self.bounds)
        return Matrix(
            problem=self.problem,
            rules=rules,
            limits=tuple(self.limits),
            rule_of=np.asarray(self.rule_of, dtype=np.int64),
            entry_row=np.repeat(np.arange(len(self.sizes)), self.sizes).astype(np.int64),
            entry_column=np.frombuffer(self.columns, dtype=np.int64),
            entry_coefficient=np.frombuffer(self.coefficients, dtype=np.int64),
            low=low,
            high=high,
            below=below,
            above=above,
            is_hard=is_hard.astype(np.bool_),
            parts=tuple(self.parts),
        )


def _columns_of(bounds: Sequence[tuple[int, int, int, int, bool]]) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    table = np.asarray(bounds, dtype=np.int64).reshape(len(bounds), 5)
    return table[:, 0], table[:, 1], table[:, 2], table[:, 3], table[:, 4]
