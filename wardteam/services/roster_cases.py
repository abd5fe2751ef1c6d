"""The month's use cases over the store: teams, beds, roster, cover, publishing, in short units of work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from wardteam.domain.calendar import Period
from wardteam.domain.plans import BedPlan, CoverPlan, TeamPlan
from wardteam.domain.roster import Roster, RosterStatus, SolveRecord
from wardteam.domain.ward import WardBook
from wardteam.errors import Conflict, Message, NotFound
from wardteam.services.beds import apply_beds, plan_beds
from wardteam.services.carried import carried_book
from wardteam.services.conflict_cases import locked_cells, without_broken_locks
from wardteam.services.cover import plan_cover
from wardteam.services.freeze import line_on_publishing
from wardteam.services.plan import RosterPlan, plan_roster
from wardteam.services.ports import Clock, Progress, UnitOfWork, UnitOfWorkFactory
from wardteam.services.roster_report import RosterReport, check_cells
from wardteam.services.teams import apply_teams, plan_teams

Plan = TypeVar("Plan", TeamPlan, BedPlan)


def make_teams(
    units: UnitOfWorkFactory, ward: str, *, on: date, by: str, clock: Clock, apply: bool = True, seed: int = 0
) -> TeamPlan:
    """Plan the teams from a date on and write them into the book."""

    def plan(book: WardBook) -> tuple[TeamPlan, WardBook]:
        made = plan_teams(book, on=on, seed=seed)
        return made, apply_teams(book, made, on)

    return _change_book(units, ward, plan, by=by, clock=clock, apply=apply)


def make_beds(
    units: UnitOfWorkFactory, ward: str, *, on: date, by: str, clock: Clock, apply: bool = True, seed: int = 0
) -> BedPlan:
    """Plan the beds' owners from a date on and write them into the book."""

    def plan(book: WardBook) -> tuple[BedPlan, WardBook]:
        made = plan_beds(book, on=on, seed=seed)
        return made, apply_beds(book, made, on)

    return _change_book(units, ward, plan, by=by, clock=clock, apply=apply)


def _change_book(
    units: UnitOfWorkFactory,
    ward: str,
    plan: Callable[[WardBook], tuple[Plan, WardBook]],
    *,
    by: str,
    clock: Clock,
    apply: bool,
) -> Plan:
    """Plan outside any transaction; saving notices whoever changed the book meanwhile."""
    with units() as unit:
        stored = unit.books.get(ward)
    made, changed = plan(stored.book)
    with units() as unit:
        if apply:
            unit.books.save(changed, expected_revision=stored.revision, by=by, at=clock())
        unit.runs.add(ward, made.record, at=clock())
        unit.commit()
    return made


def make_roster(
    units: UnitOfWorkFactory,
    ward: str,
    period: Period,
    *,
    seconds: float = 60,
    seed: int = 0,
    workers: int = 2,
    unlock: bool = False,
    by: str,
    clock: Clock,
    progress: Progress | None = None,
) -> RosterPlan:
    """Plan a period's roster and store it as the next draft, with its run and its cover.

    Locked cells of the newest version stay; a stopped run stores the best roster so far. With `unlock`,
    those that break a hard rule are given up; else BadInput names each of them before anything is solved.
    """
    with units() as unit:
        book = carried_book(unit, ward, period)
        last = unit.rosters.latest(ward, period)
    locked = without_broken_locks(book, period, locked_cells(last), seconds=seconds, unlock=unlock)
    latest: dict[str, object] = {}

    def should_stop() -> bool:
        return progress is not None and progress("roster", dict(latest))

    plan = plan_roster(
        book,
        period,
        seconds=seconds,
        seed=seed,
        workers=workers,
        locked=locked,
        start=None if last is None else last.cells,
        should_stop=should_stop,
        tell=latest.update,
    )
    if plan.roster is None:
        return _keep_run(units, ward, plan, clock)
    cover = plan_cover(book, plan.roster, seed=seed)
    made = replace(plan.roster, made_at=clock())
    return replace(plan, roster=_keep_draft(units, ward, made, plan.record, cover, by=by, clock=clock))


