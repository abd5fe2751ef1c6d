"""Run the ward's engine and one weighted-sum solve over the same limits, each in a process, at equal CPU."""

from __future__ import annotations

import os
from dataclasses import dataclass

from wardteam.domain.calendar import Period
from wardteam.domain.roster import SolveStatus, StageResult
from wardteam.domain.ward import WardBook
from wardteam.services.beds import apply_beds, plan_beds
from wardteam.services.problem import build_problem
from wardteam.services.teams import apply_teams, plan_teams
from wardteam_solver.matrix import Grid, Matrix, lay_out
from wardteam_solver.rules import Stage, configured

PATIENCE = 4.0
"""How many times the budget the baseline may take by the wall clock to use up its CPU."""


@dataclass(frozen=True)
class Reached:
    """What one search reached: soft cost by stage (`hard` counts units of hard rules missed), and its price.

    The engine has `stages`, each with its proven lower bound; a weighted sum has `proven`, its bound as a
    share of the sum reached. `soft_bound` is proven for the stages after shortage together, shortage at its
    least; None where nothing was proven of them.
    """

    status: SolveStatus
    hard: int
    costs: tuple[int, ...]
    wall_seconds: float
    cpu_seconds: float
    seconds_to_first: float | None = None
    stages: tuple[StageResult, ...] = ()
    proven: float = 0.0
    soft_bound: int | None = None

    @property
    def bounds(self) -> tuple[int, ...]:
        """What is proven of each stage; nothing costs less than 0."""
        return tuple(stage.bound or 0 for stage in self.stages)

    @property
    def cost(self) -> int:
        """The soft cost that `check` counts at the default weights."""
        return sum(self.costs)

    @property
    def soft(self) -> int:
        """The cost of fairness, wishes and quality: the soft terms alone."""
        return self.cost - self.costs[Stage.SHORTAGE]

    @property
    def above_least(self) -> int:
        """By how much the shortage's cost lies above its proven bound."""
        return self.costs[Stage.SHORTAGE] - self.bounds[Stage.SHORTAGE]


def planned_book(book: WardBook, period: Period) -> WardBook:
    """Give the book with teams and bed owners planned for the period."""
    book = apply_teams(book, plan_teams(book, on=period.first), period.first)
    return apply_beds(book, plan_beds(book, on=period.first), period.first)


def run_planner(matrix: Matrix, seconds: float, seed: int, workers: int) -> tuple[Reached, Grid] | None:
    """Run the ward's engine for so many seconds by the wall clock; None where it found no roster."""
    from wardteam_solver.search.budget import Budget
    from wardteam_solver.search.planner import find_roster

    used = used_cpu()
    budget = Budget(seconds, workers, seed)
    outcome = find_roster(matrix, budget)
    wall, cpu = budget.elapsed, used_cpu() - used
    if outcome.grid is None:
        return None
    hard, costs = _counted(matrix, outcome.grid)
    reached = Reached(
        status=outcome.status,
        hard=hard,
        costs=costs,
        wall_seconds=wall,
        cpu_seconds=cpu,
        seconds_to_first=outcome.seconds_to_first,
        stages=tuple(outcome.stages),
        soft_bound=outcome.soft_bound,
    )
    return reached, outcome.grid


def used_cpu() -> float:
    """Give the processor seconds of this process and of those it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def run_weighted(
    book: WardBook, period: Period, cpu_seconds: float, seed: int, workers: int
) -> Reached | None:
    """Run the weighted sum until it has used so many CPU seconds."""
    from wardteam_solver.search.budget import Budget
    from wardteam_solver.search.weighted_sum import solve_weighted_sum

    matrix = matrix_of(book, period)
    started = used_cpu()
    budget = Budget(PATIENCE * cpu_seconds, workers, seed, lambda: used_cpu() - started >= cpu_seconds)
    found = solve_weighted_sum(matrix, budget)
    wall, cpu = budget.elapsed, budget.cpu
    if found.grid is None:
        return None
    hard, costs = _counted(matrix, found.grid)
    return Reached(found.status, hard, costs, wall, cpu, proven=found.bound)


def matrix_of(book: WardBook, period: Period) -> Matrix:
    """Lay out a ward's limits for a period."""
    return lay_out(build_problem(book, period), configured(book.rule_settings))


def _counted(matrix: Matrix, grid: Grid) -> tuple[int, tuple[int, ...]]:
    """Count as `check` does."""
    from wardteam_solver.check import Checker

    verdict = Checker(matrix).check(grid)
    return len(verdict.hard), tuple(verdict.stage_cost(stage) for stage in Stage)
