"""Measure how fast a roster is checked: as a whole, and after one changed cell."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median

from wardteam.domain.calendar import Period
from wardteam.domain.ward import WardBook
from wardteam.services.bench_search import matrix_of
from wardteam_solver.check import Checker
from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.problem import OFF


@dataclass(frozen=True)
class CheckSpeed:
    """How long checking takes, in milliseconds of processor time: median over the rounds."""

    nurses: int
    days: int
    limits: int
    violations: int
    layout_ms: float
    whole_ms: float
    cell_ms: float
    rounds: int


def measure_check(book: WardBook, period: Period, *, rounds: int = 50) -> CheckSpeed:
    """Time the check of a whole roster and of one changed cell, on limits already laid out.

    The roster is the last weeks' own, carried forward, so that it has violations to tell.
    """
    started = time.thread_time()
    matrix = matrix_of(book, period)
    layout = time.thread_time() - started
    grid = carried_forward(matrix)
    checker = Checker(matrix)
    found = checker.check(grid)
    whole, cell = [], []
    for number in range(rounds):
        started = time.thread_time()
        checker.check(grid)
        whole.append(time.thread_time() - started)
        place = (number * 7 % grid.shape[0], number * 5 % grid.shape[1])
        grid[place] = OFF if grid[place] != OFF else 0
        started = time.thread_time()
        checker.recheck(grid)
        cell.append(time.thread_time() - started)
    return CheckSpeed(
        nurses=len(grid),
        days=len(period),
        limits=matrix.row_count,
        violations=len(found.violations),
        layout_ms=1000 * layout,
        whole_ms=1000 * median(whole),
        cell_ms=1000 * median(cell),
        rounds=rounds,
    )


def carried_forward(matrix: Matrix) -> Grid:
    """Give the tail's roster as if it were the period's, in the first post that each nurse may hold."""
    problem, grid = matrix.problem, matrix.empty_grid()
    length = problem.tail_length
    for nurse, day in [(n, d) for n in problem.everyone for d in problem.days if length]:
        shift = problem.tail[nurse][day % length]
        able = [k for k, (s, post) in enumerate(problem.options) if s == shift]
        fitting = [k for k in able if problem.options[k][1] in problem.people[nurse].posts]
        grid[nurse, day] = next(iter(fitting or able), OFF)
    return grid
