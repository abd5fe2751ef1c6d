"""The roster sheet as a view: everyone's cells, hours, wishes and remarks, and staff by shift and day.

A posted sheet is made from a book without restrictions, so that nothing on it can tell of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.documents import (
    LegendEntry,
    Pair,
    RosterSheet,
    SheetCell,
    SheetDay,
    SheetRow,
    SheetTotal,
)
from wardteam.domain.hours import shift_minutes
from wardteam.domain.hours_account import hours_account
from wardteam.domain.ladder import ladder_level
from wardteam.domain.people import Nurse, Restriction, RestrictionKind, StaffKind
from wardteam.domain.roster import Roster, RosterCell
from wardteam.domain.shifts import DAY_MINUTES, LeaveKind, Post, Segment, Shift
from wardteam.domain.teams import Membership, Role
from wardteam.domain.ward import WardBook
from wardteam.domain.wishes import Wish, WishKind
from wardteam.errors import Message
from wardteam.i18n import translator
from wardteam.services.day_demands import asked_in_all, demands_on
from wardteam.services.problem import is_summer

BLANK = SheetCell(("", ""), "")
LEAVE_CODE = "leave"
LEAVE_CODES = frozenset(kind.value for kind in LeaveKind)
LEAVE_SYMBOL = ("假", "L")
REST_COLOUR = "#f6f8f9"
REST_TEXT = "#50606d"
SHOWN_AS_OFF = (LeaveKind.OFF, LeaveKind.PUBLIC_HOLIDAY, LeaveKind.TIME_IN_LIEU)
HOLIDAY_HOURS = Message("Hours worked on public holidays are paid 300 % and are not in the balance.")
POSTED_HOURS = Message("Hours on this sheet count every shift at its full standard length.")


def roster_sheet(
    book: WardBook, roster: Roster, *, posted: bool, shortages: Sequence[Message] = ()
) -> RosterSheet:
    """Lay out a roster as a sheet; a posted one shows every kind of leave as a day off or plain leave."""
    seen = replace(book, restrictions=()) if posted else book
    rows = tuple(
        _row(seen, roster, nurse, number, posted=posted)
        for number, nurse in enumerate(people_on_sheet(book, roster.period), start=1)
    )
    wishes = [cell.wish for row in rows for cell in row.cells if cell.wish is not None]
    return RosterSheet(
        ward=book.ward,
        period=roster.period,
        version=roster.version,
        status=roster.status,
        made_at=roster.made_at,
        is_posted=posted,
        days=sheet_days(book.calendar, roster.period),
        rows=rows,
        totals=tuple(_totals(book, roster)),
        legend=legend(book, roster.period, rows_cells=[row.cells for row in rows]),
        teams=book.teams,
        shortages=tuple(shortages),
        notes=tuple(_notes(rows, posted=posted)),
        wishes_granted=sum(wishes),
        wishes_asked=len(wishes),
    )


def _notes(rows: Iterable[SheetRow], *, posted: bool) -> Iterator[Message]:
    if posted:
        yield POSTED_HOURS
    if any(row.holiday_minutes for row in rows):
        yield HOLIDAY_HOURS


def people_on_sheet(book: WardBook, period: Period) -> tuple[Nurse, ...]:
    """Give everyone who belongs to the ward in the period: head nurse, teams in order, then the others."""
    present = [n for n in book.nurses if any(n.works_here(day) for day in period)]
    return tuple(sorted(present, key=lambda n: _place(n, first_membership(book, n, period), period)))


def _place(nurse: Nurse, membership: Membership | None, period: Period) -> tuple[int, int, int, int, date]:
    kinds = (StaffKind.HEAD_NURSE, StaffKind.WARD, StaffKind.BORROWED, StaffKind.TRAINEE, StaffKind.STUDENT)
    team = 99 if membership is None else membership.team
    role = Role.MEMBER if membership is None else membership.role
    level = ladder_level(nurse, period.first)
    return (kinds.index(nurse.kind), team, list(Role).index(role), -level, nurse.service_since)


def first_membership(book: WardBook, nurse: Nurse, period: Period) -> Membership | None:
    """Give her membership on the first date of the period that she has one on."""
    found = (book.membership(nurse.staff_no, day) for day in period)
    return next((membership for membership in found if membership is not None), None)


def sheet_days(calendar: Calendar, period: Period) -> tuple[SheetDay, ...]:
    """Give the date columns."""
    names = calendar.holiday_names
    return tuple(SheetDay(day, calendar.kind(day), names.get(day, "")) for day in period)


def sheet_cells(book: WardBook, roster: Roster, nurse: Nurse, *, posted: bool) -> tuple[SheetCell, ...]:
    """Give a nurse's cells of the roster's period as they are shown."""
    wishes = [w for w in book.wishes if w.staff_no == nurse.staff_no]
    shifts = {shift.code: shift for shift in book.shifts}
    cells = []
    for day in roster.period:
        cell = roster.cell(nurse.staff_no, day)
        own = [w for w in wishes if w.day == day]
        granted = all(is_granted(w, cell, shifts) for w in own) if own and cell is not None else None
        shown = shown_cell(book, nurse, day, cell, posted=posted)
        cells.append(replace(shown, wish=granted, is_locked=cell is not None and cell.is_locked))
    return tuple(cells)


def is_granted(wish: Wish, cell: RosterCell | None, shifts: dict[str, Shift]) -> bool:
    """Whether a cell grants a wish; the day a night ends on is no day off."""
    code = "" if cell is None else cell.code
    match wish.kind:
        case WishKind.OFF:
            return code not in shifts and code != LeaveKind.POST_NIGHT
        case WishKind.ON:
            return code == wish.shift if wish.shift else code in shifts and shifts[code].is_duty
        case WishKind.NOT:
            return code != wish.shift


def shown_cell(
    book: WardBook, nurse: Nurse, day: date, cell: RosterCell | None, *, posted: bool
) -> SheetCell:
    """Give a cell as the sheet shows it; a posted one shows every leave as a day off or plain leave."""
    if cell is None:
        return BLANK
    if cell.code not in LEAVE_CODES:
        shown = _duty_cell(book, nurse, day, book.shift(cell.code), cell.post)
        return replace(shown, is_uncounted=not is_counted(nurse, cell, day), helps=_helps(book, cell))
    kind = LeaveKind(cell.code)
    symbol, code = kind.symbols, kind.value
    if posted and kind in SHOWN_AS_OFF:
        symbol, code = LeaveKind.OFF.symbols, LeaveKind.OFF.value
    elif posted and kind is not LeaveKind.POST_NIGHT:
        symbol, code = LEAVE_SYMBOL, LEAVE_CODE
    return SheetCell(symbol, code, colour=REST_COLOUR, text_colour=REST_TEXT)


def _helps(book: WardBook, cell: RosterCell) -> Pair:
    found = next((team for team in book.teams if team.number == cell.team), None)
    return ("", "") if found is None else (found.name, found.name_en or found.name)


def _duty_cell(book: WardBook, nurse: Nurse, day: date, shift: Shift, post: Post) -> SheetCell:
    minutes = shift_minutes(book, nurse, shift, day)
    return SheetCell(
        symbol=(shift.symbol, shift.symbol_en),
        code=shift.code,
        colour=shift.colour,
        text_colour=shift.text_colour,
        kind=shift.kind,
        post=post,
        minutes=minutes,
        night_minutes=min(shift.night_minutes, minutes),
    )


def _row(book: WardBook, roster: Roster, nurse: Nurse, number: int, *, posted: bool) -> SheetRow:
    period = roster.period
    membership = first_membership(book, nurse, period)
    cells = sheet_cells(book, roster, nurse, posted=posted)
    opening = 0 if posted else nurse.hours_balance_minutes
    hours = hours_account(book, nurse, period, roster.cells, opening_minutes=opening)
    return SheetRow(
        staff_no=nurse.staff_no,
        number=number,
        name=(nurse.name, nurse.name_en or nurse.name),
        kind=nurse.kind,
        title=nurse.title,
        level=ladder_level(nurse, period.first),
        service_years=nurse.service_years(period.first),
        team=None if membership is None else membership.team,
        role=None if membership is None else membership.role,
        beds=owned_beds(book, nurse.staff_no, period.first),
        cells=cells,
        worked_minutes=hours.worked_minutes,
        standard_minutes=0 if posted else hours.standard_minutes,
        night_minutes=sum(cell.night_minutes for cell in cells),
        balance_before_minutes=opening,
        holiday_minutes=0 if posted else hours.holiday_minutes,
        annual_leave_days=0 if posted else nurse.annual_leave_days,
        remarks=tuple(_remarks(book, nurse, period)),
    )


def owned_beds(book: WardBook, staff_no: str, on: date) -> tuple[str, ...]:
    """Give the beds a nurse owns on a date, in the book's order."""
    return tuple(bed.code for bed in book.beds if book.owner(bed.code, on) == staff_no)


