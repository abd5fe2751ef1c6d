"""Labels: beginnings of paths, with the dynamic programme's values as bounds of the rest.

A label has a state and counts (a node of the boxes), what its tallies have gained, and its cost.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from wardteam_solver.columns.compiled import compiled, inner
from wardteam_solver.columns.kernel import FAR, Boxes, Graph
from wardteam_solver.columns.machine import Floats, Ints


class Tallies(NamedTuple):
    """What the tallies cost.

    (tallies, values) cost; (tallies) past, one past the last finite value; (days + 1, tallies) the least and
    the most that can still come; (days + 1, tallies, values) bound of what a value will cost at the end;
    (tallies, values) up to which value the cost doesn't fall, and up to which it doesn't rise.
    """

    cost: Floats
    past: Ints
    least: Ints
    most: Ints
    bound: Floats
    rises_to: Ints
    falls_to: Ints


class Entries(NamedTuple):
    """The options worth taking: (moves + 1) start; (entries) option, extra over the cheapest, tally step."""

    start: Ints
    option: Ints
    extra: Floats
    step: Ints


class Case(NamedTuple):
    """Everything that a search reads, prices (tallies) put in; only paths of a cost under `below` count."""

    graph: Graph
    boxes: Boxes
    value: Floats
    entries: Entries
    tallies: Tallies
    prices: Floats
    below: float


class Labels(NamedTuple):
    """The labels so far: (labels), but (labels, tallies) tally, (nodes) head, (1) used: how many there are.

    `head` is the label that was last expanded at a node, `following` the one before it; -1 for none.
    """

    cost: Floats
    node: Ints
    state: Ints
    layer: Ints
    parent: Ints
    entry: Ints
    following: Ints
    tally: Ints
    head: Ints
    used: Ints


@compiled
def worth_taking(cost: Floats, start: Ints, step: Ints, is_every: bool) -> tuple[Ints, Ints]:
    """Give each move's options that a best path can need: the cheapest for each gain, or every finite one."""
    kept_start, kept = np.zeros(len(start), np.int64), np.empty(len(cost), np.int64)
    count = 0
    for move in range(len(start) - 1):
        for entry in range(start[move], start[move + 1]):
            is_kept = cost[entry] < np.inf
            for other in range(start[move], start[move + 1]):
                is_before = cost[other] < cost[entry] or (cost[other] == cost[entry] and other < entry)
                if is_before and not is_every and is_same(step, other, entry):
                    is_kept = False
            if is_kept:
                kept[count] = entry
                count += 1
        kept_start[move + 1] = count
    return kept_start, kept[:count]


@inner
def is_same(rows: Ints, one: int, other: int) -> bool:
    """Tell whether two rows are alike."""
    difference = 0
    for column in range(rows.shape[1]):
        difference += abs(rows[one, column] - rows[other, column])
    return difference == 0


@compiled
def tallies_of(graph: Graph, boxes: Boxes, entries: Entries, cost: Floats, past: Ints) -> Tallies:
    """Lay out what the tallies can still gain from each layer, and what that means for their cost."""
    days, tallies, values = len(graph.layer_start) - 2, cost.shape[0], cost.shape[1]
    least, most = gains(graph, boxes, entries)
    bound = np.full((days + 1, tallies, values), np.inf)
    rises_to, falls_to = np.zeros((tallies, values), np.int64), np.zeros((tallies, values), np.int64)
    for tally in range(tallies):
        for value in range(past[tally] - 1, -1, -1):
            rises_to[tally, value], falls_to[tally, value] = FAR, value
            if value + 1 < past[tally]:
                is_falling = cost[tally, value + 1] < cost[tally, value]
                is_rising = cost[tally, value + 1] > cost[tally, value]
                rises_to[tally, value] = value if is_falling else rises_to[tally, value + 1]
                falls_to[tally, value] = value if is_rising else falls_to[tally, value + 1]
        for layer in range(days + 1):
            for value in range(past[tally]):
                for last in range(
                    value + least[layer, tally], min(value + most[layer, tally], past[tally] - 1) + 1
                ):
                    bound[layer, tally, value] = min(bound[layer, tally, value], cost[tally, last])
    return Tallies(cost, past, least, most, bound, rises_to, falls_to)


