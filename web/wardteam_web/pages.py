"""The one port of the web pages: what they ask for, and which bootstrap fills."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from wardteam.domain.calendar import Period
from wardteam.domain.documents import Noticeboard, PocketCard, RosterSheet, TeamsReport
from wardteam.domain.roster import SolveRecord
from wardteam.domain.ward import Ward
from wardteam.i18n import Language


class DocumentKind(StrEnum):
    """What can be downloaded; the value is its name in the address."""

    ROSTER_PDF = "roster.pdf"
    ROSTER_XLSX = "roster.xlsx"
    BOARD_PDF = "noticeboard.pdf"
    CARD_PDF = "card.pdf"
    CALENDAR = "calendar.ics"
    COMPARISON_PDF = "comparison.pdf"

    @property
    def media_type(self) -> str:
        """The media type that goes with the ending."""
        return _MEDIA_TYPES[self.value.rsplit(".", 1)[1]]


_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}


@dataclass(frozen=True)
class DocumentRequest:
    """Which document is wanted. `paper` is a4 or a3; what a kind doesn't need is left at its default."""

    kind: DocumentKind
    language: Language
    period: Period | None = None
    version: int | None = None
    day: date | None = None
    staff_no: str = ""
    paper: str = "a4"


@dataclass(frozen=True)
class Document:
    """A finished document with the name it is saved under."""

    content: bytes
    file_name: str


@dataclass(frozen=True)
class Comparison:
    """The comparison of two periods as a ready, safe HTML fragment in the language asked for.

    The fragment carries no inline style or script: the pages' policy would drop them.
    """

    html: str


class Pages(Protocol):
    """Everything the pages show. None means "there is none", and the page says so."""

    def wards(self) -> tuple[Ward, ...]:
        """Give all wards, in the order they are listed."""
        ...

    def today(self, ward: str) -> date:
        """Give the present date at the ward."""
        ...

    def periods(self, ward: str) -> tuple[Period, ...]:
        """Give the periods that have a roster, newest first."""
        ...

    def roster_sheet(self, ward: str, period: Period, version: int | None = None) -> RosterSheet | None:
        """Give the posted sheet of a period: a version, or the one that holds."""
        ...

    def board(self, ward: str, day: date) -> Noticeboard | None:
        """Give the ward on one day."""
        ...

    def teams(self, ward: str) -> TeamsReport | None:
        """Give the teams, their balance and why each leader qualifies."""
        ...

    def nurse(self, ward: str, staff_no: str, period: Period) -> PocketCard | None:
        """Give one nurse's own period as posted: while there are no accounts, without kinds of leave."""
        ...

    def comparison(self, ward: str, language: Language) -> Comparison | None:
        """Give the comparison of two periods in a language."""
        ...

    def runs(self, ward: str) -> tuple[SolveRecord, ...]:
        """Give the newest solve record of each purpose, in the order of the work."""
        ...

    def document(self, ward: str, request: DocumentRequest) -> Document | None:
        """Make a document to download."""
        ...

    def photo(self, ward: str, staff_no: str) -> bytes | None:
        """Give a nurse's photograph, JPEG or PNG, only with a consent that holds."""
        ...
