"""Keeps every record that people enter or import, with all its versions, as one shelf of JSON bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from wardteam.domain.calendar import Period
from wardteam.domain.records import RecordKind, record_kind
from wardteam.errors import Conflict, Message, NotFound
from wardteam.services.quality_ports import Kept, PastVersion, PutMany, Record
from wardteam.storage.bodies import body_of, record_of
from wardteam.storage.quality_changes import changes_counted, count_change, lock_ward
from wardteam.storage.quality_tables import captured as t
from wardteam.storage.shelves import Row
from wardteam.storage.zones import in_zone, ward_zone

R = TypeVar("R", bound=Record)
Version = sa.Row[*tuple[Any, ...]]  # one of the table's rows, by _VERSION
AT_ONCE = 500
_VERSION = (t.c.code, t.c.day, t.c.body, t.c.revision, t.c.written_by, t.c.written_at, t.c.reason)


class SqlCaptured:
    """The captured records of all wards."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def all(self, ward: str, kind: type[R], span: Period | None = None) -> tuple[Kept[R], ...]:
        """Give the records of a kind in the order of day and code, of a span of days if asked."""
        name = record_kind(kind)
        chosen = sa.select(*_VERSION).where(*_newest(ward, name), t.c.body.is_not(None))
        if span is not None:
            chosen = chosen.where(t.c.day.between(span.first, span.last))
        zone = ward_zone(self._connection, ward)
        found = self._connection.execute(chosen.order_by(t.c.day, t.c.code))
        return tuple(_kept(name, row, zone) for row in found)

    def find(self, ward: str, kind: type[R], code: str) -> Kept[R] | None:
        """Give one record, or None."""
        name = record_kind(kind)
        row = self._head(ward, name, code)
        if row is None or row.body is None:
            return None
        return _kept(name, row, ward_zone(self._connection, ward))

    def get(self, ward: str, kind: type[R], code: str) -> Kept[R]:
        """Give one record; NotFound where there is none."""
        found = self.find(ward, kind, code)
        if found is None:
            raise NotFound(Message("There is no record {code} ({kind}).", code=code, kind=record_kind(kind)))
        return found

    def put(
        self,
        ward: str,
        record: Record,
        *,
        expected_revision: int | None,
        by: str,
        at: datetime,
        reason: str = "",
    ) -> int:
        """Write a record and give its new revision; a new one expects None.

        Conflict where somebody wrote it in between, or where a new record's code is taken.
        """
        kind = record_kind(type(record))
        lock_ward(self._connection, ward)
        head = self._head(ward, kind, record.code)
        self._refuse_another(ward, record.code, head, expected_revision)
        row = _row(ward, kind, record, _revision_of(head), by=by, at=at) | {"reason": reason}
        self._write(ward, [row])
        return int(row["revision"])

    def put_many(self, ward: str, records: Iterable[Record], *, by: str, at: datetime) -> PutMany:
        """Write records by their codes, whatever was there before; equal ones are left alone."""
        lock_ward(self._connection, ward)
        added = changed = same = 0
        for kind, some in _by_kind(records):
            heads = self._heads(ward, kind, [record.code for record in some])
            rows = []
            for record in some:
                head = heads.get(record.code)
                if head is not None and head.body is not None and _is_same(kind, head, record):
                    same += 1
                    continue
                is_new = head is None or head.body is None
                added, changed = added + is_new, changed + (not is_new)
                rows.append(_row(ward, kind, record, _revision_of(head), by=by, at=at))
            self._write(ward, rows)
        return PutMany(added, changed, same)

    def remove(
        self,
        ward: str,
        kind: type[Record],
        code: str,
        *,
        expected_revision: int,
        by: str,
        at: datetime,
        reason: str,
    ) -> None:
        """Take a record out of use; its versions stay readable. Conflict as in `put`."""
        name = record_kind(kind)
        lock_ward(self._connection, ward)
        head = self._head(ward, name, code)
        self._refuse_another(ward, code, head, expected_revision)
        row: Row = {"ward": ward, "kind": name, "code": code, "body": None, "reason": reason}
        row |= {"revision": expected_revision + 1, "day": head.day if head is not None else at.date()}
        self._write(ward, [row | {"written_by": by, "written_at": at, "is_newest": True}])

    def history(self, ward: str, kind: type[R], code: str) -> tuple[PastVersion[R], ...]:
        """Give every version of a record, oldest first."""
        name = record_kind(kind)
        chosen = sa.select(*_VERSION).where(t.c.ward == ward, t.c.kind == name, t.c.code == code)
        zone = ward_zone(self._connection, ward)
        found = self._connection.execute(chosen.order_by(t.c.revision))
        return tuple(_past(name, row, zone) for row in found)

    def next_code(self, ward: str, kind: type[Record], prefix: str) -> str:
        """Give the prefix with the next free number, four digits or more."""
        chosen = sa.select(t.c.code).where(*_newest(ward, record_kind(kind)))
        codes = self._connection.scalars(chosen.where(t.c.code.startswith(prefix, autoescape=True)))
        endings = (code[len(prefix) :] for code in codes if code.startswith(prefix))
        numbers = (int(ending) for ending in endings if ending.isascii() and ending.isdigit())
        return f"{prefix}{max(numbers, default=0) + 1:04d}"

    def revision(self, ward: str) -> int:
        """Give a number that grows with every change of the ward's records; 0 where there is none."""
        return changes_counted(self._connection, ward, "records")

    def _head(self, ward: str, kind: RecordKind, code: str) -> Version | None:
        return self._heads(ward, kind, [code]).get(code)

    def _heads(self, ward: str, kind: RecordKind, codes: list[str]) -> dict[str, Version]:
        chosen = sa.select(*_VERSION).where(*_newest(ward, kind), t.c.code.in_(codes))
        return {row.code: row for row in self._connection.execute(chosen)}

    def _refuse_another(self, ward: str, code: str, head: Version | None, expected: int | None) -> None:
        """Refuse where the newest version isn't the one that the writer has seen."""
        if expected == (None if head is None or head.body is None else head.revision):
            return
        if head is None:
            raise Conflict(Message("The record {code} is not there any more.", code=code))
        told = {"code": code, "by": head.written_by}
        told["at"] = head.written_at.astimezone(ward_zone(self._connection, ward))
        if head.body is None:
            raise Conflict(Message("{by} removed the record {code} at {at}.", **told))
        if expected is None:
            raise Conflict(Message("The code {code} is taken by a record that {by} wrote at {at}.", **told))
        text = "{by} changed the record {code} at {at}. Load it again, then save."
        raise Conflict(Message(text, **told))

    def _write(self, ward: str, rows: list[Row]) -> None:
        """Write new versions in place of the newest ones, and count the change."""
        if not rows:
            return
        kind = rows[0]["kind"]
        older = (*_newest(ward, kind), t.c.code.in_([row["code"] for row in rows]))
        self._connection.execute(sa.update(t).where(*older).values(is_newest=False))
        self._connection.execute(sa.insert(t), rows)
        count_change(self._connection, ward, "records")


