"""Reads the ward from the store as the services' views; costly ones are kept while nothing has changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from wardteam.domain.beds import Cover, Zone
from wardteam.domain.calendar import Period
from wardteam.domain.documents import Noticeboard, PocketCard, RosterSheet, TeamsReport
from wardteam.domain.roster import Roster, RosterStatus
from wardteam.domain.study import StudyPlan
from wardteam.domain.teams import Membership
from wardteam.domain.ward import WardBook
from wardteam.errors import NotFound
from wardteam.services.carried import carried_book
from wardteam.services.ports import Clock, UnitOfWorkFactory
from wardteam.stats.comparison import Comparison

if TYPE_CHECKING:
    from wardteam.services.quality_data import QualityData

Kept = TypeVar("Kept")
MOST_KEPT = 64


@dataclass(frozen=True)
class Planned:
    """A ward's book as a roster's period finds it, with the roster, its cover and zones, of one moment."""

    book: WardBook
    revision: int
    roster: Roster
    covers: tuple[Cover, ...]
    zones: tuple[Zone, ...]

    @property
    def key(self) -> Hashable:
        """Tell this state of book and roster from any other, hand edits of its cells included."""
        cells = hash(frozenset(self.roster.cells.items()))
        return (
            self.book.ward.code,
            self.revision,
            self.roster.period,
            self.roster.version,
            cells,
            self.carried,
        )

    @property
    def carried(self) -> int:
        """Tell what earlier rosters carried over: a change of one of them changes this one's balances."""
        hours = tuple(nurse.hours_balance_minutes for nurse in self.book.nurses)
        return hash((hours, *(frozenset(amounts.items()) for amounts in self.book.balances.values())))


