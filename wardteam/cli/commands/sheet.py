"""`wardteam sheet`: the roster sheet as PDF or Excel, to post or for the head nurse."""

from __future__ import annotations

from pathlib import Path

import click

from wardteam.bootstrap.papers import Paper
from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.errors import BadInput, Finding, Message
from wardteam.i18n import Translator

TEXT = Message(
    "Write the roster sheet into a file; its ending says what it is: .pdf or .xlsx. It is the sheet to "
    "post: kinds of leave, restrictions and reasons don't appear on it."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    internal = "For the head nurse alone: with kinds of leave and remarks."
    params = [
        click.Argument(["file"], type=click.Path(path_type=Path, dir_okay=False), metavar=say("FILE")),
        options.period(say),
        click.Option(
            ["--version"], type=int, help=say("Version of the roster; the one that holds by default.")
        ),
        click.Option(
            ["--paper"],
            type=click.Choice(("a4", "a3")),
            help=say("Paper; a4 for PDF and a3 for Excel by default."),
        ),
        click.Option(["--internal"], is_flag=True, help=say(internal)),
        options.ward(say),
    ]
    return options.command("sheet", say, TEXT, run, params)


def run(
    session: Session,
    *,
    file: Path,
    period: Period | None,
    version: int | None,
    paper: Paper | None,
    internal: bool,
    ward: str | None,
) -> None:
    """Write the sheet."""
    from wardteam.cli.planned import opened_papers, planned_roster
    from wardteam.cli.writing import write_file

    ending = file.suffix.lower()
    if ending not in (".pdf", ".xlsx"):
        problem = Message("A file name that ends in .pdf or .xlsx was expected.")
        raise BadInput((Finding(str(file), problem, value=ending),))
    with session.open() as installation:
        papers = opened_papers(session, installation)
        planned = planned_roster(session, installation, papers, ward, period, version)
        if ending == ".pdf":
            made = papers.sheet_pdf(planned, paper=paper or "a4", posted=not internal)
        else:
            made = papers.sheet_xlsx(planned, paper=paper or "a3", posted=not internal)
        write_file(file, made)
    session.screen.good("Written: {file}", file=str(file))