def _keep_draft(
    units: UnitOfWorkFactory,
    ward: str,
    made: Roster,
    record: SolveRecord,
    cover: CoverPlan,
    *,
    by: str,
    clock: Clock,
) -> Roster:
    with units() as unit:
        stored = unit.rosters.add_draft(ward, made, by=by, at=clock())
        unit.rosters.save_cover(ward, made.period, stored.version, cover.covers, cover.zones)
        unit.runs.add(ward, record, at=clock())
        unit.runs.add(ward, cover.record, at=clock())
        unit.commit()
    return stored


def _keep_run(units: UnitOfWorkFactory, ward: str, plan: RosterPlan, clock: Clock) -> RosterPlan:
    with units() as unit:
        unit.runs.add(ward, plan.record, at=clock())
        unit.commit()
    return plan


def make_cover(
    units: UnitOfWorkFactory, ward: str, period: Period, *, clock: Clock, version: int | None = None
) -> CoverPlan:
    """Plan the cover of a stored roster again, from the book as it is now."""
    roster = stored_roster(units, ward, period, version)
    with units() as unit:
        book = unit.books.get(ward).book
    cover = plan_cover(book, roster)
    with units() as unit:
        unit.rosters.save_cover(ward, period, roster.version, cover.covers, cover.zones)
        unit.runs.add(ward, cover.record, at=clock())
        unit.commit()
    return cover


def stored_roster(units: UnitOfWorkFactory, ward: str, period: Period, version: int | None = None) -> Roster:
    """Give the newest version of a period's roster; NotFound where there is none, or not that version."""
    with units() as unit:
        roster = unit.rosters.latest(ward, period)
    if roster is None or (version is not None and version != roster.version):
        text = "There is no such roster for {first} to {last}."
        raise NotFound(Message(text, first=period.first, last=period.last))
    return roster


def check_stored(units: UnitOfWorkFactory, ward: str, period: Period) -> RosterReport:
    """Check the newest version of a period's roster against the rules as they are now."""
    roster = stored_roster(units, ward, period)
    with units() as unit:
        book = carried_book(unit, ward, period)
    return check_cells(book, period, roster.cells)


def publish(
    units: UnitOfWorkFactory,
    ward: str,
    period: Period,
    version: int,
    *,
    by: str,
    clock: Clock,
    confirmed_shortages: bool = False,
) -> Roster:
    """Publish a draft.

    Raises
    ------
    Conflict
        If a hard rule is broken, or there is a shortage that was not confirmed; each is named.
    """
    with units() as unit:
        book = carried_book(unit, ward, period)
        roster = _draft(unit, ward, period, version)
        _refuse_unfit(check_cells(book, period, roster.cells), confirmed_shortages=confirmed_shortages)
        now = clock()
        line = line_on_publishing(book, roster, now.astimezone(book.settings.zone).date())
        published = unit.rosters.publish(ward, period, version, by=by, at=now, frozen_until=line)
        unit.commit()
    return published


def draft_to_publish(units: UnitOfWorkFactory, ward: str, period: Period, version: int) -> Roster:
    """Give the newest draft; Conflict where the version is another one, or published already."""
    with units() as unit:
        return _draft(unit, ward, period, version)


def _draft(unit: UnitOfWork, ward: str, period: Period, version: int) -> Roster:
    roster = unit.rosters.latest(ward, period, RosterStatus.DRAFT)
    if roster is not None and roster.version == version:
        return roster
    published = unit.rosters.latest(ward, period, RosterStatus.PUBLISHED)
    if published is not None and published.version == version:
        raise Conflict(Message("Version {version} is published already.", version=version))
    raise Conflict(Message("Version {version} is not the newest draft.", version=version))


def _refuse_unfit(found: RosterReport, *, confirmed_shortages: bool) -> None:
    if found.hard:
        text = "The roster breaks hard rules and can't be published: {breaches}"
        raise Conflict(Message(text, breaches=found.hard))
    if found.shortages and not confirmed_shortages:
        text = "The roster is short of staff; publishing it needs a confirmation of: {shortages}"
        raise Conflict(Message(text, shortages=found.shortages))
