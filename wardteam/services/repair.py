"""Repair a roster: an event in, up to five ranked options out; one of them is applied with its reason."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellKey, Roster, RosterCell, SolveRecord, SolveStatus
from wardteam.domain.shifts import Post
from wardteam.errors import Conflict, Message, NotFound
from wardteam.services.apply_changes import Edit, apply_changes
from wardteam.services.carried import carried_book
from wardteam.services.freeze import frozen_until, has_started, is_short_notice
from wardteam.services.laid_out import laid_out
from wardteam.services.ports import Clock, UnitOfWorkFactory
from wardteam.services.problem import grid_from, helping_teams
from wardteam.services.repair_borrow import from_another_team, from_another_ward
from wardteam.services.repair_effects import Option, Scene, describe
from wardteam.services.repair_events import RepairEvent, book_after, lost_cells, refuse_bad_event, settled
from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.problem import Problem
from wardteam_solver.rules import Stage

if TYPE_CHECKING:
    from wardteam_solver.repair import RepairCase

MOST_OPTIONS = 5
HELD_BY_MORE = ("", Post.RESPONSIBLE.value)
"""The posts that a surge asks for more of."""


@dataclass(frozen=True)
class Proposal:
    """The ranked options for an event, with the solve's record about the first. No option: no way was found.

    `is_impossible` says that no way at all keeps the hard rules, whatever is left short.
    """

    period: Period
    version: int
    event: RepairEvent
    lost: Mapping[CellKey, RosterCell]
    options: tuple[Option, ...]
    record: SolveRecord
    is_impossible: bool = False

    @property
    def is_proven(self) -> bool:
        """Whether the first option is proven best: least shortage, then least disturbance."""
        return bool(self.options) and self.record.status is SolveStatus.OPTIMAL


def propose_repairs(
    units: UnitOfWorkFactory,
    ward: str,
    event: RepairEvent,
    *,
    clock: Clock,
    period: Period | None = None,
    seconds: float = 6.0,
    seed: int = 0,
    workers: int = 2,
    unlock: bool = False,
    unfreeze: bool = False,
) -> Proposal:
    """Propose up to five ways to mend the roster in force after an event; nothing is stored.

    Raises
    ------
    BadInput
        Where the event names what isn't there, or can't be.
    NotFound
        Where no roster holds on its days.
    Conflict
        Where a day of it no longer changes.
    """
    with units() as unit:
        book = unit.books.get(ward).book
        refuse_bad_event(book, event)
        roster = unit.rosters.at(ward, event.first_day if period is None else period.first)
        covers = () if roster is None else unit.rosters.cover(ward, roster.period, roster.version)[0]
        book = book if roster is None else carried_book(unit, ward, roster.period)
    if roster is None:
        text = "No roster holds on {day}, so there is nothing to repair."
        raise NotFound(Message(text, day=event.first_day.isoformat()))
    now = clock().astimezone(book.settings.zone)
    return repair_options(
        Scene(book, roster, covers, now),
        event,
        seconds=seconds,
        seed=seed,
        workers=workers,
        unlock=unlock,
        unfreeze=unfreeze,
    )


def repair_options(
    scene: Scene,
    event: RepairEvent,
    *,
    seconds: float = 6.0,
    seed: int = 0,
    workers: int = 2,
    unlock: bool = False,
    unfreeze: bool = False,
) -> Proposal:
    """Propose the ways from a book and a roster that were read already."""
    from wardteam_solver.repair import find_ways

    wall, cpu = time.monotonic(), time.process_time()
    roster = scene.roster
    event = settled(scene.book, roster, event)
    book = book_after(scene.book, event)
    lost = lost_cells(scene.book, roster, event)
    if not unfreeze:
        lost = _not_begun(scene, lost, event)
    matrix = laid_out(book, roster.period, helping_teams(roster.cells))
    case = _case(scene, matrix, event, lost, unlock=unlock, unfreeze=unfreeze)
    left = max(0.3, seconds - (time.monotonic() - wall))
    found = find_ways(case, count=MOST_OPTIONS, seconds=left, seed=seed, workers=workers)
    after = replace(scene, book=book)
    options = [
        describe(after, case, way, lost) for way in found.ways if way.changes or not found.ways[0].changes
    ]
    if case.breaks_nothing and (not options or options[0].steps or options[0].missing):
        options = _with_borrowed(after, case, lost, options)
    record = SolveRecord(
        purpose="repair",
        status=_status(found.is_proven, found.is_impossible, bool(options)),
        stages=found.stages,
        wall_seconds=time.monotonic() - wall,
        cpu_seconds=time.process_time() - cpu,
        seed=seed,
        workers=workers,
    )
    return Proposal(roster.period, roster.version, event, lost, tuple(options), record, found.is_impossible)


def _with_borrowed(
    scene: Scene, case: RepairCase, lost: Mapping[CellKey, RosterCell], own: list[Option]
) -> list[Option]:
    """Put the borrowed nurses behind the ward's own ways; leaving a post empty is borrowing for it."""
    from_team = from_another_team(scene, case, lost)
    borrowed = [*([] if from_team is None else [from_team]), from_another_ward(scene, case, lost)]
    own = [option for option in own if option.steps]
    return [*own[: MOST_OPTIONS - len(borrowed)], *borrowed]


