"""Prices of tallies: what a unit of each has to cost for the dynamic programme to come near their limits.

Lagrangian relaxation: the bound under any prices is valid, and it is concave in them. Each round moves from
the best prices along a mean of the recent differences between what the cheapest path gains and what the
tallies would like best; the step grows with success and shrinks without.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wardteam_solver.columns.cases import CaseMaker
from wardteam_solver.columns.labels import Case
from wardteam_solver.columns.machine import Floats
from wardteam_solver.columns.search import gained, lowest_bound

TURNS, ROUNDS = 5, 4
"""Turns after which a search is worth another try, and rounds in each."""
GRAIN = 8
"""Prices are whole multiples of 1 / GRAIN, so that sums of whole costs stay exact."""


def price_tallies(maker: CaseMaker, start: Floats) -> Iterator[Case]:
    """Give the case under the prices (tallies) of the highest bound so far: at first, then some rounds on."""
    best_case = case = maker.case(start)
    yield case
    best, bound, direction, step = start, lowest_bound(case), _excess(case), _usual_cost(maker)
    for _ in range(TURNS):
        before = best_case
        for _ in range(ROUNDS):
            if not direction.any():
                return
            prices = np.round((best + step * direction / np.abs(direction).max()) * GRAIN) / GRAIN
            case = maker.case(prices)
            direction = (direction + _excess(case)) / 2
            if lowest_bound(case) > bound:
                best, best_case, bound, step = prices, case, lowest_bound(case), step * 1.3
            else:
                step *= 0.6
        if best_case is not before:
            yield best_case


def _excess(case: Case) -> Floats:
    """Give by how much the cheapest path exceeds the nearest of each tally's cheapest values."""
    gain, tallies = gained(case), case.tallies
    excess = np.zeros(len(gain))
    for tally in range(len(gain)):
        last = min(tallies.past[tally], tallies.most[0, tally] + 1)
        values = np.arange(tallies.least[0, tally], last)
        cost = tallies.cost[tally, values]
        away = gain[tally] - values[cost == cost.min()]
        excess[tally] = away[np.abs(away).argmin()]
    return excess


def _usual_cost(maker: CaseMaker) -> float:
    """Give a usual distance of a cell's cost from the middle one."""
    cost = maker.cell_cost[np.isfinite(maker.cell_cost)]
    return max(1.0, float(np.abs(cost - np.median(cost)).mean()))
