"""Keeps rosters in versions: drafts, at most one published for a ward and period, every change recorded."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime

import sqlalchemy as sa

from wardteam.domain.beds import Cover, Zone
from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellChange, CellKey, Roster, RosterCell, RosterStatus
from wardteam.errors import Conflict, Message, NotFound
from wardteam.storage import record_tables as t
from wardteam.storage.cell_changes import SqlCellChanges
from wardteam.storage.shelves import Row, Shelf
from wardteam.storage.ward_tables import wards
from wardteam.storage.zones import in_zone, ward_zone

COVERS = Shelf(t.covers, Cover, parent="roster", order="position")
ZONES = Shelf(t.zones, Zone, parent="roster", order="position")


class SqlRosters:
    """The rosters of all wards."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._changes = SqlCellChanges(connection)

    def periods(self, ward: str) -> tuple[Period, ...]:
        """Give the periods that have any roster, newest first."""
        days = (t.rosters.c.first_day, t.rosters.c.last_day)
        chosen = sa.select(*days).where(t.rosters.c.ward == ward).distinct()
        rows = self._connection.execute(chosen.order_by(*(day.desc() for day in days)))
        return tuple(Period(first, last) for first, last in rows)

    def latest(self, ward: str, period: Period, status: RosterStatus | None = None) -> Roster | None:
        """Give the newest version, of one status if asked."""
        chosen = sa.select(t.rosters).where(_is_of(ward, period)).order_by(t.rosters.c.version.desc())
        if status is not None:
            chosen = chosen.where(t.rosters.c.status == status)
        return self._first(chosen)

    def version(self, ward: str, period: Period, version: int) -> Roster:
        """Give one version of a period's roster; NotFound where there is none."""
        return self._roster(self._row(ward, period, version))

    def at(self, ward: str, day: date) -> Roster | None:
        """Give the roster that holds on a date: the published one, else the newest draft."""
        c = t.rosters.c
        holds = sa.select(t.rosters).where(c.ward == ward, c.first_day <= day, c.last_day >= day)
        published = holds.where(c.status == RosterStatus.PUBLISHED).order_by(c.published_at.desc())
        drafts = holds.where(c.status == RosterStatus.DRAFT).order_by(c.made_at.desc(), c.version.desc())
        return self._first(published) or self._first(drafts)

    def add_draft(self, ward: str, roster: Roster, *, by: str, at: datetime) -> Roster:
        """Store a draft under the next version number and give it back with its number."""
        self._lock(ward)
        newest = sa.select(sa.func.max(t.rosters.c.version)).where(_is_of(ward, roster.period))
        row: Row = {
            "code": secrets.token_hex(8),
            "ward": ward,
            "first_day": roster.period.first,
            "last_day": roster.period.last,
            "version": (self._connection.scalar(newest) or 0) + 1,
            "status": RosterStatus.DRAFT,
            "frozen_until": roster.frozen_until,
            "made_by": by,
            "made_at": roster.made_at or at,
        }
        self._connection.execute(sa.insert(t.rosters), row)
        if roster.cells:
            self._connection.execute(sa.insert(t.roster_cells), _cell_rows(row["code"], roster.cells))
        return self.version(ward, roster.period, row["version"])

    def publish(
        self,
        ward: str,
        period: Period,
        version: int,
        *,
        by: str,
        at: datetime,
        frozen_until: date | None = None,
    ) -> Roster:
        """Publish a draft and supersede what was published; Conflict where it is no draft.

        `frozen_until` None leaves the draft's own freeze line.
        """
        self._lock(ward)
        if self._row(ward, period, version)["status"] is not RosterStatus.DRAFT:
            text = "Version {version} is no draft any more and can't be published again."
            raise Conflict(Message(text, version=version))
        was_published = _is_of(ward, period) & (t.rosters.c.status == RosterStatus.PUBLISHED)
        change = sa.update(t.rosters)
        self._connection.execute(change.where(was_published).values(status=RosterStatus.SUPERSEDED))
        published: Row = {"status": RosterStatus.PUBLISHED, "published_by": by, "published_at": at}
        if frozen_until is not None:
            published["frozen_until"] = frozen_until
        this = _is_of(ward, period) & (t.rosters.c.version == version)
        self._connection.execute(change.where(this).values(published))
        return self.version(ward, period, version)

    def record_changes(self, ward: str, period: Period, version: int, changes: Iterable[CellChange]) -> None:
        """Change cells of a version and keep the record; Conflict where an old cell differs."""
        self._lock(ward)
        row = self._row(ward, period, version)
        if row["status"] is RosterStatus.SUPERSEDED:
            text = "Version {version} has been superseded and can't be changed any more."
            raise Conflict(Message(text, version=version))
        self._changes.record(row["code"], period, changes)

    def changes(self, ward: str, period: Period, version: int) -> tuple[CellChange, ...]:
        """Give the changes of a version in order."""
        zone = ward_zone(self._connection, ward)
        code = self._row(ward, period, version)["code"]
        return tuple(in_zone(change, zone) for change in self._changes.read(code))

    def save_cover(
        self, ward: str, period: Period, version: int, covers: Iterable[Cover], zones: Iterable[Zone]
    ) -> None:
        """Replace the cover and zones of a version."""
        self._lock(ward)
        code = self._row(ward, period, version)["code"]
        COVERS.write(self._connection, code, covers)
        ZONES.write(self._connection, code, zones)

    def cover(self, ward: str, period: Period, version: int) -> tuple[tuple[Cover, ...], tuple[Zone, ...]]:
        """Give the cover and zones of a version."""
        code = self._row(ward, period, version)["code"]
        return COVERS.read(self._connection, code), ZONES.read(self._connection, code)

    def _lock(self, ward: str) -> None:
        """Let one writer at a time number, publish or change the ward's rosters."""
        found = self._connection.scalar(sa.select(wards.c.code).where(wards.c.code == ward).with_for_update())
        if found is None:
            raise NotFound(Message("There is no ward {ward}.", ward=ward))

    def _row(self, ward: str, period: Period, version: int) -> Row:
        chosen = sa.select(t.rosters).where(_is_of(ward, period), t.rosters.c.version == version)
        row = self._connection.execute(chosen).mappings().one_or_none()
        if row is None:
            text = "There is no version {version} of the roster from {first} to {last}."
            raise NotFound(Message(text, version=version, first=period.first, last=period.last))
        return dict(row)

    def _first(self, chosen: sa.Select[tuple[object, ...]]) -> Roster | None:
        row = self._connection.execute(chosen.limit(1)).mappings().one_or_none()
        return None if row is None else self._roster(dict(row))

    def _roster(self, row: Row) -> Roster:
        c = t.roster_cells.c
        cells = sa.select(c.staff_no, c.day, c.code, c.post, c.is_locked, c.team).where(
            c.roster == row["code"]
        )
        roster = Roster(
            period=Period(row["first_day"], row["last_day"]),
            cells={(cell[0], cell[1]): RosterCell(*cell[2:]) for cell in self._connection.execute(cells)},
            version=row["version"],
            status=row["status"],
            frozen_until=row["frozen_until"],
            made_at=row["made_at"],
            published_at=row["published_at"],
        )
        return in_zone(roster, ward_zone(self._connection, row["ward"]))


def _is_of(ward: str, period: Period) -> sa.ColumnElement[bool]:
    c = t.rosters.c
    return (c.ward == ward) & (c.first_day == period.first) & (c.last_day == period.last)


def _cell_rows(roster: str, cells: Mapping[CellKey, RosterCell]) -> list[Row]:
    return [
        {"roster": roster, "staff_no": staff_no, "day": day, **vars(cell)}
        for (staff_no, day), cell in cells.items()
    ]
