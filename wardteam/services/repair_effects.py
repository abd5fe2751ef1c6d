"""What one way of repairing means for the ward: cells, people, hours, fairness, rules bent, cover, price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from wardteam.domain.beds import Cover
from wardteam.domain.roster import CellKey, Roster, RosterCell
from wardteam.domain.shifts import LeaveKind, Post
from wardteam.domain.ward import WardBook
from wardteam.errors import Message, Named
from wardteam.services.cover import plan_cover
from wardteam.services.missing import missing_nurses
from wardteam.services.problem import cells_from, grid_from
from wardteam.services.repair_short import new_shortages, short_words
from wardteam.services.repair_words import cell_words, team_name
from wardteam.services.swap_effect import (
    Bent,
    Counted,
    StripDay,
    counts_that_change,
    minutes_worked,
    strip_of,
)
from wardteam_solver.check import missed
from wardteam_solver.matrix import Grid
from wardteam_solver.problem import OFF
from wardteam_solver.rules import Stage
from wardteam_solver.words import nurse_name, say

if TYPE_CHECKING:
    from wardteam_solver.repair import RepairCase, Way

MOST_BENT = 6
NOBODY_HELPS: Mapping[CellKey, int] = MappingProxyType({})
FREE_DAYS = {LeaveKind.OFF.value, LeaveKind.POST_NIGHT.value}


class OptionKind(StrEnum):
    """How the gap is closed; of several means in one option, the one that is hardest on people."""

    NOTHING = "nothing"
    MOVE = "move"
    CALL_IN = "call_in"
    DAY_OFF = "day_off"
    OTHER_TEAM = "other_team"
    OTHER_WARD = "other_ward"


@dataclass(frozen=True)
class Scene:
    """The ward's book, the roster in force with its cover, and the moment."""

    book: WardBook
    roster: Roster
    covers: tuple[Cover, ...]
    now: datetime


@dataclass(frozen=True)
class Step:
    """One cell that changes, also in words; `days_off` are the dates off that it takes."""

    staff_no: str
    name: Named
    day: date
    old: RosterCell | None
    new: RosterCell
    old_words: object
    new_words: object
    days_off: tuple[date, ...] = ()
    was_on_call: bool = False


@dataclass(frozen=True)
class PersonEffect:
    """What it means for one nurse: minutes in the period, her balance after it, her shares of the roster.

    `strip` shows her days near the changes, before and after.
    """

    staff_no: str
    name: Named
    minutes_before: int
    minutes_after: int
    balance_after: int
    counts: tuple[Counted, ...]
    days_off: tuple[date, ...]
    strip: tuple[StripDay, ...]


@dataclass(frozen=True)
class CoverStep:
    """A bed that gets another holder on a day; None where it had, or has, nobody."""

    day: date
    bed: str
    old: Named | None
    new: Named | None
    is_over_cap: bool


@dataclass(frozen=True)
class OpenPost:
    """So many nurses whom another ward is asked for, on a shift of a day; `team` where the post is one's."""

    day: date
    shift: Named
    post: Post
    team: Named | None
    count: int


@dataclass(frozen=True)
class Option:
    """One way to repair. `steps` are beyond the absence; `price` counts disturbance and borrowing.

    `missing` nurses stay below the minimum, as `shortages` say. `soft_cost` is that of all soft rules
    afterwards, `soft_cost_before` with the absence alone; `bent` is the difference, rule by
    rule; `cells` and `expected` are what applying it writes and takes for granted.
    """

    kind: OptionKind
    steps: tuple[Step, ...]
    people: tuple[PersonEffect, ...]
    price: int
    missing: int
    shortages: tuple[Message, ...]
    bent: tuple[Bent, ...]
    soft_cost_before: int
    soft_cost: int
    covers: tuple[CoverStep, ...]
    notes: tuple[Message, ...]
    cells: Mapping[CellKey, RosterCell]
    expected: Mapping[CellKey, RosterCell | None]
    open_posts: tuple[OpenPost, ...] = ()


def describe(
    scene: Scene,
    case: RepairCase,
    way: Way,
    lost: Mapping[CellKey, RosterCell],
    *,
    helped: Mapping[CellKey, int] = NOBODY_HELPS,
) -> Option:
    """Lay out what a way does. `scene.book` is the book after the event.

    `helped` gives cells whose nurse helps another team, with that team.
    """
    grid = case.changed(way.changes)
    before = grid_from(case.matrix.problem, scene.roster.cells)
    cells = {**_changed_cells(scene, case, grid), **lost}
    for key, team in helped.items():
        cells[key] = replace(cells.get(key, scene.roster.cells[key]), team=team)
    after = replace(scene.roster, cells={**scene.roster.cells, **cells})
    short = new_shortages(case, grid)
    days = {day for _, day in cells}
    covers, notes = _cover_steps(scene, after, days)
    kind = OptionKind.NOTHING if not way.changes else OptionKind(case.kind(way.changes))
    return Option(
        kind=kind,
        steps=tuple(_steps(scene, case, way, cells, helped)),
        people=tuple(_person(scene, case, nurse, (before, grid), cells) for nurse in sorted(way.people)),
        price=way.price,
        missing=missing_nurses(short),
        shortages=short_words(case, short),
        bent=_bent(case, case.grid, grid),
        soft_cost_before=case.soft_cost(case.grid),
        soft_cost=way.soft_cost,
        covers=covers,
        notes=notes,
        cells=cells,
        expected={key: scene.roster.cells.get(key) for key in cells},
    )


