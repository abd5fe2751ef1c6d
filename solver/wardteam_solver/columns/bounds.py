"""The proven bound, counted anew from the duals alone: what no roster of the matrix can cost less than."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, inf, isfinite

import numpy as np

from wardteam_solver.columns.generation import LABELS, Relaxation
from wardteam_solver.columns.machine import Floats
from wardteam_solver.columns.pricing import price
from wardteam_solver.matrix import Matrix

FINE = 1024
"""Duals are rounded to this part of a point: sums of them are then exact in binary."""
A_LITTLE = 1e-6
MOST_SIZE = 2_000_000_000
"""The size of a machine up to which it is priced with every sum where the cut one may forgo something."""


def proven_bound(relaxation: Relaxation, should_stop: Callable[[], bool] = lambda: False) -> float:
    """Bound the soft cost of every roster that keeps the hard rules, by the best duals known.

    Nothing of the search is trusted but the compiled rules: any duals within the prices of the rows prove
    a bound, and each nurse is priced at them once more, here also over the periods that the search leaves
    aside.

    Returns
    -------
    A whole multiple of the unit that all soft costs share; minus infinity where nothing is proven.
    """
    if relaxation.best_duals is None:
        return -inf
    shared = relaxation.shared
    duals = shared.boxed(np.round(relaxation.best_duals * FINE) / FINE)
    costs = relaxation.costs(duals)
    total = relaxation.constant + shared.worth(duals)
    for nurse in relaxation.people.tolist():
        if should_stop():
            return -inf
        total += _least(relaxation, nurse, costs[nurse])
    return rounded_up(relaxation.matrix, total)


def _least(relaxation: Relaxation, nurse: int, costs: Floats) -> float:
    """Give a bound of what any of a nurse's periods costs."""
    compiled = relaxation.compiled[nurse]
    least = price(compiled.machine, costs, label_limit=LABELS).bound
    beyond = compiled.machines_beyond()
    loose = min(
        (price(machine, costs, label_limit=LABELS).bound + floor for machine, floor in beyond), default=inf
    )
    if loose >= least:
        return least
    machine = compiled.uncut
    return price(machine, costs, label_limit=LABELS).bound if machine.size <= MOST_SIZE else loose


def rounded_up(matrix: Matrix, bound: float) -> float:
    """Round a bound up to the next cost that a roster can have; minus infinity where it is none."""
    unit = matrix.cost_unit
    return float(ceil((bound - A_LITTLE) / unit) * unit) if isfinite(bound) else -inf
