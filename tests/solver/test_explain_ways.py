"""A core is minimal by rosters found without each fact; ways are priced, verified and of different kinds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.solver.kit import ban, lock
from tests.solver.test_explain import NIGHT, PLANTED, explained, laid, seniors_away, ward, with_person
from wardteam_solver.explain import WayKind, why_impossible
from wardteam_solver.explain.rows import hard_rows, is_confirmed_clash, keeps, restricted, settled
from wardteam_solver.explain.way_prices import fixed_points, unit_points
from wardteam_solver.explain.wording import rows_of_facts


@pytest.mark.parametrize("name", PLANTED)
def test_without_each_fact_of_a_minimal_clash_a_roster_keeps_the_others(name: str) -> None:
    matrix = laid(PLANTED[name][0])
    clash = explained(PLANTED[name][0])
    core = tuple(row for row in hard_rows(matrix) if matrix.limits[row] in clash.limits)
    groups = rows_of_facts(matrix, core)
    assert clash.is_minimal
    assert is_confirmed_clash(matrix, core, 9)
    assert sum(map(len, groups)) == len(core)
    for group in groups:
        rest = [row for row in core if row not in group]
        found = settled(matrix, rest, 9)
        assert found.is_possible is True
        assert found.grid is not None
        assert keeps(restricted(matrix, rest), found.grid)


def test_two_independent_clashes_have_a_way_of_several_steps_that_is_enough() -> None:
    """A locked night before leave, and seniors away on another day: no single kind of change frees both."""
    problem = with_person(seniors_away(ward(), 8), 3, bans=(ban("pregnancy", range(14), "N"),))
    clash = explained(replace(problem, locks=(lock(3, 2, NIGHT),)))
    whole = [way for way in clash.ways if way.is_enough]
    assert whole
    assert len(whole[0].steps) > 1
    assert WayKind.UNLOCK in {step.kind for step in whole[0].steps}
    assert [way.is_enough for way in clash.ways if len(way.steps) == 1] == [False] * (len(clash.ways) - 1)


def test_lending_a_senior_is_cheaper_than_switching_the_rule_off() -> None:
    assert unit_points(WayKind.BORROW, "seniority") < unit_points(WayKind.BEND, "seniority")
    assert 5 * unit_points(WayKind.BORROW, "seniority") < fixed_points(WayKind.SWITCH_OFF)
    assert fixed_points(WayKind.BEND) == 0


def test_up_to_three_ways_are_of_different_kinds() -> None:
    ways = explained(seniors_away(ward(), 8)).ways
    assert len(ways) == 3
    assert len({way.kind for way in ways}) == 3


def test_a_stopped_explanation_tries_no_ways() -> None:
    clash = why_impossible(laid(seniors_away(ward(), 8)), should_stop=lambda: True)
    assert clash is None or (clash.ways == () and not clash.is_minimal)


def test_each_step_is_told_as_it_begins() -> None:
    told: list[str] = []
    why_impossible(laid(seniors_away(ward(), 8)), tell=told.append)
    assert told == ["confirm", "narrow", "ways"]
