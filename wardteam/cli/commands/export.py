"""`wardteam export`: all documents and data of a ward into one folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.errors import Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.bootstrap.document_set import Piece
    from wardteam.bootstrap.papers import Papers
    from wardteam.bootstrap.reading import Planned

TEXT = Message(
    "Write everything into a folder: the ward's workbook, the roster sheets, noticeboard, pocket cards, "
    "calendars, teams, comparison, quality report, indicators, and the roster as JSON. Files of the same "
    "names are replaced."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [
        click.Argument(["folder"], type=click.Path(path_type=Path, file_okay=False), metavar=say("FOLDER")),
        options.period(say),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("export", say, TEXT, run, params)


def run(session: Session, *, folder: Path, period: Period | None, ward: str | None, as_json: bool) -> None:
    """Write the documents; without a roster, what there is without one."""
    from wardteam.bootstrap.document_set import comparison_pieces, report_pieces, workbook_piece
    from wardteam.cli.planned import opened_papers
    from wardteam.cli.writing import write_pieces

    with session.open() as installation:
        book = session.book(installation, ward)
        papers = opened_papers(session, installation)
        span = period or book.period
        planned = None if span is None else papers.reader.planned(book.ward.code, span)
        code = book.ward.code
        pieces = [
            workbook_piece(papers, code),
            *comparison_pieces(papers, code),
            *report_pieces(papers, code),
        ]
        if planned is not None:
            pieces += _of_roster(papers, planned)
        written = write_pieces(session.screen, folder, pieces, is_quiet=as_json)
    if as_json:
        session.screen.json({"files": written})
    else:
        session.screen.good("Everything is in {folder}.", folder=str(folder))


def _of_roster(papers: Papers, planned: Planned) -> Iterator[Piece]:
    from wardteam.bootstrap.document_set import roster_pieces, sheet_pieces

    day = planned.roster.period.first
    yield from sheet_pieces(papers, planned)
    yield from roster_pieces(papers, planned, day, papers.reader.teams(planned.book.ward.code, day))
