"""Each nurse's own limits compiled to a `Machine`; what no machine can carry is handed to the master."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf, prod

import numpy as np

from wardteam_solver.columns.automaton import Explorer, Layers, TooWide, merged
from wardteam_solver.columns.counts import (
    Count,
    costs_of,
    floor_beyond,
    gain_of,
    is_tally,
    reach_of,
    soft_end,
    uncut,
    unit_of,
    values_of,
)
from wardteam_solver.columns.machine import Floats, Machine
from wardteam_solver.columns.split import Derived, Own, OwnRow, Split
from wardteam_solver.matrix import OPEN

WHOLE_SHARE = 0.8
"""A row that reaches over this share of the period is a counter, not part of the automaton."""
WEEKENDS_SHARE = 0.7
"""The same for a row over derived facts alone, such as weekends."""
FEW_UNITS, FEW_WEEKENDS = 3, 5
MOST_PROMOTED = 4_000
"""Most values of counters together up to which a count that could be a tally becomes a counter."""
LONGEST_GAP = 10
"""A row that looks away for more days is left to the master: its sum would double the states meanwhile."""
WIDEST = 4000
MOST_VALUES = 50_000_000
"""Most values of counters times states that the dynamic programme carries a day."""


@dataclass(frozen=True)
class Compiled:
    """A nurse's machine, the costs of her single cells, and her rows that the master has to keep."""

    machine: Machine
    cell_cost: Floats
    left_out: tuple[int, ...]
    beyond: tuple[tuple[int, float], ...] = ()
    """Counters that are cut short, each with what a sum beyond costs at least: periods that nobody needs, and
    that only the final bound looks at."""
    uncut_cost: Floats = field(default_factory=lambda: np.zeros((0, 1)))
    """(counters, values) what each last value costs where no counter is cut short."""

    def machines_beyond(self) -> Iterator[tuple[Machine, float]]:
        """Give machines that together bound the periods beyond a cut, each with what to add to its bound.

        Each stands for the periods in which a counter is the first to lie beyond its cut: those before it
        stay as they are, this one and the cut ones behind it are left out.
        """
        for place, (_, floor) in enumerate(self.beyond):
            yield self._without([counter for counter, _ in self.beyond[place:]]), floor

    @property
    def uncut(self) -> Machine:
        """Give the machine with every sum of its counters: nothing is forgone, but it is larger."""
        return replace(self.machine, counter_cost=self.uncut_cost)

    def _without(self, counters: Sequence[int]) -> Machine:
        """Give the machine with some counters left out: it forbids less and costs no more."""
        machine = self.machine
        return replace(
            machine,
            arc_step=np.delete(machine.arc_step, counters, axis=1),
            counter_cost=np.delete(machine.counter_cost, counters, axis=0),
        )


class Stopped(Exception):
    """Somebody asked to stop before every nurse was compiled."""


def compile_all(parts: Split, should_stop: Callable[[], bool] = lambda: False) -> tuple[Compiled, ...]:
    """Compile every nurse; what was explored for one serves the others. Raises `Stopped` if told to stop."""
    explorer = Explorer(len(parts.matrix.problem.options))
    done = []
    for own in parts.own:
        if should_stop():
            raise Stopped
        done.append(_Draft(own, explorer).compiled())
    return tuple(done)


