"""Whether the data allow a roster: possible, short and why, impossible with ways; locks taken off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.call_kit import NOW, clock, opened
from wardteam.domain.calendar import Period
from wardteam.domain.roster import Roster, SolveStatus
from wardteam.domain.shifts import Demand
from wardteam.errors import BadInput, Conflict
from wardteam.i18n import translator
from wardteam.jobs.plain import plain
from wardteam.services.conflict_cases import locked_cells, stand_now, unlock_cells, without_broken_locks
from wardteam.services.conflict_jobs import Stand, kept_report, to_keep
from wardteam.services.conflicts import ConflictReport, Verdict, find_conflicts
from wardteam.services.roster_cases import make_roster
from wardteam.storage.store import Store
from wardteam_solver.benchmarks.clashes import ClashKind, clashing_ward
from wardteam_solver.benchmarks.wards import GeneratedWard, generated_ward

LOOSE = 6


@pytest.fixture(scope="module")
def ward() -> GeneratedWard:
    return generated_ward(LOOSE)


@pytest.fixture(scope="module")
def locked() -> GeneratedWard:
    """Two locked cells of one nurse, without rest between them."""
    return clashing_ward(ClashKind.BROKEN_REST, LOOSE)


@pytest.fixture(scope="module")
def impossible(locked: GeneratedWard) -> ConflictReport:
    return find_conflicts(locked.book, locked.period, locked=locked.locked)


@pytest.fixture(scope="module")
def short(ward: GeneratedWard) -> ConflictReport:
    """Ask for everybody on one evening, so that the other shifts of the day can't be filled."""
    day = ward.period.first + timedelta(days=4)
    everybody = len(ward.book.nurses)
    asked = Demand("EVENING", everybody, everybody, days=(day,))
    book = replace(ward.book, demands=(*ward.book.demands, asked), rule_settings=())
    return find_conflicts(book, ward.period, locked={})


def test_a_ward_with_a_roster_is_possible_with_its_shortage_proven(ward: GeneratedWard) -> None:
    found = find_conflicts(ward.book, ward.period, locked={})
    assert (found.verdict, found.shortages, found.facts) == (Verdict.POSSIBLE, (), ())
    assert found.is_shortage_proven
    assert found.record.stages[0].bound == found.record.stages[0].objective == 0


def test_an_impossible_ward_has_a_minimal_core_and_verified_ways(impossible: ConflictReport) -> None:
    assert impossible.verdict is Verdict.IMPOSSIBLE
    assert impossible.record.status is SolveStatus.INFEASIBLE
    assert set(impossible.rules) == {"locked", "rest"}
    assert impossible.is_minimal
    assert impossible.ways
    assert all(way.is_enough for way in impossible.ways)


def test_a_way_that_unlocks_names_its_cells(impossible: ConflictReport, locked: GeneratedWard) -> None:
    (way,) = [way for way in impossible.ways if way.kinds == ("unlock",)]
    assert set(way.cells) < set(locked.locked)
    (lock,) = impossible.locks
    assert (lock.staff_no, lock.day) in locked.locked


def test_a_shortage_is_explained_where_and_why(short: ConflictReport) -> None:
    assert short.verdict is Verdict.SHORT
    assert short.shortages
    assert short.nurses_missing > 0
    assert "staffing" in short.rules
    assert short.ways


def test_a_stopped_check_claims_nothing(locked: GeneratedWard) -> None:
    found = find_conflicts(locked.book, locked.period, locked=locked.locked, should_stop=lambda: True)
    assert found.verdict is Verdict.UNKNOWN
    assert found.record.status is SolveStatus.STOPPED


def test_a_report_comes_back_from_the_jobs_row(impossible: ConflictReport) -> None:
    stand = Stand(3, 1)
    kept = kept_report(json.loads(json.dumps(plain(to_keep(impossible, stand)))))
    assert (kept.stand, kept.verdict, kept.is_minimal) == (stand, "impossible", True)
    assert [way.points for way in kept.ways] == [way.points for way in impossible.ways]
    assert [way.cells for way in kept.ways] == [way.cells for way in impossible.ways]
    say = translator("zh")
    assert [say(fact) for fact in kept.facts] == [say(fact) for fact in impossible.facts]
    assert [(x.staff_no, x.day) for x in kept.locks] == [(x.staff_no, x.day) for x in impossible.locks]


def test_locks_that_break_a_rule_are_named_or_given_up(locked: GeneratedWard) -> None:
    book, period, cells = locked.book, locked.period, locked.locked
    with pytest.raises(BadInput) as refused:
        without_broken_locks(book, period, cells, seconds=1, unlock=False)
    (finding,) = refused.value.findings
    (staff_no, _), *_ = cells
    assert finding.value == staff_no
    kept = without_broken_locks(book, period, cells, seconds=1, unlock=True)
    assert len(kept) == 1
    assert without_broken_locks(book, period, kept, seconds=1, unlock=False) == kept


@pytest.fixture
def store(tmp_path: Path, locked: GeneratedWard) -> Iterator[Store]:
    """Give a store of the ward with a draft that holds the locks."""
    cells = {key: replace(cell, is_locked=True) for key, cell in locked.locked.items()}
    with opened(tmp_path, locked.book) as store:
        with store() as unit:
            unit.rosters.add_draft(locked.book.ward.code, Roster(locked.period, cells), by="test", at=NOW)
            unit.commit()
        yield store


def test_a_run_over_broken_locks_is_refused_before_it_begins(store: Store, locked: GeneratedWard) -> None:
    code, period = locked.book.ward.code, locked.period
    with pytest.raises(BadInput):
        make_roster(store, code, period, seconds=60, by="test", clock=clock)
    with store() as unit:
        assert unit.rosters.latest(code, period).version == 1
        assert unit.runs.latest(code, "roster") is None


def test_unlocking_keeps_the_duty_and_who_did_it(store: Store, locked: GeneratedWard) -> None:
    code, period = locked.book.ward.code, locked.period
    key = max(locked.locked, key=lambda cell: cell[1])
    assert unlock_cells(store, code, period, 1, [key, key], by="H001", clock=clock) == 1
    with store() as unit:
        roster = unit.rosters.latest(code, period)
        (change,) = unit.rosters.changes(code, period, 1)
    assert roster.cells[key] == replace(locked.locked[key], is_locked=False)
    assert change.by == "H001"
    assert len(locked_cells(roster)) == 1
    assert unlock_cells(store, code, period, 1, [key], by="H001", clock=clock) == 0


def test_unlocking_an_older_version_is_refused(store: Store, locked: GeneratedWard) -> None:
    code, period = locked.book.ward.code, locked.period
    with store() as unit:
        unit.rosters.add_draft(code, Roster(period, {}), by="test", at=NOW)
        unit.commit()
    with pytest.raises(Conflict):
        unlock_cells(store, code, period, 1, locked.locked, by="H001", clock=clock)
    assert stand_now(store, code, period).version == 2
    other = Period(period.first - timedelta(days=28), period.first - timedelta(days=1))
    assert stand_now(store, code, other).version is None
