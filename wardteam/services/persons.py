"""A nurse as the engine sees her: her posts, her bans with their rule, her leave and hours owed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from wardteam.domain.calendar import Period
from wardteam.domain.hours import nursing_minutes, standard_minutes
from wardteam.domain.ladder import ladder_level, may_deputise
from wardteam.domain.people import Level, Nurse, Restriction, RestrictionKind
from wardteam.domain.shifts import Post, ShiftKind
from wardteam.domain.teams import Role
from wardteam.domain.ward import WardBook
from wardteam_solver.problem import Ban, Person

# Seven months of pregnancy are 28 of 40 weeks: twelve weeks before the due date.
LATE_PREGNANCY = timedelta(weeks=12)
NURSING = timedelta(days=365)


def person(book: WardBook, nurse: Nurse, period: Period, planned: frozenset[str]) -> Person:
    """Lay out one nurse for a period in which these shifts are planned."""
    own = [r for r in book.restrictions if r.staff_no == nurse.staff_no]
    bans = tuple(
        ban._replace(shifts=ban.shifts & planned)
        for ban in _bans(book, nurse, own, period)
        if ban.shifts & planned
    )
    membership = book.membership(nurse.staff_no, period.first)
    level = ladder_level(nurse, period.first)
    return Person(
        key=nurse.staff_no,
        name=nurse.name,
        name_en=nurse.name_en,
        minutes_less=nursing_minutes(book, nurse, period.first),
        team=None if membership is None else membership.team,
        level=int(level),
        posts=_posts(book, nurse, own, period.first),
        is_first_year=level is Level.N0,
        is_supervised=_is_supervised(nurse, own, period.first),
        is_preceptor=nurse.is_preceptor,
        may_work_nights=not _is_kept_from_nights(book, bans),
        no_overtime=any(ban.rule in ("pregnancy", "nursing_mother") for ban in bans),
        minutes_owed=standard_minutes(book, nurse, period),
        minutes_balance=nurse.hours_balance_minutes,
        contract_percent=nurse.contract_percent,
        leave=_leave(book, nurse, period),
        bans=bans,
        annual_leave_left=nurse.annual_leave_days,
    )


def _posts(book: WardBook, nurse: Nurse, own: list[Restriction], on: date) -> frozenset[str]:
    membership = book.membership(nurse.staff_no, on)
    if membership is None or _is_supervised(nurse, own, on):
        return frozenset({"", Post.ASSISTANT.value})
    if membership.role is Role.LEADER:
        return frozenset({"", Post.LEADER.value})
    posts = {"", Post.RESPONSIBLE.value}
    if membership.role is Role.DEPUTY or may_deputise(nurse, on):
        posts.add(Post.LEADER.value)
    return frozenset(posts)


def _is_supervised(nurse: Nurse, own: list[Restriction], on: date) -> bool:
    named = any(r.kind is RestrictionKind.SUPERVISED and r.holds(on) for r in own)
    return named or ladder_level(nurse, on) is Level.N0


def _leave(book: WardBook, nurse: Nurse, period: Period) -> dict[int, str]:
    mine = [leave for leave in book.leaves if leave.staff_no == nurse.staff_no]
    return {
        index: leave.kind.value for index, day in enumerate(period) for leave in mine if leave.includes(day)
    }


def _is_kept_from_nights(book: WardBook, bans: tuple[Ban, ...]) -> bool:
    nights = {shift.code for shift in book.shifts if shift.kind is ShiftKind.NIGHT}
    return any(nights & ban.shifts for ban in bans)


def _bans(book: WardBook, nurse: Nurse, own: list[Restriction], period: Period) -> Iterator[Ban]:
    everything = frozenset(shift.code for shift in book.shifts)
    for restriction in own:
        shifts = _barred_shifts(book, restriction)
        if shifts:
            days = _days(period, partial(bars, restriction))
            yield from (Ban(_RULES[restriction.kind], span, shifts) for span in days)
    for span in _days(period, lambda day: not nurse.may_practise(day)):
        yield Ban("registration", span, everything)
    for span in _days(period, lambda day: not nurse.works_here(day)):
        yield Ban("barred_shift", span, everything)


_RULES = {
    RestrictionKind.PREGNANCY: "pregnancy",
    RestrictionKind.NURSING_MOTHER: "nursing_mother",
    RestrictionKind.NO_NIGHTS: "barred_shift",
    RestrictionKind.NO_SHIFT: "barred_shift",
    RestrictionKind.SUPERVISED: "supervision",
}


def _barred_shifts(book: WardBook, restriction: Restriction) -> frozenset[str]:
    match restriction.kind:
        case RestrictionKind.PREGNANCY | RestrictionKind.NURSING_MOTHER:
            return frozenset(s.code for s in book.shifts if s.touches_night)
        case RestrictionKind.NO_NIGHTS:
            return frozenset(s.code for s in book.shifts if s.kind is ShiftKind.NIGHT)
        case RestrictionKind.NO_SHIFT:
            return frozenset({restriction.shift})
        case _:
            return frozenset()


def bars(restriction: Restriction, day: date) -> bool:
    """Whether the restriction bars its shifts on this date: by its dates and by the event's date."""
    if not restriction.holds(day):
        return False
    event = restriction.event_date
    if event is None:
        return True
    if restriction.kind is RestrictionKind.PREGNANCY:
        return event - LATE_PREGNANCY <= day
    if restriction.kind is RestrictionKind.NURSING_MOTHER:
        return event <= day < event + NURSING
    return True


def _days(period: Period, holds: Callable[[date], bool]) -> tuple[range, ...]:
    """Give the spans of day indexes on which something holds."""
    spans: list[range] = []
    for index, day in enumerate(period):
        if not holds(day):
            continue
        if spans and spans[-1].stop == index:
            spans[-1] = range(spans[-1].start, index + 1)
        else:
            spans.append(range(index, index + 1))
    return tuple(spans)
