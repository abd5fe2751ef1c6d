"""Keeps an SQLite database that a restore is about to replace, even a damaged one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from wardteam.errors import WardteamError
from wardteam.storage.engine import database_address, make_private, open_engine, sqlite_file
from wardteam.storage.failures import DAMAGED
from wardteam.storage.revisions import current_revision

SUFFIX = ".before-restore"
ENDINGS = ("", "-wal", "-shm")


@contextmanager
def keep_existing(url: str, *, replace: bool) -> Iterator[None]:
    """Put a copy of an SQLite database beside it; a damaged one is moved there, and back on failure."""
    file = sqlite_file(database_address(url))
    if file is None or not replace or not file.exists():
        yield
        return
    kept = _free_name(file)
    if not _is_damaged(url):
        _copy(file, kept)
        yield
        return
    moved = _move_aside(file, kept)
    try:
        yield
    except BaseException:
        for ending in ENDINGS:
            Path(f"{file}{ending}").unlink(missing_ok=True)
        for old, new in moved:
            new.replace(old)
        raise


def _free_name(file: Path) -> Path:
    names = (f"{file.name}{SUFFIX}{'' if i == 1 else f'-{i}'}" for i in range(1, 10_000))
    return next(path for name in names if not (path := file.with_name(name)).exists())


def _is_damaged(url: str) -> bool:
    """Whether the file can't be read at all; a foreign or newer one raises."""
    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            current_revision(connection)
            return connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok"
    except WardteamError as error:
        if error.message != DAMAGED:
            raise
        return True
    finally:
        engine.dispose()


def _copy(file: Path, kept: Path) -> None:
    make_private(kept)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(kept)) as target:
        source.backup(target)


def _move_aside(file: Path, kept: Path) -> list[tuple[Path, Path]]:
    """Move the file and its journals; give each old and new path."""
    moved = []
    for ending in ENDINGS:
        old, new = Path(f"{file}{ending}"), Path(f"{kept}{ending}")
        if old.exists():
            old.replace(new)
            moved.append((old, new))
    return moved
