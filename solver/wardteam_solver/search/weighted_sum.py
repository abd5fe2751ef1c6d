"""The plain way, to measure against: one CP-SAT solve of one weighted sum over all stages."""

from __future__ import annotations

from dataclasses import dataclass

from ortools.sat.python import cp_model

from wardteam.domain.roster import SolveStatus
from wardteam_solver.cpsat import build
from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.search.best import BY_STAGE
from wardteam_solver.search.budget import Budget, stopping


@dataclass(frozen=True)
class Weighted:
    """What the one solve found: the roster (None if none), and whether it is proven best.

    `bound` is the proven bound of the weighted sum as a share of the sum reached, 0 to 1.
    """

    grid: Grid | None
    status: SolveStatus
    bound: float = 0.0


def solve_weighted_sum(matrix: Matrix, budget: Budget) -> Weighted:
    """Solve all stages at once, their weights so far apart that one outranks the next."""
    model = build(matrix)
    model.minimize(BY_STAGE)
    solver = budget.solver(budget.left)
    solver.parameters.linearization_level = 2
    with stopping(solver, budget.should_stop):
        code = solver.solve(model.proto)
    if code not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Weighted(None, SolveStatus.UNKNOWN)
    status = SolveStatus.OPTIMAL if code == cp_model.OPTIMAL else SolveStatus.FEASIBLE
    bound = max(0.0, solver.best_objective_bound) / max(1.0, solver.objective_value)
    return Weighted(model.grid(solver), status, min(1.0, bound))
