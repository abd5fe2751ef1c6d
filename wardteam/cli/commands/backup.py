"""`wardteam backup`: everything stored into one archive."""

from __future__ import annotations

from pathlib import Path

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Translator

TEXT = Message(
    "Write everything stored into one archive, as it stands at one moment, while others go on working."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    file = click.Argument(["file"], type=click.Path(path_type=Path, dir_okay=False), metavar=say("FILE"))
    return options.command("backup", say, TEXT, run, [file, options.as_json(say)])


def run(session: Session, *, file: Path, as_json: bool) -> None:
    """Write the archive."""
    from wardteam.storage.backup import backup

    manifest = backup(session.config.database_url, file)
    if as_json:
        session.screen.json({"file": str(file), "manifest": manifest})
    else:
        session.screen.good("Written: {file}", file=str(file))