class WardReader:
    """Reads from the store in short units of work."""

    def __init__(self, units: UnitOfWorkFactory, clock: Clock, *, public_url: str = "") -> None:
        self.units = units
        self._public_url = public_url.rstrip("/")
        self._clock = clock
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def books(self) -> tuple[WardBook, ...]:
        """Give the books of all wards."""
        with self.units() as unit:
            return tuple(unit.books.get(code).book for code in unit.books.codes())

    def book(self, ward: str) -> WardBook:
        """Give a ward's book; NotFound where there is none."""
        with self.units() as unit:
            return unit.books.get(ward).book

    def now(self, ward: str) -> datetime:
        """Give the present moment by the ward's clock."""
        return self._clock().astimezone(self.book(ward).settings.zone)

    def today(self, book: WardBook) -> date:
        """Give the present date by a ward's clock."""
        return self._clock().astimezone(book.settings.zone).date()

    def periods(self, ward: str) -> tuple[Period, ...]:
        """Give the periods that have a roster, newest first."""
        with self.units() as unit:
            return unit.rosters.periods(ward)

    def planned(self, ward: str, period: Period, version: int | None = None) -> Planned | None:
        """Give a roster of a period: a version, or the one that holds; None where there is none."""
        with self.units() as unit:
            held = unit.rosters.latest(ward, period, RosterStatus.PUBLISHED)
            found = (held, unit.rosters.latest(ward, period))
        asked = (r for r in found if r is not None and version in (None, r.version))
        roster = next(asked, None)
        return None if roster is None else self._planned(ward, roster)

    def planned_on(self, ward: str, day: date) -> Planned | None:
        """Give the roster that holds on a date."""
        with self.units() as unit:
            roster = unit.rosters.at(ward, day)
        return None if roster is None else self._planned(ward, roster)

    def _planned(self, ward: str, roster: Roster) -> Planned:
        with self.units() as unit:
            revision = unit.books.get(ward).revision
            book = carried_book(unit, ward, roster.period)
            covers, zones = unit.rosters.cover(ward, roster.period, roster.version)
        return Planned(book, revision, roster, covers, zones)

    def sheet(self, planned: Planned, *, posted: bool) -> RosterSheet:
        """Lay a roster out as a sheet, with its shortage in words."""
        from wardteam.services.documents import roster_sheet
        from wardteam.services.roster_report import RosterReport, check_cells

        def check() -> RosterReport:
            return check_cells(planned.book, planned.roster.period, planned.roster.cells)

        def make() -> RosterSheet:
            shortages = self._keep(("report", planned.key), check).shortages
            return roster_sheet(planned.book, planned.roster, posted=posted, shortages=shortages)

        return self._keep(("sheet", posted, planned.key, planned.roster.status), make)

    def board(self, planned: Planned, day: date) -> Noticeboard:
        """Lay the ward's day out as the noticeboard."""
        from wardteam.services.documents import noticeboard

        book = planned.book
        photos = self.photos(book, planned.revision)
        now = self._clock().astimezone(book.settings.zone)
        board = noticeboard(book, planned.roster, planned.covers, planned.zones, day, photos, made_at=now)
        # Our own questionnaire comes before another that the ward may have elsewhere.
        return replace(board, feedback_url=f"{self._public_url}/q/") if self._public_url else board

    def cards(self, planned: Planned, staff_no: str = "", *, posted: bool) -> tuple[PocketCard, ...]:
        """Lay out everyone's pocket card, or one nurse's; posted ones without kinds of leave."""
        from wardteam.services.documents import pocket_card, pocket_cards

        book, roster = planned.book, planned.roster
        made_at = roster.made_at and roster.made_at.astimezone(book.settings.zone)
        if not staff_no:
            return pocket_cards(book, roster, planned.covers, made_at=made_at, posted=posted)
        if not any(key[0] == staff_no for key in roster.cells):
            return ()
        return (pocket_card(book, roster, planned.covers, staff_no, made_at=made_at, posted=posted),)

    def photos(self, book: WardBook, revision: int) -> Mapping[str, bytes]:
        """Give the photographs of the ward's people by staff number."""
        code = book.ward.code

        def read() -> Mapping[str, bytes]:
            with self.units() as unit:
                found = {n.staff_no: unit.photos.get(code, n.photo) for n in book.nurses if n.photo}
            return {staff_no: picture for staff_no, picture in found.items() if picture is not None}

        return self._keep(("photos", code, revision), read)

    def teams(self, ward: str, on: date) -> TeamsReport | None:
        """Lay out the teams as they stand on a date; None where there are none yet.

        Everybody is pinned where she is, so that the planner only measures.
        """
        from wardteam.services.documents import teams_report
        from wardteam.services.teams import moves_into, plan_teams, standing_reasons

        with self.units() as unit:
            stored = unit.books.get(ward)
            record = unit.runs.latest(ward, "teams")
        book = stored.book
        here = {nurse.staff_no for nurse in book.staff(on)}
        holding = tuple(m for m in book.memberships if m.holds(on) and m.staff_no in here)
        if not holding:
            return None

        def make() -> TeamsReport:
            these = _only_these(book, holding)
            plan = plan_teams(these, on=on)
            reasons, moves = standing_reasons(these, on), moves_into(book, on)
            plan = replace(plan, memberships=holding, notes=(), moves=moves, reasons=reasons)
            report = teams_report(book, plan, photos=self.photos(book, stored.revision))
            return replace(report, since=max(m.start for m in holding))

        return replace(self._keep(("teams", ward, stored.revision, on), make), record=record)

    def quality(self, ward: str, plan: str | None = None) -> QualityData | None:
        """Give everything captured of quality with a plan, the newest by default; None without any plan."""
        from wardteam.services.quality_data import read_quality

        with self.units() as unit:
            stored = unit.books.get(ward)
            revisions = (stored.revision, unit.captured.revision(ward), unit.calls.revision(ward))
            published = tuple(
                unit.rosters.latest(ward, p, RosterStatus.PUBLISHED) for p in unit.rosters.periods(ward)
            )
        today = self.today(stored.book)
        rosters = tuple((r.period, r.version) for r in published if r is not None)

        def make() -> QualityData | None:
            try:
                return read_quality(self.units, ward, today=today, plan_code=plan)
            except NotFound:
                if plan is not None:
                    raise
                return None

        return self._keep(("quality", ward, plan, revisions, rosters, today), make)

    def comparison(self, ward: str) -> Comparison | None:
        """Compare the two periods of the ward's newest plan; None where there is no plan yet."""
        from wardteam.services.compare import compare
        from wardteam.services.quality_data import read_quality

        with self.units() as unit:
            stored = unit.books.get(ward)
            plans = unit.captured.all(ward, StudyPlan)
            revisions = (stored.revision, unit.captured.revision(ward), unit.calls.revision(ward))
        if not plans:
            return None
        today = self.today(stored.book)

        def make() -> Comparison:
            return compare(read_quality(self.units, ward, today=today))

        return self._keep(("comparison", ward, revisions), make)

    def _keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Give what was made for this key before, or make it; the least used is forgotten."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]  # the key names what it is
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return made


def _only_these(book: WardBook, memberships: tuple[Membership, ...]) -> WardBook:
    """Give the book with these members alone, each pinned where she is."""
    placed = {membership.staff_no for membership in memberships}
    return replace(
        book,
        nurses=tuple(nurse for nurse in book.nurses if nurse.staff_no in placed),
        memberships=tuple(replace(membership, is_pinned=True) for membership in memberships),
    )
