"""What makes a repair necessary: absences, a surge of patients, a resignation; what the book then says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellKey, Roster, RosterCell
from wardteam.domain.shifts import DAY_MINUTES, Demand, Leave, LeaveKind, Post
from wardteam.domain.ward import WardBook
from wardteam.errors import BadInput, Finding, Message
from wardteam.services.day_demands import asked_in_all, demands_on

ONE_DAY = timedelta(days=1)
MOST_DAYS = 366
NOT_GRANTED = frozenset({LeaveKind.OFF, LeaveKind.POST_NIGHT})


@dataclass(frozen=True)
class Absence:
    """A nurse is off between two dates, both included; with `from_shift`, from that shift of the first."""

    staff_no: str
    first: date
    last: date
    from_shift: str = ""
    kind: LeaveKind = LeaveKind.SICK


@dataclass(frozen=True)
class Surge:
    """So many nurses more than usual are needed on a shift of a date, in one team where that is named."""

    day: date
    shift: str
    more: int
    team: int | None = None


@dataclass(frozen=True)
class Resignation:
    """A nurse no longer belongs to the ward from this date on."""

    staff_no: str
    day: date


@dataclass(frozen=True)
class RepairEvent:
    """Everything that happened at once."""

    absences: tuple[Absence, ...] = ()
    surges: tuple[Surge, ...] = ()
    resignations: tuple[Resignation, ...] = ()

    @property
    def absent(self) -> frozenset[str]:
        """Staff numbers of those who are off or leave."""
        return frozenset([a.staff_no for a in self.absences] + [r.staff_no for r in self.resignations])

    @property
    def first_day(self) -> date:
        """The earliest date it is about."""
        days = [a.first for a in self.absences] + [s.day for s in self.surges]
        return min(days + [r.day for r in self.resignations])


def refuse_bad_event(book: WardBook, event: RepairEvent) -> None:
    """Raise BadInput with every finding where the event names what isn't there, or can't be."""
    findings = tuple(_findings(book, event))
    if findings:
        raise BadInput(findings)


def _findings(book: WardBook, event: RepairEvent) -> Iterator[Finding]:
    staff = {nurse.staff_no for nurse in book.nurses}
    shifts = {shift.code for shift in book.shifts}
    duty = {shift.code for shift in book.shifts if shift.is_duty}
    if not (event.absences or event.surges or event.resignations):
        yield Finding("--absent", Message("An absence, a surge or a resignation was expected."))
    for absence in event.absences:
        if absence.staff_no not in staff:
            yield _no_nurse("--absent", absence.staff_no)
        if absence.last < absence.first:
            yield Finding("--absent", Message("The last day lies before the first."), value=str(absence.last))
        if (absence.last - absence.first).days >= MOST_DAYS:
            yield Finding("--absent", Message("At most a year was expected."), value=str(absence.last))
        if absence.from_shift and absence.from_shift not in shifts:
            yield _no_shift("--absent", absence.from_shift, shifts)
        if absence.kind in NOT_GRANTED:
            yield Finding("--kind", Message("A kind of leave was expected."), value=absence.kind.value)
    for surge in event.surges:
        if surge.shift not in duty:
            yield _no_shift("--surge", surge.shift, duty)
        if not 1 <= surge.more <= 20:
            yield Finding("--surge", Message("1 to 20 nurses more were expected."), value=str(surge.more))
        yield from _of_team(book, surge)
    for resignation in event.resignations:
        if resignation.staff_no not in staff:
            yield _no_nurse("--resigned", resignation.staff_no)


def _of_team(book: WardBook, surge: Surge) -> Iterator[Finding]:
    numbers = tuple(team.number for team in book.teams)
    if surge.team is None:
        return
    if surge.team not in numbers:
        problem = Message("One of these teams was expected: {numbers}", numbers=numbers)
        yield Finding("--surge", problem, value=str(surge.team))
    elif _post_of_team(book, surge) is None:
        problem = Message("This shift has no posts by team on that day; leave the team out.")
        yield Finding("--surge", problem, value=surge.shift)


def _no_nurse(place: str, value: str) -> Finding:
    return Finding(place, Message("There is no such nurse in the ward."), value=value)


def _no_shift(place: str, value: str, known: set[str]) -> Finding:
    problem = Message("One of these shifts was expected: {codes}", codes=tuple(sorted(known)))
    return Finding(place, problem, value=value)


def settled(book: WardBook, roster: Roster, event: RepairEvent) -> RepairEvent:
    """Turn "from a shift" into whole dates: an earlier shift of the first date is still worked.

    Raises
    ------
    BadInput
        Where nothing of an absence is left.
    """
    absences = tuple(_settled(book, roster, absence) for absence in event.absences)
    if any(absence.last < absence.first for absence in absences):
        problem = Message("She works until the end of that day, so there is nothing to repair.")
        raise BadInput((Finding("--absent", problem),))
    return replace(event, absences=absences)


def _settled(book: WardBook, roster: Roster, absence: Absence) -> Absence:
    if not absence.from_shift:
        return absence
    start = book.shift(absence.from_shift).start_minute
    cell = roster.cell(absence.staff_no, absence.first)
    shift = next((s for s in book.shifts if cell is not None and s.code == cell.code), None)
    is_worked = shift is not None and shift.start_minute < start
    first = absence.first + ONE_DAY if is_worked or start >= DAY_MINUTES else absence.first
    last = max(absence.last, first) if start >= DAY_MINUTES else absence.last
    return replace(absence, first=first, last=last, from_shift="")


def lost_cells(book: WardBook, roster: Roster, event: RepairEvent) -> dict[CellKey, RosterCell]:
    """Give the cells that the event itself takes, with what stands there then."""
    cells: dict[CellKey, RosterCell] = {}
    for absence in event.absences:
        for day in _within(roster.period, absence.first, absence.last):
            cells[absence.staff_no, day] = RosterCell(absence.kind.value)
        _take_night_before(book, roster, absence.staff_no, absence.first, cells)
    for resignation in event.resignations:
        for day in _within(roster.period, resignation.day, roster.period.last):
            cells[resignation.staff_no, day] = RosterCell(LeaveKind.OFF.value)
        _take_night_before(book, roster, resignation.staff_no, resignation.day, cells)
    return {
        key: replace(cell, is_locked=old.is_locked)
        for key, cell in cells.items()
        if (old := roster.cells.get(key)) is not None
    }


def _take_night_before(
    book: WardBook, roster: Roster, staff_no: str, first: date, cells: dict[CellKey, RosterCell]
) -> None:
    """A night of the column before is worked on the first date off, so it falls away too."""
    before = first - ONE_DAY
    cell = roster.cell(staff_no, before)
    overnight = {s.code for s in book.shifts if s.is_duty and s.start_minute >= DAY_MINUTES}
    if cell is not None and cell.code in overnight and (staff_no, before) not in cells:
        cells[staff_no, before] = RosterCell(LeaveKind.OFF.value)


def _within(period: Period, first: date, last: date) -> Iterator[date]:
    return (day for day in period if first <= day <= last)


def book_after(book: WardBook, event: RepairEvent) -> WardBook:
    """Give the book as it is once the event is known, so that a later run keeps it."""
    leaves = list(book.leaves)
    for absence in event.absences:
        leaves += _missing_leave(leaves, absence)
    left = {resignation.staff_no: resignation.day - ONE_DAY for resignation in event.resignations}
    nurses = tuple(replace(n, left=left[n.staff_no]) if n.staff_no in left else n for n in book.nurses)
    demands = tuple(demand for surge in event.surges for demand in _raised(book, surge))
    kept = tuple(demand for demand in book.demands if not _is_replaced(demand, demands))
    return replace(book, leaves=tuple(leaves), nurses=nurses, demands=(*kept, *demands))


def _missing_leave(leaves: list[Leave], absence: Absence) -> list[Leave]:
    """Give the leave of the dates on which she has none yet, as spans."""
    own = [leave for leave in leaves if leave.staff_no == absence.staff_no]
    spans: list[Leave] = []
    for day in Period(absence.first, absence.last):
        if any(leave.includes(day) for leave in own):
            continue
        if spans and spans[-1].end == day - ONE_DAY:
            spans[-1] = replace(spans[-1], end=day)
        else:
            spans.append(Leave(absence.staff_no, absence.kind, day, day))
    return spans


def _post_of_team(book: WardBook, surge: Surge) -> Demand | None:
    """Give what the surge's team asks for on the shift: responsible nurses, where there are such posts."""
    asked = [d for d in demands_on(book, surge.day) if d.per_team and d.shift == surge.shift]
    own = [d for d in asked if d.team in (None, surge.team) and d.post is not Post.ASSISTANT]
    return min(own, key=lambda d: (d.post is not Post.RESPONSIBLE, d.team is None), default=None)


