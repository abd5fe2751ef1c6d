"""What a clash suggests to change: which rows may be missed, and at what price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wardteam_solver.explain.clash import WayKind
from wardteam_solver.explain.rows import Rows
from wardteam_solver.explain.way_prices import unit_points
from wardteam_solver.matrix import Matrix

BY_LAW = frozenset(
    ("registration", "pregnancy", "nursing_mother", "weekly_rest", "long_day", "overtime", "supervision")
)
"""Rules that no way out may bend: laws, and that nobody works beyond what she may."""

OF_DATA = frozenset(("leave", "locked", "post_skill", "barred_shift"))
"""What is known of nurses: bent nurse by nurse, if at all, and never switched off."""


@dataclass(frozen=True)
class Change:
    """Rows that may be missed, all of one kind."""

    kind: WayKind
    rows: Rows


def changes(matrix: Matrix, core: Rows, rows: Rows) -> Iterator[Change]:
    """Give the changes that a clash suggests, each over all the rows that are given; rules come last."""
    codes = dict.fromkeys(code_of(matrix, row) for row in core)
    if "locked" in codes:
        yield Change(WayKind.UNLOCK, rows_of(matrix, rows, "locked"))
    if "leave" in codes:
        yield Change(WayKind.LIFT_LEAVE, rows_of(matrix, rows, "leave"))
    if any(asks_for_staff(matrix, row) for row in core):
        yield Change(WayKind.BORROW, tuple(row for row in rows if asks_for_staff(matrix, row)))
    for code in codes:
        if code not in BY_LAW | OF_DATA:
            yield Change(WayKind.BEND, rows_of(matrix, rows, code))


def every_change(matrix: Matrix, rows: Rows, but: frozenset[WayKind]) -> Iterator[Change]:
    """Give all changes that may be made at all, save some kinds; rows of staff are borrowed for."""
    taken: set[int] = set()
    for change in changes(matrix, rows, rows):
        own = tuple(row for row in change.rows if row not in taken)
        if change.kind is WayKind.BEND and WayKind.BORROW not in but:
            own = tuple(row for row in own if not asks_for_staff(matrix, row))
        if own and change.kind not in but:
            taken.update(own)
            yield Change(change.kind, own)


def points_of(matrix: Matrix, change: Change) -> list[int]:
    """Give the price of a unit of each of the change's rows."""
    return [unit_points(change.kind, code_of(matrix, row)) for row in change.rows]


def asks_for_staff(matrix: Matrix, row: int) -> bool:
    """Whether a borrowed nurse would help the row: it asks for staff on a shift of a day."""
    limit = matrix.limits[row]
    return bool(limit.low and limit.about.shift and len(limit.about.days) == 1 and not limit.about.nurses)


def code_of(matrix: Matrix, row: int) -> str:
    """Give the code of a row's rule."""
    return matrix.rules[int(matrix.rule_of[row])].code


def rows_of(matrix: Matrix, rows: Rows, code: str) -> Rows:
    """Give the rows of one rule."""
    return tuple(row for row in rows if code_of(matrix, row) == code)
