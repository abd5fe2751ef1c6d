"""`wardteam restore`: reads a backup back, all or nothing."""

from __future__ import annotations

from pathlib import Path

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Translator

TEXT = Message(
    "Read a backup back, all or nothing. With --replace it takes the place of what is stored; an SQLite "
    "database that is replaced is kept beside the new one."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    replaces = "Take the place of the wards that are stored."
    params = [
        options.file_to_read(say),
        click.Option(["--replace"], is_flag=True, help=say(replaces)),
        options.as_json(say),
    ]
    return options.command("restore", say, TEXT, run, params)


def run(session: Session, *, file: Path, replace: bool, as_json: bool) -> None:
    """Restore the archive."""
    from wardteam.storage.backup import restore

    manifest = restore(file, session.config.database_url, replace=replace)
    if as_json:
        session.screen.json({"manifest": manifest})
    else:
        session.screen.good("Restored from {file}.", file=str(file))
