"""The bed planner: whole rooms to teams, beds to owners, and plain words where it can't fit."""

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.solver.wards import ON
from wardteam.domain.people import Level
from wardteam.domain.plans import BedPlan
from wardteam.domain.roster import SolveStatus
from wardteam.domain.shifts import Post
from wardteam.i18n import translator
from wardteam_solver.beds import BedCase, BedState, Owner, assign_beds


def corridor(rooms: str, *, empty: str = "", load: int = 3) -> tuple[BedState, ...]:
    """Arrange rooms of so many beds along a corridor; beds are numbered from 1 throughout."""
    beds, out = [], []
    for number, size in enumerate(rooms.split()):
        beds += [f"R{number + 1}"] * int(size)
    for number, room in enumerate(beds, start=1):
        out.append(BedState(str(number), room, load, str(number) not in empty.split()))
    return tuple(out)


def team(number: int, responsible: int = 3, level: Level = Level.N2) -> tuple[Owner, ...]:
    """Arrange a team's owners: a leader of 1-2 beds and responsible nurses of 3-4 patients."""
    return (
        Owner(f"L{number}", f"Leader{number}", number, Post.LEADER, Level.N3, 1, 2),
        *(
            Owner(f"{number}{'abcd'[i]}", f"Nurse{number}{'abcd'[i]}", number, Post.RESPONSIBLE, level, 3, 4)
            for i in range(responsible)
        ),
    )


def case(beds, owners, **fields) -> BedCase:
    given = {"present": {}, "home": {}, "spare": {}}
    return BedCase(on=ON, beds=beds, owners=owners, **(given | fields))


def owner_of(plan: BedPlan) -> dict[str, str]:
    return {o.bed: o.staff_no for o in plan.ownerships}


def words(plan: BedPlan) -> str:
    return "\n".join(str(note) for note in plan.notes)


TWO_TEAMS = (*team(1), *team(2))
GOOD = [
    ("3 3 3 3 3 3 2", ""),
    ("4 4 2 4 4 2", ""),
    ("1 1 1 1 1 1 1 1 1 1 5 5 4", ""),
    ("5 5 4 5 5 4", ""),
    ("3 3 3 3 3 3 2", "2 9 14"),
]


@pytest.mark.parametrize(("rooms", "empty"), GOOD)
def test_every_bed_gets_an_owner_within_caps_and_rooms_stay_whole(rooms, empty):
    plan = assign_beds(case(corridor(rooms, empty=empty), TWO_TEAMS))
    assert plan.is_fitting, words(plan)
    assert len(owner_of(plan)) == len(corridor(rooms))
    assert all(len(teams) == 1 for teams in plan.room_teams.values())
    for load in plan.owners:
        low, high = (1, 2) if load.post is Post.LEADER else (0, 4)
        assert low <= len(load.beds) <= high
    assert plan.record.status is SolveStatus.OPTIMAL


def test_a_team_with_patients_enough_gives_each_responsible_nurse_at_least_three():
    plan = assign_beds(case(corridor("3 3 4 3 3 4", empty="4"), TWO_TEAMS))
    for number in (1, 2):
        mine = [load for load in plan.owners if load.team == number]
        if sum(load.patients for load in mine) >= 10:
            assert all(load.patients >= 3 for load in mine if load.post is Post.RESPONSIBLE)


def test_with_fewer_than_ten_patients_the_third_owner_is_left_out():
    plan = assign_beds(case(corridor("4 4"), team(1)))
    assert Counter(load.post for load in plan.owners) == {Post.LEADER: 1, Post.RESPONSIBLE: 2}
    assert plan.is_fitting


def test_an_empty_bed_counts_as_a_bed_and_not_as_a_patient():
    plan = assign_beds(case(corridor("4 4 4", empty="1 2"), team(1)))
    assert sum(load.patients for load in plan.owners) == 10
    assert sum(len(load.beds) for load in plan.owners) == 12
    assert all(len(load.beds) <= load.most for load in plan.owners)


def test_neighbouring_rooms_go_to_one_team():
    plan = assign_beds(case(corridor("3 3 3 3 3 3 3 3"), TWO_TEAMS))
    along = [plan.room_teams[f"R{n}"][0] for n in range(1, 9)]
    assert sum(a != b for a, b in pairwise(along)) == 1


def test_workload_by_grade_is_even_between_teams_and_owners():
    beds = tuple(replace(b, load=10 if int(b.code) <= 4 else 2) for b in corridor("2 2 2 2 2 2 2 2 2 2"))
    plan = assign_beds(case(beds, TWO_TEAMS))
    loads = Counter[int]()
    for load in plan.owners:
        loads[load.team] += load.load
    assert abs(loads[1] - loads[2]) <= sum(b.load for b in beds) / 2 / 4


