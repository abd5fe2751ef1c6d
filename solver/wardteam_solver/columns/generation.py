"""Column generation: price every nurse at the master's duals, add what is cheaper, and bound the rest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray

from wardteam_solver.columns.compile import Compiled, compile_all
from wardteam_solver.columns.machine import Floats
from wardteam_solver.columns.master import Column, Master
from wardteam_solver.columns.pricing import Priced, price
from wardteam_solver.columns.shared import Options, Shared, places
from wardteam_solver.columns.split import split
from wardteam_solver.matrix import Grid, Matrix

Flags = NDArray[np.bool_]

SMOOTH = 0.5
A_LITTLE = 1e-6
LABELS = 20_000
MODEST = 3.0
"""How many times the usual weight a unit costs at most while the bound is looked for."""
PRICING_WORK, LP_WORK = 6e-9, 2e-8
"""About how many seconds a value of a machine takes to price, and a row in a step of the simplex method."""
SPREAD = 3
"""In how many days the columns that one pricing gives for a nurse differ at least."""


@dataclass
class Meter:
    """Counts work in about seconds: the same on every run, whatever else the machine does."""

    work: float = 0.0


@dataclass
class Relaxation:
    """The best mixture of personal rosters so far, with the bound it has proven.

    `people` are the nurses who are free; the others stand in `base`, at a cost of `constant`. `value` is the
    master's own value, an estimate until `is_closed`. `shared` are the rows at modest weights, with which the
    bound is found soon, and `strict` those with which rosters are made. `allowed` (nurses, days, options + 1)
    narrows the cells.
    """

    matrix: Matrix
    compiled: tuple[Compiled, ...]
    shared: Shared
    strict: Shared
    master: Master
    people: NDArray[np.int64]
    workers: int = 1
    constant: float = 0.0
    base: Grid | None = None
    bound: float = -inf
    value: float = inf
    is_closed: bool = False
    best_duals: Floats | None = None
    prices: dict[int, Floats] = field(default_factory=dict, repr=False)
    allowed: Flags | None = field(default=None, repr=False)
    meter: Meter = field(default_factory=Meter, repr=False)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    """Held while columns are added, and while others read them."""

    @staticmethod
    def of(matrix: Matrix, workers: int, should_stop: Callable[[], bool] = lambda: False) -> Relaxation:
        """Compile a matrix.

        Raises
        ------
        NotPersonal, Stopped
            If a derived fact ties nurses together, or if told to stop.
        """
        parts = split(matrix)
        compiled = compile_all(parts, should_stop)
        left = [row for one in compiled for row in one.left_out]
        strict = Shared.of(matrix, [*parts.shared.tolist(), *left])
        shared = strict.capped(MODEST)
        master = Master(matrix, shared)
        return Relaxation(matrix, compiled, shared, strict, master, master.people, workers, _settled(matrix))

    def part(self, grid: Grid, people: NDArray[np.int64], own_cost: Floats) -> Relaxation:
        """Give the part in which only some nurses are free, and the others hold what they have.

        Parameters
        ----------
        own_cost
            (nurses) what each nurse's row of the roster costs by itself.
        """
        held = np.setdiff1d(np.arange(len(grid)), people)
        shared, settled = self.strict.without(self.matrix, [(int(n), grid[n]) for n in held])
        master = Master(self.matrix, shared, people)
        constant = self.constant + float(own_cost[held].sum()) + settled
        return Relaxation(
            self.matrix, self.compiled, shared, self.strict, master, people, 1, constant, grid,
            meter=self.meter,
        )  # fmt: skip

    def costs(self, duals: Floats) -> Floats:
        """Give each cell's cost at the duals, (nurses, days, options + 1)."""
        matrix = self.matrix
        shape = (len(self.compiled), matrix.problem.day_count, len(matrix.problem.options))
        gains = self.shared.gains(duals, matrix.cell_count).reshape(shape)
        costs = np.stack([one.cell_cost for one in self.compiled])
        costs[:, :, :-1] -= gains
        if self.allowed is not None:
            costs[~self.allowed] = inf
        return costs

    def price_all(self, costs: Floats, *, most: int, below: Floats) -> list[Priced]:
        """Price every free nurse; `below` is what a column must cost less than to be wanted."""

        def one(place: int) -> Priced:
            nurse = self.people[place]
            machine, limit = self.compiled[nurse].machine, float(below[place])
            found = price(
                machine, costs[nurse], most=most, spread=SPREAD, below=limit, label_limit=LABELS,
                prices=self.prices.get(int(nurse)),
            )  # fmt: skip
            self.prices[int(nurse)] = found.prices
            self.meter.work += PRICING_WORK * machine.size
            return found

        if self.workers == 1:
            return [one(place) for place in range(len(self.people))]
        with ThreadPoolExecutor(self.workers) as pool:
            return list(pool.map(one, range(len(self.people))))

    def column(self, nurse: int, options: Options, reduced: float, costs: Floats) -> Column:
        """Give the column of a priced path: its own cost is the reduced one without the duals."""
        days = np.arange(len(options))
        priced = costs[nurse][days, options].sum()
        own = self.compiled[nurse].cell_cost[days, options].sum()
        return Column(nurse, options, float(round(reduced - priced + own)))

    def generate(
        self, *, should_stop: Callable[[], bool], rounds: int = 10_000, most: int = 1, goal: float = inf
    ) -> None:
        """Add columns until none is missing, the bound reaches the goal, or it is told to stop."""
        for _ in self.rounds(rounds, most=most, goal=goal):
            if should_stop():
                return

    def rounds(self, rounds: int = 10_000, *, most: int = 1, goal: float = inf) -> Iterator[None]:
        """Add columns round by round, until none is missing or the bound reaches the goal."""
        self.is_closed = False
        center, best = None, -inf
        for turn in range(rounds):
            self.value = self.solved(is_primal=turn > 0 or self.allowed is None)
            duals, own = self.master.duals()
            duals = self.shared.boxed(duals)
            points = [duals] if center is None else [SMOOTH * center + (1 - SMOOTH) * duals, duals]
            added = 0
            for point in points:
                bound, added = self._round(point, duals, own, most)
                if bound > best:
                    best, center = bound, point
                if added:
                    break
            if self.allowed is None and best > self.bound:
                self.bound, self.best_duals = best, center
            self.is_closed = best >= self.value - A_LITTLE
            if not added or self.is_closed or best > goal - 1 + A_LITTLE:
                return
            yield

    def most_share(self, stage: int) -> float:
        """Give how much of a stage's cost over shared rows counts in the bound at most, 0 to 1."""
        mine = self.matrix.stage_of_row[self.strict.rows] == stage
        full = np.concatenate([self.strict.below[mine], self.strict.above[mine]])
        modest = np.concatenate([self.shared.below[mine], self.shared.above[mine]])
        return float((modest[full > 0] / full[full > 0]).max(initial=0.0))

    def solved(self, *, is_primal: bool = True) -> float:
        """Solve the master; give its value with what the others cost."""
        value = self.master.solve(is_primal=is_primal)
        self.meter.work += LP_WORK * self.master.steps * (self.master.row_count + len(self.people))
        return value + self.constant

    def _round(self, point: Floats, duals: Floats, own: Floats, most: int) -> tuple[float, int]:
        """Price at a point; give the bound it proves, and how many columns were new and worth taking."""
        costs = self.costs(point)
        priced = self.price_all(costs, most=most, below=np.full(len(self.people), inf))
        bound = self.constant + self.shared.worth(point) + sum(found.bound for found in priced)
        fresh = [
            (place, self.column(int(self.people[place]), path, cost, costs))
            for place, found in enumerate(priced)
            for path, cost in zip(found.paths, found.costs, strict=True)
        ]
        earns = self.shared.gains(duals, self.matrix.cell_count)
        worth = [
            column
            for place, column in fresh
            if column.cost - earns[places(self.matrix, column.nurse, column.options)].sum()
            < own[place] - A_LITTLE
        ]
        with self.lock:
            return bound, self.master.add(worth)

    def reduced_costs(self) -> Floats:
        """Give each column's reduced cost at the duals that proved the best bound, less the nurse's least."""
        master = self.master
        if self.best_duals is None or not master.columns:
            return np.zeros(len(master.columns))
        earns = self.shared.gains(self.best_duals, self.matrix.cell_count)
        own = np.asarray([column.cost for column in master.columns])
        padded = np.append(earns.reshape(-1, master.width), np.zeros((len(earns) // master.width, 1)), axis=1)
        days = np.arange(master.days)
        rows = master.nurses[:, None] * master.days + days[None, :]
        reduced = own - padded[rows, master.cells].sum(axis=1)
        least = np.full(len(self.compiled), inf)
        np.minimum.at(least, master.nurses, reduced)
        return np.asarray(reduced - least[master.nurses], dtype=np.float64)

    def good_columns(self, people: NDArray[np.int64], most: int) -> list[Column]:
        """Give the best known columns of some nurses."""
        columns = []
        with self.lock:
            reduced = self.reduced_costs()
            for nurse in people:
                mine = np.flatnonzero(self.master.nurses == nurse)
                best = mine[np.argsort(reduced[mine], kind="stable")[:most]]
                columns += [self.master.columns[place] for place in best.tolist()]
        return columns


def _settled(matrix: Matrix) -> float:
    """Give what soft rows without any cell cost: last month decided them."""
    is_settled = (np.diff(matrix.row_start) == 0) & ~matrix.is_hard
    return float(matrix.costs(np.zeros(matrix.row_count, dtype=np.int64))[is_settled].sum())
