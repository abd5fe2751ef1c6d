"""Opens the database of a URL: SQLite with WAL and immediate transactions, or PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
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
ONLY_READING = "wardteam_only_reading"


def open_engine(url: str) -> sa.Engine:
    """Open a database; `postgresql://` means psycopg 3. A folder for a new SQLite file is made.

    Raises
    ------
    WardteamError
        Where the URL is none, or names another kind of database.
    """
    address = database_address(url)
    if address.get_backend_name() == "postgresql":
        server = address.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(server, pool_pre_ping=True, hide_parameters=True)
    else:
        _make_folder(address)
        connection = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        # Parameters are patients' data, which no log may hold.
        engine = sa.create_engine(address, connect_args=connection, hide_parameters=True)
        event.listen(engine, "do_connect", lambda *_: make_private(sqlite_file(address)))
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", Turns().begin)
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


def make_private(path: Path | None) -> None:
    """Make a file that is missing, for its owner's eyes alone; SQLite's journals take its rights."""
    if path is None or path.exists():
        return
    with contextlib.suppress(OSError):  # SQLite tells of it in its own words
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


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
    _log_ahead(connection)
    # The disk has it before commit returns: a ward PC is switched off at the wall.
    connection.execute("PRAGMA synchronous=FULL")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log; SQLite refuses at once, without waiting, while another does the same."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def only_reading(connection: sa.Connection) -> sa.Connection:
    """Have the connection read as of one moment, while others write."""
    if connection.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ")
    return connection.execution_options(**{ONLY_READING: True})


class Turns:
    """Begins transactions on SQLite, the threads of a process one after the other.

    SQLite lets waiters try again now and then; where many wait, some would try in vain until they give up.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()

    def begin(self, connection: sa.Connection) -> None:
        """Begin at once with the right to write, unless the connection only reads."""
        if connection.get_execution_options().get(ONLY_READING):
            connection.exec_driver_sql("BEGIN")
            return
        is_turn = self._turn.acquire(timeout=BUSY_SECONDS)
        try:
            # SQLite's own BEGIN takes the lock at the first write, and fails where another wrote in between.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            if is_turn:
                self._turn.release()
