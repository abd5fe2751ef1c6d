"""`wardteam noticeboard`: the noticeboard of a day as PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from wardteam.bootstrap.papers import Paper
from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.errors import Message, NotFound
from wardteam.i18n import Translator

TEXT = Message(
    "Write the noticeboard of a day as PDF: the teams with their people, today's nurse for every bed, "
    "and the evening and night staff. Photographs appear only with consent."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [
        click.Argument(["file"], type=click.Path(path_type=Path, dir_okay=False), metavar=say("FILE")),
        options.day(say, "--day", Message("Day; today by default.")),
        click.Option(
            ["--paper"], type=click.Choice(("a3", "a4")), default="a3", show_default=True, help=say("Paper.")
        ),
        options.ward(say),
    ]
    return options.command("noticeboard", say, TEXT, run, params)


def run(session: Session, *, file: Path, day: date | None, paper: Paper, ward: str | None) -> None:
    """Write the noticeboard."""
    from wardteam.cli.planned import opened_papers
    from wardteam.cli.writing import write_file

    with session.open() as installation:
        papers = opened_papers(session, installation)
        code = session.ward(installation, ward)
        chosen = day or papers.reader.now(code).date()
        planned = papers.reader.planned_on(code, chosen)
        if planned is None:
            raise NotFound(Message("No roster covers {day}; name another with --day.", day=chosen))
        write_file(file, papers.board_pdf(planned, chosen, paper=paper))
    session.screen.good("Written: {file}", file=str(file))
