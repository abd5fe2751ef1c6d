"""From the ward's book to the engine's problem, and from the engine's grid back to roster cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import numpy as np

from wardteam.domain.calendar import Period
from wardteam.domain.people import Level, Nurse
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.shifts import LeaveKind, Post, Shift
from wardteam.domain.ward import WardBook
from wardteam.domain.wishes import WishKind
from wardteam.services.day_demands import asked_teams, demands_on
from wardteam.services.fair_shares import fair_shares
from wardteam.services.persons import person
from wardteam.services.wish_points import WeighedWish, weighed_wishes
from wardteam_solver.matrix import Grid
from wardteam_solver.problem import OFF, BedNeed, Lock, Need, Problem, Request, ShiftSpec

Helping = tuple[str, date, int]
"""Staff number, date and the team that she helps then."""

TAIL_DAYS = 28
HOLDING_POSTS = (Post.LEADER.value, Post.RESPONSIBLE.value)


def build_problem(
    book: WardBook,
    period: Period,
    *,
    locked: Mapping[CellKey, RosterCell] | None = None,
    helping: Iterable[Helping] = (),
) -> Problem:
    """Lay out a ward's period for the engine. Locked cells stay; who helps a team counts there."""
    nurses = rostered(book, period)
    shifts = tuple(shift_spec(shift, book, period) for shift in used_shifts(book))
    planned = frozenset(shift.code for shift in shifts)
    helps = {*helping, *helping_teams(locked or {})}
    people = tuple(
        replace(person(book, nurse, period, planned), helps=_helps(nurse, period, helps)) for nurse in nurses
    )
    bare = Problem(
        first=period.first,
        day_count=len(period),
        shifts=shifts,
        people=people,
        tail=_tail(book, period, nurses, shifts),
        capacity=_capacity(book),
        owned_beds=_owned_beds(book, period.first, nurses),
        bed_needs=tuple(_bed_needs(book, period)),
        patients=_patients(book, period),
        bed_count=len(book.beds),
        holidays=frozenset(_holidays(book, period)),
    )
    full = replace(
        bare,
        needs=tuple(_needs(book, period, bare)),
        requests=tuple(_requests(book, period, bare)),
        locks=tuple(_locks(bare, locked or {})),
    )
    return replace(full, fair_shares=tuple(fair_shares(full, book.balances)))


def helping_teams(cells: Mapping[CellKey, RosterCell]) -> tuple[Helping, ...]:
    """Give who helps another team on which day, as a roster's cells say."""
    return tuple((who, day, cell.team) for (who, day), cell in cells.items() if cell.team is not None)


def _helps(nurse: Nurse, period: Period, helping: Collection[Helping]) -> dict[int, int]:
    own = ((day, team) for who, day, team in helping if who == nurse.staff_no and day in period)
    return {(day - period.first).days: team for day, team in own}


def _holidays(book: WardBook, period: Period) -> Iterator[int]:
    """Give the indexes of public holidays; the day after the period too, on which its last night ends."""
    for index in range(len(period) + 1):
        if book.calendar.is_holiday(period.first + timedelta(days=index)):
            yield index


def rostered(book: WardBook, period: Period) -> tuple[Nurse, ...]:
    """Give the nurses that a roster of the period is made for: staff at its start or joining in it."""
    at_start = book.staff(period.first)
    joining = (n for n in book.staff(period.last) if n not in at_start)
    return (*at_start, *joining)


def used_shifts(book: WardBook) -> tuple[Shift, ...]:
    """Give the shifts that somebody is asked for on; others can't be planned."""
    asked = {demand.shift for demand in book.demands if demand.wished or demand.maximum}
    return tuple(shift for shift in book.shifts if shift.is_duty or shift.code in asked)


def shift_spec(shift: Shift, book: WardBook, period: Period) -> ShiftSpec:
    """Give a shift as the engine sees it, with its summer times where the period begins in summer."""
    segments = shift.segments
    if shift.summer_segments and is_summer(book, period.first):
        segments = shift.summer_segments
    posts = (*HOLDING_POSTS, Post.ASSISTANT.value) if shift.holds_beds else ("",)
    return ShiftSpec(
        code=shift.code,
        minutes=shift.minutes,
        kind=shift.kind.value,
        segments=tuple((s.start_minute, s.end_minute) for s in segments),
        posts=posts,
        is_duty=shift.is_duty,
        minimum_senior=None if shift.minimum_senior is None else int(shift.minimum_senior),
        name=shift.name,
        name_en=shift.name_en,
    )


def is_summer(book: WardBook, day: date) -> bool:
    """Whether the ward keeps its summer times on this date."""
    start, end = book.settings.summer
    return start <= (day.month, day.day) <= end


def _tail(
    book: WardBook, period: Period, nurses: tuple[Nurse, ...], shifts: tuple[ShiftSpec, ...]
) -> tuple[tuple[int, ...], ...]:
    before = [period.first - timedelta(days=back) for back in range(TAIL_DAYS, 0, -1)]
    known = [day for day in before if any((n.staff_no, day) in book.history for n in nurses)]
    days = before[before.index(known[0]) :] if known else []
    index = {shift.code: i for i, shift in enumerate(shifts)}
    return tuple(tuple(_tail_shift(book, n.staff_no, day, index) for day in days) for n in nurses)


def _tail_shift(book: WardBook, staff_no: str, day: date, index: Mapping[str, int]) -> int:
    cell = book.history.get((staff_no, day))
    return OFF if cell is None else index.get(cell.code, OFF)


def _capacity(book: WardBook) -> dict[str, int]:
    caps = book.settings.caps
    return {
        Post.LEADER.value: caps.leader_cover_most,
        Post.RESPONSIBLE.value: caps.responsible_cover_most,
    }


