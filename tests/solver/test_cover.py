"""Cover of each day: one holder for every bed, caps and levels kept while they can be."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.solver.wards import ON
from wardteam.domain.beds import HolderKind
from wardteam.domain.people import Level
from wardteam.domain.teams import Role
from wardteam_solver.beds import BedState
from wardteam_solver.cover import DayCase, Holder, ZoneNurse, cover_days, zones

OWNERS = {
    **dict.fromkeys(("1", "2"), "L1"),
    **dict.fromkeys(("3", "4", "5", "6"), "1a"),
    **dict.fromkeys(("7", "8", "9"), "1b"),
    **dict.fromkeys(("10", "11", "12"), "1c"),
    **dict.fromkeys(("21", "22"), "L2"),
    **dict.fromkeys(("23", "24", "25"), "2a"),
}
TEAMS = {bed: 1 if int(bed) < 20 else 2 for bed in OWNERS}
BEDS = tuple(BedState(bed, f"R{(int(bed) + 2) // 3}", 3) for bed in OWNERS)
STAFF = {
    "L1": Holder("L1", "Leader1", 1, Role.LEADER, Level.N3, 4),
    "L2": Holder("L2", "Leader2", 2, Role.LEADER, Level.N3, 4),
    "D1": Holder("D1", "Deputy1", 1, Role.DEPUTY, Level.N2, 5),
    **{
        s: Holder(s, f"Nurse{s}", int(s[0]), Role.MEMBER, Level.N1, 5)
        for s in ("1a", "1b", "1c", "1d", "2a", "2b")
    },
}


def day(on_duty: str, offset: int = 0, beds=BEDS) -> DayCase:
    holders = tuple(STAFF[s] for s in on_duty.split())
    return DayCase(ON + timedelta(days=offset), beds, holders, OWNERS, TEAMS)


def held(case: DayCase) -> dict:
    return {cover.bed: cover for cover in cover_days([case]).covers}


def words(case: DayCase) -> str:
    return "\n".join(str(note) for note in cover_days([case]).notes)


EVERYONE = "L1 1a 1b 1c L2 2a"


def test_owners_on_duty_hold_their_own_beds():
    covers = held(day(EVERYONE))
    assert {bed: cover.staff_no for bed, cover in covers.items()} == OWNERS
    assert not any(cover.is_cover or cover.is_over_cap for cover in covers.values())


@pytest.mark.parametrize("absent", ["1a", "1b", "1c", "L1"])
def test_an_absent_owners_beds_go_to_teammates_within_caps(absent):
    present = " ".join(s for s in (*EVERYONE.split(), "1d") if s != absent)
    covers = held(day(present))
    assert set(covers) == set(OWNERS)
    for bed, cover in covers.items():
        assert cover.is_cover == (OWNERS[bed] == absent)
        assert STAFF[cover.staff_no].team == TEAMS[bed]
    counts = Counter(cover.staff_no for cover in covers.values())
    assert all(counts[s] <= STAFF[s].most for s in counts)


def test_the_kind_says_whether_leader_deputy_or_teammate_covers():
    kinds = {c.staff_no: c.kind for c in held(day("L1 D1 1d L2 2a")).values() if c.is_cover}
    assert kinds["D1"] is HolderKind.DEPUTY
    assert kinds["1d"] is HolderKind.TEAMMATE
    assert kinds.get("L1", HolderKind.LEADER) is HolderKind.LEADER


def test_cover_lasts_though_another_nurse_would_make_the_day_more_even():
    days = [day("L1 1b 1c 1d L2 2a"), day("L1 D1 1b 1c 1d L2 2a", 1)]
    first, second = {}, {}
    for cover in cover_days(days).covers:
        (first if cover.day == ON else second)[cover.bed] = cover.staff_no
    assert second == first
    assert "D1" in {cover.staff_no for cover in held(days[1]).values()}, "else the day proves nothing"


def test_workload_is_even_among_those_who_cover():
    covers = held(day("L1 1b 1c 1d L2 2a"))
    loads = Counter(c.staff_no for c in covers.values())
    assert max(loads[s] for s in ("1b", "1c", "1d")) - min(loads[s] for s in ("1b", "1c", "1d")) <= 1


def test_a_bed_or_two_above_the_cap_stay_in_the_team_and_are_marked():
    case = day("L1 1a L2 2a 2b")
    over = [cover for cover in held(case).values() if cover.is_over_cap]
    assert len(over) == 3
    assert {STAFF[cover.staff_no].team for cover in over} == {1}
    assert "above the cover cap" in words(case)


def test_a_team_without_anybody_is_held_by_the_other_team_and_marked():
    case = day("L1 1a 1b 1c")
    foreign = [c for c in held(case).values() if c.kind is HolderKind.OTHER_TEAM]
    assert {cover.bed for cover in foreign} == {bed for bed, team in TEAMS.items() if team == 2}
    assert "of team 2 are held by" in words(case)


def test_a_bed_is_held_by_the_level_it_asks_for():
    beds = tuple(replace(bed, minimum_level=Level.N2) if bed.code == "7" else bed for bed in BEDS)
    covers = held(day(EVERYONE, beds=beds))
    assert covers["7"].staff_no == "L1"
    assert covers["7"].kind is HolderKind.LEADER


def test_a_level_that_is_not_on_duty_is_named_and_the_bed_held_all_the_same():
    beds = tuple(replace(bed, minimum_level=Level.N4) if bed.code == "7" else bed for bed in BEDS)
    case = day(EVERYONE, beds=beds)
    assert "7" in held(case)
    assert "bed 7 needs a nurse of level" in words(case)


def test_a_day_without_anybody_is_said_and_not_failed():
    assert held(day("")) == {}
    assert "nobody is on duty" in words(day(""))


def test_every_bed_of_every_day_has_exactly_one_holder():
    rosters = ["L1 1a L2", "1b", "D1 1d 2b", "L1 1a 1b 1c L2 2a", "L2 2a 2b"]
    found = cover_days([day(on_duty, offset) for offset, on_duty in enumerate(rosters)])
    pairs = Counter((cover.day, cover.bed) for cover in found.covers)
    assert set(pairs.values()) == {1}
    assert len(pairs) == len(rosters) * len(BEDS)
    assert found.record.stages[0].objective == found.record.stages[0].bound


def nurses(*levels: Level) -> tuple[ZoneNurse, ...]:
    return tuple(ZoneNurse(f"Z{i}", i + 1, level) for i, level in enumerate(levels))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
def test_zones_cut_the_corridor_into_even_runs(count):
    found = zones(ON, "NIGHT", BEDS, nurses(*[Level.N2] * count), TEAMS)
    codes = [bed.code for bed in BEDS]
    runs = sorted((list(zone.beds) for zone in found), key=lambda run: codes.index(run[0]))
    assert [bed for run in runs for bed in run] == codes
    assert max(map(len, runs)) - min(map(len, runs)) <= 1


def test_zones_follow_levels_before_teams():
    beds = tuple(replace(bed, minimum_level=Level.N3) if bed.code == "1" else bed for bed in BEDS)
    found = {z.staff_no: z.beds for z in zones(ON, "NIGHT", beds, nurses(Level.N1, Level.N3), TEAMS)}
    assert "1" in found["Z1"]


def test_a_supervised_nurse_shares_the_preceptors_zone():
    staff = (
        ZoneNurse("A", 1, Level.N2),
        ZoneNurse("B", 2, Level.N3, is_preceptor=True),
        ZoneNurse("C", 1, Level.N0, is_supervised=True),
    )
    found = {z.staff_no: z.beds for z in zones(ON, "EVENING", BEDS, staff, TEAMS)}
    assert found["C"] == found["B"]
    assert set(found["A"]) | set(found["B"]) == set(OWNERS)


def test_an_owner_hands_a_bed_to_a_teammate_rather_than_pass_her_cap_with_one_that_only_she_may_hold():
    beds = tuple(replace(bed, minimum_level=Level.N2) if bed.code == "1" else bed for bed in BEDS)
    deputy = Holder("1a", "Nurse1a", 1, Role.DEPUTY, Level.N2, 4)
    others = tuple(STAFF[s] for s in ("1b", "1c", "1d", "L2", "2a"))
    covers = held(DayCase(ON, beds, (deputy, *others), OWNERS, TEAMS))
    assert covers["1"].staff_no == "1a"
    assert not any(cover.is_over_cap for cover in covers.values())
    assert sum(covers[bed].staff_no != "1a" for bed in ("3", "4", "5", "6")) == 1
