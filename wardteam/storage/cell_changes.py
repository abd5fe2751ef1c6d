"""Changes cells of a stored roster one by one, and keeps who, when, why, old and new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellChange, RosterCell
from wardteam.errors import Conflict, Message
from wardteam.storage.record_tables import cell_changes, roster_cells
from wardteam.storage.shelves import Row


class SqlCellChanges:
    """The changed cells of all rosters."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def read(self, roster: str) -> tuple[CellChange, ...]:
        """Give the changes of a roster in order."""
        chosen = sa.select(cell_changes).where(cell_changes.c.roster == roster)
        rows = self._connection.execute(chosen.order_by(cell_changes.c.position)).mappings()
        return tuple(_change(dict(row)) for row in rows)

    def record(self, roster: str, period: Period, changes: Iterable[CellChange]) -> None:
        """Apply the changes in order and append them to the record.

        Raises
        ------
        Conflict
            Where a cell no longer is what the change took it for, or lies outside the period.
        """
        last = sa.select(sa.func.max(cell_changes.c.position)).where(cell_changes.c.roster == roster)
        newest = self._connection.scalar(last)
        start = 0 if newest is None else newest + 1
        for place, change in enumerate(changes, start=start):
            self._apply(roster, period, change)
            row = {"roster": roster, "position": place, **_change_row(change)}
            self._connection.execute(sa.insert(cell_changes), row)

    def _apply(self, roster: str, period: Period, change: CellChange) -> None:
        if change.day not in period:
            text = "{day} lies outside the roster's period."
            raise Conflict(Message(text, day=change.day))
        if self._cell(roster, change.staff_no, change.day) != change.old:
            text = "The cell of {staff_no} on {day} has been changed in the meantime."
            raise Conflict(Message(text, staff_no=change.staff_no, day=change.day))
        key = {"roster": roster, "staff_no": change.staff_no, "day": change.day}
        self._connection.execute(sa.delete(roster_cells).where(_is_cell(roster, change.staff_no, change.day)))
        if change.new is not None:
            self._connection.execute(sa.insert(roster_cells), {**key, **vars(change.new)})

    def _cell(self, roster: str, staff_no: str, day: date) -> RosterCell | None:
        c = roster_cells.c
        chosen = sa.select(c.code, c.post, c.is_locked, c.team).where(_is_cell(roster, staff_no, day))
        row = self._connection.execute(chosen).one_or_none()
        return None if row is None else RosterCell(*row)


def _is_cell(roster: str, staff_no: str, day: date) -> sa.ColumnElement[bool]:
    c = roster_cells.c
    return (c.roster == roster) & (c.staff_no == staff_no) & (c.day == day)


def _change_row(change: CellChange) -> Row:
    row: Row = {"staff_no": change.staff_no, "day": change.day, "reason": change.reason}
    row |= {"changed_by": change.by, "changed_at": change.at}
    for when, cell in (("old", change.old), ("new", change.new)):
        row[f"{when}_code"] = cell.code if cell else None
        row[f"{when}_post"] = cell.post if cell else None
        row[f"{when}_is_locked"] = cell.is_locked if cell else None
        row[f"{when}_team"] = cell.team if cell else None
    return row


def _change(row: Row) -> CellChange:
    old, new = (_cell_of(row, when) for when in ("old", "new"))
    return CellChange(
        row["staff_no"],
        row["day"],
        old,
        new,
        by=row["changed_by"],
        at=row["changed_at"],
        reason=row["reason"],
    )


def _cell_of(row: Row, when: str) -> RosterCell | None:
    if row[f"{when}_code"] is None:
        return None
    return RosterCell(*(row[f"{when}_{name}"] for name in ("code", "post", "is_locked", "team")))
