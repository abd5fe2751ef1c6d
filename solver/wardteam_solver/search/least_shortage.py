"""The least shortage that a roster must have, with its proof, other soft rules aside."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from ortools.sat.python import cp_model

from wardteam.domain.roster import SolveStatus
from wardteam_solver.cpsat import build
from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.rules.base import Stage
from wardteam_solver.search.budget import Budget, stopping


@dataclass(frozen=True)
class LeastShortage:
    """The roster with the least shortage that was found; cost and proven bound in the stage's points."""

    grid: Grid | None
    status: SolveStatus
    cost: int | None
    bound: int
    wall_seconds: float
    cpu_seconds: float

    @property
    def is_proven(self) -> bool:
        """Whether no roster has less."""
        return self.cost is not None and self.cost <= self.bound


def least_shortage(matrix: Matrix, budget: Budget) -> LeastShortage:
    """Find the least shortage under all hard rules, other soft rules aside.

    Whether there is no roster at all is left open: one solve's word is not enough for that.
    """
    model = build(matrix, stages=(Stage.SHORTAGE,))
    model.minimize({Stage.SHORTAGE: 1})
    solver = budget.solver(budget.seconds)
    with stopping(solver, budget.should_stop):
        code = solver.solve(model.proto)
    if code not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return LeastShortage(None, SolveStatus.UNKNOWN, None, 0, budget.elapsed, budget.cpu)
    grid = model.grid(solver)
    costs = matrix.costs(matrix.activity(matrix.point(grid)))
    cost = int(costs[~matrix.is_hard & (matrix.stage_of_row == Stage.SHORTAGE)].sum())
    bound = max(0, ceil(solver.best_objective_bound - 1e-6))
    status = SolveStatus.OPTIMAL if cost <= bound else SolveStatus.FEASIBLE
    return LeastShortage(grid, status, cost, bound, budget.elapsed, budget.cpu)
