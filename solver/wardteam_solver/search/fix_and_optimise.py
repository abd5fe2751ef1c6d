"""Fix-and-optimise: free a part of the best roster, solve that part again, keep what is better.

Parts are all days of a few nurses, a few days of all nurses, or blocks of both; half of them are
drawn around what costs most. Several workers share one best roster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wardteam_solver.cpsat import FREE, build
from wardteam_solver.matrix import Grid, Ints, Matrix
from wardteam_solver.rules.base import Stage
from wardteam_solver.search.best import BY_STAGE, Best
from wardteam_solver.search.budget import Budget, run_together
from wardteam_solver.search.parts import LEANING, PartChooser

SUB_SECONDS = 1.5
MARGIN = 0.2


class Parts:
    """Frees one part of the best roster after another; what it learns of sizes is shared by its workers."""

    def __init__(self, best: Best, last: Stage = Stage.QUALITY) -> None:
        self.best, self.last = best, last
        self.chooser = PartChooser(best.matrix)
        self.is_best = False
        """Whether the whole roster was one part, and proven best."""

    @property
    def may_gain(self) -> bool:
        """Whether anything may still get better in the stages up to the last one."""
        return any(self.best.score[: self.last + 2]) and not self.is_best

    def steps(self, seed: int, may_go_on: Callable[[], bool]) -> Iterator[bool]:
        """Solve one part a step; give whether the roster got better."""
        random = np.random.default_rng(seed)
        while may_go_on() and self.may_gain:
            yield self._step(random)

    def _step(self, random: np.random.Generator) -> bool:
        best, budget = self.best, self.best.budget
        grid = best.grid()
        if grid is None:
            return False
        shape, part = self.chooser.choose(random, grid)
        began = budget.elapsed
        stages = _stages(best.score, random, self.last)
        sub_seed = int(random.integers(1 << 30))
        found, is_proven = solve_part(
            best.matrix, grid, part, budget, sub_seed, stages=stages, factors=best.factors
        )
        is_better = found is not None and best.offer(found, part)
        self.is_best = self.is_best or (is_proven and stages == tuple(Stage) and bool(part.all()))
        self.chooser.learn(shape, budget.elapsed - began, is_better=is_better, is_proven=is_proven)
        return is_better


def improve(matrix: Matrix, grid: Grid, budget: Budget, *, until: float, last: Stage = Stage.QUALITY) -> Grid:
    """Improve a valid roster until so many seconds of the budget have passed; it never gets worse.

    Parameters
    ----------
    last
        Parts are solved for the stages up to this one; fewer stages make them quicker.
    """
    best = Best(matrix, budget, grid)
    improve_best(best, until=until, last=last)
    better = best.grid()
    return grid if better is None else better


def improve_best(
    best: Best,
    *,
    until: float,
    last: Stage = Stage.QUALITY,
    workers: int | None = None,
    is_done: Callable[[], bool] = lambda: False,
) -> None:
    """Improve the best roster with so many workers, all of the budget's unless told."""
    parts, budget = Parts(best, last), best.budget

    def may_go_on() -> bool:
        return min(budget.left, until - budget.elapsed) > MARGIN and not is_done()

    def work(seed: int) -> None:
        for _ in parts.steps(seed, may_go_on):
            pass

    run_together([partial(work, budget.seed * 97 + w) for w in range(workers or budget.workers)])


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
    factors: dict[Stage, int] = BY_STAGE,
) -> tuple[Grid | None, bool]:
    """Solve the free cells of a roster again; give the roster, and whether the part is proven best."""
    fixed = fixing(matrix, grid, part)
    model = build(matrix, fixed, stages=stages)
    model.hint(grid)
    model.minimize(factors)
    solver = budget.solver(SUB_SECONDS, workers=1, seed=seed)
    solver.parameters.linearization_level = 2
    code = budget.solve(solver, model.proto)
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
