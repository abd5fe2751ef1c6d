"""The dynamic programme over a machine's layers, compiled: boxes of reachable counts, and the cheapest ways.

Each state keeps its values for a box of counts, from the lowest to the highest that a path can bring there
and still finish with; the last counter runs along the memory. An arc moves one box over another, run by run.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from wardteam_solver.columns.compiled import compiled, inner
from wardteam_solver.columns.machine import Floats, Ints

FAR = 1 << 40
"""More than any count."""


class Graph(NamedTuple):
    """A machine's arcs, with the cheapest option of their move in their costs, and the longest counter last.

    `first` and `last` are each counter's first and last finite count.
    """

    layer_start: Ints
    arc_start: Ints
    arc_move: Ints
    arc_next: Ints
    arc_cost: Floats
    arc_step: Ints
    counter_cost: Floats
    first: Ints
    last: Ints


class Boxes(NamedTuple):
    """The counts of each state: (states, counters) lowest, highest and stride, (states + 1) offset.

    A state that no path uses has an empty box.
    """

    low: Ints
    high: Ints
    stride: Ints
    offset: Ints


@compiled
def boxes_of(graph: Graph) -> Boxes:
    """Find what counts each state can have, from the start and with a way to the end."""
    low, high = reach_forwards(graph)
    least, most = reach_backwards(graph)
    states, counters = low.shape
    stride = np.ones((states, counters), np.int64)
    offset = np.zeros(states + 1, np.int64)
    for state in range(states):
        size = 1
        for counter in range(counters - 1, -1, -1):
            low[state, counter] = max(low[state, counter], graph.first[counter] - most[state, counter])
            high[state, counter] = min(high[state, counter], graph.last[counter] - least[state, counter])
            stride[state, counter] = size
            size *= max(0, high[state, counter] - low[state, counter] + 1)
        offset[state + 1] = offset[state] + size
    return Boxes(low, high, stride, offset)


@inner
def reach_forwards(graph: Graph) -> tuple[Ints, Ints]:
    """Give the least and the most that each counter can have gained before each state."""
    shape = (len(graph.arc_start) - 1, graph.arc_step.shape[1])
    low, high = np.full(shape, FAR), np.full(shape, -FAR)
    low[0], high[0] = 0, 0
    for state in range(graph.layer_start[-2]):
        if low[state, 0] == FAR:
            continue
        for arc in range(graph.arc_start[state], graph.arc_start[state + 1]):
            if graph.arc_cost[arc] < np.inf:
                after = graph.arc_next[arc]
                for counter in range(shape[1]):
                    step = graph.arc_step[arc, counter]
                    low[after, counter] = min(low[after, counter], low[state, counter] + step)
                    high[after, counter] = max(high[after, counter], high[state, counter] + step)
    return low, high


@inner
def reach_backwards(graph: Graph) -> tuple[Ints, Ints]:
    """Give the least and the most that each counter can still gain from each state to the end."""
    shape = (len(graph.arc_start) - 1, graph.arc_step.shape[1])
    least, most = np.full(shape, FAR), np.full(shape, -FAR)
    least[graph.layer_start[-2] :], most[graph.layer_start[-2] :] = 0, 0
    for state in range(graph.layer_start[-2] - 1, -1, -1):
        for arc in range(graph.arc_start[state], graph.arc_start[state + 1]):
            after = graph.arc_next[arc]
            if graph.arc_cost[arc] < np.inf and least[after, 0] < FAR:
                for counter in range(shape[1]):
                    step = graph.arc_step[arc, counter]
                    least[state, counter] = min(least[state, counter], least[after, counter] + step)
                    most[state, counter] = max(most[state, counter], most[after, counter] + step)
    return least, most


@inner
def scratch(boxes: Boxes) -> Ints:
    """Make room for the runs of the largest box."""
    most = 1
    for state in range(len(boxes.low)):
        size = boxes.offset[state + 1] - boxes.offset[state]
        most = max(most, size // max(1, boxes.high[state, -1] - boxes.low[state, -1] + 1))
    return np.empty((2, most), np.int64)


@inner
def runs(boxes: Boxes, state: int, after: int, step: Ints, start: Ints) -> tuple[int, int]:
    """Lay a state's box, moved by `step`, over the next one's: how many runs meet there, and how long.

    `start` (2, runs) takes the first value of each run, in the state's box and in the next one's.
    """
    count, length = 1, 1
    start[0, 0], start[1, 0] = boxes.offset[state], boxes.offset[after]
    last = len(step) - 1
    for counter in range(last, -1, -1):
        here, there = boxes.low[state, counter], boxes.low[after, counter] - step[counter]
        low = max(here, there)
        size = min(boxes.high[state, counter], boxes.high[after, counter] - step[counter]) - low + 1
        if size <= 0:
            return 0, 0
        stride, stride_after = boxes.stride[state, counter], boxes.stride[after, counter]
        for run in range(count):
            start[0, run] += (low - here) * stride
            start[1, run] += (low - there) * stride_after
        if counter == last:
            length = size
            continue
        for block in range(1, size):
            for run in range(count):
                start[0, block * count + run] = start[0, run] + block * stride
                start[1, block * count + run] = start[1, run] + block * stride_after
        count *= size
    return count, length


@compiled
def backward(graph: Graph, boxes: Boxes) -> Floats:
    """Give the cheapest way from each state and count to the end, laid out in boxes; infinite where none."""
    value = np.full(boxes.offset[-1], np.inf)
    start = scratch(boxes)
    for state in range(len(boxes.low) - 1, -1, -1):
        if boxes.offset[state] == boxes.offset[state + 1]:
            continue
        if state >= graph.layer_start[-2]:
            finish(graph, boxes, state, value)
            continue
        for arc in range(graph.arc_start[state], graph.arc_start[state + 1]):
            after, cost = graph.arc_next[arc], graph.arc_cost[arc]
            if cost < np.inf and boxes.offset[after] < boxes.offset[after + 1]:
                count, length = runs(boxes, state, after, graph.arc_step[arc], start)
                for run in range(count):
                    lower(value, start[0, run], value, start[1, run], length, cost)
    return value


@inner
def lower(value: Floats, at: int, other: Floats, start: int, length: int, cost: float) -> None:
    """Take the other's values plus the cost where they are lower."""
    mine, others = value[at : at + length], other[start : start + length]
    for index in range(length):
        offered = others[index] + cost
        mine[index] = offered if offered < mine[index] else mine[index]


