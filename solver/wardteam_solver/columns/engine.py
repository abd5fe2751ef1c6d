"""The second engine at work: a proven bound first, then dives, then parts of the best roster made anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil, inf, isfinite
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wardteam_solver.columns.dive import dive
from wardteam_solver.columns.generation import A_LITTLE, Relaxation
from wardteam_solver.columns.machine import Floats
from wardteam_solver.columns.master import Column
from wardteam_solver.columns.split import owner_of_rows
from wardteam_solver.matrix import Grid, Matrix

DIVES = ((0.05, 0.1), (0.05, 0.5), (0.1, 0.5), (0.03, 0.3))
"""Shares of the open cells that the first dives fix a round, and how much chance stirs their order."""
FEWEST, MOST_FREE = 4, 60
GROWTH = 1.05
LONG_PART = 1.2
"""How long a part may take by the clock before the next ones are made smaller."""


class Best(Protocol):
    """The best roster so far, which all engines share."""

    def grid(self) -> Grid | None:
        """Give the best roster; None while there is none."""
        ...

    def cost(self) -> float:
        """Give its cost in this engine's matrix; infinity while there is none."""
        ...

    def offer(self, grid: Grid) -> bool:
        """Keep a roster where it is better; say whether it was."""
        ...


@dataclass
class ColumnEngine:
    """Searches for rosters of a matrix whose soft rows are all weighed on one scale."""

    matrix: Matrix
    best: Best
    should_stop: Callable[[], bool]
    seed: int = 0
    clock: Callable[[], float] = time.thread_time
    relaxation: Relaxation | None = None
    bound: float = -inf
    _owner: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64), repr=False)

    def prepare(self) -> Relaxation:
        """Compile the matrix."""
        self._owner = owner_of_rows(self.matrix)
        self.relaxation = Relaxation.of(self.matrix, 1)
        for one in self.relaxation.compiled:
            self._owner[list(one.left_out)] = -1  # the master counts these
        return self.relaxation

    def run(self) -> None:
        """Bound, dive, and improve until told to stop, or until the best roster is proven best."""
        self.find_bound()
        self.search()

    def find_bound(self) -> None:
        """Solve the relaxation from the best roster on; what it proves grows in `bound`."""
        relaxation = self.prepare()
        self._take_in()
        relaxation.generate(should_stop=self._is_enough)
        self._note()

    def search(self) -> None:
        """Dive, then free a few nurses at a time."""
        random = np.random.default_rng(self.seed)
        for share, noise in DIVES:
            if self._is_enough():
                return
            self._dive(random, share, noise)
        free = float(FEWEST + 2)
        while not self._is_enough():
            if self.best.grid() is None:
                self._dive(random, 0.1, 0.5)
                continue
            began = self.clock()
            is_better = self._renew_part(random, int(free))
            is_long = self.clock() - began > LONG_PART
            limit = min(MOST_FREE, len(self._whole.people) * 0.6)
            free = max(FEWEST, free / GROWTH**2) if is_better or is_long else min(limit, free * GROWTH)

    @property
    def _whole(self) -> Relaxation:
        if self.relaxation is None:
            raise RuntimeError("prepare the engine first")
        return self.relaxation

    def _is_enough(self) -> bool:
        self._note()
        return self.should_stop() or self.is_proven

    @property
    def is_proven(self) -> bool:
        """Whether no roster can be better than the best."""
        return isfinite(self.bound) and ceil(self.bound - A_LITTLE) >= self.best.cost()

    def _note(self) -> None:
        self.bound = max(self.bound, self._whole.bound)

    def _own_costs(self, grid: Grid) -> Floats:
        """Give what each nurse's row costs by itself; infinite where it breaks a hard row of hers."""
        matrix = self.matrix
        costs = matrix.costs(matrix.activity(matrix.point(grid))).astype(float)
        costs[matrix.is_hard & (costs > 0)] = inf
        mine = self._owner >= 0
        return np.asarray(np.bincount(self._owner[mine], weights=costs[mine], minlength=len(grid)))

    def _take_in(self) -> None:
        """Let the best roster's rows be columns."""
        grid = self.best.grid()
        if grid is None:
            return
        costs = self._own_costs(grid)
        rows = [Column(n, grid[n].copy(), costs[n]) for n in range(len(grid)) if costs[n] < inf]
        self._whole.master.add(rows)

    def _dive(self, random: np.random.Generator, share: float, noise: float) -> None:
        whole = self._whole
        copy = whole.part(whole.matrix.empty_grid(), whole.people, np.zeros(len(whole.people)))
        copy.master.add(whole.good_columns(whole.people, WHOLE_KEPT))
        grid = dive(copy, random, share=share, noise=noise, should_stop=self._is_enough)
        if grid is not None:
            self.best.offer(grid)
        self._take_in()
        whole.forget(self.best.cost())

    def _renew_part(self, random: np.random.Generator, count: int) -> bool:
        """Free a few nurses of the best roster, look whether they could do better, and dive for it."""
        grid, cost = self.best.grid(), self.best.cost()
        if grid is None:
            return False
        costs = self._own_costs(grid)
        people = np.sort(self._chosen(random, grid, costs, count))
        part = self._whole.part(grid, people, costs)
        part.master.add([Column(int(n), grid[n].copy(), costs[n]) for n in people])
        part.master.add(self._whole.good_columns(people, PART_KEPT))
        part.generate(should_stop=self._is_enough, rounds=PART_ROUNDS, most=1, goal=cost)
        if part.value > cost - 1 + A_LITTLE:
            return False
        found = dive(part, random, share=0.12, noise=0.3, should_stop=self._is_enough, ceiling=cost)
        return found is not None and self.best.offer(found)

    def _chosen(
        self, random: np.random.Generator, grid: Grid, costs: Floats, count: int
    ) -> NDArray[np.int64]:
        """Choose nurses, half of the time leaning to those who cost most."""
        weights = np.ones(len(grid))
        if random.random() < 0.5:
            weights += np.where(np.isfinite(costs), costs, 0) / max(1.0, float(costs.mean()))
        return random.choice(len(grid), size=min(count, len(grid)), replace=False, p=weights / weights.sum())


WHOLE_KEPT, PART_KEPT = 30, 15
"""Columns that each nurse brings along into a dive, and into a part."""
PART_ROUNDS = 12
"""Rounds of pricing that a part is given before it is judged."""
