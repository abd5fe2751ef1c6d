"""Teams, beds and cover from a ward's book and back into it."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.solver.wards import ON, random_ward
from wardteam.domain.calendar import Period
from wardteam.domain.people import Level, Restriction, RestrictionKind
from wardteam.domain.roster import Roster, RosterCell
from wardteam.domain.shifts import Leave, LeaveKind, Post
from wardteam.domain.teams import Role
from wardteam.domain.ward import WardBook
from wardteam.errors import BadInput
from wardteam.services.beds import apply_beds, plan_beds
from wardteam.services.census import census
from wardteam.services.cover import plan_cover
from wardteam.services.teams import apply_teams, moves_into, plan_teams

LATER = ON + timedelta(days=30)


def planned(seed: int, **size) -> WardBook:
    book = random_ward(seed, **size)
    book = apply_teams(book, plan_teams(book, on=ON), ON)
    return apply_beds(book, plan_beds(book, on=ON), ON)


@pytest.fixture(scope="module")
def book() -> WardBook:
    return planned(0, nurses=36, beds=42, teams=4)


def roster_for(book: WardBook, days: int = 5, seed: int = 0) -> Roster:
    """Put three or four of each team on the day shift, and a few of the rest on the other shifts."""
    rng, cells = random.Random(seed), {}
    period = Period(ON, ON + timedelta(days=days - 1))
    for day in period:
        rest = []
        for team in book.teams:
            mates = [m.staff_no for m in book.memberships if m.team == team.number and m.holds(day)]
            rng.shuffle(mates)
            for place, staff_no in enumerate(mates[:4]):
                post = Post.LEADER if place == 0 else Post.RESPONSIBLE
                cells[staff_no, day] = RosterCell("DAY", post)
            rest += mates[4:]
        for code in ("STRAIGHT", "EVENING", "NIGHT"):
            cells |= {(rest.pop(), day): RosterCell(code) for _ in range(2)}
    return Roster(period, cells)


SIZES = [(1, 30, 35, 3), (2, 60, 65, 6), (4, 50, 55, 4)]


@pytest.mark.parametrize(("seed", "nurses", "beds", "teams"), SIZES)
def test_a_ward_of_any_size_gets_teams_owners_and_complete_cover(seed, nurses, beds, teams):
    book = planned(seed, nurses=nurses, beds=beds, teams=teams)
    assert {m.staff_no for m in book.memberships} == {n.staff_no for n in book.nurses}
    assert {o.bed for o in book.ownerships} == {bed.code for bed in book.beds}
    roster = roster_for(book)
    found = plan_cover(book, roster)
    assert len(found.covers) == len(roster.period) * beds
    assert {(z.day, z.shift) for z in found.zones} == {
        (day, code) for day in roster.period for code in ("STRAIGHT", "EVENING", "NIGHT")
    }


def test_planning_again_changes_nothing(book):
    plan = plan_teams(book, on=LATER)
    assert plan.moves == ()
    assert apply_teams(book, plan, LATER).memberships == book.memberships
    assert apply_beds(book, plan_beds(book, on=LATER), LATER).ownerships == book.ownerships


def test_a_membership_that_changes_ends_the_day_before(book):
    fewer = replace(book, settings=replace(book.settings, team_count=3))
    after = apply_teams(fewer, plan_teams(fewer, on=LATER), LATER)
    for nurse in book.nurses:
        assert after.membership(nurse.staff_no, LATER - timedelta(days=1)) is not None
        holding = [m for m in after.memberships if m.staff_no == nurse.staff_no and m.holds(LATER)]
        assert len(holding) == 1
        assert holding[0].team != 4
    assert len([m for m in after.memberships if m.end == LATER - timedelta(days=1)]) >= 8


def test_a_second_plan_from_the_same_date_replaces_the_first(book):
    fewer = replace(book, settings=replace(book.settings, team_count=3))
    after = apply_teams(fewer, plan_teams(fewer, on=ON), ON)
    assert len(after.memberships) == len(book.nurses)
    assert all(m.start == ON and m.end is None for m in after.memberships)


def test_owners_are_registered_past_their_first_year_and_mostly_here(book):
    owner = book.ownerships[0].staff_no
    month = Period(LATER, LATER + timedelta(days=27))
    for changed in (
        replace(book, leaves=(Leave(owner, LeaveKind.MATERNITY, LATER, LATER + timedelta(days=90)),)),
        replace(book, restrictions=(Restriction(owner, RestrictionKind.NO_SHIFT, shift="DAY"),)),
        replace(book, restrictions=(Restriction(owner, RestrictionKind.SUPERVISED),)),
        replace(
            book,
            nurses=tuple(
                replace(n, registration_until=ON) if n.staff_no == owner else n for n in book.nurses
            ),
        ),
    ):
        plan = plan_beds(replace(changed, period=month), on=LATER)
        assert owner not in {o.staff_no for o in plan.ownerships}
        assert {o.bed for o in plan.ownerships} == {bed.code for bed in book.beds}


def test_a_leader_on_long_leave_hands_over(book):
    leader = next(m.staff_no for m in book.memberships if m.role is Role.LEADER)
    away = Leave(leader, LeaveKind.MATERNITY, ON, ON + timedelta(days=98))
    plan = plan_teams(replace(book, leaves=(away,)), on=LATER)
    assert leader not in plan.reasons


def test_beds_without_teams_are_refused_in_words():
    with pytest.raises(BadInput) as refused:
        plan_beds(random_ward(0), on=ON)
    assert "Beds need teams first" in str(refused.value.findings[0].problem)


def test_too_few_nurses_for_the_teams_are_refused_in_words():
    with pytest.raises(BadInput) as refused:
        plan_teams(random_ward(0, nurses=8), on=ON)
    assert "at least two nurses each" in str(refused.value.findings[0].problem)


def test_a_day_without_bed_holding_posts_is_held_by_whoever_is_on_duty(book):
    cells = {(book.nurses[0].staff_no, ON): RosterCell("STRAIGHT")}
    found = plan_cover(book, Roster(Period(ON, ON), cells))
    assert {cover.staff_no for cover in found.covers} == {book.nurses[0].staff_no}
    assert all(cover.is_over_cap for cover in found.covers)


def test_a_sheet_without_posts_is_read_by_roles(book):
    cells = {key: RosterCell(cell.code) for key, cell in roster_for(book, days=1).cells.items()}
    found = plan_cover(book, Roster(Period(ON, ON), cells))
    assert len(found.covers) == len(book.beds)


def test_beds_without_an_owner_are_named_and_held(book):
    bare = replace(book, ownerships=book.ownerships[1:])
    found = plan_cover(bare, roster_for(book, days=1))
    assert "Beds without an owner" in str(found.notes[0])
    assert len(found.covers) == len(book.beds)


def test_the_days_own_census_decides_who_may_hold_a_bed(book):
    """A patient who asks for N4 leaves on the second day: only the first day lacks the level."""
    stay = replace(book.stays[0], minimum_level=Level.N4)
    leaving = replace(stay, discharged=stay.admitted + timedelta(days=4, hours=20))
    changed = replace(book, stays=(leaving, *book.stays[1:]))
    found = plan_cover(changed, roster_for(book, days=3))
    lacking = [note.fields["day"] for note in found.notes if "nobody with that level" in note.text]
    assert lacking == [ON]


def test_the_census_counts_an_empty_bed_at_its_usual_grade(book):
    bed = book.beds[0]
    bare = replace(book, stays=tuple(s for s in book.stays if s.bed != bed.code))
    state = next(s for s in census(bare, ON) if s.code == bed.code)
    assert not state.is_occupied
    assert state.load == book.settings.load(bed.usual_grade)


def test_the_moves_into_the_present_teams_are_those_that_the_plan_made(book):
    held = {m.staff_no: m for m in book.memberships if m.holds(ON)}
    first, second = (
        next(m for m in held.values() if m.team == team and m.role is Role.MEMBER) for team in (1, 2)
    )
    swapped = {first.staff_no: 2, second.staff_no: 1}
    plan = plan_teams(book, on=LATER)
    others = [m for m in plan.memberships if m.staff_no not in swapped]
    moved = [replace(held[s], team=team, start=LATER) for s, team in swapped.items()]
    later = apply_teams(book, replace(plan, memberships=(*others, *moved)), LATER)
    found = {(m.staff_no, m.from_team, m.to_team) for m in moves_into(later, LATER)}
    assert {(first.staff_no, 1, 2), (second.staff_no, 2, 1)} <= found
    assert moves_into(book, ON) == ()
