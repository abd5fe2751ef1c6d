"""Further paths, compiled: for a cell that no path found takes yet, the cheapest path through it."""

from __future__ import annotations

import numpy as np

from wardteam_solver.columns.compiled import compiled, inner
from wardteam_solver.columns.kernel import Boxes, Graph
from wardteam_solver.columns.labels import Case, Labels, extend, node_after, room_for
from wardteam_solver.columns.machine import Floats, Ints
from wardteam_solver.columns.search import Found, dive, keep


@compiled
def take_through(
    case: Case, before: Floats, arc: Ints, node: Ints, order: Ints, day: Ints, found: Found
) -> None:
    """Fill the room for paths.

    Parameters
    ----------
    before
        The cheapest way from the start to each node.
    arc, node
        (entries) the arc of the cheapest path through each option's cell, and the node it leaves from.
    order
        The entries to try, the most promising first.
    day
        (entries) the day of each.
    """
    days = found.path.shape[1]
    labels = room_for(days + 2, found.path.shape[0], case.tallies.cost.shape[0])
    trail = np.empty(days, np.int64)
    for entry in order:
        if found.size[0] == len(found.cost):
            break
        if is_taken(found, day[entry], case.entries.option[entry]):
            continue
        labels.used[0] = 1
        trace(case.graph, case.boxes, before, arc[entry], node[entry], trail[: day[entry] + 1])
        if follow(case, labels, trail[: day[entry]]) and take(case, labels, arc[entry], entry):
            end, total = dive(case, labels, labels.used[0] - 1)
            if total < case.below:
                keep(case, labels, end, total, found)


@inner
def is_taken(found: Found, day: int, option: int) -> bool:
    """Tell whether a path found takes this cell."""
    count = 0
    for path in range(found.size[0]):
        count += found.path[path, day] == option
    return count > 0


@inner
def trace(graph: Graph, boxes: Boxes, before: Floats, arc: int, node: int, trail: Ints) -> None:
    """Write the arcs of the cheapest way from the start to a node, and the arc that leaves from it."""
    trail[-1] = arc
    for day in range(len(trail) - 2, -1, -1):
        state = np.searchsorted(graph.arc_start, trail[day + 1], side="right") - 1
        trail[day], node = cheapest_into(graph, boxes, before, day, state, node)


@inner
def cheapest_into(
    graph: Graph, boxes: Boxes, before: Floats, day: int, state: int, node: int
) -> tuple[int, int]:
    """Give the arc of a day that leads to a node most cheaply, and the node it leaves from."""
    lowest, best_arc, best_node = np.inf, -1, -1
    for earlier in range(graph.layer_start[day], graph.layer_start[day + 1]):
        for arc in range(graph.arc_start[earlier], graph.arc_start[earlier + 1]):
            if graph.arc_next[arc] == state and graph.arc_cost[arc] < np.inf:
                start = node_after(boxes, state, node, earlier, -graph.arc_step[arc])
                if start >= 0 and before[start] + graph.arc_cost[arc] < lowest:
                    lowest, best_arc, best_node = before[start] + graph.arc_cost[arc], arc, start
    return best_arc, best_node


@inner
def follow(case: Case, labels: Labels, trail: Ints) -> bool:
    """Take these arcs from the start with the options of the lowest bound; tell whether there's a way on."""
    for arc in trail:
        lowest, best, move = np.inf, -1, case.graph.arc_move[arc]
        for entry in range(case.entries.start[move], case.entries.start[move + 1]):
            offered = extend(case, labels, labels.used[0] - 1, arc, entry)
            if offered < lowest:
                lowest, best = offered, entry
        if best < 0 or not take(case, labels, arc, best):
            return False
    return True


@inner
def take(case: Case, labels: Labels, arc: int, entry: int) -> bool:
    """Add the label that an option leads to behind the last one; tell whether there's a way on from it."""
    total = extend(case, labels, labels.used[0] - 1, arc, entry)
    labels.used[0] += 1
    return bool(total < np.inf)
