"""The most beds that owners can hold, against every way to give out the beds, and what the cover reaches."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest

from tests.solver.wards import ON
from wardteam.domain.people import Level
from wardteam.domain.teams import Role
from wardteam_solver.beds import BedState
from wardteam_solver.cover import DayCase, Holder, cover_days, most_owned
from wardteam_solver.cover.holders import FAR_OVER_CAP, LEVEL_GAP, OTHER_TEAM, OVER_CAP


def random_case(seed: int) -> DayCase:
    """Draw up to six beds and three holders, with owners off duty, high levels and low caps among them.

    A bed's team is its owner's; one without an owner has none.
    """
    rng = np.random.default_rng(seed)
    team_of = {name: int(rng.integers(1, 3)) for name in ("a", "b", "c", "away")}
    holders = tuple(
        Holder(name, name, team_of[name], Role.MEMBER, Level(int(rng.integers(3))), int(rng.integers(5)))
        for name in ("a", "b", "c")[: rng.integers(1, 4)]
    )
    beds = tuple(
        BedState(str(place), "R", 3, minimum_level=Level(int(rng.integers(3))))
        for place in range(rng.integers(1, 7))
    )
    owners = {bed.code: str(rng.choice(list(team_of))) for bed in beds if rng.random() < 0.9}
    teams = {bed: team_of[owner] for bed, owner in owners.items()}
    return DayCase(ON, beds, holders, owners, teams)


def broken(case: DayCase, held_by: tuple[Holder, ...]) -> int:
    """Price what a cover breaks, counted bed by bed and holder by holder."""
    cost = 0
    for bed, holder in zip(case.beds, held_by, strict=True):
        cost += LEVEL_GAP * (bed.minimum_level > holder.level)
        cost += OTHER_TEAM * (case.teams.get(bed.code, holder.team) != holder.team)
    counts = Counter(holder.staff_no for holder in held_by)
    for holder in case.holders:
        over = max(0, counts[holder.staff_no] - holder.most)
        cost += OVER_CAP * over + FAR_OVER_CAP * max(0, over - 2)
    return cost


def owned(case: DayCase, held_by: tuple[Holder, ...]) -> int:
    pairs = zip(case.beds, held_by, strict=True)
    return sum(case.owners.get(bed.code) == holder.staff_no for bed, holder in pairs)


def best(case: DayCase) -> tuple[int, int]:
    """Give the least that can be broken, and the most own beds among the covers that break no more."""
    ways = list(product(case.holders, repeat=len(case.beds)))
    least = min(broken(case, way) for way in ways)
    return least, max(owned(case, way) for way in ways if broken(case, way) == least)


@pytest.mark.parametrize("seed", range(60))
def test_the_flow_finds_what_trying_every_cover_finds(seed: int) -> None:
    case = random_case(seed)
    assert most_owned(case) == best(case)[1]


@pytest.mark.parametrize("seed", range(60))
def test_the_cover_reaches_the_most_that_the_roster_allows(seed: int) -> None:
    """It may leave owners more where their team copes: she keeps her beds above her cap."""
    case = random_case(seed)
    by_name = {holder.staff_no: holder for holder in case.holders}
    held = {cover.bed: by_name[cover.staff_no] for cover in cover_days([case]).covers}
    assert owned(case, tuple(held[bed.code] for bed in case.beds)) >= most_owned(case)


def test_nobody_on_duty_holds_nothing() -> None:
    case = random_case(0)
    assert most_owned(DayCase(ON, case.beds, (), case.owners, case.teams)) == 0
    assert most_owned(DayCase(ON, (), case.holders, {}, {})) == 0
