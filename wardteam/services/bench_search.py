"""Measure the roster stage against one weighted-sum solve: same limits, equal CPU, each seed in a process."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from wardteam.domain.calendar import Period
from wardteam.domain.roster import SolveStatus
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

    `bounds` are proven lower bounds by stage, and `proven` the bound of a weighted sum as a share of the sum
    reached; each search has one of the two.
    """

    status: SolveStatus
    hard: int
    costs: tuple[int, ...]
    bounds: tuple[int, ...]
    wall_seconds: float
    cpu_seconds: float
    seconds_to_first: float | None = None
    proven: float = 0.0

    @property
    def cost(self) -> int:
        """The soft cost that `check` counts at the default weights."""
        return sum(self.costs)


@dataclass(frozen=True)
class Match:
    """Both searches with one seed; a side that found no roster is None."""

    seed: int
    staged: Reached | None
    weighted: Reached | None

    @property
    def ratio(self) -> float | None:
        """The staged search's soft cost over the weighted sum's."""
        if self.staged is None or self.weighted is None:
            return None
        return self.staged.cost / max(1, self.weighted.cost)

    def stage_ratio(self, stage: Stage) -> float | None:
        """Give the ratio within one stage; None where it has no meaning."""
        if self.staged is None or self.weighted is None or not self.weighted.costs[stage]:
            return None
        return self.staged.costs[stage] / self.weighted.costs[stage]

    def winner(self, stage: Stage | None = None) -> int:
        """Say who is better in a stage, or in the order of all: 1 the staged search, -1 the other, else 0."""
        if self.staged is None or self.weighted is None:
            return (self.staged is not None) - (self.weighted is not None)
        first, second = (
            r.costs if stage is None else (r.costs[stage],) for r in (self.staged, self.weighted)
        )
        return (first < second) - (first > second)


def overall_ratio(matches: list[Match]) -> float | None:
    """Give the ratio of the sums over all seeds."""
    pairs = [(m.staged.cost, m.weighted.cost) for m in matches if m.staged and m.weighted]
    if not pairs or len(pairs) < len(matches):
        return None
    return sum(ours for ours, _ in pairs) / max(1, sum(theirs for _, theirs in pairs))


def planned_book(book: WardBook, period: Period) -> WardBook:
    """Give the book with teams and bed owners planned for the period."""
    book = apply_teams(book, plan_teams(book, on=period.first), period.first)
    return apply_beds(book, plan_beds(book, on=period.first), period.first)


def matches(
    book: WardBook, period: Period, *, seconds: float, seeds: int, workers: int = 2
) -> Iterator[Match]:
    """Run both searches for each seed, the baseline with at least the CPU that the staged search took."""
    for seed in range(seeds):
        staged = _apart(run_staged, book, period, seconds, seed, workers)
        cpu = seconds * workers if staged is None else staged.cpu_seconds
        yield Match(seed, staged, _apart(run_weighted, book, period, cpu, seed, workers))


Run = Callable[[WardBook, Period, float, int, int], Reached | None]


def _apart(
    run: Run, book: WardBook, period: Period, seconds: float, seed: int, workers: int
) -> Reached | None:
    """Run one search in a fresh process, so that memory and CPU time are its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(run, book, period, seconds, seed, workers).result()


def run_staged(book: WardBook, period: Period, seconds: float, seed: int, workers: int) -> Reached | None:
    """Run the roster stage for so many seconds by the wall clock."""
    from wardteam_solver.search.budget import Budget
    from wardteam_solver.search.stages import solve_in_stages

    matrix = matrix_of(book, period)
    budget = Budget(seconds, workers, seed)
    outcome = solve_in_stages(matrix, budget)
    wall, cpu = budget.elapsed, budget.cpu
    if outcome.grid is None:
        return None
    bounds = tuple(stage.bound or 0 for stage in outcome.stages)
    hard, costs = _counted(matrix, outcome.grid)
    return Reached(outcome.status, hard, costs, bounds, wall, cpu, outcome.seconds_to_first)


def run_weighted(
    book: WardBook, period: Period, cpu_seconds: float, seed: int, workers: int
) -> Reached | None:
    """Run the weighted sum until it has used so many CPU seconds."""
    from wardteam_solver.search.budget import Budget
    from wardteam_solver.search.weighted_sum import solve_weighted_sum

    matrix = matrix_of(book, period)
    started = time.process_time()
    budget = Budget(
        PATIENCE * cpu_seconds, workers, seed, lambda: time.process_time() - started >= cpu_seconds
    )
    found = solve_weighted_sum(matrix, budget)
    wall, cpu = budget.elapsed, budget.cpu
    if found.grid is None:
        return None
    hard, costs = _counted(matrix, found.grid)
    return Reached(found.status, hard, costs, (), wall, cpu, proven=found.bound)


def matrix_of(book: WardBook, period: Period) -> Matrix:
    """Lay out a ward's limits for a period."""
    return lay_out(build_problem(book, period), configured(book.rule_settings))


def _counted(matrix: Matrix, grid: Grid) -> tuple[int, tuple[int, ...]]:
    """Count as `check` does."""
    from wardteam_solver.check import Checker

    verdict = Checker(matrix).check(grid)
    return len(verdict.hard), tuple(verdict.stage_cost(stage) for stage in Stage)
