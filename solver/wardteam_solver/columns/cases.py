"""Cases: a machine under given costs of cells and prices of tallies, as the compiled functions read it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wardteam_solver.columns.kernel import Graph, backward, boxes_of
from wardteam_solver.columns.labels import Case, Entries, tallies_of, worth_taking
from wardteam_solver.columns.machine import Floats, Ints, Machine


@dataclass(frozen=True, eq=False)
class CaseMaker:
    """Makes cases of one machine and one set of costs; only paths that cost less than `below` are wanted.

    A tally's price is added to each option for each unit that it gains, and taken off again from what the
    tally's last value costs: no path's cost changes, but the dynamic programme, which doesn't see tallies,
    then feels them.
    """

    machine: Machine
    cell_cost: Floats
    below: float

    @property
    def free(self) -> Floats:
        """The prices (tallies) that leave everything as it is."""
        return np.zeros(len(self.machine.tally_cost))

    def case(self, prices: Floats, *, is_every: bool = False) -> Case:
        """Make a case under prices (tallies); `is_every` where each option makes a path of its own.

        Otherwise options of a move that gain the same are represented by the cheapest.
        """
        machine = self.machine
        cost = self._entry_cost(prices)
        least = np.minimum.reduceat(cost, machine.option_start[:-1])
        graph = self._graph(machine.arc_cost + least[machine.arc_move])
        boxes = boxes_of(graph)
        start, kept = worth_taking(cost, plain(machine.option_start), plain(machine.option_step), is_every)
        extra = cost[kept] - np.repeat(least, np.diff(start))
        entries = Entries(start, machine.option[kept], extra, plain(machine.option_step[kept]))
        tally_cost = machine.tally_cost - prices[:, None] * np.arange(machine.tally_cost.shape[1])
        tallies = tallies_of(graph, boxes, entries, tally_cost, ends_of(tally_cost)[1] + 1)
        return Case(graph, boxes, backward(graph, boxes), entries, tallies, prices, self.below)

    def _entry_cost(self, prices: Floats) -> Floats:
        machine = self.machine
        day = part_of(machine.move_start)[part_of(machine.option_start)]
        return np.asarray(self.cell_cost[day, machine.option] + machine.option_step @ prices, float)

    def _graph(self, arc_cost: Floats) -> Graph:
        """Lay out the arcs, the longest counter last; without counters, one that stands still."""
        machine = self.machine
        step, cost = machine.arc_step, machine.counter_cost
        if not step.shape[1]:
            step, cost = np.zeros((len(step), 1), np.int64), np.zeros((1, 1))
        first, last = ends_of(cost)
        order = np.argsort(last - first, kind="stable")
        return Graph(
            plain(machine.layer_start),
            plain(machine.arc_start),
            plain(machine.arc_move),
            plain(machine.arc_next),
            arc_cost,
            np.ascontiguousarray(step[:, order]),
            np.ascontiguousarray(cost[order]),
            first[order],
            last[order],
        )


def part_of(start: Ints) -> Ints:
    """Give which part each entry belongs to, from where the parts start."""
    return np.repeat(np.arange(len(start) - 1), np.diff(start))


def ends_of(cost: Floats) -> tuple[Ints, Ints]:
    """Give each row's first and last finite value; the last lies before the first where there is none."""
    finite = np.isfinite(cost)
    has = finite.any(axis=1)
    first = np.where(has, finite.argmax(axis=1), 0)
    return first, np.where(has, cost.shape[1] - 1 - finite[:, ::-1].argmax(axis=1), -1)


def plain(values: Ints) -> Ints:
    """Give an array as the compiled functions expect it, so that they compile once."""
    return np.require(values, np.int64, ["C", "W"])
