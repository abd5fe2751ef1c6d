"""Conflicts over the store: asked of the ward as it stands, kept as a job's result, locks taken off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellChange, CellKey, Roster, RosterCell
from wardteam.domain.ward import WardBook
from wardteam.errors import BadInput, Conflict, Finding, Message, Named
from wardteam.services.carried import carried_book
from wardteam.services.conflict_jobs import CONFLICTS, Stand, period_of
from wardteam.services.conflicts import ConflictReport, find_conflicts
from wardteam.services.plan_input import problem_to_plan
from wardteam.services.ports import Clock, Job, Progress, UnitOfWorkFactory

STEPS = {"look": 5, "confirm": 40, "narrow": 50, "ways": 75}
"""How far the work is when a step begins, in percent."""

UNLOCKED = "unlocked to resolve a conflict"


def locked_cells(roster: Roster | None) -> dict[CellKey, RosterCell]:
    """Give the cells that stay as they are."""
    return {} if roster is None else {key: cell for key, cell in roster.cells.items() if cell.is_locked}


def stand_now(units: UnitOfWorkFactory, ward: str, period: Period) -> Stand:
    """Give the book's revision and the newest version of the period."""
    with units() as unit:
        roster = unit.rosters.latest(ward, period)
        return Stand(unit.books.get(ward).revision, None if roster is None else roster.version)


def ward_conflicts(
    units: UnitOfWorkFactory,
    ward: str,
    period: Period,
    *,
    workers: int = 2,
    clock: Clock,
    progress: Progress | None = None,
) -> ConflictReport:
    """Check the ward as it stands, locked cells of the newest version included, and keep the run."""
    with units() as unit:
        book = carried_book(unit, ward, period)
        locked = locked_cells(unit.rosters.latest(ward, period))
    reached = {"percent": 0}

    def tell(step: str) -> None:
        reached["percent"] = max(reached["percent"], STEPS[step])

    def should_stop() -> bool:
        return progress is not None and progress(CONFLICTS, dict(reached))

    found = find_conflicts(book, period, locked=locked, workers=workers, should_stop=should_stop, tell=tell)
    with units() as unit:
        unit.runs.add(ward, found.record, at=clock())
        unit.commit()
    return found


def newest_check(units: UnitOfWorkFactory, ward: str, period: Period) -> Job | None:
    """Give the ward's newest check where it is of this period."""
    with units() as unit:
        job = unit.jobs.latest(ward, CONFLICTS)
    return job if job is not None and period_of(job) == period else None


def without_broken_locks(
    book: WardBook, period: Period, locked: Mapping[CellKey, RosterCell], *, seconds: float, unlock: bool
) -> dict[CellKey, RosterCell]:
    """Give the locked cells that a roster can keep.

    Raises
    ------
    BadInput
        Naming each locked cell that breaks a hard rule, unless they are to be unlocked.
    """
    from wardteam_solver.explain.locks import broken_locks
    from wardteam_solver.matrix import lay_out
    from wardteam_solver.rules import configured

    if not locked:
        return {}
    problem = problem_to_plan(book, period, seconds=seconds, locked=locked)
    broken = broken_locks(lay_out(problem, configured(book.rule_settings)))
    if broken and not unlock:
        names = {nurse.staff_no: Named(nurse.name, nurse.name_en) for nurse in book.nurses}
        text = (
            "The locked cell of {nurse} on {day} can't stand: {facts}. Unlock it, or change what it "
            "clashes with."
        )
        raise BadInput(
            tuple(
                Finding(
                    book.ward.code,
                    Message(text, nurse=names[key], day=problem.date_of(lock.day), facts=lock.facts),
                    value=key,
                )
                for lock in broken
                for key in (problem.people[lock.nurse].key,)
            )
        )
    gone = {(problem.people[lock.nurse].key, problem.date_of(lock.day)) for lock in broken}
    return {key: cell for key, cell in locked.items() if key not in gone}


def unlock_cells(
    units: UnitOfWorkFactory,
    ward: str,
    period: Period,
    version: int,
    cells: Iterable[CellKey],
    *,
    by: str,
    clock: Clock,
) -> int:
    """Unlock cells of the newest version, each duty kept as it is; give how many were locked.

    Raises
    ------
    Conflict
        Where there is a newer version, or a cell was changed in between.
    """
    with units() as unit:
        roster = unit.rosters.latest(ward, period)
        if roster is None or roster.version != version:
            raise Conflict(Message("There is a newer version of this roster; check it once more."))
        changes = [
            CellChange(staff_no, day, old, replace(old, is_locked=False), by, clock(), UNLOCKED)
            for staff_no, day in dict.fromkeys(cells)
            if (old := roster.cell(staff_no, day)) is not None and old.is_locked
        ]
        unit.rosters.record_changes(ward, period, version, changes)
        unit.commit()
    return len(changes)