def _changed_cells(scene: Scene, case: RepairCase, grid: Grid) -> dict[CellKey, RosterCell]:
    """Give the cells that differ; a day off that turns into one after a night, or back, goes along."""
    problem = case.matrix.problem
    fresh = cells_from(problem, grid, {})
    base = grid_from(case.matrix.problem, scene.roster.cells)
    cells: dict[CellKey, RosterCell] = {}
    for nurse, day in np.argwhere(grid != base).tolist():
        who = problem.people[nurse].key
        for index in (day, day + 1):
            key = (who, problem.date_of(index))
            old = scene.roster.cells.get(key)
            if key not in fresh or old is None:
                continue
            follows = {old.code, fresh[key].code} == FREE_DAYS and not old.is_locked
            if index == day or (follows and int(grid[nurse, index]) == OFF):
                cells[key] = replace(fresh[key], is_locked=old.is_locked)
    return cells


def _steps(
    scene: Scene,
    case: RepairCase,
    way: Way,
    cells: Mapping[CellKey, RosterCell],
    helped: Mapping[CellKey, int],
) -> Iterable[Step]:
    problem = case.matrix.problem
    shifts = {shift.code: Named(shift.name, shift.name_en) for shift in scene.book.shifts}
    index = {person.key: n for n, person in enumerate(problem.people)}
    options = {(nurse, day): option for nurse, day, option in way.changes}
    places = {*options, *((index[who], (on - problem.first).days) for who, on in helped)}
    for nurse, day in sorted(places):
        who, on = problem.people[nurse].key, problem.date_of(day)
        old, new, is_moved = scene.roster.cell(who, on), cells[who, on], (nurse, day) in options
        words = cell_words(new, shifts)
        if new.team is not None:
            words = Message("{shift}, helps {team}", shift=words, team=team_name(scene.book, new.team))
        lost = case.days_off_lost(nurse, day, options[nurse, day]) if is_moved else ()
        yield Step(
            staff_no=who,
            name=nurse_name(problem, nurse),
            day=on,
            old=old,
            new=new,
            old_words=cell_words(old, shifts),
            new_words=words,
            days_off=tuple(problem.date_of(d) for d in lost),
            was_on_call=is_moved and (nurse, day) in case.on_call,
        )


def _person(
    scene: Scene,
    case: RepairCase,
    nurse: int,
    grids: tuple[Grid, Grid],
    cells: Mapping[CellKey, RosterCell],
) -> PersonEffect:
    problem = case.matrix.problem
    person = problem.people[nurse]
    before, after = grids
    worked = minutes_worked(problem, nurse, after)
    changes = [
        (nurse, int(day), int(after[nurse, day])) for day in np.flatnonzero(after[nurse] != before[nurse])
    ]
    own = {key: cell for key, cell in cells.items() if key[0] == person.key}
    return PersonEffect(
        staff_no=person.key,
        name=nurse_name(problem, nurse),
        minutes_before=minutes_worked(problem, nurse, before),
        minutes_after=worked,
        balance_after=person.minutes_balance + worked - person.minutes_owed,
        counts=tuple(counts_that_change(problem, nurse, before, after)),
        days_off=tuple(problem.date_of(d) for change in changes for d in case.days_off_lost(*change)),
        strip=tuple(strip_of(scene.book, scene.roster, person.key, own)),
    )


def _bent(case: RepairCase, before: Grid, after: Grid) -> tuple[Bent, ...]:
    """Name the soft rules that are missed by more than before, the dearest first."""
    matrix = case.matrix
    activity = matrix.activity(matrix.point(after))
    more = matrix.costs(activity) - matrix.costs(matrix.activity(matrix.point(before)))
    is_soft = ~matrix.is_hard & (matrix.stage_of_row != Stage.SHORTAGE)
    rows = np.flatnonzero(is_soft & (more > 0))
    dearest = rows[np.argsort(-more[rows], kind="stable")][:MOST_BENT]
    found = missed(matrix, activity, dearest)
    return tuple(Bent(say(matrix.problem, v), int(more[row])) for v, row in zip(found, dearest, strict=True))


def _cover_steps(
    scene: Scene, after: Roster, days: set[date]
) -> tuple[tuple[CoverStep, ...], tuple[Message, ...]]:
    """Plan the cover of the touched days, and give the beds that change hands."""
    plan = plan_cover(scene.book, after, days=days, kept=scene.covers)
    names = {nurse.staff_no: Named(nurse.name, nurse.name_en) for nurse in scene.book.nurses}
    old = {(c.day, c.bed): c for c in scene.covers if c.day in days}
    new = {(c.day, c.bed): c for c in plan.covers}
    steps = []
    for day, bed in sorted({*old, *new}):
        was, now = old.get((day, bed)), new.get((day, bed))
        if (was.staff_no if was else None) != (now.staff_no if now else None):
            steps.append(
                CoverStep(
                    day,
                    bed,
                    names[was.staff_no] if was else None,
                    names[now.staff_no] if now else None,
                    is_over_cap=now is not None and now.is_over_cap,
                )
            )
    return tuple(steps), plan.notes
