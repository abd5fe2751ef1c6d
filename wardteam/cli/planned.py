"""Finding the roster that a document is made from."""

from __future__ import annotations

from wardteam.bootstrap.papers import Papers
from wardteam.bootstrap.reading import Planned, WardReader
from wardteam.bootstrap.wiring import Installation
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.errors import Message, NotFound


def opened_papers(session: Session, installation: Installation) -> Papers:
    """Give the documents of an installation in the session's language."""
    public_url = installation.config.public_url
    reader = WardReader(installation.units, installation.clock, public_url=public_url)
    return Papers(reader, session.language)


def planned_roster(
    session: Session,
    installation: Installation,
    papers: Papers,
    ward: str | None,
    period: Period | None,
    version: int | None = None,
) -> Planned:
    """Give the roster that is meant; NotFound where there is none."""
    book = session.book(installation, ward)
    span = session.period(book, period)
    planned = papers.reader.planned(book.ward.code, span, version)
    if planned is None:
        text = "There is no such roster for {first} to {last}."
        raise NotFound(Message(text, first=span.first, last=span.last))
    return planned
