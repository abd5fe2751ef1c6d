"""`wardteam compare`: two periods held against each other, on the screen, as PDF and as a page."""

from __future__ import annotations

from pathlib import Path

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Translator

TEXT = Message(
    "Compare two periods: bell calls, arrival times, satisfaction and awareness, each with an estimate, "
    "an interval, and what the comparison can't tell."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [
        options.out(say, Message("Write comparison.pdf and comparison.html into this folder.")),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("compare", say, TEXT, run, params)


def run(session: Session, *, out: Path | None, ward: str | None, as_json: bool) -> None:
    """Compare, show and write."""
    from wardteam.bootstrap.document_set import comparison_pieces
    from wardteam.cli.comparison_lines import show_comparison
    from wardteam.cli.planned import opened_papers
    from wardteam.cli.writing import write_pieces

    with session.open() as installation:
        code = session.ward(installation, ward)
        papers = opened_papers(session, installation)
        comparison = papers.comparison(code)
        if as_json:
            session.screen.json({"comparison": comparison})
        else:
            show_comparison(session.screen, comparison)
        if out is not None:
            write_pieces(session.screen, out, comparison_pieces(papers, code), is_quiet=as_json)
