"""Why no roster can exist: arithmetic first, then a plain solve, a confirmation, a narrowing, ways out."""

from __future__ import annotations

from collections.abc import Callable

from wardteam.errors import Message
from wardteam_solver.cpsat import build
from wardteam_solver.explain.clash import Clash
from wardteam_solver.explain.narrowing import narrowed
from wardteam_solver.explain.propagation import forced_clash
from wardteam_solver.explain.rows import Deadline, Rows, hard_rows, is_confirmed_clash, restricted, touched
from wardteam_solver.explain.ways import ways_out
from wardteam_solver.explain.wording import facts
from wardteam_solver.matrix import Matrix
from wardteam_solver.search.feasibility import Approach, settle

SHARE_OF_NARROWING = 0.6
PROBE_SECONDS = 0.5
CONFIRM_SECONDS = 1.5
"""For a clash of few rows; one that takes longer is looked for among all of them."""


def why_impossible(
    matrix: Matrix,
    *,
    seconds: float = 20.0,
    should_stop: Callable[[], bool] = lambda: False,
    tell: Callable[[str], None] = lambda _: None,
) -> Clash | None:
    """Name a few hard limits that can't hold together; None where that isn't certain.

    Parameters
    ----------
    seconds
        Wall time for all of it; the narrowing leaves a share for the ways out.
    should_stop
        Asked between solves; what is known by then is given.
    tell
        Told of each step as it begins: confirm, narrow, ways.
    """
    deadline = Deadline(seconds, should_stop)
    tell("confirm")
    start = _confirmed(matrix, deadline)
    if start is None:
        return None
    tell("narrow")
    core, is_minimal = narrowed(matrix, start, Deadline(deadline.left * SHARE_OF_NARROWING, should_stop))
    tell("ways")
    told = facts(matrix, core)
    rules = tuple(dict.fromkeys(matrix.rules[int(matrix.rule_of[row])].code for row in core))
    limits = tuple(matrix.limits[row] for row in core)
    text = Message("These can't hold together: {facts}.", facts=told)
    return Clash(text, told, rules, limits, is_minimal, ways_out(matrix, core, deadline))


def _confirmed(matrix: Matrix, deadline: Deadline) -> Rows | None:
    """Give rows that clash by two solves: what arithmetic found, those of two days, or all of them."""
    share = Deadline(deadline.left / 4, deadline.should_stop)
    for look in (forced_clash, lambda m: _of_two_days(m, share)):
        start = look(matrix)
        if start is not None and is_confirmed_clash(matrix, start, CONFIRM_SECONDS):
            return start
    everything = hard_rows(matrix)
    if is_confirmed_clash(matrix, everything, max(deadline.left * 0.5, 1.0)):
        return everything
    return None


def _of_two_days(matrix: Matrix, deadline: Deadline) -> Rows | None:
    """Look at every date with the next one alone: small models, in which most clashes show already."""
    spans: list[tuple[int, int, int]] = []
    for row in hard_rows(matrix):
        days = matrix.limits[row].about.days
        if days and days[-1] - days[0] <= 1:
            spans.append((row, days[0], days[-1]))
    for day in matrix.problem.days:
        rows = tuple(row for row, first, last in spans if day <= first and last <= day + 1)
        if deadline.is_over:
            return None
        if rows and _seems_impossible(matrix, rows):
            return rows
    return None


def _seems_impossible(matrix: Matrix, rows: Rows) -> bool:
    """Ask once, the way that finds a shortage soonest; whoever goes on from here confirms it."""
    part = restricted(matrix, rows)
    model = build(part, touched(part), stages=())
    return settle(model, seconds=PROBE_SECONDS, approaches=(Approach.PLAIN,)).is_possible is False
