"""Opens a store: checks what exists at the URL, brings it up to date, and gives units of work."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from wardteam.services.ports import Clock
from wardteam.storage.engine import open_engine, sqlite_file
from wardteam.storage.record_tables import installation
from wardteam.storage.revisions import upgrade, wait_for_others
from wardteam.storage.unit_of_work import SqlUnitOfWork


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Store:
    """An open database; calling it gives a new unit of work. `installation` names it among others."""

    engine: sa.Engine
    installation: str

    def __call__(self) -> SqlUnitOfWork:
        """Give a new unit of work."""
        return SqlUnitOfWork(self.engine)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def create_store(url: str, *, clock: Clock = _now) -> Store:
    """Open the database of a URL, made or brought up to date as needed.

    Raises
    ------
    WardteamError
        Where the database is not ours, newer than this program, damaged, or out of reach.
    """
    engine = open_engine(url)
    try:
        upgrade(engine)
        return Store(engine, _installation(engine, at=clock()))
    except BaseException:
        engine.dispose()
        raise


def _installation(engine: sa.Engine, *, at: datetime) -> str:
    """Give the installation's name: its own code and, for a file that may be copied, where it lies."""
    with engine.begin() as connection:
        wait_for_others(connection)
        code = connection.scalar(sa.select(installation.c.code))
        if code is None:
            code = secrets.token_hex(8)
            connection.execute(sa.insert(installation), {"code": code, "made_at": at})
    path = sqlite_file(engine.url)
    return code if path is None else f"{code}-{_place(str(path.resolve()))}"


def _place(path: str) -> str:
    from hashlib import sha256

    return sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:8]
