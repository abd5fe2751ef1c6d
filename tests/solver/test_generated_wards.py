"""Generated wards: what is hidden keeps every rule, the search finds a roster, a planted clash is named."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from wardteam.domain.roster import RosterCell, SolveStatus
from wardteam.services.bench_wards import (
    ClashResult,
    HiddenResult,
    hidden_report,
    is_within,
    measure_ward,
    measured_wards,
)
from wardteam.services.problem import build_problem
from wardteam_solver.benchmarks.clashes import MEASURED, ClashKind, clashing_ward
from wardteam_solver.benchmarks.wards import RECIPES, GeneratedWard, Tightness, generated_ward
from wardteam_solver.explain import why_impossible
from wardteam_solver.matrix import lay_out
from wardteam_solver.rules import Stage, configured

QUICK = (5, 6, 12)
"""Wards that are generated in a moment: very tight, of two weeks, and loose."""
SECONDS = 5.0


@pytest.fixture(scope="module")
def wards() -> dict[int, GeneratedWard]:
    return {number: generated_ward(number) for number in QUICK}


def assert_hidden_is_valid(ward: GeneratedWard) -> None:
    report = hidden_report(ward)
    assert report.hard == ()
    assert report.shortages == ()
    assert report.stage_costs[Stage.SHORTAGE] == 0


@pytest.mark.parametrize("number", QUICK)
def test_a_hidden_roster_keeps_every_hard_rule_and_every_minimum(wards, number) -> None:
    assert_hidden_is_valid(wards[number])


def test_a_very_tight_ward_asks_for_all_that_its_hidden_roster_has(wards) -> None:
    """Any duty that is taken out of it leaves a shift short."""
    ward = wards[5]
    assert ward.tightness is Tightness.VERY_TIGHT
    duties = [key for key, cell in ward.hidden.items() if any(cell.code == s.code for s in ward.book.shifts)]
    for key in duties[:: len(duties) // 3]:
        poorer = replace(ward, hidden={**ward.hidden, key: RosterCell("off")})
        assert hidden_report(poorer).shortages


def test_the_same_number_gives_the_same_ward(wards) -> None:
    assert generated_ward(6) == wards[6]
    assert generated_ward(6 + len(RECIPES)).hidden != wards[6].hidden


def test_the_measured_set_is_fourteen_hidden_and_seven_planted_in_the_asked_sizes() -> None:
    sizes = [recipe.size for recipe in RECIPES]
    assert len(RECIPES) == 14
    assert (min(s.nurses for s in sizes), max(s.nurses for s in sizes)) == (30, 60)
    assert (min(s.beds for s in sizes), max(s.beds for s in sizes)) == (35, 65)
    assert {s.teams for s in sizes} == {3, 4, 5, 6, 7}
    assert Counter(r.tightness for r in RECIPES)[Tightness.VERY_TIGHT] >= 4
    assert len({kind for kind, _ in MEASURED}) == 7


def test_fewer_wards_keep_the_share_of_clashes() -> None:
    found = list(measured_wards(2))
    assert [ward.planted is not None for ward in found] == [False, True]


def test_a_roster_is_found_for_a_loose_ward_in_seconds(wards) -> None:
    result = measure_ward(wards[6], seconds=SECONDS)
    assert isinstance(result, HiddenResult)
    assert result.is_good
    assert result.ratio is not None
    assert result.hidden_cost == hidden_report(wards[6]).cost


def explained(ward: GeneratedWard) -> bool:
    problem = build_problem(ward.book, ward.period, locked=ward.locked)
    clash = why_impossible(lay_out(problem, configured(ward.book.rule_settings)), seconds=SECONDS)
    return clash is not None and is_within(ward, clash)


@pytest.mark.parametrize("kind", [ClashKind.SENIORS_AWAY, ClashKind.BROKEN_REST, ClashKind.LOCKED_LEAVE])
def test_a_planted_clash_is_confirmed_and_named(kind) -> None:
    assert explained(clashing_ward(kind, 14))


def test_a_clash_beside_the_planted_one_is_not_taken_for_it() -> None:
    """The same locks a day later: the ward clashes, but not where it is said to."""
    ward = clashing_ward(ClashKind.BROKEN_REST, 14)
    day = timedelta(days=1)
    moved = {(staff_no, on + day): cell for (staff_no, on), cell in ward.locked.items()}
    assert not explained(replace(ward, locked=moved))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(RECIPES)))
def test_every_hidden_ward_gets_a_roster(number) -> None:
    ward = generated_ward(number)
    assert_hidden_is_valid(ward)
    result = measure_ward(ward, seconds=30.0)
    assert isinstance(result, HiddenResult)
    assert result.is_good


@pytest.mark.slow
@pytest.mark.parametrize("kind", ClashKind)
def test_every_planted_clash_is_named_by_the_plan(kind) -> None:
    result = measure_ward(clashing_ward(kind, dict(MEASURED).get(kind, 14)), seconds=30.0)
    assert isinstance(result, ClashResult)
    assert result.is_good
    assert result.status is SolveStatus.INFEASIBLE
    assert result.kind == kind.value