def _remarks(book: WardBook, nurse: Nurse, period: Period) -> Iterator[Message]:
    if nurse.joined is not None and nurse.joined in period and nurse.joined != period.first:
        yield Message("joins on {day}", day=nurse.joined)
    if nurse.left is not None and nurse.left in period:
        yield Message("leaves on {day}", day=nurse.left)
    for restriction in book.restrictions:
        if restriction.staff_no == nurse.staff_no and any(restriction.holds(day) for day in period):
            yield _restriction(book, restriction)


def _restriction(book: WardBook, restriction: Restriction) -> Message:
    if restriction.kind is RestrictionKind.PREGNANCY and restriction.event_date is not None:
        return Message("pregnant, due on {day}", day=restriction.event_date)
    if restriction.kind is RestrictionKind.NO_SHIFT:
        return Message("not on shift {shift}", shift=book.shift(restriction.shift).symbol)
    if restriction.end is not None:
        return Message("{restriction} until {day}", restriction=restriction.kind, day=restriction.end)
    return Message("{restriction}", restriction=restriction.kind)


def _totals(book: WardBook, roster: Roster) -> Iterator[SheetTotal]:
    asked = {demand.shift for demand in book.demands}
    for shift in book.shifts:
        if shift.code in asked:
            wanted = [_asked(book, shift.code, day) for day in roster.period]
            yield SheetTotal(
                shift=shift.code,
                symbol=(shift.symbol, shift.symbol_en),
                name=(shift.name, shift.name_en),
                staff=tuple(_staff(book, roster, shift.code, day) for day in roster.period),
                minimum=tuple(least for least, _ in wanted),
                wished=tuple(wished for _, wished in wanted),
            )


