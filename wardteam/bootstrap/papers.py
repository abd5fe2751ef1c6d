"""Makes the documents as bytes from what the reader gives: PDF, Excel, calendars, the comparison."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from wardteam.bootstrap.reading import Planned, WardReader
from wardteam.domain.documents import PocketCard, TeamsReport
from wardteam.errors import NotFound
from wardteam.i18n import Language

if TYPE_CHECKING:
    from wardteam.stats.comparison import Comparison

Paper = Literal["a4", "a3"]
_ZIP_MOMENT = (2020, 1, 1, 0, 0, 0)
"""A fixed moment, so that the same calendars give the same archive."""


class Papers:
    """The documents of one installation in one language; those of a roster are posted ones unless told."""

    def __init__(self, reader: WardReader, language: Language) -> None:
        self.reader = reader
        self.language: Language = language

    def sheet_pdf(self, planned: Planned, *, paper: Paper, posted: bool = True) -> bytes:
        """Typeset the roster sheet."""
        from wardteam_reports.roster_sheet import roster_sheet_pdf

        sheet = self.reader.sheet(planned, posted=posted)
        made_at = self._made_at(planned)
        return roster_sheet_pdf(sheet, language=self.language, paper=paper, made_at=made_at)

    def sheet_xlsx(self, planned: Planned, *, paper: Paper = "a3", posted: bool = True) -> bytes:
        """Write the roster sheet as an Excel workbook."""
        from wardteam.exchange.roster_xlsx import roster_xlsx

        sheet = self.reader.sheet(planned, posted=posted)
        return roster_xlsx(sheet, self.language, paper="A3" if paper == "a3" else "A4")

    def board_pdf(self, planned: Planned, day: date, *, paper: Paper) -> bytes:
        """Typeset the noticeboard of a day."""
        from wardteam_reports.noticeboard import noticeboard_pdf

        return noticeboard_pdf(self.reader.board(planned, day), language=self.language, paper=paper)

    def cards_pdf(self, planned: Planned, staff_no: str = "") -> bytes:
        """Typeset the pocket cards, or one of them, as posted: six stand on a sheet that others see too."""
        from wardteam_reports.pocket_cards import pocket_cards_pdf

        cards = self.reader.cards(planned, staff_no, posted=True)
        return pocket_cards_pdf(cards, language=self.language, made_at=self._made_at(planned))

    def calendar(self, planned: Planned, card: PocketCard) -> bytes:
        """Write a nurse's calendar."""
        from wardteam.exchange.ics import calendar_ics

        book = planned.book
        return calendar_ics(card, self.language, settings=book.settings, shifts=book.shifts)

    def calendars_zip(self, planned: Planned) -> bytes:
        """Write everyone's calendar into one archive, a file for each nurse."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for card in self.reader.cards(planned, posted=True):
                name = f"{card.nurse.staff_no} {card.nurse.name[0]}.ics"
                archive.writestr(zipfile.ZipInfo(name, _ZIP_MOMENT), self.calendar(planned, card))
        return target.getvalue()

    def teams_pdf(self, report: TeamsReport, made_at: datetime) -> bytes:
        """Typeset how the teams are composed."""
        from wardteam_reports.teams_sheet import teams_pdf

        return teams_pdf(report, language=self.language, made_at=made_at)

    def comparison_pdf(self, ward: str) -> bytes:
        """Typeset the comparison of two periods."""
        from wardteam_reports.comparison import comparison_pdf

        made_at = self.reader.now(ward)
        return comparison_pdf(self.comparison(ward), language=self.language, made_at=made_at)

    def comparison_page(self, ward: str) -> str:
        """Write the comparison as one whole HTML page."""
        from wardteam_reports.comparison import comparison_page

        made_at = self.reader.now(ward)
        return comparison_page(self.comparison(ward), language=self.language, made_at=made_at)

    def comparison(self, ward: str) -> Comparison:
        """Give the comparison; NotFound where nothing was captured."""
        from wardteam.services.quality_data import NO_PLAN_KEPT

        found = self.reader.comparison(ward)
        if found is None:
            raise NotFound(NO_PLAN_KEPT)
        return found

    def workbook(self, ward: str) -> bytes:
        """Write the ward's workbook, filled from its book."""
        from wardteam.exchange.template import template

        return template(self.language, self.reader.book(ward))

    def _made_at(self, planned: Planned) -> datetime:
        zone = planned.book.settings.zone
        made_at = planned.roster.made_at
        return self.reader.now(planned.book.ward.code) if made_at is None else made_at.astimezone(zone)