@inner
def gains(graph: Graph, boxes: Boxes, entries: Entries) -> tuple[Ints, Ints]:
    """Give the least and the most that each tally can still gain from each layer to the end."""
    days, tallies = len(graph.layer_start) - 2, entries.step.shape[1]
    least_of = np.full((len(boxes.low), tallies), FAR)
    most_of = np.full((len(boxes.low), tallies), -FAR)
    least, most = np.full((days + 1, tallies), FAR), np.full((days + 1, tallies), -FAR)
    for layer in range(days, -1, -1):
        for state in range(graph.layer_start[layer], graph.layer_start[layer + 1]):
            if boxes.offset[state] == boxes.offset[state + 1]:
                continue
            if layer == days:
                least_of[state], most_of[state] = 0, 0
            for arc in range(graph.arc_start[state], graph.arc_start[state + 1]):
                after, move = graph.arc_next[arc], graph.arc_move[arc]
                if graph.arc_cost[arc] < np.inf and boxes.offset[after] < boxes.offset[after + 1]:
                    for entry in range(entries.start[move], entries.start[move + 1]):
                        for tally in range(tallies):
                            step = entries.step[entry, tally]
                            least_of[state, tally] = min(
                                least_of[state, tally], step + least_of[after, tally]
                            )
                            most_of[state, tally] = max(most_of[state, tally], step + most_of[after, tally])
            for tally in range(tallies):
                least[layer, tally] = min(least[layer, tally], least_of[state, tally])
                most[layer, tally] = max(most[layer, tally], most_of[state, tally])
    return least, most


@inner
def room_for(limit: int, nodes: int, tallies: int) -> Labels:
    """Make room for the labels, with the empty path as the first."""
    labels = Labels(
        np.empty(limit),
        np.empty(limit, np.int64),
        np.empty(limit, np.int64),
        np.empty(limit, np.int64),
        np.empty(limit, np.int64),
        np.empty(limit, np.int64),
        np.empty(limit, np.int64),
        np.empty((limit, tallies), np.int64),
        np.full(nodes, -1),
        np.ones(1, np.int64),
    )
    labels.cost[0], labels.node[0], labels.state[0], labels.layer[0] = 0.0, 0, 0, 0
    labels.parent[0], labels.entry[0], labels.following[0], labels.tally[0] = -1, -1, -1, 0
    return labels


@inner
def node_after(boxes: Boxes, state: int, node: int, after: int, step: Ints) -> int:
    """Give the node that an arc leads to, or -1 where its counts lie outside the next state's box."""
    rest, to = node - boxes.offset[state], int(boxes.offset[after])
    for counter in range(len(step)):
        stride = boxes.stride[state, counter]
        count = boxes.low[state, counter] + rest // stride + step[counter]
        rest %= stride
        if count < boxes.low[after, counter] or count > boxes.high[after, counter]:
            return -1
        to += (count - boxes.low[after, counter]) * boxes.stride[after, counter]
    return to


@inner
def extend(case: Case, labels: Labels, label: int, arc: int, entry: int) -> float:
    """Write the label that an option leads to behind those used; give the bound of its paths' cost."""
    graph, tallies, new = case.graph, case.tallies, labels.used[0]
    state, after, layer = labels.state[label], graph.arc_next[arc], labels.layer[label] + 1
    node = node_after(case.boxes, state, labels.node[label], after, graph.arc_step[arc])
    if node < 0 or graph.arc_cost[arc] == np.inf:
        return np.inf
    cost = labels.cost[label] + graph.arc_cost[arc] + case.entries.extra[entry]
    total = float(cost + case.value[node])
    for tally in range(labels.tally.shape[1]):
        value = labels.tally[label, tally] + case.entries.step[entry, tally]
        if value >= tallies.past[tally]:
            return np.inf
        labels.tally[new, tally] = value
        total += tallies.bound[layer, tally, value]
    labels.cost[new], labels.node[new], labels.state[new] = cost, node, after
    labels.layer[new], labels.parent[new], labels.entry[new] = layer, label, entry
    return total


@inner
def is_no_worse(labels: Labels, one: int, other: int, tallies: Tallies) -> bool:
    """Tell whether, at one node, all that completes the other label costs no more behind this one."""
    if labels.cost[one] > labels.cost[other]:
        return False
    layer = labels.layer[one]
    for tally in range(labels.tally.shape[1]):
        mine, others = labels.tally[one, tally], labels.tally[other, tally]
        least, most = tallies.least[layer, tally], tallies.most[layer, tally]
        if mine < others and tallies.rises_to[tally, mine + least] < others + most:
            return False
        if mine > others and tallies.falls_to[tally, others + least] < mine + most:
            return False
    return True


@inner
def is_dominated(labels: Labels, label: int, tallies: Tallies, most: int) -> bool:
    """Tell whether as many expanded labels as paths are wanted are no worse."""
    count, other = 0, labels.head[labels.node[label]]
    while other >= 0:
        if is_no_worse(labels, other, label, tallies):
            count += 1
            if count >= most:
                return True
        other = labels.following[other]
    return False
