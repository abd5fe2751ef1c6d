"""From the ward's book to the engine's problem: posts, bans, needs, tail, shares, and back to cells."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.planned import fortnight, planned_book, short_plan
from wardteam.domain.people import Restriction, RestrictionKind
from wardteam.domain.roster import RosterCell
from wardteam.domain.shifts import DayKind, Demand, LeaveKind, Post
from wardteam.domain.teams import Role
from wardteam.services.day_demands import demands_on
from wardteam.services.persons import bars
from wardteam.services.problem import build_problem, cells_from, grid_from
from wardteam_solver.problem import OFF

BOOK = planned_book()
PERIOD = fortnight(BOOK)
PROBLEM = build_problem(BOOK, PERIOD)


def index(staff_no: str) -> int:
    return [p.key for p in PROBLEM.people].index(staff_no)


def test_every_ward_nurse_is_rostered_and_nobody_else():
    assert len(PROBLEM.people) == 44
    assert {p.key for p in PROBLEM.people} == {n.staff_no for n in BOOK.staff(PERIOD.first)}


def test_a_leader_holds_only_the_leaders_post_and_a_learner_only_the_assistants():
    for membership in BOOK.memberships:
        if membership.role is Role.LEADER and membership.holds(PERIOD.first):
            assert PROBLEM.people[index(membership.staff_no)].posts == {"", "leader"}
    for person in PROBLEM.people:
        if person.is_first_year:
            assert person.posts == {"", "assistant"}


@pytest.mark.parametrize(
    ("kind", "event", "day", "is_barred"),
    [
        (RestrictionKind.PREGNANCY, date(2027, 2, 23), date(2026, 12, 1), True),
        (RestrictionKind.PREGNANCY, date(2027, 2, 24), date(2026, 12, 1), False),
        (RestrictionKind.NURSING_MOTHER, date(2025, 12, 2), date(2026, 12, 1), True),
        (RestrictionKind.NURSING_MOTHER, date(2025, 12, 1), date(2026, 12, 1), False),
        (RestrictionKind.NO_NIGHTS, None, date(2026, 12, 1), True),
    ],
)
def test_a_restriction_bars_from_its_event_on_and_no_longer(kind, event, day, is_barred):
    assert bars(Restriction("1", kind, event_date=event), day) is is_barred


def test_an_expired_registration_bars_all_duty_from_the_next_day():
    nurse = BOOK.staff(PERIOD.first)[3]
    expired = replace(nurse, registration_until=PERIOD.first + timedelta(days=4))
    book = replace(BOOK, nurses=tuple(expired if n is nurse else n for n in BOOK.nurses))
    person = next(p for p in build_problem(book, PERIOD).people if p.key == nurse.staff_no)
    ban = next(b for b in person.bans if b.rule == "registration")
    assert ban.days == range(5, 14)
    assert ban.shifts == {"DAY", "STRAIGHT", "EVENING", "NIGHT"}


def test_the_demand_that_names_a_day_most_closely_wins():
    special = Demand("NIGHT", 3, 3, days=(date(2026, 12, 5),))
    friday = Demand("NIGHT", 4, 4, weekdays=(4,))
    weekend = Demand("NIGHT", 5, 5, day_kind=DayKind.WEEKEND)
    book = replace(BOOK, demands=(Demand("NIGHT", 2, 2), weekend, friday, special))
    found = {day: demands_on(book, date(2026, 12, day))[0].minimum for day in (3, 4, 5, 6)}
    assert found == {3: 2, 4: 4, 5: 3, 6: 5}


def test_the_tail_is_last_months_end_nurse_by_nurse():
    assert PROBLEM.tail_length == 28
    for n, person in enumerate(PROBLEM.people):
        cell = BOOK.history[(person.key, date(2026, 11, 30))]
        shift = PROBLEM.tail[n][-1]
        assert (PROBLEM.shifts[shift].code if shift != OFF else None) == (
            cell.code if cell.code in PROBLEM.by_code else None
        )


def test_night_shares_follow_presence_and_leave_out_who_may_not_work_nights():
    shares = {s.nurse: s for s in PROBLEM.fair_shares if s.measure == "night"}
    for n, person in enumerate(PROBLEM.people):
        if not person.may_work_nights or len(person.leave) == PROBLEM.day_count:
            assert n not in shares
    assert max(s.high for s in shares.values()) - min(s.low for s in shares.values()) <= 2


def test_cells_and_grid_are_the_same_roster():
    cells = short_plan().roster.cells
    grid = grid_from(PROBLEM, cells)
    again = cells_from(PROBLEM, grid, {})
    assert again == {key: cell for key, cell in cells.items() if key in again}


def test_the_day_after_a_night_is_marked_and_leave_keeps_its_kind():
    cells = short_plan().roster.cells
    for (staff_no, day), cell in cells.items():
        before = cells.get((staff_no, day - timedelta(days=1)))
        if cell.code == LeaveKind.POST_NIGHT.value and before is not None:
            assert before.code == "NIGHT"
        if before is not None and before.code == "NIGHT":
            assert cell.code in ("NIGHT", LeaveKind.POST_NIGHT.value)
    for leave in BOOK.leaves:
        for day in PERIOD:
            if leave.includes(day) and (leave.staff_no, day) in cells:
                assert cells[(leave.staff_no, day)].code == leave.kind.value


def test_a_locked_cell_becomes_a_lock_of_its_post():
    key = (PROBLEM.people[5].key, PERIOD.first)
    locked = {key: RosterCell("DAY", Post.RESPONSIBLE, is_locked=True)}
    (lock,) = build_problem(BOOK, PERIOD, locked=locked).locks
    assert (lock.nurse, lock.day) == (5, 0)
    assert PROBLEM.options[lock.option][1] == "responsible"
