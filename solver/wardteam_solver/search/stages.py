"""Lexicographic stages by CP-SAT: a first roster, and each stage's proven bound."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from math import ceil

from ortools.sat.python import cp_model

from wardteam.domain.roster import SolveStatus
from wardteam_solver.cpsat import Model, build
from wardteam_solver.matrix import Grid
from wardteam_solver.rules.base import Stage
from wardteam_solver.search.best import Best, score

FIRST_SHARE = 0.5
SHORTAGE_SHARE = 0.06
PROOF_SHARE = {Stage.SHORTAGE: 0.12, Stage.FAIRNESS: 0.04, Stage.WISHES: 0.06, Stage.QUALITY: 0.04}
"""Shares of the budget: for the first roster at most, for lowering its shortage, and for each proof at
most."""


@dataclass
class Proof:
    """What a stage's own solve showed, and the time that the stage has had."""

    bound: int = 0
    wall: float = 0.0
    cpu: float = 0.0


class _Watch(cp_model.CpSolverSolutionCallback):
    """Offers each solution to the best roster."""

    def __init__(self, model: Model, best: Best) -> None:
        super().__init__()
        self.model, self.best = model, best

    def on_solution_callback(self) -> None:
        """Take a solution where it is better than the best so far."""
        self.best.offer(self.model.grid(self))


def find_first(best: Best, start: Grid | None, *, is_any_enough: bool = False) -> SolveStatus:
    """Find a roster that keeps the hard rules, then lower its shortage for a while.

    Parameters
    ----------
    start
        A roster to begin from; it may break rules. It is kept where it is no worse than what is found.
    is_any_enough
        The first roster ends this, whoever finds it.
    """
    budget = best.budget
    soon = 0.0 if is_any_enough else budget.seconds * SHORTAGE_SHARE
    late = budget.seconds * FIRST_SHARE
    look = partial(_look, best, start, soon)
    status = look(soon or late) if budget.is_counted else look(late)
    if status is SolveStatus.UNKNOWN and budget.is_counted:
        status = look(late)
    if start is not None and not score(best.matrix, start)[0]:
        best.offer(start)
        status = SolveStatus.FEASIBLE
    return status


def _look(best: Best, start: Grid | None, soon: float, seconds: float) -> SolveStatus:
    budget = best.budget

    def is_enough() -> bool:
        is_late = best.seconds_to_first is not None and budget.elapsed > soon
        return budget.should_stop() or (is_late and not budget.is_counted)

    model = build(best.matrix, stages=(Stage.SHORTAGE,))
    if start is not None:
        model.hint(start)
    model.minimize({Stage.SHORTAGE: 1})
    solver = budget.solver(seconds)
    return _status(budget.solve(solver, model.proto, _Watch(model, best), is_enough))


def prove(best: Best, stage: Stage, workers: int) -> Proof:
    """Bound a stage's cost while the earlier stages keep theirs; take a better roster if one turns up."""
    wall, cpu = time.monotonic(), time.process_time()
    grid, reached, budget = best.grid(), best.score[1:], best.budget
    if grid is None or not reached[stage] or not budget.left:
        return Proof()
    model = build(best.matrix, stages=tuple(s for s in Stage if s <= stage))
    for earlier in Stage:
        if earlier < stage:
            model.cap(earlier, reached[earlier])
    model.hint(grid)
    model.minimize({stage: 1})
    solver = budget.solver(budget.seconds * PROOF_SHARE[stage], workers=workers)
    budget.solve(solver, model.proto, _Watch(model, best))
    bound = max(0, ceil(solver.best_objective_bound - 1e-6))
    return Proof(bound, time.monotonic() - wall, time.process_time() - cpu)


def _status(code: cp_model.CpSolverStatus) -> SolveStatus:
    match code:
        case cp_model.OPTIMAL:
            return SolveStatus.OPTIMAL
        case cp_model.FEASIBLE:
            return SolveStatus.FEASIBLE
        case cp_model.INFEASIBLE:
            return SolveStatus.INFEASIBLE
        case _:
            return SolveStatus.UNKNOWN
