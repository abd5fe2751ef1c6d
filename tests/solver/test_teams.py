"""The team planner: even, led, balanced, stable, and frank about clashes."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from tests.solver.wards import ON, nurse, random_ward, senior
from wardteam.domain.ladder import may_deputise, may_lead
from wardteam.domain.people import Title
from wardteam.domain.plans import TeamPlan
from wardteam.domain.roster import SolveStatus
from wardteam.domain.teams import Membership, Pair, PairKind, Role
from wardteam_solver.lexicographic import SolveLimits
from wardteam_solver.teams import balance_teams, team_case

LIMITS = SolveLimits(seed=1)
BEFORE = date(2025, 6, 1)


def small_ward(leaders: int = 3, seniors: int = 3, juniors: int = 9) -> tuple:
    """Arrange nurses by title: those who may lead, those who may deputise, and the rest."""
    return (
        *(senior(i) for i in range(leaders)),
        *(nurse(10 + i, Title.SENIOR_NURSE, years=6, in_title=4) for i in range(seniors)),
        *(nurse(20 + i, years=2) for i in range(juniors)),
    )


def placed(team_of: dict[str, int], **fields) -> tuple[Membership, ...]:
    return tuple(Membership(s, t, Role.MEMBER, BEFORE, **fields) for s, t in team_of.items())


def plan(nurses, teams=(1, 2, 3), **fields) -> TeamPlan:
    return balance_teams(team_case(nurses, on=ON, teams=teams, **fields), LIMITS)


def team_of(found: TeamPlan) -> dict[str, int]:
    return {m.staff_no: m.team for m in found.memberships}


def words(found: TeamPlan) -> str:
    return "\n".join(str(note) for note in found.notes)


SIZES = [(44, 5), (30, 3), (60, 6), (41, 4)]


@pytest.mark.parametrize(("count", "teams"), SIZES)
def test_a_ward_gets_even_teams_with_a_leader_and_a_deputy_who_qualify(count, teams):
    ward = random_ward(count + teams, nurses=count, teams=teams)
    found = plan(ward.nurses, tuple(range(1, teams + 1)))
    sizes = Counter(team_of(found).values())
    assert sum(sizes.values()) == count
    assert max(sizes.values()) - min(sizes.values()) <= 1
    for team in found.teams:
        leader, deputy = found.holder(team, Role.LEADER), found.holder(team, Role.DEPUTY)
        assert may_lead(ward.nurse(leader), ON)
        assert may_deputise(ward.nurse(deputy), ON)
        assert len(found.reasons[leader]) == len(found.reasons[deputy]) == 3
    assert found.record.status is SolveStatus.OPTIMAL
    assert found.notes == ()


def test_titles_levels_and_first_year_nurses_are_spread():
    found = plan(random_ward(3).nurses, (1, 2, 3, 4, 5))
    counted = {str(row.attribute): row for row in found.balance if row.decimals == 0}
    assert all(row.spread <= 1 for row in counted.values())
    assert sum(counted["Nurses"].figures) == 44
    years = next(row for row in found.balance if "Years" in str(row.attribute))
    assert years.spread <= 0.5 + 0.25


def test_balanced_teams_stay_as_they_are():
    ward = random_ward(5)
    first = plan(ward.nurses, (1, 2, 3, 4, 5))
    today = tuple(replace(m, start=BEFORE) for m in first.memberships)
    again = plan(ward.nurses, (1, 2, 3, 4, 5), memberships=today)
    assert again.moves == ()
    assert {m.staff_no: (m.team, m.role) for m in again.memberships} == {
        m.staff_no: (m.team, m.role) for m in first.memberships
    }


def test_after_a_swap_no_more_than_the_two_move_back():
    ward = random_ward(6)
    first = plan(ward.nurses, (1, 2, 3, 4, 5))
    homes = team_of(first)
    rng = random.Random(2)
    one, other = rng.sample(sorted(homes), 2)
    homes[one], homes[other] = homes[other], homes[one]
    again = plan(ward.nurses, (1, 2, 3, 4, 5), memberships=placed(homes))
    assert len(again.moves) <= 2
    assert again.record.status is SolveStatus.OPTIMAL


def test_pinned_members_stay_and_pairs_are_kept():
    nurses = small_ward()
    homes = {n.staff_no: 1 + i % 3 for i, n in enumerate(nurses)}
    pinned = {"S020": 2, "S021": 2, "S010": 3}
    pairs = (Pair("S022", "S023", PairKind.TOGETHER), Pair("S020", "S024", PairKind.APART))
    memberships = (
        *placed({s: t for s, t in homes.items() if s not in pinned}),
        *placed(pinned, is_pinned=True),
    )
    found = plan(nurses, memberships=memberships, pairs=pairs)
    places = team_of(found)
    assert pinned.items() <= places.items()
    assert places["S022"] == places["S023"]
    assert places["S020"] != places["S024"]
    assert {m.staff_no for m in found.memberships if m.is_pinned} == set(pinned)


def test_a_pinned_leader_keeps_the_team_and_the_role():
    nurses = (*small_ward(), replace(senior(9), service_since=date(2000, 1, 1)))
    today = (Membership("S001", 2, Role.LEADER, BEFORE, is_pinned=True),)
    assert plan(nurses, memberships=today).holder(2, Role.LEADER) == "S001"


def test_three_leaders_kept_together_are_named_as_the_clash_with_a_way_out():
    pairs = (Pair("S000", "S001", PairKind.TOGETHER), Pair("S001", "S002", PairKind.TOGETHER))
    found = plan(small_ward(leaders=3), pairs=pairs)
    assert "can't all hold" in words(found)
    assert "kept together" in str(found.notes[0].fields["reasons"])
    assert any("Nurse1" in reason.fields.values() for reason in found.notes[0].fields["reasons"])
    assert "Given up for now" in words(found)
    leaders = [found.holder(team, Role.LEADER) for team in found.teams]
    assert sorted(leaders) == ["S000", "S001", "S002"], "pairs are given up before leaders"


def test_a_pair_alone_that_clashes_is_offered_as_the_way_out():
    pairs = (Pair("S000", "S001", PairKind.TOGETHER), Pair("S020", "S021", PairKind.APART))
    found = plan(small_ward(leaders=3), pairs=pairs)
    clash = str(found.notes[0])
    assert "Nurse20" not in clash
    assert "Giving up any one of these would be enough" in words(found)


def test_too_few_leaders_leave_a_team_without_one_and_say_who_comes_next():
    found = plan(small_ward(leaders=2))
    assert "3 teams need 3 leaders, and 2 nurses qualify" in words(found)
    vacant = [team for team in found.teams if found.holder(team, Role.LEADER) is None]
    assert len(vacant) == 1
    assert found.holder(vacant[0], Role.DEPUTY) is not None
    assert f"Team {vacant[0]} has no leader who qualifies" in words(found)


def test_too_few_deputies_are_counted():
    assert "2 too few" in words(plan(small_ward(seniors=1)))


def test_more_pins_in_a_team_than_it_can_hold_are_counted_and_the_sizes_stay_even():
    nurses = small_ward()
    found = plan(nurses, memberships=placed({f"S02{i}": 1 for i in range(7)}, is_pinned=True))
    assert "7 nurses are pinned to team 1" in words(found)
    assert set(Counter(team_of(found).values()).values()) == {5}


def test_pins_that_cost_balance_are_named():
    nurses = small_ward(seniors=6)
    found = plan(nurses, memberships=placed({"S010": 1, "S011": 1, "S012": 1}, is_pinned=True))
    assert "more even without one of these" in words(found)
    assert "Nurse10" in words(found)


def test_a_nurse_on_long_leave_does_not_lead():
    found = plan(small_ward(leaders=4), unavailable=("S000",))
    assert "S000" not in {found.holder(team, Role.LEADER) for team in found.teams}


def test_the_wards_own_rule_decides_who_may_lead():
    nurses = small_ward(leaders=0, seniors=6)
    found = plan(nurses, leads=lambda n, on: n.title is Title.SENIOR_NURSE)
    assert found.notes == ()
    assert all(found.holder(team, Role.LEADER) for team in found.teams)


def test_the_same_seed_gives_the_same_teams():
    ward = random_ward(8)
    assert team_of(plan(ward.nurses, (1, 2, 3, 4, 5))) == team_of(plan(ward.nurses, (1, 2, 3, 4, 5)))


def test_fewer_than_two_nurses_a_team_are_refused():
    with pytest.raises(ValueError, match="two nurses each"):
        team_case(small_ward(2, 1, 0), on=ON, teams=(1, 2, 3))
