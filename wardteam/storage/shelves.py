"""Which table holds which list of the ward's book, and how records turn into rows and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from wardteam.domain.beds import Bed, Ownership, Room, Stay
from wardteam.domain.people import Nurse, Restriction
from wardteam.domain.rules import RuleSetting
from wardteam.domain.shifts import Demand, Leave, Shift
from wardteam.domain.teams import Membership, Pair, Team
from wardteam.domain.wishes import Wish
from wardteam.storage import ward_tables as t

Row = dict[str, Any]  # column name -> a value of the column's own type


@dataclass(frozen=True)
class Shelf:
    """One ordered list of records: its table (the columns are the record's fields) and its parent column."""

    table: sa.Table
    record: type
    parent: str = "ward"
    order: str = "ordinal"

    def __post_init__(self) -> None:
        columns = {c.name for c in self.table.c} - {self.parent, self.order}
        names = {f.name for f in fields(self.record)}
        if columns != names:
            raise ValueError(f"{self.table.name} and {self.record.__name__} differ in {columns ^ names}")

    def read(self, connection: sa.Connection, key: str) -> tuple[Any, ...]:  # records of this shelf
        """Read the records of one parent in their order."""
        names = [f.name for f in fields(self.record)]
        chosen = sa.select(*(self.table.c[name] for name in names))
        chosen = chosen.where(self.table.c[self.parent] == key).order_by(self.table.c[self.order])
        return tuple(self.record(**dict(zip(names, row, strict=True))) for row in connection.execute(chosen))

    def write(self, connection: sa.Connection, key: str, records: Iterable[object]) -> None:
        """Replace the records of one parent."""
        replace_rows(connection, self.table, self.parent, key, self.rows(records), order=self.order)

    def rows(self, records: Iterable[object]) -> list[Row]:
        """Turn records into rows, without their parent and place."""
        names = [f.name for f in fields(self.record)]
        return [{name: getattr(record, name) for name in names} for record in records]


def replace_rows(
    connection: sa.Connection, table: sa.Table, parent: str, key: str, rows: Sequence[Row], *, order: str
) -> None:
    """Delete a parent's rows and insert these in order."""
    connection.execute(sa.delete(table).where(table.c[parent] == key))
    if rows:
        placed = [{parent: key, order: place, **row} for place, row in enumerate(rows)]
        connection.execute(sa.insert(table), placed)


SHELVES: dict[str, Shelf] = {
    "nurses": Shelf(t.nurses, Nurse),
    "rooms": Shelf(t.rooms, Room),
    "beds": Shelf(t.beds, Bed),
    "stays": Shelf(t.stays, Stay),
    "shifts": Shelf(t.shifts, Shift),
    "demands": Shelf(t.demands, Demand),
    "leaves": Shelf(t.leaves, Leave),
    "wishes": Shelf(t.wishes, Wish),
    "restrictions": Shelf(t.restrictions, Restriction),
    "pairs": Shelf(t.pairs, Pair),
    "teams": Shelf(t.teams, Team),
    "memberships": Shelf(t.memberships, Membership),
    "ownerships": Shelf(t.ownerships, Ownership),
    "rule_settings": Shelf(t.rule_settings, RuleSetting),
}
"""Each list of the `WardBook`, by its field."""
