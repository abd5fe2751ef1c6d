"""Lexicographic stages: a first roster, fix-and-optimise over all stages, and each stage's proven bound."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from math import ceil

import numpy as np
from ortools.sat.python import cp_model

from wardteam.domain.roster import SolveStatus, StageResult
from wardteam_solver.cpsat import Model, build
from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.rules.base import Stage
from wardteam_solver.search.budget import Budget, Incumbent, stopping
from wardteam_solver.search.fix_and_optimise import improve, score

FIRST_SHARE = 0.5
SHORTAGE_SHARE, SHORTAGE_SECONDS, SHORTAGE_MOST = 0.12, 8.0, 0.35
EARLY_SHARE = 0.12
PROOF_SHARE = {Stage.SHORTAGE: 0.12, Stage.FAIRNESS: 0.1, Stage.WISHES: 0.14, Stage.QUALITY: 0.05}
"""Shares of the budget: for the first roster at most, for lowering its shortage (some seconds at least where
the budget is short), for improving before the proofs, and for each proof at most."""


@dataclass
class Outcome:
    """What a search found: the roster (None if none), each stage's result, and the time of the first one."""

    grid: Grid | None
    status: SolveStatus
    stages: list[StageResult] = field(default_factory=list)
    seconds_to_first: float | None = None


@dataclass
class _Proof:
    """What a stage's own solve showed."""

    bound: int = 0
    wall: float = 0.0
    cpu: float = 0.0


def stage_costs(matrix: Matrix, grid: Grid) -> tuple[int, ...]:
    """Give a roster's soft cost by stage."""
    costs = matrix.costs(matrix.activity(matrix.point(grid)))
    soft = np.where(matrix.is_hard, 0, costs)
    return tuple(int(soft[matrix.stage_of_row == stage].sum()) for stage in Stage)


def solve_in_stages(matrix: Matrix, budget: Budget, start: Grid | None = None) -> Outcome:
    """Find the best roster in the order of the stages.

    Parameters
    ----------
    start
        A roster to begin from; it may break rules.
    """
    outcome = Outcome(None, SolveStatus.UNKNOWN)
    _find_first(matrix, budget, outcome, start)
    if start is not None:
        _keep_start(matrix, budget, outcome, start)
    if outcome.grid is None:
        return outcome
    early = budget.elapsed + budget.seconds * EARLY_SHARE
    outcome.grid = improve(matrix, outcome.grid, budget, until=early, last=Stage.WISHES)
    proofs = {stage: _prove(matrix, stage, budget, outcome) for stage in Stage}
    wall, cpu = time.monotonic(), time.process_time()
    if any(
        cost > proofs[stage].bound
        for stage, cost in zip(Stage, stage_costs(matrix, outcome.grid), strict=True)
    ):
        outcome.grid = improve(matrix, outcome.grid, budget, until=budget.seconds)
    proofs[Stage.QUALITY].wall += time.monotonic() - wall
    proofs[Stage.QUALITY].cpu += time.process_time() - cpu
    _report(matrix, outcome, proofs)
    return outcome


class _Watch(cp_model.CpSolverSolutionCallback):
    """Keeps the best roster and the time of the first; tells the watcher of each better one."""

    def __init__(self, model: Model, budget: Budget, outcome: Outcome) -> None:
        super().__init__()
        self.model, self.budget, self.outcome = model, budget, outcome

    def on_solution_callback(self) -> None:
        """Take a solution where it is better than the best so far."""
        seconds, matrix = self.budget.elapsed, self.model.matrix
        if self.outcome.seconds_to_first is None:
            self.outcome.seconds_to_first = seconds
        grid, best = self.model.grid(self), self.outcome.grid
        if best is None or score(matrix, grid) < score(matrix, best):
            self.outcome.grid = grid
            self.budget.watcher(Incumbent(grid, stage_costs(matrix, grid), seconds))


def _find_first(matrix: Matrix, budget: Budget, outcome: Outcome, start: Grid | None) -> None:
    """Find a roster that keeps the hard rules, then lower its shortage for a while."""
    share = max(budget.seconds * SHORTAGE_SHARE, min(SHORTAGE_SECONDS, budget.seconds * SHORTAGE_MOST))

    def is_enough() -> bool:
        return budget.should_stop() or (outcome.seconds_to_first is not None and budget.elapsed > share)

    model = build(matrix, stages=(Stage.SHORTAGE,))
    if start is not None:
        model.hint(start)
    model.minimize({Stage.SHORTAGE: 1})
    solver = budget.solver(budget.seconds * FIRST_SHARE)
    with stopping(solver, is_enough):
        code = solver.solve(model.proto, _Watch(model, budget, outcome))
    outcome.status = _status(code)


def _keep_start(matrix: Matrix, budget: Budget, outcome: Outcome, start: Grid) -> None:
    """Go on from the start itself where it keeps the hard rules and is no worse than what was found."""
    is_valid = not score(matrix, start)[0]
    if is_valid and (outcome.grid is None or score(matrix, start) <= score(matrix, outcome.grid)):
        outcome.grid, outcome.status = start, SolveStatus.FEASIBLE
        outcome.seconds_to_first = outcome.seconds_to_first or budget.elapsed


def _prove(matrix: Matrix, stage: Stage, budget: Budget, outcome: Outcome) -> _Proof:
    """Bound a stage's cost while the earlier stages keep theirs; take a better roster if one turns up."""
    wall, cpu = time.monotonic(), time.process_time()
    grid = outcome.grid
    if grid is None or not stage_costs(matrix, grid)[stage] or not budget.left:
        return _Proof()
    model = build(matrix, stages=tuple(s for s in Stage if s <= stage))
    for earlier, reached in zip(Stage, stage_costs(matrix, grid), strict=True):
        if earlier < stage:
            model.cap(earlier, reached)
    model.hint(grid)
    model.minimize({stage: 1})
    solver = budget.solver(budget.seconds * PROOF_SHARE[stage])
    with stopping(solver, budget.should_stop):
        solver.solve(model.proto, _Watch(model, budget, outcome))
    bound = max(0, ceil(solver.best_objective_bound - 1e-6))
    return _Proof(bound, time.monotonic() - wall, time.process_time() - cpu)


def _report(matrix: Matrix, outcome: Outcome, proofs: dict[Stage, _Proof]) -> None:
    if outcome.grid is None:
        return
    costs = stage_costs(matrix, outcome.grid)
    for stage, proof in proofs.items():
        status = SolveStatus.OPTIMAL if costs[stage] <= proof.bound else SolveStatus.FEASIBLE
        name = stage.name.lower()
        outcome.stages.append(StageResult(name, status, costs[stage], proof.bound, proof.wall, proof.cpu))
    proven = all(stage.status is SolveStatus.OPTIMAL for stage in outcome.stages)
    outcome.status = SolveStatus.OPTIMAL if proven else SolveStatus.FEASIBLE


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
