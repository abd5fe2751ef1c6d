"""The cheapest roster near another one in which some cells take another content."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wardteam.domain.roster import SolveStatus
from wardteam_solver.cpsat import Model, build
from wardteam_solver.limits import Options
from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.problem import OFF, Problem
from wardteam_solver.rules.base import Stage
from wardteam_solver.search.best import stage_costs
from wardteam_solver.search.budget import stopping
from wardteam_solver.search.fix_and_optimise import fixing

Part = NDArray[np.bool_]
Cells = Mapping[tuple[int, int], Options]
"""What is asked: for a cell (nurse, day) the options it may take, OFF among them where she may be off."""

PERSON, CELL = 10, 1
"""What moving another nurse, and each cell, counts for in points: only to choose, never in a price."""
SHORTER = 10**6
"""What a point of shortage above the present counts for: staff is missing only where it must."""


@dataclass(frozen=True)
class Solved:
    """What one solve found: a roster (None if none), its status, the best value it left possible, seconds."""

    grid: Grid | None
    status: SolveStatus
    bound: int | None
    seconds: float


@dataclass(frozen=True)
class Asked:
    """A roster, what is asked of some of its cells, and whose cells they are."""

    matrix: Matrix
    grid: Grid
    cells: Cells

    @property
    def nurses(self) -> frozenset[int]:
        """Whose cells are asked for."""
        return frozenset(nurse for nurse, _ in self.cells)

    def value(self, grid: Grid) -> int:
        """Give what the search compares: points, shortage made worse, people and cells moved."""
        before, after = stage_costs(self.matrix, self.grid), stage_costs(self.matrix, grid)
        worse = SHORTER * max(0, after[Stage.SHORTAGE] - before[Stage.SHORTAGE])
        return sum(after) + worse + PERSON * len(self.moved_people(grid)) + CELL * _moved_cells(self, grid)

    def moved_people(self, grid: Grid) -> frozenset[int]:
        """Give the other nurses whose shift changes on any day; another post of it is no such change."""
        shifts = shift_of_options(self.matrix.problem)
        rows = (shifts[grid] != shifts[self.grid]).any(axis=1)
        return frozenset(np.flatnonzero(rows).tolist()) - self.nurses

    def meets(self, grid: Grid) -> bool:
        """Whether a roster gives what is asked."""
        return all(int(grid[cell]) in options for cell, options in self.cells.items())


def shift_of_options(problem: Problem) -> NDArray[np.int64]:
    """Give the shift of each option; the last place, which OFF indexes, holds OFF."""
    return np.asarray([shift for shift, _ in problem.options] + [OFF], dtype=np.int64)


def no_worse(matrix: Matrix, grid: Grid) -> Matrix:
    """Give the layout in which hard rows that the roster breaks already are kept as far as it keeps them."""
    activity = matrix.activity(matrix.point(grid))
    low = np.where(matrix.is_hard, np.minimum(matrix.low, activity), matrix.low)
    high = np.where(matrix.is_hard, np.maximum(matrix.high, activity), matrix.high)
    return replace(matrix, low=low, high=high)


def model_around(asked: Asked, part: Part) -> Model:
    """Build the model in which the part's cells are free and those asked for hold what is asked."""
    model = build(asked.matrix, fixing(asked.matrix, asked.grid, part))
    for (nurse, day), options in asked.cells.items():
        width = len(asked.matrix.problem.options)
        place = [model.variables[asked.matrix.column(nurse, day, k)] for k in range(width)]
        for option, variable in enumerate(place):
            if option not in options:
                model.proto.add(variable == 0)
        if OFF not in options:
            model.proto.add_exactly_one(place)
    return model


def solve_around(
    asked: Asked,
    part: Part,
    start: Grid,
    *,
    seconds: float,
    seed: int = 0,
    should_stop: Callable[[], bool] = lambda: False,
) -> Solved:
    """Find the roster of least value with the part's cells free, from a start near it.

    Parameters
    ----------
    part
        nurses x days; the cells asked for must be in it.
    seconds
        Wall time, building the model included.
    """
    began = time.monotonic()
    model = model_around(asked, part)
    model.hint(start)
    model.proto.minimize(_value(asked, model, part))
    solver = cp_model.CpSolver()
    # OR-Tools would take Ctrl-C for itself, and leave a handler behind that ends the process.
    solver.parameters.catch_sigint_signal = False
    solver.parameters.max_time_in_seconds = max(seconds - (time.monotonic() - began), 0.01)
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = seed
    with stopping(solver, should_stop):
        code = solver.solve(model.proto)
    return _read(model, solver, code)


def _read(model: Model, solver: cp_model.CpSolver, code: cp_model.CpSolverStatus) -> Solved:
    if code in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        status = SolveStatus.OPTIMAL if code == cp_model.OPTIMAL else SolveStatus.FEASIBLE
        return Solved(model.grid(solver), status, round(solver.best_objective_bound), solver.wall_time)
    status = SolveStatus.INFEASIBLE if code == cp_model.INFEASIBLE else SolveStatus.UNKNOWN
    return Solved(None, status, None, solver.wall_time)


def _value(asked: Asked, model: Model, part: Part) -> cp_model.LinearExprT:
    """Write `Asked.value` over the model's variables."""
    present = stage_costs(asked.matrix, asked.grid)[Stage.SHORTAGE]
    shortage = model.objective({Stage.SHORTAGE: 1})
    most = sum(weight * slack.proto.domain[1] for weight, slack in model.costs.get(Stage.SHORTAGE, []))
    excess = model.proto.new_int_var(0, int(most) + model.constant.get(Stage.SHORTAGE, 0), "")
    model.proto.add(excess >= shortage - present)
    terms: list[cp_model.LinearExprT] = [model.objective(dict.fromkeys(Stage, 1)), SHORTER * excess]
    for nurse in np.flatnonzero(part.any(axis=1)).tolist():
        terms += _disturbance(asked, model, nurse, np.flatnonzero(part[nurse]).tolist())
    return cp_model.LinearExpr.sum(terms)


def _disturbance(asked: Asked, model: Model, nurse: int, days: list[int]) -> list[cp_model.LinearExprT]:
    """Count a nurse's cells that change, and another nurse once if her shift changes on any day."""
    problem, person = asked.matrix.problem, model.proto.new_bool_var("")
    terms: list[cp_model.LinearExprT] = [PERSON * person if nurse not in asked.nurses else 0]
    for day in days:
        present = int(asked.grid[nurse, day])
        cell = [model.variables[asked.matrix.column(nurse, day, k)] for k in range(len(problem.options))]
        is_held = 1 - cp_model.LinearExpr.sum(cell) if present == OFF else cell[present]
        terms.append(CELL * (1 - is_held))
        same = problem.by_code[problem.shift_of(present).code] if present != OFF else frozenset()
        for option in frozenset(range(len(cell))) - same:
            model.proto.add_implication(cell[option], person)
        if same:
            model.proto.add(sum(cell[k] for k in sorted(same)) + person >= 1)
    return terms


def _moved_cells(asked: Asked, grid: Grid) -> int:
    return int((grid != asked.grid).sum())
