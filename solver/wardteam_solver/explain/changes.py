"""What a clash suggests to change: which rows may be missed, and at what price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wardteam_solver.explain.clash import WayKind
from wardteam_solver.explain.rows import Rows
from wardteam_solver.matrix import Matrix

POINTS = {
    WayKind.UNLOCK: 10,
    WayKind.BEND: 100,
    WayKind.SWITCH_OFF: 100,
    WayKind.LIFT_LEAVE: 300,
    WayKind.BORROW: 500,
}
"""The price of one cell, of one unit of a rule, of one day of leave, of one borrowed duty."""

BY_LAW = frozenset(
    ("registration", "pregnancy", "nursing_mother", "weekly_rest", "long_day", "overtime", "supervision")
)
"""Rules that no way out may bend: laws, and that nobody works beyond what she may."""

OF_DATA = frozenset(("leave", "locked", "post_skill", "barred_shift"))
"""Rules that are bent nurse by nurse, if at all, and never switched off."""


@dataclass(frozen=True)
class Change:
    """Rows that may be missed."""

    kind: WayKind
    rows: Rows


def changes(matrix: Matrix, core: Rows, rows: Rows) -> Iterator[Change]:
    """Give the changes that a clash suggests, each over all the rows that are given."""
    codes = dict.fromkeys(code_of(matrix, row) for row in core)
    if "locked" in codes:
        yield Change(WayKind.UNLOCK, _rows_of(matrix, rows, "locked"))
    for code in codes:
        if code not in BY_LAW | OF_DATA:
            yield Change(WayKind.BEND, _rows_of(matrix, rows, code))
    if "leave" in codes:
        yield Change(WayKind.LIFT_LEAVE, _rows_of(matrix, rows, "leave"))
    if any(asks_for_staff(matrix, row) for row in core):
        yield Change(WayKind.BORROW, tuple(row for row in rows if asks_for_staff(matrix, row)))


def asks_for_staff(matrix: Matrix, row: int) -> bool:
    """Whether a borrowed nurse would help the row: it asks for staff on a shift of a day."""
    limit = matrix.limits[row]
    return bool(limit.low and limit.about.shift and len(limit.about.days) == 1 and not limit.about.nurses)


def code_of(matrix: Matrix, row: int) -> str:
    """Give the code of a row's rule."""
    return matrix.rules[int(matrix.rule_of[row])].code


def _rows_of(matrix: Matrix, rows: Rows, code: str) -> Rows:
    return tuple(row for row in rows if code_of(matrix, row) == code)
