"""The best roster so far, which all engines share: how rosters compare, and who is told of a better one."""

from __future__ import annotations

import threading
from dataclasses import InitVar, dataclass, field

import numpy as np
from numpy.typing import NDArray

from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.rules.base import Stage
from wardteam_solver.search.budget import Budget, Incumbent

BY_STAGE = {Stage.SHORTAGE: 10**6, Stage.FAIRNESS: 10**5, Stage.WISHES: 10**4, Stage.QUALITY: 1}
"""Apart enough that what a part can gain in one stage never pays for a loss in an earlier one."""
BY_SUM = {Stage.SHORTAGE: 10**3, Stage.FAIRNESS: 1, Stage.WISHES: 1, Stage.QUALITY: 1}


def stage_costs(matrix: Matrix, grid: Grid) -> tuple[int, ...]:
    """Give a roster's soft cost by stage."""
    return score(matrix, grid)[1:]


def score(matrix: Matrix, grid: Grid) -> tuple[int, ...]:
    """Give what the search compares: hard units missing, then the cost by stage."""
    costs = matrix.costs(matrix.activity(matrix.point(grid)))
    hard = int(costs[matrix.is_hard].sum())
    soft = np.where(matrix.is_hard, 0, costs)
    by_stage = np.bincount(matrix.stage_of_row, weights=soft, minlength=len(Stage)).astype(int)
    return (hard, *by_stage.tolist())


@dataclass
class Best:
    """The best roster that keeps every hard rule; threads may offer theirs at any time.

    While `is_by_sum`, the stages behind the shortage count by their sum: what one of them gives away to the
    others for a while, it wins back once each counts before the next.
    """

    matrix: Matrix
    budget: Budget
    start: InitVar[Grid | None] = None
    is_by_sum: bool = False
    seconds_to_first: float | None = None
    _grid: Grid | None = field(default=None, repr=False)
    _score: tuple[int, ...] = field(default=(), repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self, start: Grid | None) -> None:
        """Begin from a roster, which alone may break rules."""
        if start is not None:
            self._grid, self._score = start, score(self.matrix, start)

    def grid(self) -> Grid | None:
        """Give the best roster; None while there is none. Nobody may write into it."""
        return self._grid

    @property
    def score(self) -> tuple[int, ...]:
        """Give its score; empty while there is none."""
        return self._score

    def cost(self) -> float:
        """Give its soft cost over all stages; infinity while none keeps the hard rules."""
        return float("inf") if not self._score or self._score[0] else float(sum(self._score))

    @property
    def factors(self) -> dict[Stage, int]:
        """Give how many times its weights each stage counts in a solve that may better the roster."""
        return BY_SUM if self.is_by_sum else BY_STAGE

    def _rank(self, reached: tuple[int, ...]) -> tuple[int, ...]:
        return (*reached[:2], sum(reached[2:])) if self.is_by_sum else reached

    def offer(self, grid: Grid, part: NDArray[np.bool_] | None = None) -> bool:
        """Keep a roster where it is no worse; say whether it is better.

        Parameters
        ----------
        part
            (nurses, days) the cells that are offered; the others stay as the best roster has them by now.
        """
        with self._lock:
            if part is not None and self._grid is not None:
                grid = np.where(part, grid, self._grid)
            reached = score(self.matrix, grid)
            if self._score and self._rank(reached) > self._rank(self._score):
                return False
            if not self._score and reached[0]:
                return False
            is_better = not self._score or self._rank(reached) < self._rank(self._score)
            self._grid, self._score = grid, reached
            if self.seconds_to_first is None and not reached[0]:
                self.seconds_to_first = self.budget.elapsed
        if is_better:
            self.budget.watcher(Incumbent(grid, reached[1:], self.budget.elapsed))
        return is_better