def _raised(book: WardBook, surge: Surge) -> Iterator[Demand]:
    """Give the date's demand with more nurses: the named team's, else the whole shift's."""
    own = None if surge.team is None else _post_of_team(book, surge)
    if own is not None:
        least = own.minimum + surge.more
        wished = max(least, own.wished)
        most = None if own.maximum is None else max(own.maximum, wished)
        raised = replace(own, minimum=least, wished=wished, maximum=most)
        yield replace(raised, days=(surge.day,), weekdays=(), day_kind=None, team=surge.team)
        return
    today = [demand for demand in demands_on(book, surge.day) if demand.shift == surge.shift]
    whole = next((demand for demand in today if not demand.per_team), None)
    teams = sum(d.minimum * times for d, times in asked_in_all(today, len(book.teams)) if d.per_team)
    least = (whole.minimum if whole is not None else teams) + surge.more
    wished = max(least, whole.wished if whole is not None else 0)
    maximum = None if whole is None or whole.maximum is None else max(whole.maximum, wished)
    yield Demand(surge.shift, least, wished, maximum, days=(surge.day,))


def _is_replaced(demand: Demand, new: tuple[Demand, ...]) -> bool:
    return any(demand.days == other.days and _place(demand) == _place(other) for other in new)


def _place(demand: Demand) -> tuple[str, Post, bool, int | None]:
    return demand.shift, demand.post, demand.per_team, demand.team
