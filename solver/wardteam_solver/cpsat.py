"""Limits to CP-SAT: the one place where the roster's model is built. `search` drives it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wardteam_solver.matrix import OPEN, Grid, Ints, Matrix
from wardteam_solver.problem import OFF
from wardteam_solver.rules.base import Stage

Flags = NDArray[np.bool_]

FREE = -1
"""In a fixing of columns: to be decided."""


@dataclass
class Model:
    """A CP-SAT model of a matrix, or of a part of it where the other columns are fixed.

    `variables` maps a free column to its variable; `costs` holds each stage's (weight, variable)
    pairs; `constant` what the stage's fully fixed rows cost already; `excess` the slack variables
    with their row and side.
    """

    matrix: Matrix
    fixed: Ints
    proto: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    variables: dict[int, cp_model.IntVar] = field(default_factory=dict)
    costs: dict[Stage, list[tuple[int, cp_model.IntVar]]] = field(default_factory=dict)
    constant: dict[Stage, int] = field(default_factory=dict)
    excess: list[tuple[cp_model.IntVar, int, int]] = field(default_factory=list)

    def objective(self, factors: dict[Stage, int]) -> cp_model.LinearExprT:
        """Give the weighted sum of the stages' costs, fixed rows included."""
        pairs = [(f * w, v) for stage, f in factors.items() for w, v in self.costs.get(stage, [])]
        constant = sum(f * self.constant.get(stage, 0) for stage, f in factors.items())
        return cp_model.LinearExpr.weighted_sum([v for _, v in pairs], [w for w, _ in pairs]) + constant

    def minimize(self, factors: dict[Stage, int]) -> None:
        """Set the objective."""
        self.proto.minimize(self.objective(factors))

    def cap(self, stage: Stage, cost: int) -> None:
        """Keep a stage's cost at or below a value."""
        self.proto.add(self.objective({stage: 1}) <= cost)

    def hint(self, grid: Grid) -> None:
        """Hint every variable, slacks included, with a roster."""
        values = self.matrix.point(grid)
        activity = self.matrix.activity(values)
        self.proto.clear_hints()  # type: ignore[no-untyped-call]  # untyped in ortools
        for column, variable in self.variables.items():
            self.proto.add_hint(variable, int(values[column]))
        for slack, row, sign in self.excess:
            bound = self.matrix.high[row] if sign > 0 else self.matrix.low[row]
            self.proto.add_hint(slack, max(0, int(sign * (activity[row] - bound))))

    def grid(self, value: cp_model.CpSolver | cp_model.CpSolverSolutionCallback) -> Grid:
        """Read the roster from a solution."""
        cells = self.fixed[: self.matrix.cell_count].copy()
        free = [column for column in self.variables if column < self.matrix.cell_count]
        for column in free:
            cells[column] = value.value(self.variables[column])
        return grid_of(self.matrix, cells)


def grid_of(matrix: Matrix, cells: Ints) -> Grid:
    """Turn the cell columns' values into a roster."""
    shape = (len(matrix.problem.people), matrix.problem.day_count, len(matrix.problem.options))
    table = cells.reshape(shape)
    return np.where(table.any(axis=2), table.argmax(axis=2), OFF).astype(np.int64)


def no_fixing(matrix: Matrix) -> Ints:
    """Give a fixing that leaves every column free."""
    return np.full(matrix.column_count, FREE, dtype=np.int64)


def build(matrix: Matrix, fixed: Ints | None = None, *, stages: Iterable[Stage] = tuple(Stage)) -> Model:
    """Build the model of all hard rows and the soft rows of some stages.

    Parameters
    ----------
    fixed
        For each column 0, 1 or FREE; a fixed derived column must agree with its cells.
    """
    model = Model(matrix, no_fixing(matrix) if fixed is None else fixed)
    _add_columns(model)
    wanted = frozenset(stages)
    chosen = matrix.is_hard | np.isin(matrix.stage_of_row, sorted(wanted))
    _add_rows(model, chosen)
    return model