def _asked(book: WardBook, shift: str, day: date) -> tuple[int, int]:
    """Sum the minimum and the wished number over posts and teams."""
    teams = len(book.teams) or book.settings.team_count
    demands = asked_in_all((d for d in demands_on(book, day) if d.shift == shift), teams)
    return sum(d.minimum * times for d, times in demands), sum(d.wished * times for d, times in demands)


def _staff(book: WardBook, roster: Roster, code: str, day: date) -> int:
    cells = ((nurse, roster.cell(nurse.staff_no, day)) for nurse in book.nurses)
    return sum(
        cell is not None and cell.code == code and is_counted(nurse, cell, day) for nurse, cell in cells
    )


def is_counted(nurse: Nurse, cell: RosterCell, day: date) -> bool:
    """Whether her duty counts as staff: one of the ward's own, registered, and not beside a preceptor."""
    return nurse.kind is StaffKind.WARD and cell.post is not Post.ASSISTANT and nurse.may_practise(day)


def legend(
    book: WardBook, period: Period, *, rows_cells: Sequence[Sequence[SheetCell]]
) -> tuple[LegendEntry, ...]:
    """Give the meaning of every symbol that the cells show."""
    used = {cell.code for cells in rows_cells for cell in cells}
    shifts = [
        LegendEntry(
            (s.symbol, s.symbol_en),
            (s.name, s.name_en),
            shift_times(book, s, period.first),
            s.colour,
            s.text_colour,
        )
        for s in book.shifts
        if s.code in used
    ]
    leaves = [
        LegendEntry(kind.symbols, in_both(kind), "", REST_COLOUR, REST_TEXT)
        for kind in LeaveKind
        if kind.value in used
    ]
    plain = [LegendEntry(LEAVE_SYMBOL, in_both(Message("leave of any kind")), "", REST_COLOUR, REST_TEXT)]
    return (*shifts, *leaves, *(plain if LEAVE_CODE in used else ()))


def in_both(text: Message | LeaveKind) -> Pair:
    """Give a text in Chinese and in English."""
    return (translator("zh")(text), translator("en")(text))


def shift_times(book: WardBook, shift: Shift, day: date) -> str:
    """Give a shift's times on a date, such as 08:00-12:00 14:00-18:00."""
    segments = shift.segments
    if shift.summer_segments and is_summer(book, day):
        segments = shift.summer_segments
    return " ".join(_clock_span(segment) for segment in segments)


def _clock_span(segment: Segment) -> str:
    """Write a segment by the clock; (+1) marks one that begins on the next date."""
    mark = " (+1)" if segment.start_minute >= DAY_MINUTES else ""
    return f"{_clock(segment.start_minute % DAY_MINUTES)}–{_clock(segment.end_minute)}{mark}"


def _clock(minute: int) -> str:
    hours, minutes = divmod(minute if minute == DAY_MINUTES else minute % DAY_MINUTES, 60)
    return f"{hours:02}:{minutes:02}"