@inner
def finish(graph: Graph, boxes: Boxes, state: int, value: Floats) -> None:
    """Fill the box of a state behind the last day with what its counts cost."""
    for at in range(boxes.offset[state], boxes.offset[state + 1]):
        rest, cost = at - boxes.offset[state], 0.0
        for counter in range(boxes.low.shape[1]):
            stride = boxes.stride[state, counter]
            cost += graph.counter_cost[counter, boxes.low[state, counter] + rest // stride]
            rest %= stride
        value[at] = cost


@compiled
def forward(graph: Graph, boxes: Boxes) -> Floats:
    """Give the cheapest way from the start to each state and count, in boxes; infinite where none."""
    value = np.full(boxes.offset[-1], np.inf)
    value[: boxes.offset[1]] = 0.0
    start = scratch(boxes)
    for state in range(graph.layer_start[-2]):
        if boxes.offset[state] == boxes.offset[state + 1]:
            continue
        for arc in range(graph.arc_start[state], graph.arc_start[state + 1]):
            after, cost = graph.arc_next[arc], graph.arc_cost[arc]
            if cost < np.inf and boxes.offset[after] < boxes.offset[after + 1]:
                count, length = runs(boxes, state, after, graph.arc_step[arc], start)
                for run in range(count):
                    lower(value, start[1, run], value, start[0, run], length, cost)
    return value


@compiled
def through(
    graph: Graph, boxes: Boxes, before: Floats, value: Floats, moves: int
) -> tuple[Floats, Ints, Ints]:
    """Give for each move the cheapest path's cost (infinite: none), its arc, and the node it leaves from."""
    cost, best, node = np.full(moves, np.inf), np.full(moves, -1), np.full(moves, -1)
    start = scratch(boxes)
    for state in range(graph.layer_start[-2]):
        if boxes.offset[state] == boxes.offset[state + 1]:
            continue
        for arc in range(graph.arc_start[state], graph.arc_start[state + 1]):
            after, move, add = graph.arc_next[arc], graph.arc_move[arc], graph.arc_cost[arc]
            if add < np.inf and boxes.offset[after] < boxes.offset[after + 1]:
                count, length = runs(boxes, state, after, graph.arc_step[arc], start)
                for run in range(count):
                    total, index = cheapest_meeting(before, start[0, run], value, start[1, run], length)
                    if total + add < cost[move]:
                        cost[move], best[move], node[move] = total + add, arc, start[0, run] + index
    return cost, best, node


@inner
def cheapest_meeting(before: Floats, at: int, value: Floats, start: int, length: int) -> tuple[float, int]:
    """Give the lowest sum of two runs' values, and where it lies."""
    mine, others = before[at : at + length], value[start : start + length]
    lowest, best = np.inf, 0
    for index in range(length):
        total = mine[index] + others[index]
        if total < lowest:
            lowest, best = total, index
    return lowest, best