def _add_columns(model: Model) -> None:
    matrix, proto = model.matrix, model.proto
    width = len(matrix.problem.options)
    for column in np.flatnonzero(model.fixed == FREE).tolist():
        model.variables[column] = proto.new_bool_var("")
    cells = (model.fixed[: matrix.cell_count] == FREE).reshape(-1, width)
    for place in np.flatnonzero(cells.any(axis=1)).tolist():
        base = place * width
        proto.add_at_most_one(model.variables[base + k] for k in range(width) if cells[place, k])
    for column in [c for c in model.variables if c >= matrix.cell_count]:
        _link(model, column)


def _link(model: Model, column: int) -> None:
    """Tie a derived column to its parts; fixed parts are 0, or the column would be fixed itself."""
    derived, proto = model.variables[column], model.proto
    everything = []
    for part in model.matrix.parts[column - model.matrix.cell_count]:
        free = [model.variables[cell] for cell in part if cell in model.variables]
        if free:
            proto.add(sum(free) <= derived)
            everything += free
    proto.add(sum(everything) >= derived)


def _add_rows(model: Model, chosen: Flags) -> None:
    """Add each chosen row that its free columns can miss; fully fixed soft rows cost a constant."""
    matrix, rows = model.matrix, _Rows.of(model)
    kept = (rows.least >= rows.low) & (rows.most <= rows.high)
    is_fixed = ~matrix.is_hard & (rows.start[1:] == rows.start[:-1])
    for stage in Stage:
        settled = chosen & is_fixed & (matrix.stage_of_row == stage)
        model.constant[stage] = int(matrix.costs(rows.constant)[settled].sum())
    for row in np.flatnonzero(chosen & ~kept & ~is_fixed).tolist():
        span = slice(rows.start[row], rows.start[row + 1])
        free = [model.variables[c] for c in rows.columns[span].tolist()]
        terms = cp_model.LinearExpr.weighted_sum(free, rows.coefficients[span].tolist())
        bounds, reach = (int(rows.low[row]), int(rows.high[row])), (int(rows.least[row]), int(rows.most[row]))
        _add_row(model, row, terms, bounds, reach)


@dataclass(frozen=True)
class _Rows:
    """The rows with the fixed columns moved to the other side, and how far the free ones can reach."""

    constant: Ints
    start: Ints
    columns: Ints
    coefficients: Ints
    low: Ints
    high: Ints
    least: Ints
    most: Ints

    @staticmethod
    def of(model: Model) -> _Rows:
        """Split a matrix by what is fixed."""
        matrix, fixed = model.matrix, model.fixed
        is_free = fixed[matrix.entry_column] == FREE
        entries = np.flatnonzero(is_free)
        constant = matrix.activity(np.where(fixed == FREE, 0, fixed))
        owners, coefficients = matrix.entry_row[entries], matrix.entry_coefficient[entries]

        def add_up(weights: Ints) -> Ints:
            return np.bincount(owners, weights=weights, minlength=matrix.row_count).astype(np.int64)

        return _Rows(
            constant=constant,
            start=np.concatenate([[0], np.cumsum(add_up(np.ones_like(coefficients)))]).astype(np.int64),
            columns=matrix.entry_column[entries],
            coefficients=coefficients,
            low=matrix.low - constant,
            high=matrix.high - constant,
            least=add_up(np.minimum(coefficients, 0)),
            most=add_up(np.maximum(coefficients, 0)),
        )


def _add_row(
    model: Model, row: int, terms: cp_model.LinearExpr, bounds: tuple[int, int], reach: tuple[int, int]
) -> None:
    matrix, proto = model.matrix, model.proto
    (low, high), (least, most) = bounds, reach
    if matrix.is_hard[row]:
        # Never an empty span: CP-SAT takes one over no variables as kept.
        lowest = min(max(low, least - 1), most + 1)
        highest = max(min(high, most + 1), least - 1)
        proto.add_linear_constraint(terms, lowest, highest)
        return
    stage = Stage(int(matrix.stage_of_row[row]))
    for sign, gap, weight in (
        (-1, low - least, int(matrix.below[row])),
        (1, most - high, int(matrix.above[row])),
    ):
        if gap <= 0 or abs(low if sign < 0 else high) >= OPEN // 2 or not weight:
            continue
        slack = proto.new_int_var(0, gap, "")
        if sign < 0:
            proto.add(terms + slack >= low)
        else:
            proto.add(terms - slack <= high)
        model.costs.setdefault(stage, []).append((weight, slack))
        model.excess.append((slack, row, sign))
