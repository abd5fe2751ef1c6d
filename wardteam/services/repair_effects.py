"""What one way of repairing means for the ward: cells, people, hours, fairness, rules bent, cover, price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from wardteam.domain.beds import Cover
from wardteam.domain.roster import CellKey, Roster, RosterCell
from wardteam.domain.shifts import LeaveKind
from wardteam.domain.ward import WardBook
from wardteam.errors import Message, Named
from wardteam.services.cover import plan_cover
from wardteam.services.missing import clock_told_by_shift, missing_nurses
from wardteam.services.problem import cells_from, grid_from
from wardteam.services.repair_words import cell_words
from wardteam.services.swap_effect import (
    Bent,
    Counted,
    StripDay,
    counts_that_change,
    minutes_worked,
    strip_of,
)
from wardteam_solver.check import Verdict, missed
from wardteam_solver.matrix import Grid
from wardteam_solver.problem import OFF
from wardteam_solver.repair.case import units_missed
from wardteam_solver.rules import Stage
from wardteam_solver.words import nurse_name, say

if TYPE_CHECKING:
    from wardteam_solver.repair import RepairCase, Way

MOST_BENT = 6
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


def describe(scene: Scene, case: RepairCase, way: Way, lost: Mapping[CellKey, RosterCell]) -> Option:
    """Lay out what a way does. `scene.book` is the book after the event."""
    grid = case.changed(way.changes)
    before = grid_from(case.matrix.problem, scene.roster.cells)
    cells = {**_changed_cells(scene, case, grid), **lost}
    after = replace(scene.roster, cells={**scene.roster.cells, **cells})
    short = _new_shortages(case, grid)
    days = {day for _, day in cells}
    covers, notes = _cover_steps(scene, after, days)
    kind = OptionKind.NOTHING if not way.changes else OptionKind(case.kind(way.changes))
    return Option(
        kind=kind,
        steps=tuple(_steps(scene, case, way, cells)),
        people=tuple(_person(scene, case, nurse, (before, grid), cells) for nurse in sorted(way.people)),
        price=way.price,
        missing=missing_nurses(short),
        shortages=_words(case, short),
        bent=_bent(case, case.grid, grid),
        soft_cost_before=case.soft_cost(case.grid),
        soft_cost=way.soft_cost,
        covers=covers,
        notes=notes,
        cells=cells,
        expected={key: scene.roster.cells.get(key) for key in cells},
    )


def leave_short(scene: Scene, case: RepairCase, lost: Mapping[CellKey, RosterCell]) -> Option:
    """Disturb nobody: another team helps where only a team's posts are short, else another ward lends."""
    option = describe(scene, case, case.way(()), lost)
    short = _new_shortages(case, case.grid)
    shifts = (*short.of("staffing"), *short.of("double_staffing"))
    is_team = bool(shifts) and all(v.limit.about.team is not None for v in shifts)
    is_held = not any(step.is_over_cap or step.new is None for step in option.covers)
    price = scene.book.settings.borrow_price * max(option.missing, 1)
    if is_team and is_held:
        return replace(option, kind=OptionKind.OTHER_TEAM, price=price // 2)
    return replace(option, kind=OptionKind.OTHER_WARD, price=price)


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


def _steps(scene: Scene, case: RepairCase, way: Way, cells: Mapping[CellKey, RosterCell]) -> Iterable[Step]:
    problem = case.matrix.problem
    shifts = {shift.code: Named(shift.name, shift.name_en) for shift in scene.book.shifts}
    for nurse, day, option in way.changes:
        who, on = problem.people[nurse].key, problem.date_of(day)
        yield Step(
            staff_no=who,
            name=nurse_name(problem, nurse),
            day=on,
            old=scene.roster.cell(who, on),
            new=cells[who, on],
            old_words=cell_words(scene.roster.cell(who, on), shifts),
            new_words=cell_words(cells[who, on], shifts),
            days_off=tuple(problem.date_of(d) for d in case.days_off_lost(nurse, day, option)),
            was_on_call=(nurse, day) in case.on_call,
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


def _new_shortages(case: RepairCase, grid: Grid) -> Verdict:
    """Give what is below the minimum and was not before the event."""
    matrix = case.matrix
    short = units_missed(matrix, grid) - case.tolerated
    rows = np.flatnonzero(case.is_kept & ~matrix.is_hard & (short > 0))
    found = missed(matrix, matrix.activity(matrix.point(grid)), rows)
    return Verdict(tuple(replace(v, amount=int(short[row])) for v, row in zip(found, rows, strict=True)))


def _words(case: RepairCase, short: Verdict) -> tuple[Message, ...]:
    told_twice = set(map(id, clock_told_by_shift(short)))
    return tuple(say(case.matrix.problem, v) for v in short.violations if id(v) not in told_twice)


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