def _owned_beds(book: WardBook, on: date, nurses: tuple[Nurse, ...]) -> dict[int, int]:
    index = {nurse.staff_no: n for n, nurse in enumerate(nurses)}
    owned: dict[int, int] = {}
    for bed in book.beds:
        owner = book.owner(bed.code, on)
        if owner in index:
            owned[index[owner]] = owned.get(index[owner], 0) + 1
    return dict(sorted(owned.items()))


def _bed_needs(book: WardBook, period: Period) -> Iterator[BedNeed]:
    """Count each team's beds by the level they need, on the census of the period's first day."""
    levels = _bed_levels(book, period.first)
    teams: dict[int, list[Level]] = {}
    for bed in book.beds:
        owner = book.owner(bed.code, period.first)
        membership = book.membership(owner, period.first) if owner else None
        if membership is not None:
            teams.setdefault(membership.team, []).append(levels.get(bed.code, Level.N0))
    for team, needed in sorted(teams.items()):
        for level in sorted({Level.N0, *needed}):
            beds = sum(need >= level for need in needed)
            yield from (BedNeed(team, day, int(level), beds) for day in range(len(period)))


def _bed_levels(book: WardBook, on: date) -> dict[str, Level]:
    """Give the level each occupied bed needs, as known at noon of the date."""
    noon = datetime.combine(on, time(12), book.settings.zone)
    return {stay.bed: stay.minimum_level for stay in book.stays if stay.is_in_bed(noon)}


def _patients(book: WardBook, period: Period) -> tuple[int, ...]:
    present = len(_bed_levels(book, period.first))
    return (present,) * len(period)


def _needs(book: WardBook, period: Period, problem: Problem) -> Iterator[Need]:
    teams = sorted({p.team for p in problem.people if p.team is not None})
    for index, day in enumerate(period):
        today = demands_on(book, day)
        for demand in today:
            options = problem.by_code.get(demand.shift, frozenset())
            double = book.shift(demand.shift).is_double_staffed
            need = Need(index, options, demand.minimum, demand.wished, demand.maximum, shift=demand.shift)
            if not demand.per_team:
                yield need._replace(is_double=double)
                continue
            for team in asked_teams(demand, today, teams):
                members = tuple(n for n in problem.everyone if problem.people[n].team_on(index) == team)
                held = options & problem.with_post(demand.post.value)
                yield need._replace(options=held, people=members, team=team, detail=demand.post.value)


def _requests(book: WardBook, period: Period, problem: Problem) -> Iterator[Request]:
    index = {p.key: n for n, p in enumerate(problem.people)}
    for weighed in weighed_wishes(book, period):
        if weighed.wish.staff_no in index:
            yield _request(weighed, index[weighed.wish.staff_no], period, problem)


def _request(weighed: WeighedWish, nurse: int, period: Period, problem: Problem) -> Request:
    wish = weighed.wish
    return Request(
        nurse=nurse,
        day=(wish.day - period.first).days,
        options=problem.by_code.get(wish.shift, frozenset()) if wish.shift else problem.duty,
        wants=wish.kind is WishKind.ON,
        points=weighed.points,
        is_day_off=wish.kind is WishKind.OFF,
        remembered=weighed.remembered,
    )


def _locks(problem: Problem, locked: Mapping[CellKey, RosterCell]) -> Iterator[Lock]:
    index = {p.key: n for n, p in enumerate(problem.people)}
    for (staff_no, day), cell in sorted(locked.items()):
        place = (day - problem.first).days
        if staff_no in index and place in problem.days:
            yield Lock(index[staff_no], place, option_of(problem, cell))


def option_of(problem: Problem, cell: RosterCell | None) -> int:
    """Give the option of a cell; OFF for any day without duty."""
    if cell is None:
        return OFF
    matching = [
        k
        for k, (s, post) in enumerate(problem.options)
        if problem.shifts[s].code == cell.code and post == cell.post.value
    ]
    any_post = [k for k, (s, _) in enumerate(problem.options) if problem.shifts[s].code == cell.code]
    return (matching or any_post or [OFF])[0]


def grid_from(problem: Problem, cells: Mapping[CellKey, RosterCell]) -> Grid:
    """Give the engine's grid of a roster's cells."""
    dates = [problem.date_of(day) for day in problem.days]
    rows = [[option_of(problem, cells.get((p.key, day))) for day in dates] for p in problem.people]
    return np.asarray(rows, dtype=np.int64)


def cells_from(
    problem: Problem, grid: Grid, locked: Mapping[CellKey, RosterCell]
) -> dict[CellKey, RosterCell]:
    """Give a roster's cells of the engine's grid; locks and kinds of leave are kept."""
    cells: dict[CellKey, RosterCell] = {}
    for n, who in enumerate(problem.people):
        for day in problem.days:
            key = (who.key, problem.date_of(day))
            cells[key] = locked.get(key) or _cell(problem, grid, n, day)
    return cells


def _cell(problem: Problem, grid: Grid, nurse: int, day: int) -> RosterCell:
    option = int(grid[nurse, day])
    if option != OFF:
        shift, post = problem.options[option]
        return RosterCell(problem.shifts[shift].code, Post(post))
    leave = problem.people[nurse].leave.get(day)
    if leave is not None:
        return RosterCell(leave)
    is_after_night = _after_night(problem, grid, nurse, day)
    return RosterCell((LeaveKind.POST_NIGHT if is_after_night else LeaveKind.OFF).value)


def _after_night(problem: Problem, grid: Grid, nurse: int, day: int) -> bool:
    if day > 0:
        return int(grid[nurse, day - 1]) in problem.overnight
    before = problem.tail[nurse][-1] if problem.tail_length else OFF
    return before != OFF and problem.shifts[before].ends_next_day
