"""`wardteam template`: the ward's workbook, empty or filled."""

from __future__ import annotations

from pathlib import Path

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Translator

TEXT = Message(
    "Write the ward's workbook: sheets for nurses, rooms, beds, patients, shifts, demand, leave, wishes, "
    "restrictions, pairs, last month's roster and settings. Its headings are in the chosen language; "
    "both are read."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [
        click.Argument(["file"], type=click.Path(path_type=Path, dir_okay=False), metavar=say("FILE")),
        click.Option(["--filled"], is_flag=True, help=say("Fill it with the ward as it is now.")),
        click.Option(["--example"], is_flag=True, help=say("Fill it with an invented ward.")),
        options.ward(say),
        click.Option(["--force"], is_flag=True, help=say("Write over an existing file.")),
    ]
    return options.command("template", say, TEXT, run, params)


def run(session: Session, *, file: Path, filled: bool, example: bool, ward: str | None, force: bool) -> None:
    """Write the workbook."""
    from wardteam.cli.writing import new_file
    from wardteam.demo import demo_ward
    from wardteam.exchange.template import template

    book = demo_ward() if example else None
    if filled:
        with session.open() as installation:
            book = session.book(installation, ward)
    new_file(file, template(session.language, book), is_forced=force)
    session.screen.good("Written: {file}", file=str(file))
