"""Why no roster can exist: arithmetic first, then a plain solve, a confirmation, a narrowing, ways out."""

from __future__ import annotations

from wardteam.errors import Message
from wardteam_solver.explain.clash import Clash
from wardteam_solver.explain.narrowing import narrowed
from wardteam_solver.explain.propagation import forced_clash
from wardteam_solver.explain.rows import Deadline, Rows, hard_rows, is_confirmed_clash
from wardteam_solver.explain.ways import ways_out
from wardteam_solver.explain.wording import facts
from wardteam_solver.matrix import Matrix

SHARE_OF_NARROWING = 0.6


def why_impossible(matrix: Matrix, *, seconds: float = 20.0) -> Clash | None:
    """Name a few hard limits that can't hold together; None where that isn't certain.

    Parameters
    ----------
    seconds
        Wall time for all of it; the narrowing leaves a share for the ways out.
    """
    deadline = Deadline(seconds)
    start = _confirmed(matrix, deadline)
    if start is None:
        return None
    core, is_minimal = narrowed(matrix, start, Deadline(deadline.left * SHARE_OF_NARROWING))
    told = facts(matrix, core)
    rules = tuple(dict.fromkeys(matrix.rules[int(matrix.rule_of[row])].code for row in core))
    limits = tuple(matrix.limits[row] for row in core)
    text = Message("These can't hold together: {facts}.", facts=told)
    return Clash(text, told, rules, limits, is_minimal, ways_out(matrix, core, deadline))


def _confirmed(matrix: Matrix, deadline: Deadline) -> Rows | None:
    """Give rows that clash by two solves: what arithmetic found, or all of them."""
    forced = forced_clash(matrix)
    if forced is not None and is_confirmed_clash(matrix, forced, max(deadline.left, 1.0)):
        return forced
    everything = hard_rows(matrix)
    if is_confirmed_clash(matrix, everything, max(deadline.left * 0.5, 1.0)):
        return everything
    return None
