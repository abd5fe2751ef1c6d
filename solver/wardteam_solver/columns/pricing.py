"""Pricing: the cheapest personal rosters that a machine allows under given costs of cells, with a bound."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from wardteam_solver.columns.alternatives import take_through
from wardteam_solver.columns.cases import CaseMaker, part_of
from wardteam_solver.columns.kernel import forward, through
from wardteam_solver.columns.labels import Case
from wardteam_solver.columns.machine import Floats, Ints, Machine
from wardteam_solver.columns.search import Found, cheapest_paths
from wardteam_solver.columns.tally_price import price_tallies

FIRST_LABELS = 3000
"""Labels that a search may take before the tallies are given prices."""


@dataclass(frozen=True)
class Priced:
    """What pricing found.

    Attributes
    ----------
    bound
        Proven lower bound of the cost of every path; infinite where no path exists.
    is_exact
        Whether the first path attains the bound.
    paths
        (found, days) option by day, -1 for OFF; cheapest first, no two alike.
    costs
        (found) cost of each path.
    prices
        (tallies) what a unit of each had to cost for the search to come to its end.
    """

    bound: float
    is_exact: bool
    paths: NDArray[np.int64]
    costs: NDArray[np.float64]
    prices: NDArray[np.float64]


def price(
    machine: Machine,
    cell_cost: Floats,
    *,
    most: int = 1,
    spread: int = 1,
    below: float = inf,
    label_limit: int = 200_000,
    prices: Floats | None = None,
) -> Priced:
    """Find the cheapest paths of a machine.

    Parameters
    ----------
    cell_cost
        (days, width + 1) cost of each option by day, the last column that of OFF; infinite where forbidden.
    most
        Paths wanted.
    spread
        Days in which any two paths differ at least. With 1 they are the cheapest there are, one by one; with
        more, each one after the first is a cheapest one through a cell that none before it takes.
    below
        Only paths that cost less are wanted; the bound holds for all paths anyway.
    label_limit
        Labels after which the search gives the bound it has, and what paths it can complete.
    prices
        (tallies) prices to begin with, such as those that pricing gave under similar costs.
    """
    maker = CaseMaker(machine, cell_cost, below)
    wanted = most if spread == 1 else 1
    best, limit = -inf, min(label_limit, FIRST_LABELS)
    for case in price_tallies(maker, maker.free if prices is None else prices):
        bound, is_exact, is_cut, found = _search(maker, case, wanted, limit)
        best = max(best, bound)
        if not is_cut:
            break
    if is_cut and label_limit > limit:
        bound, is_exact, _, found = _search(maker, case, wanted, label_limit)
        best = max(best, bound)
    if most > wanted and best < below:
        found = _with_further(maker, case.prices, found, most, spread)
    order = np.argsort(found.cost[: found.size[0]], kind="stable")
    paths = np.where(found.path[order] == machine.width, -1, found.path[order])
    return Priced(best, is_exact, paths, found.cost[order], case.prices)


def forward_backward(machine: Machine, cell_cost: Floats) -> Floats:
    """Give the bound of what the cheapest path through each cell costs; infinite where there is none.

    Returns
    -------
    (days, width + 1). Each tally counts as the least it can cost, so that the bound holds in any case.
    """
    maker = CaseMaker(machine, cell_cost, inf)
    case = maker.case(maker.free, is_every=True)
    cost, day, _, _, _ = _through_entries(machine, case)
    least = np.full((machine.day_count, machine.width + 1), inf)
    np.minimum.at(least, (day, case.entries.option), cost)
    least += machine.tally_cost.min(axis=1, initial=inf).sum()
    return least


def _search(maker: CaseMaker, case: Case, wanted: int, limit: int) -> tuple[float, bool, bool, Found]:
    """Find the cheapest paths; where several are wanted, each option makes a path of its own."""
    days = maker.machine.day_count
    found = Found(np.empty((wanted, days), np.int64), np.empty(wanted), np.zeros(1, np.int64), 1)
    if wanted > 1:
        case = maker.case(case.prices, is_every=True)
    return *cheapest_paths(case, limit, found), found


def _with_further(maker: CaseMaker, prices: Floats, first: Found, most: int, spread: int) -> Found:
    """Give the first path and more: those through the cheapest cells that none takes yet."""
    case, count = maker.case(prices, is_every=True), first.size[0]
    cost, day, arc, node, before = _through_entries(maker.machine, case)
    order = np.argsort(cost, kind="stable")
    order = order[cost[order] < inf]
    found = Found(np.empty((most, maker.machine.day_count), np.int64), np.empty(most), first.size, spread)
    found.path[:count], found.cost[:count] = first.path[:count], first.cost[:count]
    take_through(case, before, arc, node, order, day, found)
    return found


def _through_entries(machine: Machine, case: Case) -> tuple[Floats, Ints, Ints, Ints, Floats]:
    """Give by entry the cost of the cheapest path through it, its day, its arc there, and the node before.

    The tallies are left out. Last come the costs of the cheapest ways from the start.
    """
    before = forward(case.graph, case.boxes)
    moves = len(machine.option_start) - 1
    cost, arc, node = through(case.graph, case.boxes, before, case.value, moves)
    move = part_of(case.entries.start)
    day = part_of(machine.move_start)[move]
    return cost[move] + case.entries.extra, day, arc[move], node[move], before
