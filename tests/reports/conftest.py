"""A demo month whose cells are last month's, so that no solve is needed to render it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader

from wardteam.demo.portraits import demo_photos
from wardteam.demo.ward import demo_ward
from wardteam.domain.beds import Cover, HolderKind, Ownership, Zone
from wardteam.domain.calendar import Period
from wardteam.domain.documents import Noticeboard, RosterSheet
from wardteam.domain.roster import CellKey, Roster, RosterCell
from wardteam.domain.ward import WardBook
from wardteam.services.documents import noticeboard, roster_sheet

AT = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
ReadPdf = Callable[[bytes], PdfReader]


@dataclass(frozen=True)
class Month:
    """A ward's book with the first nurse of each team owning its beds, and a roster."""

    book: WardBook
    roster: Roster
    covers: tuple[Cover, ...]
    zones: tuple[Zone, ...]

    def sheet(self, days: int = 31, *, posted: bool = False) -> RosterSheet:
        first = self.roster.period.first
        period = Period(first, first + timedelta(days=days - 1))
        return roster_sheet(self.book, replace(self.roster, period=period), posted=posted)

    def board(self, day: date = date(2026, 12, 8), *, url: str = "") -> Noticeboard:
        book = replace(self.book, settings=replace(self.book.settings, feedback_url=url))
        return noticeboard(book, self.roster, self.covers, self.zones, day, demo_photos(book), made_at=AT)


@pytest.fixture(scope="session")
def month() -> Month:
    book = demo_ward()
    period = book.period
    assert period is not None
    known = sorted({day for _, day in book.history})
    cells = {
        (staff_no, day): book.history.get((staff_no, known[i % len(known)]), RosterCell("off"))
        for staff_no in {staff_no for staff_no, _ in book.history}
        for i, day in enumerate(period)
    }
    leave = {(x.staff_no, d): RosterCell(x.kind.value) for x in book.leaves for d in period if x.includes(d)}
    cells |= {key: cell for key, cell in leave.items() if key in cells}
    by_team = {m.team: m.staff_no for m in reversed(book.memberships) if m.end is None}
    owners = [by_team[1 + i * 5 // len(book.beds)] for i in range(len(book.beds))]
    owned = tuple(
        Ownership(bed.code, owner, period.first) for bed, owner in zip(book.beds, owners, strict=True)
    )
    teams = {m.staff_no: m.team for m in book.memberships}
    covers = tuple(cover for day in period for o in owned for cover in _cover(day, o, cells, teams))
    beds = tuple(bed.code for bed in book.beds)
    zones = tuple(
        Zone(day, cell.code, staff_no, beds[:25])
        for (staff_no, day), cell in cells.items()
        if cell.code in ("EVENING", "NIGHT")
    )
    return Month(replace(book, ownerships=owned), Roster(period, cells, version=3, made_at=AT), covers, zones)


def _cover(
    day: date, owned: Ownership, cells: dict[CellKey, RosterCell], teams: dict[str, int]
) -> list[Cover]:
    """Give the bed's holder: its owner, else the first of her team on a day shift, else nobody."""
    mates = [s for s, team in teams.items() if team == teams[owned.staff_no] and (s, day) in cells]
    present = [s for s in (owned.staff_no, *mates) if cells[s, day].code == "DAY"][:1]
    kinds = {True: HolderKind.OWNER, False: HolderKind.TEAMMATE}
    return [Cover(day, owned.bed, s, kinds[s == owned.staff_no]) for s in present]


@pytest.fixture(scope="session")
def read_pdf() -> ReadPdf:
    return lambda pdf: PdfReader(io.BytesIO(pdf))
