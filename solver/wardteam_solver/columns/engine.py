"""The second engine at work: a proven bound first, then dives, then parts of the best roster made anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wardteam_solver.columns.bounds import proven_bound, rounded_up
from wardteam_solver.columns.compile import Stopped
from wardteam_solver.columns.dive import dive
from wardteam_solver.columns.first import first_roster
from wardteam_solver.columns.generation import A_LITTLE, Relaxation
from wardteam_solver.columns.machine import Floats
from wardteam_solver.columns.master import Column
from wardteam_solver.columns.split import NotPersonal, owner_of_rows
from wardteam_solver.matrix import Grid, Matrix

SOON = 0.15
"""The share of the time within which the bound must be found for several whole dives to be worth theirs."""
FEWEST, MOST_FREE = 4, 60
GROWTH = 1.05
LONG_PART = 1.2
"""How many seconds a part may take before the next ones are made smaller."""
WHOLE_KEPT, PART_KEPT = 30, 15
"""Columns that each nurse brings along into a dive, and into a part."""
PART_ROUNDS = 12
"""Rounds of pricing that a part is given before it is judged."""


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
class Dive:
    """How a dive goes: the share of the open cells that it fixes a round, but so many at least, how much
    chance stirs their order, and its rounds of pricing after each fixing.
    """

    share: float
    noise: float
    least: int = 2
    rounds: int = 2


DIVES = (Dive(0.05, 0.1), Dive(0.05, 0.5), Dive(0.1, 0.5), Dive(0.03, 0.3))
LONG_DIVE = Dive(0.05, 0.1, 8)
"""The one dive of a problem whose bound takes long: it must go right, and its cells are many."""


@dataclass
class ColumnEngine:
    """Searches for rosters of a matrix whose soft rows are all weighed on one scale.

    Attributes
    ----------
    bound_seconds, seconds
        How long it may look for the bound before it looks for rosters, and how long it may take in all.
    is_counted
        Whether its clock counts work instead of this thread's processor seconds.
    bound
        Proven for every roster's soft cost, where what a unit of a shared row costs is cut at a modest price.
    """

    matrix: Matrix
    best: Best
    should_stop: Callable[[], bool]
    seed: int = 0
    bound_seconds: float = inf
    seconds: float = inf
    is_counted: bool = False
    bound: float = -inf
    relaxation: Relaxation | None = None
    _owner: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64), repr=False)

    def bounding(self) -> Iterator[None]:
        """Compile, find a first roster where there is none, bound, and dive where there is time for that.

        Nothing happens where rules tie nurses together in pairs.
        """
        random = np.random.default_rng(self.seed)
        try:
            self._prepare()
        except (NotPersonal, Stopped):
            return
        yield
        self._offer(first_roster(self._whole, random, self.should_stop))
        yield
        self._take_in()
        began = self.clock()
        for _ in self._whole.rounds():
            is_reached = rounded_up(self.matrix, self._whole.bound) >= self.best.cost()
            if is_reached or self.should_stop() or self.clock() - began > self.bound_seconds:
                break
            yield
        self.bound = proven_bound(self._whole, self.should_stop)
        is_soon = self.clock() - began < SOON * self.seconds
        has_none = self.best.grid() is None
        dives = DIVES if is_soon else (LONG_DIVE,) if self._whole.is_closed or has_none else ()
        for one in dives:
            if self._is_enough():
                return
            self._dive(random, one)
            yield

    def renewing(self, seed: int) -> Iterator[bool]:
        """Free a few nurses a step: more of them while that finds nothing, fewer where it takes long.

        Gives whether the best roster got better. Several threads may do this at once, beside the bounding.
        """
        random = np.random.default_rng(seed)
        free = float(FEWEST + 2)
        while self.relaxation is not None and not self._is_enough():
            if self.best.grid() is None:
                self._dive(random, Dive(0.1, 0.5))
                yield self.best.grid() is not None
                continue
            began = self.clock()
            is_better = self._renew_part(random, int(free))
            is_long = self.clock() - began > LONG_PART
            limit = min(MOST_FREE, len(self._whole.people) * 0.6)
            free = max(FEWEST, free / GROWTH**2) if is_better or is_long else min(limit, free * GROWTH)
            yield is_better

    @property
    def work(self) -> float:
        """The work so far, in about seconds."""
        return 0.0 if self.relaxation is None else self.relaxation.meter.work

    def clock(self) -> float:
        """Give the time that this engine has had."""
        return self.work if self.is_counted else time.thread_time()

    def most_share(self, stage: int) -> float:
        """Give how much of a stage's cost over shared rows the bound holds at most, 0 to 1."""
        return self._whole.most_share(stage)

    @property
    def is_proven(self) -> bool:
        """Whether no roster can be better than the best."""
        return self.bound >= self.best.cost()

    @property
    def _whole(self) -> Relaxation:
        if self.relaxation is None:
            raise RuntimeError("prepare the engine first")
        return self.relaxation

    def _prepare(self) -> None:
        """Compile the matrix."""
        owner = owner_of_rows(self.matrix)
        relaxation = Relaxation.of(self.matrix, 1, self.should_stop)
        for one in relaxation.compiled:
            owner[list(one.left_out)] = -1  # the master counts these
        self._owner, self.relaxation = owner, relaxation

    def _is_enough(self) -> bool:
        return self.should_stop() or self.is_proven

    def _own_costs(self, grid: Grid) -> Floats:
        """Give what each nurse's row costs by itself; infinite where it breaks a hard row of hers."""
        matrix = self.matrix
        costs = matrix.costs(matrix.activity(matrix.point(grid))).astype(float)
        costs[matrix.is_hard & (costs > 0)] = inf
        mine = self._owner >= 0
        return np.asarray(np.bincount(self._owner[mine], weights=costs[mine], minlength=len(grid)))

    def _offer(self, grid: Grid | None) -> bool:
        return grid is not None and self.best.offer(grid)

    def _take_in(self) -> None:
        """Let the best roster's rows be columns."""
        grid = self.best.grid()
        if grid is None:
            return
        costs = self._own_costs(grid)
        rows = [Column(n, grid[n].copy(), costs[n]) for n in range(len(grid)) if costs[n] < inf]
        with self._whole.lock:
            self._whole.master.add(rows)

    def _dive(self, random: np.random.Generator, how: Dive) -> None:
        whole = self._whole
        copy = whole.part(self.matrix.empty_grid(), whole.people, np.zeros(len(whole.people)))
        copy.master.add(whole.good_columns(whole.people, WHOLE_KEPT))
        self._offer(dive(copy, random, **vars(how), should_stop=self._is_enough))

    def _renew_part(self, random: np.random.Generator, count: int) -> bool:
        """Free a few nurses of the best roster, look whether they could do better, and dive for it."""
        grid, cost = self.best.grid(), self.best.cost()
        if grid is None:
            return False
        costs = self._own_costs(grid)
        people = np.sort(self._chosen(random, costs, count))
        part = self._whole.part(grid, people, costs)
        part.master.add([Column(int(n), grid[n].copy(), costs[n]) for n in people])
        part.master.add(self._whole.good_columns(people, PART_KEPT))
        part.generate(should_stop=self._is_enough, rounds=PART_ROUNDS, most=1, goal=cost)
        if part.value > cost - 1 + A_LITTLE:
            return False
        return self._offer(
            dive(part, random, share=0.12, noise=0.3, should_stop=self._is_enough, ceiling=cost)
        )

    def _chosen(self, random: np.random.Generator, costs: Floats, count: int) -> NDArray[np.int64]:
        """Choose nurses, half of the time leaning to those who cost most."""
        weights = np.ones(len(costs))
        if random.random() < 0.5:
            weights += np.where(np.isfinite(costs), costs, 0) / max(1.0, float(costs.mean()))
        return random.choice(
            len(costs), size=min(count, len(costs)), replace=False, p=weights / weights.sum()
        )