def _newest(ward: str, kind: RecordKind) -> tuple[sa.ColumnElement[bool], ...]:
    return (t.c.ward == ward, t.c.kind == kind, t.c.is_newest)


def _revision_of(head: Version | None) -> int:
    """Give the revision of the version that comes after the newest."""
    return 1 if head is None else head.revision + 1


def _row(ward: str, kind: RecordKind, record: Record, revision: int, *, by: str, at: datetime) -> Row:
    return {
        "ward": ward,
        "kind": kind,
        "code": record.code,
        "revision": revision,
        "is_newest": True,
        "day": record.day,
        "body": body_of(kind, record),
        "written_by": by,
        "written_at": at,
        "reason": "",
    }


def _is_same(kind: RecordKind, head: Version, record: Record) -> bool:
    if head.body == body_of(kind, record):
        return True
    return bool(record_of(kind, head.code, head.body) == record)


def _by_kind(records: Iterable[Record]) -> Iterator[tuple[RecordKind, list[Record]]]:
    """Give runs of records of one kind with different codes, in their order."""
    run: dict[str, Record] = {}
    kind: RecordKind | None = None
    for record in records:
        this = record_kind(type(record))
        if kind is not None and (this is not kind or record.code in run or len(run) == AT_ONCE):
            yield kind, list(run.values())
            run = {}
        kind = this
        run[record.code] = record
    if kind is not None:
        yield kind, list(run.values())


def _kept(kind: RecordKind, row: Version, zone: ZoneInfo) -> Kept[R]:
    record: R = in_zone(record_of(kind, row.code, row.body), zone)
    return Kept(record, row.revision, row.written_by, row.written_at.astimezone(zone))


def _past(kind: RecordKind, row: Version, zone: ZoneInfo) -> PastVersion[R]:
    record = None if row.body is None else in_zone(record_of(kind, row.code, row.body), zone)
    return PastVersion(record, row.revision, row.written_by, row.written_at.astimezone(zone), row.reason)
