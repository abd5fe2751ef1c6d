"""The whole set of a ward's documents: which there are, under which file names, and how each is made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from wardteam.bootstrap.papers import Papers
from wardteam.bootstrap.reading import Planned
from wardteam.domain.documents import TeamsReport
from wardteam.errors import Message
from wardteam.i18n import Language

if TYPE_CHECKING:
    from wardteam.stats.comparison import Comparison


@dataclass(frozen=True)
class Piece:
    """One document of the set. File names are plain ASCII, so that every system can write them."""

    file_name: str
    title: Message
    make: Callable[[], bytes]


def sheet_pieces(papers: Papers, planned: Planned) -> Iterator[Piece]:
    """Give the posted sheet, and the head nurse's own with kinds of leave."""
    own = Message("Roster sheet for the head nurse, Excel")
    yield Piece(
        "roster-a4.pdf", Message("Roster sheet A4, PDF"), lambda: papers.sheet_pdf(planned, paper="a4")
    )
    yield Piece(
        "roster-a3.pdf", Message("Roster sheet A3, PDF"), lambda: papers.sheet_pdf(planned, paper="a3")
    )
    yield Piece("roster.xlsx", Message("Roster sheet, Excel"), lambda: papers.sheet_xlsx(planned))
    yield Piece("roster-head-nurse.xlsx", own, lambda: papers.sheet_xlsx(planned, posted=False))


def roster_pieces(papers: Papers, planned: Planned, day: date, teams: TeamsReport | None) -> Iterator[Piece]:
    """Give everything else that a roster leads to."""
    ward = planned.book.ward.code
    yield Piece(
        "noticeboard-a3.pdf",
        Message("Noticeboard A3, PDF"),
        lambda: papers.board_pdf(planned, day, paper="a3"),
    )
    yield Piece(
        "noticeboard-a4.pdf",
        Message("Noticeboard A4, PDF"),
        lambda: papers.board_pdf(planned, day, paper="a4"),
    )
    yield Piece("pocket-cards.pdf", Message("Pocket cards, PDF"), lambda: papers.cards_pdf(planned))
    yield Piece("calendars.zip", Message("Calendars, ICS"), lambda: papers.calendars_zip(planned))
    if teams is not None:
        now = papers.reader.now(ward)
        yield Piece(
            "teams.pdf", Message("Teams and their balance, PDF"), lambda: papers.teams_pdf(teams, now)
        )
    yield Piece("roster.json", Message("Roster and cover as data, JSON"), lambda: roster_json(planned))


def workbook_piece(papers: Papers, ward: str) -> Piece:
    """Give the ward's workbook, filled from its book."""
    return Piece("ward.xlsx", Message("The ward's workbook, Excel"), lambda: papers.workbook(ward))


def comparison_pieces(papers: Papers, ward: str) -> Iterator[Piece]:
    """Give the comparison of two periods, where quality records are kept."""
    if papers.reader.comparison(ward) is not None:
        title = Message("Comparison of two periods, PDF")
        yield Piece("comparison.pdf", title, lambda: papers.comparison_pdf(ward))
        page = Message("Comparison of two periods, HTML")
        yield Piece("comparison.html", page, lambda: papers.comparison_page(ward).encode())


def report_pieces(papers: Papers, ward: str) -> Iterator[Piece]:
    """Give the quality report in every form, the last month's edition and the last quarter's indicators."""
    from wardteam.bootstrap.quality_papers import PRINTED, QualityPapers, indicators_piece
    from wardteam.stats.report import Edition

    if papers.reader.quality(ward) is not None:
        yield from QualityPapers(papers.reader, papers.language, ward).pieces()
        yield from QualityPapers(papers.reader, papers.language, ward, Edition.MONTHLY).pieces(PRINTED)
        yield indicators_piece(papers.reader, papers.language, ward)


def compared_pieces(comparison: Comparison, language: Language, made_at: datetime) -> Iterator[Piece]:
    """Give a comparison that was made of any two periods, as PDF and as a page."""
    from wardteam_reports.comparison import comparison_page, comparison_pdf

    yield Piece(
        "comparison.pdf",
        Message("Comparison of two periods, PDF"),
        lambda: comparison_pdf(comparison, language=language, made_at=made_at),
    )
    yield Piece(
        "comparison.html",
        Message("Comparison of two periods, HTML"),
        lambda: comparison_page(comparison, language=language, made_at=made_at).encode(),
    )


def roster_json(planned: Planned) -> bytes:
    """Write a roster with cover and zones as JSON, for other programs."""
    roster = planned.roster
    value = {
        "ward": asdict(planned.book.ward),
        "first": roster.period.first,
        "last": roster.period.last,
        "version": roster.version,
        "status": roster.status,
        "cells": [
            {"staff_no": staff_no, "day": day, "code": cell.code, "post": cell.post, "locked": cell.is_locked}
            for (staff_no, day), cell in sorted(roster.cells.items())
        ],
        "cover": [asdict(cover) for cover in planned.covers],
        "zones": [asdict(zone) for zone in planned.zones],
    }
    return json.dumps(value, default=str, ensure_ascii=False, indent=1).encode()
