"""The one door to all engines: which of them looks for a roster, and for how long, is decided here."""

from __future__ import annotations

from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.search.budget import Budget
from wardteam_solver.search.stages import Outcome, solve_in_stages


def find_roster(matrix: Matrix, budget: Budget, start: Grid | None = None) -> Outcome:
    """Find the best roster in the order of the stages, with a proven bound for each.

    Parameters
    ----------
    start
        A roster to begin from; it may break rules.
    """
    return solve_in_stages(matrix, budget, start)