def _status(is_proven: bool, is_impossible: bool, is_found: bool) -> SolveStatus:
    if is_found:
        return SolveStatus.OPTIMAL if is_proven else SolveStatus.FEASIBLE
    return SolveStatus.INFEASIBLE if is_impossible else SolveStatus.UNKNOWN


def _not_begun(
    scene: Scene, lost: dict[CellKey, RosterCell], event: RepairEvent
) -> dict[CellKey, RosterCell]:
    """Leave out shifts that have begun; Conflict where the event lies wholly in what no longer changes."""
    line = frozen_until(scene.roster, scene.now.date())
    open_cells = {
        (who, day): cell
        for (who, day), cell in lost.items()
        if day > line and not has_started(scene.book, scene.roster.cell(who, day), day, scene.now)
    }
    frozen_surges = [surge.day for surge in event.surges if surge.day <= line]
    if frozen_surges or (lost and not open_cells):
        text = "These days have begun, or are frozen until {line}; changing them must be asked for."
        raise Conflict(Message(text, line=line))
    return open_cells


def _case(
    scene: Scene,
    matrix: Matrix,
    event: RepairEvent,
    lost: Mapping[CellKey, RosterCell],
    *,
    unlock: bool,
    unfreeze: bool,
) -> RepairCase:
    """Lay out what may change, what is missed already, and what disturbing costs here."""
    from wardteam_solver.repair import Prices, RepairCase, units_missed

    problem, settings = matrix.problem, scene.book.settings
    before = grid_from(problem, scene.roster.cells)
    after = grid_from(problem, {**scene.roster.cells, **lost})
    today = scene.now.date()
    return RepairCase(
        matrix=matrix,
        grid=after,
        may_change=_may_change(scene, problem, lost, unlock=unlock, unfreeze=unfreeze),
        tolerated=_tolerated(matrix, units_missed(matrix, before), event),
        on_call=frozenset(_on_call(scene, problem)),
        short_notice=frozenset(
            day for day in problem.days if is_short_notice(scene.book, problem.date_of(day), today)
        ),
        begun=frozenset() if unfreeze else frozenset(_begun(scene, problem)),
        prices=Prices(call_in=settings.call_in_price),
    )


def _may_change(
    scene: Scene, problem: Problem, lost: Mapping[CellKey, RosterCell], *, unlock: bool, unfreeze: bool
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    line = frozen_until(scene.roster, scene.now.date())
    may = np.ones((len(problem.people), problem.day_count), dtype=np.bool_)
    for n, person in enumerate(problem.people):
        for index in problem.days:
            day = problem.date_of(index)
            cell = scene.roster.cell(person.key, day)
            is_frozen = day <= line or has_started(scene.book, cell, day, scene.now)
            is_locked = cell is None or cell.is_locked
            is_kept = (is_frozen and not unfreeze) or (is_locked and not unlock)
            may[n, index] = not is_kept and index not in person.leave and (person.key, day) not in lost
    return may


def _tolerated(matrix: Matrix, missing: Grid, event: RepairEvent) -> Grid:
    """Take what was missed before the event as given; what a surge asks for more is to be mended."""
    tolerated = missing.copy()
    for row in np.flatnonzero((missing > 0) & (matrix.stage_of_row == Stage.SHORTAGE)).tolist():
        about = matrix.limits[row].about
        for surge in event.surges:
            days = {(surge.day - matrix.problem.first).days}
            is_meant = about.shift == surge.shift and about.team == surge.team
            if is_meant and about.detail in HELD_BY_MORE and set(about.days) == days:
                tolerated[row] = max(0, int(missing[row]) - surge.more)
    return tolerated


def _on_call(scene: Scene, problem: Problem) -> Iterator[tuple[int, int]]:
    idle = {shift.code for shift in scene.book.shifts if not shift.is_duty}
    for n, person in enumerate(problem.people):
        for day in problem.days:
            cell = scene.roster.cell(person.key, problem.date_of(day))
            if cell is not None and cell.code in idle:
                yield n, day


def _begun(scene: Scene, problem: Problem) -> Iterator[tuple[int, int]]:
    for index in problem.days:
        for option, (shift, _) in enumerate(problem.options):
            cell = RosterCell(problem.shifts[shift].code)
            if has_started(scene.book, cell, problem.date_of(index), scene.now):
                yield index, option


def apply_repair(
    units: UnitOfWorkFactory,
    ward: str,
    period: Period,
    version: int,
    event: RepairEvent,
    cells: Mapping[CellKey, RosterCell],
    *,
    expected: Mapping[CellKey, RosterCell | None],
    reason: str,
    by: str,
    clock: Clock,
    unlock: bool = False,
    unfreeze: bool = False,
) -> Roster:
    """Write an option's cells into the roster and the event into the book, both or neither.

    Parameters
    ----------
    event
        As the proposal gave it back.
    unlock, unfreeze
        Whether locked cells, and days that no longer change, may be changed; those of who is off always may.

    Raises
    ------
    Conflict
        Where a cell has been changed since it was proposed: a second press changes nothing.
    """
    edit = Edit(
        cells,
        expected,
        reason=reason,
        by=by,
        allow_frozen=unfreeze,
        allow_locked=unlock or tuple(key for key in cells if key[0] in event.absent),
        book_change=lambda book: book_after(book, event),
    )
    with units() as unit:
        roster = apply_changes(unit, ward, period, version, edit, clock=clock)
        unit.commit()
    return roster
