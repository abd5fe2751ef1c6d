"""The fewest nurse-hours that meet every requirement: a small whole-number program, solved to the end."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wardteam.errors import Message
from wardteam.stats.results import Unanswerable

Array = NDArray[np.float64]
NO_COVER = Message("No shift of the ward covers an hour at which calls come: {hours}.")
CLOSE = 1e-6


def least_cover(covers: Array, required: Array, costs: Array, least: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give whole numbers x >= least with covers x >= required at the lowest cost.

    Parameters
    ----------
    covers
        What one nurse of each shift gives to each requirement: shape (requirements, shifts).
    required
        What each requirement asks for.
    costs
        Cost of a nurse on each shift, more than 0; of equally dear answers the earlier shifts take more.
    least
        Nurses that each shift has at any rate.

    Raises
    ------
    Unanswerable
        Where a requirement above 0 is covered by no shift; it is named by its place.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    bare = [str(row) for row in np.flatnonzero((covers.max(axis=1, initial=0) <= 0) & (required > CLOSE))]
    if bare:
        raise Unanswerable(Message(NO_COVER.text, hours=tuple(bare)))
    order = np.arange(len(costs)) * 1e-4 * costs.min(initial=1.0) / max(len(costs), 1)
    found = milp(
        costs + order,
        constraints=LinearConstraint(covers, required - CLOSE, np.inf) if len(covers) else (),
        integrality=np.ones(len(costs)),
        bounds=Bounds(least.astype(np.float64), np.inf),
    )
    if found.x is None:
        raise ValueError(f"a cover without upper bounds always exists, got {found.message}")
    return np.asarray(np.rint(found.x), dtype=np.int64)
