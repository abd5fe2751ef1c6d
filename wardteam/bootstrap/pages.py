"""The web's port over the store: every page and download, as posted, while there are no accounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from wardteam.bootstrap.papers import Paper, Papers
from wardteam.bootstrap.reading import Planned, WardReader
from wardteam.domain.calendar import Period
from wardteam.domain.documents import Noticeboard, PocketCard, RosterSheet, TeamsReport
from wardteam.domain.roster import SolveRecord
from wardteam.domain.ward import Ward
from wardteam.i18n import Language
from wardteam_web import Comparison, Document, DocumentKind, DocumentRequest

PURPOSES = ("teams", "beds", "roster", "cover")
"""What is planned, in the order of the work."""


class StorePages:
    """Gives the pages what they show; implements `wardteam_web.Pages`."""

    def __init__(self, reader: WardReader) -> None:
        self._reader = reader

    def wards(self) -> tuple[Ward, ...]:
        """Give all wards by their codes."""
        return tuple(book.ward for book in self._reader.books())

    def today(self, ward: str) -> date:
        """Give the present date at the ward."""
        return self._reader.now(ward).date()

    def periods(self, ward: str) -> tuple[Period, ...]:
        """Give the periods that have a roster, newest first."""
        return self._reader.periods(ward)

    def roster_sheet(self, ward: str, period: Period, version: int | None = None) -> RosterSheet | None:
        """Give the posted sheet of a period."""
        planned = self._reader.planned(ward, period, version)
        return None if planned is None else self._reader.sheet(planned, posted=True)

    def board(self, ward: str, day: date) -> Noticeboard | None:
        """Give the ward on one day; None where no roster holds."""
        planned = self._reader.planned_on(ward, day)
        return None if planned is None else self._reader.board(planned, day)

    def teams(self, ward: str) -> TeamsReport | None:
        """Give the teams as they stand today, or on the planned day nearest to it."""
        return self._reader.teams(ward, self._nearest_day(ward))

    def nurse(self, ward: str, staff_no: str, period: Period) -> PocketCard | None:
        """Give one nurse's own period as posted: no kinds of leave, and a portrait only with consent."""
        planned = self._reader.planned(ward, period)
        cards = () if planned is None else self._reader.cards(planned, staff_no, posted=True)
        if not cards:
            return None
        card = cards[0]
        return replace(card, nurse=replace(card.nurse, photo=self.photo(ward, staff_no)))

    def comparison(self, ward: str, language: Language) -> Comparison | None:
        """Give the comparison of two periods."""
        from wardteam_reports.comparison import comparison_html

        found = self._reader.comparison(ward)
        return None if found is None else Comparison(comparison_html(found, language=language))

    def runs(self, ward: str) -> tuple[SolveRecord, ...]:
        """Give the newest solve record of each purpose, in the order of the work."""
        with self._reader.units() as unit:
            found = [unit.runs.latest(ward, purpose) for purpose in PURPOSES]
        return tuple(record for record in found if record is not None)

    def document(self, ward: str, request: DocumentRequest) -> Document | None:
        """Make a document to download."""
        content = self._content(ward, request)
        if content is None:
            return None
        parts = (request.kind.value.rpartition(".")[0], request.staff_no, self._dates(request), request.paper)
        ending = request.kind.value.rpartition(".")[2]
        has_paper = request.kind in (DocumentKind.ROSTER_PDF, DocumentKind.BOARD_PDF)
        name = "-".join(part for part in (ward, *parts[: 4 if has_paper else 3]) if part)
        return Document(content, f"{name}.{ending}")

    def photo(self, ward: str, staff_no: str) -> bytes | None:
        """Give a nurse's photograph, only while her consent holds."""
        with self._reader.units() as unit:
            book = unit.books.get(ward).book
            nurse = next((n for n in book.nurses if n.staff_no == staff_no), None)
            if nurse is None or not nurse.photo or not nurse.may_be_pictured(self._reader.today(book)):
                return None
            return unit.photos.get(ward, nurse.photo)

    def _content(self, ward: str, request: DocumentRequest) -> bytes | None:
        papers = Papers(self._reader, request.language)
        if request.kind is DocumentKind.COMPARISON_PDF:
            return papers.comparison_pdf(ward) if self._reader.comparison(ward) else None
        planned = self._planned(ward, request)
        if planned is None:
            return None
        paper: Paper = "a3" if request.paper == "a3" else "a4"
        match request.kind:
            case DocumentKind.ROSTER_PDF:
                return papers.sheet_pdf(planned, paper=paper)
            case DocumentKind.ROSTER_XLSX:
                return papers.sheet_xlsx(planned)
            case DocumentKind.BOARD_PDF:
                return papers.board_pdf(planned, request.day or planned.roster.period.first, paper=paper)
            case _:
                return self._personal(papers, planned, request)

    def _personal(self, papers: Papers, planned: Planned, request: DocumentRequest) -> bytes | None:
        cards = self._reader.cards(planned, request.staff_no, posted=True)
        if not request.staff_no or not cards:
            return None
        if request.kind is DocumentKind.CALENDAR:
            return papers.calendar(planned, cards[0])
        return papers.cards_pdf(planned, request.staff_no)

    def _planned(self, ward: str, request: DocumentRequest) -> Planned | None:
        if request.period is not None:
            return self._reader.planned(ward, request.period, request.version)
        return self._reader.planned_on(ward, request.day or self._nearest_day(ward))

    def _nearest_day(self, ward: str) -> date:
        today = self.today(ward)
        days = [min(max(today, period.first), period.last) for period in self.periods(ward)]
        return min(days, key=lambda day: abs((day - today).days), default=today)

    @staticmethod
    def _dates(request: DocumentRequest) -> str:
        if request.day is not None:
            return request.day.isoformat()
        return "" if request.period is None else f"{request.period.first}_{request.period.last}"
