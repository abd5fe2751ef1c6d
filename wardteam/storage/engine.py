"""Opens the database of a URL: SQLite with WAL and immediate transactions, or PostgreSQL."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from wardteam.errors import Message, WardteamError, system_reason
from wardteam.storage.failures import put_into_words

APPLICATION_ID = 0x57415244
"""Marks our SQLite files ("WARD")."""
BUSY_SECONDS = 15


def open_engine(url: str) -> sa.Engine:
    """Open a database; `postgresql://` means psycopg 3. A folder for a new SQLite file is made.

    Raises
    ------
    WardteamError
        Where the URL is none, or names another kind of database.
    """
    address = database_address(url)
    if address.get_backend_name() == "postgresql":
        engine = sa.create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    else:
        _make_folder(address)
        connection = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        engine = sa.create_engine(address, connect_args=connection)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediately)
    event.listen(engine, "handle_error", put_into_words)
    return engine


def database_address(url: str) -> sa.URL:
    """Read a database's URL; anything but SQLite and PostgreSQL is refused."""
    try:
        address = sa.make_url(url)
    except ArgumentError as error:
        raise WardteamError(Message("The setting database is no database URL.")) from error
    if address.get_backend_name() not in ("sqlite", "postgresql"):
        text = "Only sqlite and postgresql databases are supported, not {kind}."
        raise WardteamError(Message(text, kind=address.get_backend_name()))
    return address


def sqlite_file(address: sa.URL) -> Path | None:
    """Give the file of an SQLite database, or None where there is none."""
    if address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        return None
    return Path(str(address.database))


def _make_folder(address: sa.URL) -> None:
    path = sqlite_file(address)
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        text = "The folder {folder} can't be made: {reason}"
        raise WardteamError(Message(text, folder=str(path.parent), reason=system_reason(error))) from error


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError(f"expected an SQLite connection, got {connection!r}")
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA journal_mode=WAL")
    # The disk has it before commit returns: a ward PC is switched off at the wall.
    connection.execute("PRAGMA synchronous=FULL")


def _begin_immediately(connection: sa.Connection) -> None:
    # SQLite's own BEGIN takes the lock at the first write, and then fails where another wrote in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