class _Draft:
    """One nurse's rows, sorted by how they are carried."""

    def __init__(self, own: Own, explorer: Explorer) -> None:
        self.own, self.explorer = own, explorer
        self.off = own.cell_cost.shape[1] - 1
        self.cell_cost = _without_hopeless(own)
        allowed = [np.flatnonzero(np.isfinite(costs)).tolist() for costs in self.cell_cost]
        self.allowed: list[list[int]] = [options or [self.off] for options in allowed]
        self.local: list[OwnRow] = []
        self.left: list[OwnRow] = []
        shapes: dict[object, list[OwnRow]] = {}
        for row in own.rows:
            days = touched_days(row, own.derived)
            least, most = self._range(row)
            if row.low <= least and most <= row.high:
                continue
            if _is_whole(row, days, len(allowed)) and not _is_soon_settled(row, least, most):
                shapes.setdefault(row.shape, []).append(row)
            elif not row.derived and max(np.diff(days), default=0) > LONGEST_GAP:
                self.left.append(row)
            else:
                self.local.append(row)
        found = [Count(tuple(rows)) for rows in shapes.values()]
        self.counts, self.tallies = self._divided(found)

    def _range(self, row: OwnRow) -> tuple[int, int]:
        """Give the least and the most that a row's sum can be with her options."""
        return reach_of(Count((row,)), self.allowed)

    def _divided(self, found: Sequence[Count]) -> tuple[list[Count], list[Count]]:
        """Choose the counters: facts and soft rows first, then the longest sum, then what binds soonest."""
        sizes = {id(count): values_of(count, self.allowed)[1] for count in found}
        counters = sorted(
            (c for c in found if not is_tally(c)), key=lambda c: (not c.first.derived, -sizes[id(c)])
        )
        tallies = sorted((c for c in found if is_tally(c)), key=lambda c: -sizes[id(c)])
        tallies = [tally for tally in tallies if not self._is_implied(tally, counters)]
        counters += tallies[:1]
        tallies = tallies[:0:-1]
        values = prod(values_of(count, self.allowed)[1] for count in counters)
        while tallies and values * sizes[id(tallies[0])] <= MOST_PROMOTED:
            values *= sizes[id(tallies[0])]
            counters.append(tallies.pop(0))
        return counters, tallies

    def _is_implied(self, tally: Count, counters: list[Count]) -> bool:
        """Whether a counter of nearly the same days keeps the tally too, once it follows a few sums less."""
        least, _ = reach_of(tally, self.allowed)
        if max(row.low for row in tally.rows) > least:
            return False
        high = min(row.high for row in tally.rows)
        for place, count in enumerate(counters):
            if count.first.derived or count.cap < OPEN:
                continue
            cap = high - self._most_apart(tally, count)
            if cap >= soft_end(count) - unit_of(count):
                counters[place] = replace(count, cap=cap, implied=tally.rows)
                return True
        return False

    def _most_apart(self, tally: Count, count: Count) -> int:
        """Give by how much the tally's sum exceeds the counter's at most."""
        off = (0,) * (self.off + 1)
        days = set(tally.first.days) | set(count.first.days)
        return sum(
            max(
                tally.first.days.get(day, off)[option] - count.first.days.get(day, off)[option]
                for option in self.allowed[day]
            )
            for day in days
        )

    def compiled(self) -> Compiled:
        """Explore the automaton, and keep as many counters as can be carried."""
        explored = self._explored()
        chosen = list(range(len(self.counts)))
        layers = merged(explored, chosen)
        while len(chosen) > 1 and self._width(layers, chosen) > MOST_VALUES:
            chosen.pop()
            layers = merged(explored, chosen)
        others = self.counts[len(chosen) :] + self.tallies
        tallies = [count for count in others if is_tally(count)]
        counters = self.counts[: len(chosen)]
        machine = _machine(self.off, layers, counters, tallies, self.allowed)
        out = self.left + [row for count in others if not is_tally(count) for row in count.every_row]
        beyond = [
            (place, floor)
            for place, count in enumerate(counters)
            if (floor := floor_beyond(count, self.allowed)) < inf
        ]
        left_out = tuple(row.row for row in out)
        costs = costs_of([uncut(count, self.allowed) for count in counters], self.allowed)
        return Compiled(machine, self.cell_cost, left_out, tuple(beyond), costs)

    def _width(self, layers: Layers, chosen: Sequence[int]) -> int:
        values = prod(values_of(self.counts[place], self.allowed)[1] for place in chosen)
        return max(map(len, layers.arcs)) * values

    def _explored(self) -> Layers:
        while True:
            firsts = [count.first for count in self.counts]
            try:
                return self.explorer.layers(self.own, self.local, firsts, self.allowed, WIDEST)
            except TooWide as wide:
                self._leave(wide.row)

    def _leave(self, row: OwnRow) -> None:
        """Leave a row to the master, with all rows that share its counter."""
        if row in self.local:
            self.local.remove(row)
            self.left.append(row)
            return
        shared = next(count for count in self.counts if count.first is row)
        self.counts.remove(shared)
        self.left += shared.every_row


