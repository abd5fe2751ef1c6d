"""Repair over a real store: events in, options out, one applied with its record, all or nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.swap_kit import PATTERNS, PERIOD, WARD, book, clock, day, keep, roster
from wardteam.domain.roster import RosterCell
from wardteam.domain.rules import RuleSetting, Severity
from wardteam.domain.shifts import Demand, LeaveKind
from wardteam.errors import BadInput, Conflict, NotFound
from wardteam.services.apply_changes import Edit, apply_changes
from wardteam.services.repair import apply_repair, propose_repairs
from wardteam.services.repair_events import Absence, RepairEvent, Resignation, Surge, settled
from wardteam.services.repair_reading import read_event
from wardteam.storage.store import create_store

USUAL = tuple(Demand(code, 0, 1) for code in ("DAY", "STRAIGHT", "EVENING", "NIGHT", "ON_CALL"))
UNRANKED = (RuleSetting("seniority", Severity.OFF),)
"""So that an empty shift is short, but breaks no hard rule."""
SICK = RepairEvent((Absence("W001", day(0), day(1)),))


def needed(number: int, shift: str = "EVENING") -> Demand:
    return Demand(shift, 1, 1, days=(day(number),))


def short_ward():
    """Give the ward of six, whose first evening needs somebody."""
    return book(demands=(*USUAL, needed(0)), rule_settings=UNRANKED)


@pytest.fixture
def units(tmp_path):
    store = create_store(f"sqlite:///{tmp_path / 'ward.sqlite3'}")
    yield store
    store.close()


@pytest.fixture
def published(units):
    return keep(units, short_ward())


def apply(units, proposal, number=0, **given):
    option = proposal.options[number]
    known = {"expected": option.expected, "reason": "sick", "by": "H001", "clock": clock}
    return apply_repair(
        units, WARD, proposal.period, proposal.version, proposal.event, option.cells, **(known | given)
    )


def test_an_evening_without_its_nurse_is_filled_and_the_leave_is_kept(units, published):
    proposal = propose_repairs(units, WARD, SICK, clock=clock)
    first, last = proposal.options[0], proposal.options[-1]
    assert proposal.is_proven
    assert not first.missing
    assert [step.day for step in first.steps] == [day(0)]
    assert first.people[0].minutes_after == first.people[0].minutes_before + 480 * (first.kind != "move")
    assert (last.kind, last.missing, last.steps) == ("other_ward", 1, ())
    apply(units, proposal)
    with units() as unit:
        after, leaves = unit.rosters.at(WARD, day(0)), unit.books.get(WARD).book.leaves
        changes = unit.rosters.changes(WARD, PERIOD, published.version)
    assert after.cell("W001", day(0)).code == "sick"
    assert sum(cell.code == "EVENING" for (_, on), cell in after.cells.items() if on == day(0)) == 1
    assert [(leave.staff_no, leave.start, leave.end) for leave in leaves] == [("W001", day(0), day(1))]
    assert {(change.by, change.reason) for change in changes} == {("H001", "sick")}
    assert len(changes) == len(first.cells)


def test_a_second_press_changes_nothing(units, published):
    proposal = propose_repairs(units, WARD, SICK, clock=clock)
    apply(units, proposal)
    with pytest.raises(Conflict, match="meantime"):
        apply(units, proposal)
    with units() as unit:
        assert len(unit.books.get(WARD).book.leaves) == 1


def test_no_option_names_a_nurse_who_may_not(units):
    keep(units, short_ward())
    proposal = propose_repairs(units, WARD, SICK, clock=clock)
    assert proposal.options
    steps = [step for option in proposal.options for step in option.steps]
    assert "W001" not in {step.staff_no for step in steps}
    assert "W006" not in {step.staff_no for step in steps if step.new.code == "EVENING"}


def test_locked_cells_change_only_when_asked(units):
    month = roster()
    locked = {key: replace(cell, is_locked=key[1] == day(0)) for key, cell in month.cells.items()}
    keep(units, short_ward(), replace(month, cells=locked))
    kept = propose_repairs(units, WARD, SICK, clock=clock)
    assert [option.steps for option in kept.options] == [()]
    opened = propose_repairs(units, WARD, SICK, clock=clock, unlock=True)
    assert opened.options[0].steps
    with pytest.raises(Conflict, match="locked"):
        apply(units, opened)
    apply(units, opened, unlock=True)


def test_what_has_begun_is_left_alone(units, published):
    def later():
        return clock() + timedelta(days=(day(0) - clock().date()).days, hours=10)

    with pytest.raises(Conflict, match="begun"):
        propose_repairs(units, WARD, RepairEvent((Absence("W001", day(0), day(0)),)), clock=later)
    asked = propose_repairs(units, WARD, SICK, clock=later, unfreeze=True)
    assert asked.options[0].steps
    with pytest.raises(Conflict, match="no longer change"):
        apply(units, asked, clock=later)


def test_a_surge_is_answered_and_written_into_the_book(units, published):
    event = RepairEvent(surges=(Surge(day(0), "EVENING", 1),))
    proposal = propose_repairs(units, WARD, event, clock=clock)
    assert not proposal.options[0].missing
    after = apply(units, proposal)
    assert sum(cell.code == "EVENING" for (_, on), cell in after.cells.items() if on == day(0)) == 2
    with units() as unit:
        demands = unit.books.get(WARD).book.demands
    assert [demand.minimum for demand in demands if demand.days == (day(0),)] == [2]


def test_who_leaves_is_off_from_then_on(units):
    keep(units, book(demands=(*USUAL, needed(7, "STRAIGHT"))))
    event = RepairEvent(resignations=(Resignation("W002", day(6)),))
    proposal = propose_repairs(units, WARD, event, clock=clock)
    assert not proposal.options[0].missing
    after = apply(units, proposal)
    assert after.cell("W002", day(7)).code == "off"
    assert after.cell("W002", day(2)).code == "EVENING"
    with units() as unit:
        assert unit.books.get(WARD).book.nurse("W002").left == day(5)


def test_two_who_are_off_at_once_are_mended_together(units):
    keep(units, book(demands=(*USUAL, needed(0), needed(2))))
    event = RepairEvent((Absence("W001", day(0), day(3)), Absence("W002", day(0), day(3))))
    first = propose_repairs(units, WARD, event, clock=clock).options[0]
    assert {step.day for step in first.steps} == {day(0), day(2)}
    assert not {step.staff_no for step in first.steps} & {"W001", "W002"}


def test_a_night_before_the_first_day_off_falls_away_with_it(units):
    patterns = {**PATTERNS, "W001": "-N------------"}
    keep(units, month=roster(patterns))
    event = RepairEvent((Absence("W001", day(2), day(2)),))
    assert propose_repairs(units, WARD, event, clock=clock).lost[("W001", day(1))].code == "off"


def test_from_a_shift_on_an_earlier_one_is_still_worked():
    patterns = {**PATTERNS, "W003": "C---P----CC---"}
    begins = Absence("W003", day(0), day(1), "EVENING")
    (found,) = settled(book(), roster(patterns), RepairEvent((begins,))).absences
    assert (found.first, found.last) == (day(1), day(1))
    with pytest.raises(BadInput):
        settled(book(), roster(patterns), RepairEvent((replace(begins, last=day(0)),)))


def test_changes_that_break_a_hard_rule_anew_are_refused(units, published):
    cells = {("W006", day(0)): RosterCell("EVENING")}
    expected = {key: published.cells[key] for key in cells}
    edit = Edit(cells, expected, reason="", by="t")
    with units() as unit:
        with pytest.raises(Conflict, match="hard rules"):
            apply_changes(unit, WARD, PERIOD, published.version, edit, clock=clock)
        assert unit.rosters.changes(WARD, PERIOD, published.version) == ()
        with pytest.raises(NotFound):
            apply_changes(unit, WARD, PERIOD, 9, edit, clock=clock)


def test_events_are_read_by_name_and_everything_wrong_is_named_at_once():
    found = read_event(
        book(),
        absent=("护士4:2026-12-07/中..2026-12-08", "W002"),
        surge=("2026-12-09:EVENING:+2",),
        resigned=("Nurse 3:2026-12-12",),
        kind=LeaveKind.PERSONAL,
        today=day(3),
    )
    assert found.absences[0] == Absence("W004", day(0), day(1), "EVENING", LeaveKind.PERSONAL)
    assert found.absences[1].first == day(3)
    assert found.surges == (Surge(day(2), "EVENING", 2),)
    assert found.resignations == (Resignation("W003", day(5)),)
    with pytest.raises(BadInput) as refused:
        read_event(
            book(), absent=("W999", "W001:soon"), surge=("x",), resigned=("W001:",), today=day(0)
        )  # fmt: skip
    assert len(refused.value.findings) == 4


@pytest.mark.parametrize(
    "event",
    [
        RepairEvent(),
        RepairEvent((Absence("W001", day(2), day(1)),)),
        RepairEvent((Absence("nobody", day(2), day(2)),)),
        RepairEvent(surges=(Surge(day(0), "ON_CALL", 1),)),
        RepairEvent(surges=(Surge(day(0), "EVENING", 0),)),
    ],
)
def test_an_event_that_cannot_be_is_refused(units, published, event):
    with pytest.raises(BadInput):
        propose_repairs(units, WARD, event, clock=clock)


def test_without_a_roster_there_is_nothing_to_repair(units, published):
    event = RepairEvent((Absence("W001", day(0) + timedelta(days=60), day(0) + timedelta(days=60)),))
    with pytest.raises(NotFound):
        propose_repairs(units, WARD, event, clock=clock)
