"""Fix-and-optimise: free a part of the best roster, solve that part again, keep what is better.

Parts are all days of a few nurses, a few days of all nurses, or blocks of both; half of them are
drawn around what costs most. Several workers share one best roster.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wardteam_solver.cpsat import FREE, build
from wardteam_solver.matrix import Grid, Ints, Matrix
from wardteam_solver.rules.base import Stage
from wardteam_solver.search.budget import Budget, Incumbent, stopping
from wardteam_solver.search.parts import LEANING, PartChooser

SUB_SECONDS = 1.5
MARGIN = 0.2
FACTORS = {Stage.SHORTAGE: 10**6, Stage.FAIRNESS: 10**5, Stage.WISHES: 10**4, Stage.QUALITY: 1}
"""Apart enough that what a part can gain in one stage never pays for a loss in an earlier one."""


@dataclass
class _Shared:
    """The best roster so far, shared by the workers."""

    matrix: Matrix
    grid: Grid
    budget: Budget
    chooser: PartChooser
    lock: threading.Lock = field(default_factory=threading.Lock)
    score: tuple[int, ...] = ()
    is_best: bool = False
    """Whether the whole roster was one part, and proven best."""

    def __post_init__(self) -> None:
        self.score = score(self.matrix, self.grid)

    def may_gain(self, last: Stage) -> bool:
        """Whether anything may still get better in the stages up to this one."""
        return any(self.score[: last + 2]) and not self.is_best

    def offer(self, part: NDArray[np.bool_], found: Grid) -> bool:
        """Put a solved part into the best roster; keep it where that is no worse."""
        with self.lock:
            grid = np.where(part, found, self.grid)
            reached = score(self.matrix, grid)
            if reached > self.score:
                return False
            is_better = reached < self.score
            self.grid, self.score = grid, reached
        if is_better:
            self.budget.watcher(Incumbent(grid, reached[1:], self.budget.elapsed))
        return is_better


def score(matrix: Matrix, grid: Grid) -> tuple[int, ...]:
    """Give what the search compares: hard units missing, then the cost by stage."""
    costs = matrix.costs(matrix.activity(matrix.point(grid)))
    hard = int(costs[matrix.is_hard].sum())
    soft = np.where(matrix.is_hard, 0, costs)
    by_stage = np.bincount(matrix.stage_of_row, weights=soft, minlength=len(Stage)).astype(int)
    return (hard, *by_stage.tolist())


def improve(matrix: Matrix, grid: Grid, budget: Budget, *, until: float, last: Stage = Stage.QUALITY) -> Grid:
    """Improve a valid roster until so many seconds of the budget have passed; it never gets worse.

    Parameters
    ----------
    last
        Parts are solved for the stages up to this one; fewer stages make them quicker.
    """
    shared = _Shared(matrix, grid, budget, PartChooser(matrix))
    threads = [
        threading.Thread(target=_work, args=(shared, budget.seed * 97 + w, until, last), daemon=True)
        for w in range(budget.workers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return shared.grid


def _work(shared: _Shared, seed: int, until: float, last: Stage) -> None:
    random = np.random.default_rng(seed)
    while min(shared.budget.left, until - shared.budget.elapsed) > MARGIN and shared.may_gain(last):
        with shared.lock:
            grid = shared.grid
        shape, part = shared.chooser.choose(random, grid)
        began = time.monotonic()
        stages = _stages(shared.score, random, last)
        sub_seed = int(random.integers(1 << 30))
        found, is_proven = solve_part(shared.matrix, grid, part, shared.budget, sub_seed, stages=stages)
        is_better = found is not None and shared.offer(part, found)
        shared.is_best = shared.is_best or (is_proven and stages == tuple(Stage) and bool(part.all()))
        shared.chooser.learn(shape, time.monotonic() - began, is_better=is_better, is_proven=is_proven)


def _stages(reached: tuple[int, ...], random: np.random.Generator, last: Stage) -> tuple[Stage, ...]:
    """While staff is short, solve half of the parts for the shortage alone: they are much quicker."""
    is_short = reached[1 + Stage.SHORTAGE] > 0
    if is_short and random.random() < LEANING:
        return (Stage.SHORTAGE,)
    return tuple(stage for stage in Stage if stage <= last)


def solve_part(
    matrix: Matrix,
    grid: Grid,
    part: NDArray[np.bool_],
    budget: Budget,
    seed: int,
    *,
    stages: tuple[Stage, ...] = tuple(Stage),
) -> tuple[Grid | None, bool]:
    """Solve the free cells of a roster again; give the roster, and whether the part is proven best."""
    fixed = fixing(matrix, grid, part)
    model = build(matrix, fixed, stages=stages)
    model.hint(grid)
    model.minimize(FACTORS)
    solver = budget.solver(SUB_SECONDS, workers=1, seed=seed)
    solver.parameters.linearization_level = 2
    with stopping(solver, budget.should_stop):
        code = solver.solve(model.proto)
    if code not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, False
    return model.grid(solver), code == cp_model.OPTIMAL


def fixing(matrix: Matrix, grid: Grid, part: NDArray[np.bool_]) -> Ints:
    """Fix every column that the part doesn't touch at the roster's value."""
    fixed = matrix.point(grid)
    free_cells = np.repeat(part.reshape(-1), len(matrix.problem.options))
    held_outside = np.where(free_cells, 0, fixed[: matrix.cell_count])
    fixed[: matrix.cell_count][free_cells] = FREE
    if matrix.parts:
        cells, owners = matrix.part_layout
        touched = np.bincount(owners, weights=free_cells[cells], minlength=len(matrix.parts)) > 0
        held = np.bincount(owners, weights=held_outside[cells], minlength=len(matrix.parts)) > 0
        fixed[matrix.cell_count :][touched & ~held] = FREE
    return fixed