def _without_hopeless(own: Own) -> Floats:
    """Forbid each cell that alone breaks a hard row, whatever stands on the other days."""
    cost = own.cell_cost.copy()
    for row in own.rows:
        if not row.is_hard or row.derived:
            continue
        reach = {
            day: [step for step, c in zip(steps, cost[day], strict=True) if c < inf] or [0]
            for day, steps in row.days.items()
        }
        least, most = sum(map(min, reach.values())), sum(map(max, reach.values()))
        for day, steps in row.days.items():
            sums = np.asarray(steps)
            too_many = sums + least - min(reach[day]) > row.high
            too_few = sums + most - max(reach[day]) < row.low
            cost[day][too_many | too_few] = inf
    return cost


def touched_days(row: OwnRow, derived: Mapping[int, Derived]) -> list[int]:
    """Give all days that a row looks at."""
    return sorted(set(row.days).union(*(derived[column].days for column in row.derived)))


def _is_whole(row: OwnRow, days: Sequence[int], day_count: int) -> bool:
    """Whether a row adds up over the whole period, and so is a counter."""
    reach = (days[-1] - days[0] + 1) / day_count
    if min(row.derived.values(), default=0) < 0:
        return False
    if row.days:
        return len(row.days) > FEW_UNITS and reach >= WHOLE_SHARE
    return len(row.derived) > (FEW_WEEKENDS if row.is_hard else FEW_UNITS) and reach >= WEEKENDS_SHARE


def _is_soon_settled(row: OwnRow, least: int, most: int) -> bool:
    """Whether a few days settle the row, as with a long window that asks for one day off."""
    if row.derived:
        return False
    slack = [most - row.high] if row.high < most else []
    slack += [row.low - least] if row.low > least else []
    return max(slack) <= FEW_UNITS


def _machine(
    off: int,
    layers: Layers,
    counters: Sequence[Count],
    tallies: Sequence[Count],
    options: Sequence[Sequence[int]],
) -> Machine:
    """Lay the layers out as arrays."""
    units = np.asarray([unit_of(count) for count in counters], dtype=np.int64)
    lows = [[min(c.first.days.get(day, (0,))) for c in counters] for day in range(len(layers.moves))]
    tally_units = [unit_of(count) for count in tallies]
    sizes = [len(arcs) for arcs in layers.arcs]
    layer_start = np.concatenate([[0], np.cumsum(sizes)])
    move_start = np.concatenate([[0], np.cumsum([len(moves) for moves in layers.moves])])
    flat = [
        (int(move_start[day]) + arc.move, int(layer_start[day + 1]) + arc.target, arc.cost, arc.step, day)
        for day, states in enumerate(layers.arcs[:-1])
        for arcs in states
        for arc in arcs
    ]
    moves = [(day, move) for day, found in enumerate(layers.moves) for move in found]
    entries = [(day, option) for day, move in moves for option in move.options]
    steps = np.asarray(
        [[s - low for s, low in zip(f[3], lows[f[4]], strict=True)] for f in flat], dtype=np.int64
    )
    gains = [[gain_of(c, d, o, u) for c, u in zip(tallies, tally_units, strict=True)] for d, o in entries]
    arcs_of = [len(arcs) for states in layers.arcs for arcs in states]
    return Machine(
        day_count=len(layers.moves),
        width=off,
        layer_start=layer_start.astype(np.int64),
        arc_start=np.concatenate([[0], np.cumsum(arcs_of)]).astype(np.int64),
        arc_move=np.asarray([f[0] for f in flat], dtype=np.int64),
        arc_next=np.asarray([f[1] for f in flat], dtype=np.int64),
        arc_cost=np.asarray([f[2] for f in flat], dtype=np.float64),
        arc_step=steps.reshape(len(flat), len(counters)) // (units if len(counters) else 1),
        move_start=move_start.astype(np.int64),
        option_start=np.concatenate([[0], np.cumsum([len(m.options) for _, m in moves])]).astype(np.int64),
        option=np.asarray([option for _, option in entries], dtype=np.int64),
        option_step=np.asarray(gains, dtype=np.int64).reshape(len(entries), len(tallies)),
        counter_cost=costs_of(counters, options),
        tally_cost=costs_of(tallies, options),
    )
