"""Which revision of the schema a database is at, and the way up to the newest."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from wardteam.errors import Message, WardteamError
from wardteam.storage.engine import APPLICATION_ID
from wardteam.storage.quality_tables import captured

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "wardteam_schema"
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""All revisions, oldest first; kept here so that Alembic is only loaded where there is something to do."""
NEWEST = REVISIONS[-1]
_UPGRADE_LOCK = 0x57415244


def current_revision(connection: sa.Connection) -> str | None:
    """Give the revision of a database of ours, or None where it is empty.

    Raises
    ------
    WardteamError
        Where the tables are not ours, or were written by a newer program.
    """
    names = set(sa.inspect(connection).get_table_names())
    if VERSION_TABLE not in names:
        if names:
            raise WardteamError(Message("The database holds tables of another program; nothing was changed."))
        return None
    revision = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()
    if revision is not None and revision not in REVISIONS:
        text = (
            "The database was written by a newer version of this program (schema {revision}). Update first."
        )
        raise WardteamError(Message(text, revision=revision))
    return revision


def wait_for_others(connection: sa.Connection) -> None:
    """Let one opener at a time go on until its transaction ends, as SQLite does by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))


def upgrade(engine: sa.Engine) -> None:
    """Bring the database to the newest revision, in one transaction."""
    with engine.begin() as connection:
        wait_for_others(connection)
        if current_revision(connection) == NEWEST:
            return
        _run_migrations(connection)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def _run_migrations(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = captured.metadata
    command.upgrade(config, "head")
