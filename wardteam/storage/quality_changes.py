"""Counts the changes of a ward's calls and captured records, and lets one writer at a time make them."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa

from wardteam.errors import Message, NotFound
from wardteam.storage.quality_tables import quality_changes
from wardteam.storage.ward_tables import wards

Counter = Literal["calls", "records"]


def lock_ward(connection: sa.Connection, ward: str) -> None:
    """Let one writer at a time change what a ward captures; NotFound where there is no such ward."""
    found = connection.scalar(sa.select(wards.c.code).where(wards.c.code == ward).with_for_update())
    if found is None:
        raise NotFound(Message("There is no ward {ward}.", ward=ward))


def count_change(connection: sa.Connection, ward: str, counter: Counter) -> None:
    """Count one more change; the ward must be locked."""
    column = quality_changes.c[counter]
    change = sa.update(quality_changes).where(quality_changes.c.ward == ward).values({column: column + 1})
    if not connection.execute(change).rowcount:
        first = {"ward": ward, "calls": 0, "records": 0} | {counter: 1}
        connection.execute(sa.insert(quality_changes), first)


def changes_counted(connection: sa.Connection, ward: str, counter: Counter) -> int:
    """Give how many changes were counted, 0 where there was none."""
    chosen = sa.select(quality_changes.c[counter]).where(quality_changes.c.ward == ward)
    return connection.scalar(chosen) or 0
