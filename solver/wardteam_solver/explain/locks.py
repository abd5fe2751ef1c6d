"""Locked cells that break a hard rule, found by arithmetic before any search and then confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam.errors import Message
from wardteam_solver.explain.changes import code_of
from wardteam_solver.explain.narrowing import narrowed
from wardteam_solver.explain.propagation import forced_clash
from wardteam_solver.explain.rows import Deadline, Rows, hard_rows, is_confirmed_clash, restricted
from wardteam_solver.explain.wording import facts
from wardteam_solver.matrix import Matrix

CONFIRM_SECONDS = 2.0
LOCKED = "locked"


@dataclass(frozen=True)
class BrokenLock:
    """A locked cell that can't stand: nurse and day as indexes, and what it clashes with, in words."""

    nurse: int
    day: int
    facts: tuple[Message, ...]


def broken_locks(matrix: Matrix) -> tuple[BrokenLock, ...]:
    """Name the locked cells that break a hard rule; without them the others stand.

    Of several locked cells in one clash the last is named, so that as many as can be stay.
    """
    rows, found = hard_rows(matrix), []
    while (lock := _broken(matrix, rows)) is not None:
        core, row = lock
        (nurse,), (day,) = matrix.limits[row].about.nurses, matrix.limits[row].about.days
        found.append(BrokenLock(nurse, day, facts(matrix, core)))
        rows = tuple(other for other in rows if other != row)
    return tuple(found)


def _broken(matrix: Matrix, rows: Rows) -> tuple[Rows, int] | None:
    """Give a clash that arithmetic finds and a solve confirms, with the last locked cell in it."""
    if not any(code_of(matrix, row) == LOCKED for row in rows):
        return None
    forced = forced_clash(restricted(matrix, rows))
    core = () if forced is None else tuple(rows[row] for row in forced)
    if not any(code_of(matrix, row) == LOCKED for row in core):
        return None
    if not is_confirmed_clash(matrix, core, CONFIRM_SECONDS):
        return None
    core, _ = narrowed(matrix, core, Deadline(CONFIRM_SECONDS))
    locked = [row for row in core if code_of(matrix, row) == LOCKED]
    if not locked:
        return None
    return core, max(locked, key=lambda row: matrix.limits[row].about.days)
