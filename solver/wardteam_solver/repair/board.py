"""A roster under repair, counted step by step: which rows are missed, and which changes would mend one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from wardteam_solver.problem import OFF
from wardteam_solver.repair.case import Change, RepairCase


@dataclass(frozen=True)
class Position:
    """The roster after some changes: how far each row and derived fact has moved, and what is missed.

    `accepted` holds by how much more a row of the shortage may be missed for good, at the cost `shortage`.
    """

    changes: tuple[Change, ...] = ()
    cells: frozenset[tuple[int, int]] = frozenset()
    people: frozenset[int] = frozenset()
    price: int = 0
    moved: Mapping[int, int] = field(default_factory=dict)
    held: Mapping[int, int] = field(default_factory=dict)
    missed: frozenset[int] = frozenset()
    accepted: Mapping[int, int] = field(default_factory=dict)
    shortage: int = 0


class Board:
    """Counts positions of one case; only the rows that a repair must keep."""

    def __init__(self, case: RepairCase) -> None:
        self.case, self.matrix = case, case.matrix
        values = self.matrix.point(case.grid)
        self._activity: list[int] = self.matrix.activity(values).tolist()
        self._low, self._high = case.bounds
        self._is_kept: list[bool] = case.is_kept.tolist()
        self._entries: dict[int, list[tuple[int, int]]] = {}
        self._prices: dict[Change, int] = {}
        self._cells: dict[int, dict[tuple[int, int], dict[int, int]]] = {}
        self._width = len(self.matrix.problem.options)
        cells, owners = self.matrix.part_layout
        self._held: list[int] = (
            np.bincount(owners, weights=values[cells], minlength=len(self.matrix.parts)).astype(int).tolist()
        )
        order = np.argsort(cells, kind="stable")
        counts = np.bincount(cells, minlength=self.matrix.cell_count)
        self._facts, self._fact_start = owners[order], np.concatenate([[0], np.cumsum(counts)])

    @cached_property
    def start(self) -> Position:
        """The roster as the event left it."""
        rows = (row for row, kept in enumerate(self._is_kept) if kept and self._excess(row, 0))
        return Position(missed=frozenset(rows))

    def _excess(self, row: int, moved: int) -> int:
        """Give by how much the row has too much (above 0) or too little (below 0)."""
        activity = self._activity[row] + moved
        return max(activity - self._high[row], 0) - max(self._low[row] - activity, 0)

    def accept(self, position: Position, row: int) -> Position | None:
        """Leave a missed row of the shortage as short as it is now; None where the row is hard."""
        if self.matrix.is_hard[row]:
            return None
        excess = self._excess(row, position.moved.get(row, 0))
        more = abs(excess) - position.accepted.get(row, 0)
        cost = int(self.matrix.above[row] if excess > 0 else self.matrix.below[row])
        return replace(
            position,
            missed=position.missed - {row},
            accepted={**position.accepted, row: abs(excess)},
            shortage=position.shortage + more * cost,
        )

    def price(self, change: Change) -> int:
        """Price one changed cell, without the person."""
        if change not in self._prices:
            self._prices[change] = self.case.cell_price(*change)
        return self._prices[change]

    def after(self, position: Position, change: Change) -> Position:
        """Give the position after one more change."""
        nurse, day, option = change
        moved, held = dict(position.moved), dict(position.held)
        touched: set[int] = set()
        for column, step in self._steps(nurse, day, option, held):
            for row, coefficient in self._of_column(column):
                moved[row] = moved.get(row, 0) + coefficient * step
                touched.add(row)
        accepted = position.accepted
        beyond = {row for row in touched if abs(self._excess(row, moved[row])) > accepted.get(row, 0)}
        is_new = nurse not in position.people
        return replace(
            position,
            changes=(*position.changes, change),
            cells=position.cells | {(nurse, day)},
            people=position.people | {nurse},
            price=position.price + self.price(change) + (self.case.prices.person if is_new else 0),
            moved=moved,
            held=held,
            missed=position.missed - touched | beyond,
        )

    def _steps(self, nurse: int, day: int, option: int, held: dict[int, int]) -> Iterator[tuple[int, int]]:
        """Give each column that changes with its step, derived ones behind; `held` is brought up to date."""
        turned: dict[int, int] = {}
        for value, step in ((int(self.case.grid[nurse, day]), -1), (option, 1)):
            if value == OFF:
                continue
            column = self.matrix.column(nurse, day, value)
            yield column, step
            for fact in self._facts[self._fact_start[column] : self._fact_start[column + 1]].tolist():
                turned[fact] = turned.get(fact, 0) + step
        for fact, step in turned.items():
            before = self._held[fact] + held.get(fact, 0)
            held[fact] = held.get(fact, 0) + step
            if (before > 0) != (before + step > 0):
                yield self.matrix.cell_count + fact, 1 if step > 0 else -1

    def _of_column(self, column: int) -> list[tuple[int, int]]:
        known = self._entries.get(column)
        if known is None:
            order, start = self.matrix.by_column
            entries = order[start[column] : start[column + 1]]
            rows = self.matrix.entry_row[entries].tolist()
            pairs = zip(rows, self.matrix.entry_coefficient[entries].tolist(), strict=True)
            known = [(row, coefficient) for row, coefficient in pairs if self._is_kept[row]]
            self._entries[column] = known
        return known

    def mending(self, position: Position, row: int) -> Iterator[Change]:
        """Give every change of a cell not yet changed that can help a missed row."""
        too_much = self._excess(row, position.moved.get(row, 0)) > 0
        for (nurse, day), weights in self._cells_of(row).items():
            if not self.case.may_change[nurse, day] or (nurse, day) in position.cells:
                continue
            worth = weights.get(int(self.case.grid[nurse, day]), 0)
            for option in range(OFF, self._width):
                better = worth - weights.get(option, 0) if too_much else weights.get(option, 0) - worth
                if better > 0 and (day, option) not in self.case.begun:
                    yield nurse, day, option

    def is_dead(self, position: Position) -> bool:
        """Whether some missed hard row has no cell left that could help it."""
        hard = (row for row in position.missed if self.matrix.is_hard[row])
        return any(next(self.mending(position, row), None) is None for row in hard)

    def _cells_of(self, row: int) -> dict[tuple[int, int], dict[int, int]]:
        """Give each cell of a row with what each of its options adds; a derived fact counts in each part."""
        if row in self._cells:
            return self._cells[row]
        span = slice(self.matrix.row_start[row], self.matrix.row_start[row + 1])
        columns = self.matrix.entry_column[span].tolist()
        cells: dict[tuple[int, int], dict[int, int]] = {}
        for column, coefficient in zip(columns, self.matrix.entry_coefficient[span].tolist(), strict=True):
            for cell in self._parts(column):
                place, option = divmod(cell, self._width)
                weights = cells.setdefault(divmod(place, self.matrix.problem.day_count), {})
                weights[option] = weights.get(option, 0) + coefficient
        self._cells[row] = cells
        return cells

    def _parts(self, column: int) -> Iterator[int]:
        if column < self.matrix.cell_count:
            yield column
        else:
            for part in self.matrix.parts[column - self.matrix.cell_count]:
                yield from part

    def single_day(self, row: int) -> int:
        """Give the day on which all cells of a row lie, or -1."""
        days = {day for _, day in self._cells_of(row)}
        return days.pop() if len(days) == 1 else -1
