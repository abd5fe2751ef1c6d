"""Reads and writes a ward's book as a whole, guarded by its revision."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.ward import Ward, WardBook
from wardteam.errors import Conflict, Message, NotFound
from wardteam.services.ports import StoredBook
from wardteam.storage import ward_tables as t
from wardteam.storage.integrity import refuse_contradictions
from wardteam.storage.shelves import SHELVES, Row, replace_rows
from wardteam.storage.zones import in_zone


class SqlBooks:
    """The books of all wards."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def codes(self) -> tuple[str, ...]:
        """Give the codes of all wards."""
        return tuple(self._connection.scalars(sa.select(t.wards.c.code).order_by(t.wards.c.code)))

    def get(self, ward: str) -> StoredBook:
        """Read a ward's book; NotFound where there is none."""
        while True:
            revision = self._revision(ward)
            if revision is None:
                raise NotFound(Message("There is no ward {ward}.", ward=ward))
            book = _read_book(self._connection, ward)
            # Several statements read it: with PostgreSQL, somebody may have saved between two of them.
            if self._revision(ward) == revision:
                return StoredBook(book, revision)

    def save(self, book: WardBook, *, expected_revision: int | None, by: str, at: datetime) -> int:
        """Write a book and give its new revision; `expected_revision` is None for a new ward.

        Raises
        ------
        Conflict
            Where somebody saved in between, or a new ward's code is taken.
        BadInput
            Where the book contradicts itself.
        """
        refuse_contradictions(book)
        revision = (expected_revision or 0) + 1
        if expected_revision is None:
            self._claim(book, revision)
        else:
            self._advance(book, expected_revision, revision)
        _write_lists(self._connection, book)
        log = {"ward": book.ward.code, "revision": revision, "saved_by": by, "saved_at": at}
        self._connection.execute(sa.insert(t.ward_revisions), log)
        return revision

    def _revision(self, ward: str) -> int | None:
        return self._connection.scalar(sa.select(t.wards.c.revision).where(t.wards.c.code == ward))

    def _claim(self, book: WardBook, revision: int) -> None:
        if self._revision(book.ward.code) is not None:
            raise Conflict(Message("There is a ward {ward} already.", ward=book.ward.code))
        self._connection.execute(sa.insert(t.wards), {**_ward_row(book), "revision": revision})

    def _advance(self, book: WardBook, expected: int, revision: int) -> None:
        same = (t.wards.c.code == book.ward.code) & (t.wards.c.revision == expected)
        done = self._connection.execute(
            sa.update(t.wards).where(same).values(**_ward_row(book), revision=revision)
        )
        if not done.rowcount:
            text = "Somebody else has changed the ward {ward} in the meantime. Load it again, then save."
            raise Conflict(Message(text, ward=book.ward.code))


def _ward_row(book: WardBook) -> Row:
    return {
        **asdict(book.ward),
        "settings": book.settings,
        "balance_measures": tuple(book.balances),
        "period_first": book.period.first if book.period else None,
        "period_last": book.period.last if book.period else None,
    }


def _write_lists(connection: sa.Connection, book: WardBook) -> None:
    """Rewrite the lists that changed; most saves touch one or two of them."""
    ward = book.ward.code
    for name, shelf in SHELVES.items():
        records = getattr(book, name)
        if shelf.read(connection, ward) != records:
            shelf.write(connection, ward, records)
    rows = (
        (t.calendar_days, _calendar_rows(book.calendar)),
        (t.history_cells, _history_rows(book)),
        (t.balances, _balance_rows(book)),
    )
    for table, these in rows:
        if _read_rows(connection, table, ward) != these:
            replace_rows(connection, table, "ward", ward, these, order="ordinal")


def _calendar_rows(calendar: Calendar) -> list[Row]:
    holidays = [{"day": day, "name": name, "is_makeup": False} for day, name in calendar.holidays]
    return holidays + [{"day": day, "name": "", "is_makeup": True} for day in sorted(calendar.makeup_days)]


def _history_rows(book: WardBook) -> list[Row]:
    return [
        {"staff_no": staff_no, "day": day, **vars(cell)} for (staff_no, day), cell in book.history.items()
    ]


def _balance_rows(book: WardBook) -> list[Row]:
    return [
        {"measure": measure, "staff_no": staff_no, "amount": amount}
        for measure, amounts in book.balances.items()
        for staff_no, amount in amounts.items()
    ]


def _read_rows(connection: sa.Connection, table: sa.Table, ward: str) -> list[Row]:
    columns = [c for c in table.c if c.name not in ("ward", "ordinal")]
    chosen = sa.select(*columns).where(table.c.ward == ward).order_by(table.c.ordinal)
    return [dict(row) for row in connection.execute(chosen).mappings()]


def _read_book(connection: sa.Connection, ward: str) -> WardBook:
    head = connection.execute(sa.select(t.wards).where(t.wards.c.code == ward)).mappings().one()
    zone = head["settings"].zone
    lists: dict[str, Any] = {
        name: shelf.read(connection, ward) for name, shelf in SHELVES.items()
    }  # by field
    lists["stays"] = tuple(in_zone(stay, zone) for stay in lists["stays"])
    return WardBook(
        ward=Ward(head["code"], head["name"], head["name_en"], head["hospital"], head["hospital_en"]),
        settings=head["settings"],
        calendar=_read_calendar(connection, ward),
        history=_read_history(connection, ward),
        balances=_read_balances(connection, ward, head["balance_measures"]),
        period=_period(head["period_first"], head["period_last"]),
        **lists,
    )


def _period(first: date | None, last: date | None) -> Period | None:
    return None if first is None or last is None else Period(first, last)


def _read_calendar(connection: sa.Connection, ward: str) -> Calendar:
    rows = _read_rows(connection, t.calendar_days, ward)
    holidays = tuple((row["day"], row["name"]) for row in rows if not row["is_makeup"])
    return Calendar(holidays, frozenset(row["day"] for row in rows if row["is_makeup"]))


def _read_history(connection: sa.Connection, ward: str) -> dict[CellKey, RosterCell]:
    return {
        (row.pop("staff_no"), row.pop("day")): RosterCell(**row)
        for row in _read_rows(connection, t.history_cells, ward)
    }


def _read_balances(
    connection: sa.Connection, ward: str, measures: tuple[str, ...]
) -> dict[str, dict[str, int]]:
    balances: dict[str, dict[str, int]] = {measure: {} for measure in measures}
    for row in _read_rows(connection, t.balances, ward):
        balances[row["measure"]][row["staff_no"]] = row["amount"]
    return balances
