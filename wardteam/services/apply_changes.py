"""Change cells of a stored roster: checked, recorded with who and why, the touched days covered again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellChange, CellKey, Roster, RosterCell, RosterStatus
from wardteam.domain.ward import WardBook
from wardteam.errors import Conflict, Message, Named, NotFound
from wardteam.services.carried import past_rosters
from wardteam.services.cover import plan_cover
from wardteam.services.freeze import frozen_until, has_started
from wardteam.services.laid_out import laid_out
from wardteam.services.ledger import with_ledger
from wardteam.services.ports import Clock, UnitOfWork
from wardteam.services.problem import grid_from, helping_teams
from wardteam_solver.check import missed
from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.words import say

Cells = Mapping[CellKey, RosterCell]


@dataclass(frozen=True)
class Edit:
    """New cells, what each was when it was looked at, why, by whom, and what is asked for besides.

    `allow_locked`: all locked cells, or those named, may change. `book_change`: what else becomes true of
    the ward, such as a sick leave; the rules are checked with it.
    """

    cells: Cells
    expected: Mapping[CellKey, RosterCell | None]
    reason: str
    by: str
    allow_frozen: bool = False
    allow_locked: bool | Collection[CellKey] = False
    book_change: Callable[[WardBook], WardBook] = lambda book: book


def apply_changes(
    unit: UnitOfWork, ward: str, period: Period, version: int, edit: Edit, *, clock: Clock
) -> Roster:
    """Change cells of a stored version in an open unit of work; who opened it commits.

    Returns
    -------
    Roster
        The version with its new cells; the cover of the changed days is stored with it.

    Raises
    ------
    Conflict
        Where a cell was changed in between, is frozen or locked, or a hard rule would be broken anew.
    NotFound
        Where there is no such version.
    """
    stored = unit.books.get(ward)
    roster = roster_version(unit, ward, period, version)
    now = clock().astimezone(stored.book.settings.zone)
    _refuse_stale(stored.book, roster, edit)
    _refuse_locked(stored.book, roster, edit)
    if not edit.allow_frozen:
        refuse_frozen(stored.book, roster, edit.cells, now)
    book = edit.book_change(stored.book)
    changed = replace(roster, cells={**roster.cells, **edit.cells})
    _refuse_new_breaches(with_ledger(book, past_rosters(unit, ward), period), roster, changed)
    if book != stored.book:
        unit.books.save(book, expected_revision=stored.revision, by=edit.by, at=now)
    _record(unit, book, roster, edit, now)
    return changed


def roster_version(unit: UnitOfWork, ward: str, period: Period, version: int) -> Roster:
    """Give the published roster or the newest draft of this number; NotFound where it is neither."""
    for status in (RosterStatus.PUBLISHED, RosterStatus.DRAFT):
        roster = unit.rosters.latest(ward, period, status)
        if roster is not None and roster.version == version:
            return roster
    text = "There is no version {version} of the roster from {first} to {last}."
    raise NotFound(Message(text, version=version, first=period.first, last=period.last))


def _refuse_stale(book: WardBook, roster: Roster, edit: Edit) -> None:
    keys = sorted({*edit.expected, *edit.cells})
    stale = [key for key in keys if roster.cells.get(key) != edit.expected.get(key)]
    if stale:
        text = "These cells have been changed in the meantime; look at the roster once more: {cells}"
        raise Conflict(Message(text, cells=named_cells(book, stale)))


def _refuse_locked(book: WardBook, roster: Roster, edit: Edit) -> None:
    allowed = edit.cells if edit.allow_locked is True else edit.allow_locked or ()
    old = roster.cells
    changed = [key for key, cell in sorted(edit.cells.items()) if key in old and cell != old[key]]
    locked = [key for key in changed if old[key].is_locked and key not in allowed]
    if locked:
        text = "These cells are locked; unlock them, or ask for it: {cells}"
        raise Conflict(Message(text, cells=named_cells(book, locked)))


def refuse_frozen(book: WardBook, roster: Roster, cells: Cells, now: datetime) -> None:
    """Raise Conflict where a cell lies at or before the freeze line, or its shift has begun."""
    line = frozen_until(roster, now.date())
    frozen = [
        (who, day)
        for (who, day), cell in sorted(cells.items())
        if day <= line or any(has_started(book, c, day, now) for c in (cell, roster.cell(who, day)))
    ]
    if frozen:
        text = "These cells no longer change, their day or shift has begun or is frozen: {cells}"
        raise Conflict(Message(text, cells=named_cells(book, frozen)))


def named_cells(book: WardBook, keys: Iterable[CellKey]) -> tuple[Message, ...]:
    """Name cells by nurse and date."""
    names = {nurse.staff_no: Named(nurse.name, nurse.name_en) for nurse in book.nurses}
    text = "{nurse} on {day}"
    return tuple(Message(text, nurse=names.get(who, Named(who)), day=day) for who, day in keys)


def _refuse_new_breaches(book: WardBook, before: Roster, after: Roster) -> None:
    matrix = laid_out(book, before.period, helping_teams(after.cells))
    grids = (grid_from(matrix.problem, before.cells), grid_from(matrix.problem, after.cells))
    breaches = new_breaches(matrix, *grids)
    if breaches:
        text = "The change would break hard rules: {breaches}"
        raise Conflict(Message(text, breaches=breaches))


def new_breaches(matrix: Matrix, before: Grid, after: Grid) -> tuple[Message, ...]:
    """Say which hard rules a changed grid breaks that were kept before, or breaks worse."""
    activity = matrix.activity(matrix.point(after))
    worse = matrix.costs(activity) > matrix.costs(matrix.activity(matrix.point(before)))
    rows = np.flatnonzero(matrix.is_hard & worse)
    return tuple(say(matrix.problem, violation) for violation in missed(matrix, activity, rows))


def _record(unit: UnitOfWork, book: WardBook, before: Roster, edit: Edit, at: datetime) -> None:
    """Keep each changed cell with who, when and why, and cover the changed days again."""
    changes = [
        CellChange(who, day, before.cell(who, day), cell, by=edit.by, at=at, reason=edit.reason)
        for (who, day), cell in sorted(edit.cells.items())
        if before.cell(who, day) != cell
    ]
    unit.rosters.record_changes(book.ward.code, before.period, before.version, changes)
    after = replace(before, cells={**before.cells, **edit.cells})
    _renew_cover(unit, book, after, {change.day for change in changes}, at)


def _renew_cover(unit: UnitOfWork, book: WardBook, roster: Roster, days: set[date], now: datetime) -> None:
    """Plan the cover of the touched days again; a cell's change can move a zone of the day after too."""
    if not days:
        return
    ward, period, version = book.ward.code, roster.period, roster.version
    covers, zones = unit.rosters.cover(ward, period, version)
    new = plan_cover(book, roster, days=days, kept=covers)
    kept = tuple(cover for cover in covers if cover.day not in days)
    kept_zones = tuple(zone for zone in zones if zone.day not in days)
    unit.rosters.save_cover(
        ward,
        period,
        version,
        sorted((*kept, *new.covers), key=lambda cover: cover.day),
        sorted((*kept_zones, *new.zones), key=lambda zone: zone.day),
    )
    unit.runs.add(ward, new.record, at=now)
