"""The best-first search over labels, compiled: a machine's cheapest paths, tallies and all."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np

from wardteam_solver.columns.compiled import compiled, inner
from wardteam_solver.columns.labels import Case, Labels, extend, is_dominated, node_after, room_for
from wardteam_solver.columns.machine import Floats, Ints


class Found(NamedTuple):
    """Room for paths: (most, days) path, (most) cost, (1) size; `spread` days apart at least."""

    path: Ints
    cost: Floats
    size: Ints
    spread: int


DIVES = 30
"""Beginnings that are completed greedily when the label limit is hit."""


@compiled
def lowest_bound(case: Case) -> float:
    """Give the bound of every path: the cheapest way for the counters, and for each tally on its own."""
    if len(case.value) == 0:
        return np.inf
    total = float(case.value[0])
    for tally in range(len(case.tallies.cost)):
        total += case.tallies.bound[0, tally, 0]
    return total


@compiled
def cheapest_paths(case: Case, limit: int, found: Found) -> tuple[float, bool, bool]:
    """Fill the room with the cheapest paths.

    Returns
    -------
    The bound of every path, whether the first one attains it, and whether the limit cut the search short.
    """
    first, tallies = lowest_bound(case), case.tallies.cost.shape[0]
    if first >= case.below:
        return first, False, False
    if len(found.cost) == 1:
        labels = room_for(found.path.shape[1] + 2, tallies, tallies)
        end, total = dive(case, labels, labels.used[0] - 1)
        if end >= 0 and (total == first or tallies == 0):
            keep(case, labels, end, total, found)
            return min(first, total), True, False
    return search(case, first, limit, found)


@inner
def search(case: Case, first: float, limit: int, found: Found) -> tuple[float, bool, bool]:
    """Expand the label with the lowest bound until enough paths are complete; the longest of equal ones."""
    most, days = found.path.shape
    room = limit + widest(case) + DIVES * (days + 1) + 1
    labels = room_for(room, len(case.value), case.tallies.cost.shape[0])
    heap, cut, is_cut = [(first, 0, 0)], np.inf, False
    while heap and found.size[0] < most:
        total, _, label = heap[0]
        is_complete = labels.layer[label] == days
        is_cut = not is_complete and labels.used[0] >= limit
        if is_cut:
            break
        heappop(heap)
        if is_complete:
            keep(case, labels, label, total, found)
        elif not is_dominated(labels, label, case.tallies, most):
            cut = min(cut, expand(case, labels, label, heap))
    if found.size[0] > 0:
        return found.cost[0], True, is_cut
    bound = min(cut, heap[0][0]) if heap else cut
    for _ in range(min(DIVES, len(heap))):
        end, total = dive(case, labels, heappop(heap)[2])
        if found.size[0] < most and total < case.below:
            keep(case, labels, end, total, found)
    return bound, False, is_cut


@compiled
def gained(case: Case) -> Ints:
    """Give what the tallies gain on the cheapest path that leaves out what they cost."""
    graph, state, node = case.graph, 0, 0
    gain = np.zeros(case.entries.step.shape[1], np.int64)
    for _ in range(len(graph.layer_start) - 2):
        lowest, best, best_node = np.inf, 0, 0
        for arc in range(graph.arc_start[state], graph.arc_start[state + 1]):
            after = node_after(case.boxes, state, node, graph.arc_next[arc], graph.arc_step[arc])
            if after >= 0 and graph.arc_cost[arc] + case.value[after] < lowest:
                lowest, best, best_node = graph.arc_cost[arc] + case.value[after], arc, after
        state, node, entry = graph.arc_next[best], best_node, case.entries.start[graph.arc_move[best]]
        while case.entries.extra[entry] > 0.0:
            entry += 1
        gain += case.entries.step[entry]
    return gain


@inner
def widest(case: Case) -> int:
    """Give the most labels that one label can be expanded into."""
    most = 0
    for state in range(len(case.graph.arc_start) - 1):
        count = 0
        for arc in range(case.graph.arc_start[state], case.graph.arc_start[state + 1]):
            move = case.graph.arc_move[arc]
            count += case.entries.start[move + 1] - case.entries.start[move]
        most = max(most, count)
    return most


@inner
def expand(case: Case, labels: Labels, label: int, heap: list[tuple[float, int, int]]) -> float:
    """Push the labels that follow; give the lowest bound of those that were not below the limit."""
    graph, state, cut = case.graph, labels.state[label], np.inf
    labels.following[label] = labels.head[labels.node[label]]
    labels.head[labels.node[label]] = label
    for arc in range(graph.arc_start[state], graph.arc_start[state + 1]):
        move = graph.arc_move[arc]
        for entry in range(case.entries.start[move], case.entries.start[move + 1]):
            total = extend(case, labels, label, arc, entry)
            if total < case.below:
                new = labels.used[0]
                heappush(heap, (total, -labels.layer[new], new))
                labels.used[0] += 1
            else:
                cut = min(cut, total)
    return cut


@inner
def dive(case: Case, labels: Labels, label: int) -> tuple[int, float]:
    """Follow the lowest bound to the end: give the last label (-1: no way on) and the path's cost."""
    total, days = np.inf, len(case.graph.layer_start) - 2
    for _ in range(days - labels.layer[label]):
        arc, entry, total = lowest(case, labels, label)
        if arc < 0:
            return -1, np.inf
        extend(case, labels, label, arc, entry)
        label = labels.used[0]
        labels.used[0] += 1
    return label, total


@inner
def lowest(case: Case, labels: Labels, label: int) -> tuple[int, int, float]:
    """Give the arc (-1: none), the entry and the bound of the label that follows with the lowest bound."""
    graph, state = case.graph, labels.state[label]
    total, best_arc, best_entry = np.inf, -1, -1
    for arc in range(graph.arc_start[state], graph.arc_start[state + 1]):
        move = graph.arc_move[arc]
        for entry in range(case.entries.start[move], case.entries.start[move + 1]):
            offered = extend(case, labels, label, arc, entry)
            if offered < total:
                total, best_arc, best_entry = offered, arc, entry
    return best_arc, best_entry, total


@inner
def keep(case: Case, labels: Labels, end: int, total: float, found: Found) -> None:
    """Write a complete label's path behind those found, unless it lies too near to one of them."""
    count, label = found.size[0], end
    for day in range(found.path.shape[1] - 1, -1, -1):
        found.path[count, day] = case.entries.option[labels.entry[label]]
        label = labels.parent[label]
    for other in range(count):
        apart = 0
        for day in range(found.path.shape[1]):
            apart += found.path[other, day] != found.path[count, day]
        if apart < found.spread:
            return
    found.cost[count] = total
    found.size[0] += 1
