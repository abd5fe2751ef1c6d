"""Puts the database's own failures into words that a user can act on."""

from __future__ import annotations

import sqlite3

from sqlalchemy.engine import ExceptionContext

from wardteam.errors import Conflict, Message, WardteamError

CONTRADICTION = Message("The change contradicts what is stored; it was not kept. Load again, then save.")
BUSY = Message("The database is busy with another change; try again in a moment.")
DAMAGED = Message("The database file is damaged or no database. Restore the last backup.")
FULL = Message("The disk is full; the change was not kept.")
READ_ONLY = Message("The database can't be written; check the rights to its file and folder.")
UNREACHABLE = Message("The database can't be opened or reached; check the setting and that it is running.")

_BY_SQLITE_CODE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: UNREACHABLE,
    sqlite3.SQLITE_IOERR: UNREACHABLE,
    sqlite3.SQLITE_CONSTRAINT: CONTRADICTION,
}
_BY_SQLSTATE_CLASS = {
    "08": UNREACHABLE,
    "23": CONTRADICTION,
    "28": UNREACHABLE,
    "3D": UNREACHABLE,
    "40": BUSY,
    "53": FULL,
    "55": BUSY,
    "57": UNREACHABLE,
}


def put_into_words(context: ExceptionContext) -> None:
    """Raise the project's own exception in place of a database failure that a user can act on."""
    original = context.original_exception
    message = _message(original)
    if message is None:
        return
    kind = Conflict if message in (CONTRADICTION, BUSY) else WardteamError
    raise kind(message) from original


def _message(error: BaseException | None) -> Message | None:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return None if code is None else _BY_SQLITE_CODE.get(code & 0xFF)
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return _BY_SQLSTATE_CLASS.get(str(state)[:2])
    # psycopg gives no SQLSTATE where there was no server to give one.
    return UNREACHABLE if type(error).__name__ == "OperationalError" else None
