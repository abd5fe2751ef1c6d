"""Backs a store up into one archive and restores it, from SQLite to PostgreSQL and back as well."""

from __future__ import annotations

import os
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from wardteam import __version__
from wardteam.errors import Conflict, Message, NotFound, WardteamError, system_reason
from wardteam.services.ports import Clock
from wardteam.storage import archive as form
from wardteam.storage.archive import BadArchive, Manifest
from wardteam.storage.engine import database_address, make_private, only_reading, open_engine, sqlite_file
from wardteam.storage.kept_database import keep_existing
from wardteam.storage.record_tables import installation, jobs
from wardteam.storage.revisions import NEWEST, upgrade
from wardteam.storage.shelves import Row
from wardteam.storage.ward_tables import wards

TABLES = tuple(table for table in wards.metadata.sorted_tables if table not in (jobs, installation))
"""Everything but what belongs to the running installation itself."""
BATCH = 1000


def _now() -> datetime:
    return datetime.now(UTC)


def backup(url: str, target: Path, *, clock: Clock = _now) -> Manifest:
    """Write everything stored into one archive, as it stands at one moment.

    Raises
    ------
    NotFound
        Where there is no database.
    Conflict
        Where the target exists.
    """
    file = sqlite_file(database_address(url))
    if file is not None and not file.exists():
        raise NotFound(Message("There is no database at {file}.", file=str(file)))
    if target.exists():
        raise Conflict(Message("There is a file {file} already.", file=str(target)))
    with (
        _snapshot(url) as connection,
        _new_file(target) as part,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        entries = {t.name: form.write_table(archive, t, _rows(connection, t)) for t in TABLES}
        manifest = Manifest(__version__, NEWEST, clock(), entries)
        form.write_manifest(archive, manifest)
    return manifest


def verify(path: Path) -> Manifest:
    """Read a whole archive and hold it against its manifest.

    Raises
    ------
    WardteamError
        Where it is missing, foreign, damaged, cut off, too large, or of another version.
    """
    with _opened(path) as archive:
        manifest = form.read_manifest(path, archive)
        if manifest.schema != NEWEST:
            text = (
                "The backup {file} was made by version {program}; restore it with that version, then update."
            )
            raise BadArchive(Message(text, file=path.name, program=manifest.program))
        if set(manifest.tables) != {table.name for table in TABLES}:
            raise form.damaged(path)
        for table in TABLES:
            for _ in form.read_table(path, archive, table, manifest.tables[table.name]):
                pass
    return manifest


def restore(path: Path, url: str, *, replace: bool = False) -> Manifest:
    """Restore an archive, all or nothing; with `replace`, in place of what is there.

    An SQLite database that is replaced stays beside the new one, as `.before-restore`.

    Raises
    ------
    WardteamError
        Where the archive is not good, or (without `replace`) the database holds wards already.
    """
    manifest = verify(path)
    with keep_existing(url, replace=replace), _engine(url) as engine:
        upgrade(engine)
        with _opened(path) as archive, engine.begin() as connection:
            _empty(connection, replace=replace)
            for table in TABLES:
                rows = form.read_table(path, archive, table, manifest.tables[table.name])
                for some in _batches(rows):
                    connection.execute(sa.insert(table), some)
    return manifest


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, BATCH)):
        yield some


def _empty(connection: sa.Connection, *, replace: bool) -> None:
    if not replace and connection.scalar(sa.select(sa.func.count()).select_from(wards)):
        raise Conflict(Message("Wards are stored already; --replace takes the backup in their place."))
    for table in (jobs, *reversed(TABLES)):
        connection.execute(sa.delete(table))


@contextmanager
def _engine(url: str) -> Iterator[sa.Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _snapshot(url: str) -> Iterator[sa.Connection]:
    """Open the database so that all tables are read as of one moment."""
    with _engine(url) as engine:
        upgrade(engine)
        with engine.connect() as connection:
            yield only_reading(connection)


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[Row]:
    chosen = sa.select(table).order_by(*table.primary_key.columns)
    found = connection.execution_options(yield_per=BATCH).execute(chosen)
    return (dict(row) for row in found.mappings())


@contextmanager
def _new_file(target: Path) -> Iterator[Path]:
    """Give a file to write beside the target, which appears under its name only when it is whole."""
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        make_private(part)
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(target)
    except OSError as error:
        text = "The backup {file} can't be written: {reason}"
        raise WardteamError(Message(text, file=str(target), reason=system_reason(error))) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    if not path.is_file():
        raise NotFound(Message("There is no backup {file}.", file=str(path)))
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        text = "The file {file} is no backup of this program, or it is incomplete."
        raise BadArchive(Message(text, file=path.name)) from error
    with archive:
        yield archive