def test_todays_owners_are_kept():
    beds = corridor("3 3 3 3 3 3 2")
    first = owner_of(assign_beds(case(beds, TWO_TEAMS)))
    teams = {owner.staff_no: owner.team for owner in TWO_TEAMS}
    home = {bed: teams[staff_no] for bed, staff_no in first.items()}
    drifted = tuple(replace(bed, load=4) if bed.code in ("1", "8") else bed for bed in beds)
    again = assign_beds(case(drifted, TWO_TEAMS, present=first, home=home))
    assert again.changes == ()
    assert owner_of(again) == first


def test_a_bed_that_asks_for_a_level_goes_to_an_owner_who_has_it():
    beds = tuple(replace(b, minimum_level=Level.N3) if b.code in ("2", "5") else b for b in corridor("5 5"))
    plan = assign_beds(case(beds, team(1, level=Level.N1)))
    assert owner_of(plan)["2"] == owner_of(plan)["5"] == "L1"
    assert plan.is_fitting


def test_a_level_that_nobody_free_has_is_named():
    beds = tuple(replace(b, minimum_level=Level.N4) if b.code == "3" else b for b in corridor("5 5"))
    plan = assign_beds(case(beds, team(1, level=Level.N1)))
    assert words(plan).count("needs a nurse of level") == 1
    assert not plan.is_fitting


def test_too_many_beds_are_counted_with_the_smallest_changes_and_still_all_owned():
    plan = assign_beds(case(corridor("4 4 4 4 4 4 4 4"), TWO_TEAMS, spare={1: ("Spare",), 2: ()}))
    text = words(plan)
    assert "32 beds and its owners have places for 28: 4 too many" in text
    assert "1, 'names': ('Spare',)" in text
    assert "'cap': 4, 'raised': 5" in text
    assert len(owner_of(plan)) == 32
    assert not plan.is_fitting
    assert sum(len(load.beds) - load.most for load in plan.owners if load.is_over_cap) == 4


def test_the_changes_that_are_offered_would_do():
    beds = corridor("4 4 4 4 4 4 4 4")
    raised = tuple(replace(o, most=5) if o.post is Post.RESPONSIBLE else o for o in TWO_TEAMS)
    more = (*TWO_TEAMS, Owner("Spare", "Spare", 1, Post.RESPONSIBLE, Level.N2, 3, 4))
    assert assign_beds(case(beds, raised)).is_fitting
    assert assign_beds(case(beds, more)).is_fitting


def test_too_few_patients_are_counted_with_the_owners_to_leave_out():
    plan = assign_beds(case(corridor("3 3 3", empty="1 2 3"), TWO_TEAMS))
    (note,) = plan.notes
    assert "should have 14 patients; the ward has 6, 8 too few. 3 owners fewer would do." in str(note)


def test_owners_above_the_cap_are_named_in_one_sentence_that_adds_up_with_the_wards():
    plan = assign_beds(case(corridor("4 4 4 4 4 4 4 4"), TWO_TEAMS))
    said = [translator("zh")(note) for note in plan.notes]
    assert said[0] == "本病区共 32 张床，管床护士最多可管 28 张，超出 4 张。"
    assert [note for note in said if "第 " in note] == []
    (capped,) = [note for note in said if note.startswith("管床数超出上限的护士")]
    over = {load.staff_no for load in plan.owners if load.is_over_cap}
    assert all(owner.name in capped for owner in TWO_TEAMS if owner.staff_no in over)


def test_a_single_way_out_is_not_called_one_of_several():
    plan = assign_beds(case(corridor("9 9"), team(1)[:1]))
    said = [translator("zh")(note) for note in plan.notes]
    assert "解决办法：停用或借出 16 张床。" in said
    assert not any("任意一项" in note for note in said)


def test_a_team_left_without_a_bed_stays_in_the_table():
    plan = assign_beds(case(corridor("1"), TWO_TEAMS))
    assert {load.team for load in plan.owners} == {1, 2}
    assert sum(len(load.beds) for load in plan.owners) == 1


def test_a_room_is_divided_only_where_a_cap_would_break_otherwise():
    plan = assign_beds(case(corridor("20 2"), TWO_TEAMS))
    divided = [room for room, teams in plan.room_teams.items() if len(teams) > 1]
    assert divided == ["R1"]
    assert plan.is_fitting, words(plan)


def test_a_team_without_a_leader_still_gets_beds():
    owners = (*team(1), *team(2)[1:])
    plan = assign_beds(case(corridor("3 3 3 3 3 3"), owners))
    beds = defaultdict(int)
    for load in plan.owners:
        beds[load.team] += len(load.beds)
    assert beds[2] > 0
    assert plan.is_fitting, words(plan)


def test_the_same_seed_gives_the_same_owners():
    beds = corridor("3 2 4 3 1 3 4")
    assert owner_of(assign_beds(case(beds, TWO_TEAMS))) == owner_of(assign_beds(case(beds, TWO_TEAMS)))
