"""The notice of changes: net changes by nurse and date since a roster was published, or between versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from wardteam.domain.calendar import Period
from wardteam.domain.documents import Pair, SheetCell
from wardteam.domain.notices import ChangedDay, ChangedNurse, ChangeNotice
from wardteam.domain.people import Nurse
from wardteam.domain.roster import CellChange, CellKey, Roster, RosterCell, RosterStatus
from wardteam.domain.ward import WardBook
from wardteam.errors import BadInput, Finding, Message, NotFound
from wardteam.i18n import Language
from wardteam.services.ports import UnitOfWork, UnitOfWorkFactory
from wardteam.services.sheet_view import first_membership, people_on_sheet, shown_cell

Since = date | int | None
"""From this date on, compared with this version, or (None) since the roster was published."""


def change_notice(
    units: UnitOfWorkFactory,
    ward: str,
    period: Period,
    *,
    since: Since = None,
    posted: bool = True,
    now: datetime,
) -> ChangeNotice:
    """Lay out what changed in the published roster of a period, and for whom.

    Several changes of one cell are one, from its first to its last value; what came back to where it was
    is left out, as is a cell that was only locked. A posted notice has no reason and no kind of leave, so a
    change from one kind to another doesn't stand on it.

    Raises
    ------
    NotFound
        Where the period has no published roster, or not that earlier version.
    BadInput
        Where a version is compared with itself or a later one.
    """
    with units() as unit:
        book = unit.books.get(ward).book
        roster = unit.rosters.latest(ward, period, RosterStatus.PUBLISHED)
        if roster is None:
            text = "The roster from {first} to {last} is not published yet, so nothing changed since."
            raise NotFound(Message(text, first=period.first, last=period.last))
        found = tuple(_changes(unit, book, roster, since))
    view = _View(book, roster, posted)
    return ChangeNotice(
        ward=book.ward,
        period=period,
        version=roster.version,
        since=_moment(book, since) or roster.published_at,
        from_version=since if isinstance(since, int) else None,
        made_at=now.astimezone(book.settings.zone),
        is_posted=posted,
        nurses=tuple(view.nurses(net_changes(found))),
    )


def _moment(book: WardBook, since: Since) -> datetime | None:
    if not isinstance(since, date):
        return None
    return datetime.combine(since, time(), book.settings.zone)


def _changes(unit: UnitOfWork, book: WardBook, roster: Roster, since: Since) -> Iterator[CellChange]:
    """Give what was recorded of the version since then, or what differs from an earlier one."""
    if not isinstance(since, int):
        moment = _moment(book, since)
        recorded = unit.rosters.changes(book.ward.code, roster.period, roster.version)
        start = moment or roster.published_at
        yield from (change for change in recorded if start is None or change.at >= start)
        return
    if since >= roster.version:
        text = "Version {version} is published; an earlier one was expected to compare it with."
        raise BadInput((Finding("--since", Message(text, version=roster.version), value=str(since)),))
    earlier = unit.rosters.version(book.ward.code, roster.period, since)
    at = roster.published_at or roster.made_at
    for staff_no, day in sorted({*earlier.cells, *roster.cells}):
        old, new = earlier.cell(staff_no, day), roster.cell(staff_no, day)
        if old != new and at is not None:
            yield CellChange(staff_no, day, old, new, "", at)


def notice_pdf(notice: ChangeNotice, language: Language) -> bytes:
    """Typeset the notice."""
    from wardteam_reports.change_notice import change_notice_pdf

    return change_notice_pdf(notice, language=language)


def net_changes(changes: Iterable[CellChange]) -> dict[CellKey, CellChange]:
    """Give one change for each cell, from its first to its last value; locks don't count as changes."""
    net: dict[CellKey, CellChange] = {}
    for change in changes:
        key = (change.staff_no, change.day)
        if _duty(change.old) != _duty(change.new):
            net[key] = replace(change, old=net[key].old if key in net else change.old)
    return {key: change for key, change in net.items() if _duty(change.old) != _duty(change.new)}


def _duty(cell: RosterCell | None) -> RosterCell | None:
    return None if cell is None else replace(cell, is_locked=False)


@dataclass(frozen=True)
class _View:
    """Shows changes as the sheet would: by nurse in its order, posted or not."""

    book: WardBook
    roster: Roster
    posted: bool

    def nurses(self, net: dict[CellKey, CellChange]) -> Iterator[ChangedNurse]:
        """Give each nurse with something to tell, in the order of the sheet; people who left come last."""
        on_sheet = people_on_sheet(self.book, self.roster.period)
        shown = {nurse.staff_no for nurse in on_sheet}
        gone = [nurse for nurse in self.book.nurses if nurse.staff_no not in shown]
        for nurse in (*on_sheet, *gone):
            own = [net[key] for key in sorted(net) if key[0] == nurse.staff_no]
            days = tuple(day for change in own if (day := self._day(nurse, change)) is not None)
            if days:
                member = first_membership(self.book, nurse, self.roster.period)
                team = None if member is None else member.team
                yield ChangedNurse(nurse.staff_no, (nurse.name, nurse.name_en or nurse.name), team, days)

    def _day(self, nurse: Nurse, change: CellChange) -> ChangedDay | None:
        old, new = (self._cell(nurse, change.day, cell) for cell in (change.old, change.new))
        if old == new:
            return None
        at = change.at.astimezone(self.book.settings.zone)
        reason = "" if self.posted else change.reason
        return ChangedDay(change.day, old, new, at, self._name(change.by), reason)

    def _cell(self, nurse: Nurse, day: date, cell: RosterCell | None) -> SheetCell | None:
        return None if cell is None else shown_cell(self.book, nurse, day, cell, posted=self.posted)

    def _name(self, by: str) -> Pair:
        found = next((nurse for nurse in self.book.nurses if nurse.staff_no == by), None)
        return (by, by) if found is None else (found.name, found.name_en or found.name)
