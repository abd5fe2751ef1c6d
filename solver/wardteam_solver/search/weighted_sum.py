"""The plain way, to measure against: one CP-SAT solve of one weighted sum over all stages."""

from __future__ import annotations

from ortools.sat.python import cp_model

from wardteam_solver.cpsat import build
from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.search.budget import Budget, stopping
from wardteam_solver.search.fix_and_optimise import FACTORS


def solve_weighted_sum(matrix: Matrix, budget: Budget) -> Grid | None:
    """Solve all stages at once, their weights so far apart that one outranks the next."""
    model = build(matrix)
    model.minimize(FACTORS)
    solver = budget.solver(budget.left)
    solver.parameters.linearization_level = 2
    with stopping(solver, budget.should_stop):
        code = solver.solve(model.proto)
    return model.grid(solver) if code in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
