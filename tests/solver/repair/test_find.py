"""Ways to mend a roster: the first is the best of all there are, and the others really differ."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from tests.solver.kit import D, N, P, R, arrange, grid_of, need, nurse, ward_rule
from wardteam.domain.roster import SolveStatus
from wardteam_solver.matrix import lay_out
from wardteam_solver.problem import OFF
from wardteam_solver.repair import Prices, RepairCase, find_ways, units_missed
from wardteam_solver.repair.quick import Effort, search
from wardteam_solver.repair.whole import Whole, changes_between

SHIFTS = (D, N)
RULES = ("staffing", "rest", "off_after_nights", "seniority", "maximum_staffing", "single_day_off")


def case_of(rows, gone, *, needs, shifts=SHIFTS, levels=(), rules=RULES, **given):
    """Give the case of a roster from which some cells (nurse, day) fall away."""
    people = [nurse(n, level=levels[n] if levels else 3) for n in range(len(rows))]
    problem, grid = arrange(*rows, people=people, shifts=shifts)
    problem = replace(problem, needs=tuple(need(problem, *one) for one in needs))
    matrix = lay_out(problem, [ward_rule(code) for code in rules])
    after, may = grid.copy(), np.ones(grid.shape, dtype=np.bool_)
    for cell in gone:
        after[cell], may[cell] = OFF, False
    may &= given.pop("may_change", True)
    return RepairCase(matrix, after, may, units_missed(matrix, grid), **given)


def best_of_all(case) -> tuple[int, int] | None:
    """Try every roster there is; give the least shortage and then the least price."""
    places = [tuple(place) for place in np.argwhere(case.may_change).tolist()]
    options = range(-1, len(case.matrix.problem.options))
    best = None
    for choice in product(options, repeat=len(places)):
        grid = case.grid.copy()
        for place, option in zip(places, choice, strict=True):
            grid[place] = option
        beyond = units_missed(case.matrix, grid) > case.tolerated
        if (beyond & case.matrix.is_hard).any():
            continue
        way = case.way(changes_between(case.grid, grid))
        if best is None or (way.shortage, way.price) < best:
            best = (way.shortage, way.price)
    return best


def random_case(seed: int) -> RepairCase:
    rng = random.Random(seed)
    rows = ["".join(rng.choice("DN--") for _ in range(3)) for _ in range(3)]
    needs = [(day, code, rng.randint(0, 2)) for day in range(3) for code in "DN"]
    gone = [(0, day) for day in range(rng.randint(0, 1), 3)]
    levels = [rng.choice((0, 2, 3)) for _ in range(3)]
    return case_of(rows, gone, needs=needs, levels=levels, short_notice=frozenset({rng.randrange(3)}))


@pytest.mark.parametrize("seed", range(10))
def test_the_first_way_is_the_best_of_all_rosters(seed):
    case = random_case(seed)
    best, found = best_of_all(case), find_ways(case, seconds=60)
    if best is None:
        assert not found.ways
        return
    assert found.is_proven
    assert (found.ways[0].shortage, found.ways[0].price) == best


@pytest.mark.parametrize("seed", range(3))
def test_the_whole_model_finds_the_same_as_the_quick_search(seed):
    case = random_case(seed)
    best = best_of_all(case)
    result = Whole(case, seconds=30, workers=1, seed=0).solve(1, 0)
    if best is None:
        assert result.is_impossible
        return
    way = case.way(result.found[0])
    assert (way.shortage, way.price) == best
    assert all(stage.status is SolveStatus.OPTIMAL for stage in result.stages)


def test_without_a_gap_nobody_is_disturbed():
    case = case_of(["DD", "DD"], [(0, 0)], needs=[(0, "D", 1), (1, "D", 1)])
    assert find_ways(case).ways[0].changes == ()


def test_on_call_is_called_in_before_a_day_off_is_taken():
    rows, shifts = ["D", "-", "R"], (D, R)
    gap = {"needs": [(0, "D", 1), (0, "R", 1)], "shifts": shifts, "rules": ("staffing",)}
    case = case_of(rows, [(0, 0)], on_call=frozenset({(2, 0)}), **gap)
    ways = find_ways(case).ways
    assert [case.kind(way.changes) for way in ways] == ["call_in", "day_off", "none"]
    dear = replace(case, prices=Prices(call_in=50))
    assert [case.kind(way.changes) for way in find_ways(dear).ways] == ["day_off", "call_in", "none"]


def test_frozen_and_locked_cells_and_shifts_that_began_are_never_touched():
    rows, needs = ["D-", "--", "--"], [(0, "D", 1)]
    may = np.asarray([[True, True], [False, True], [True, True]])
    case = case_of(rows, [(0, 0)], needs=needs, may_change=may)
    assert find_ways(case).ways[0].changes == ((2, 0, 0),)
    begun = replace(case, begun=frozenset({(0, 0)}))
    found = find_ways(begun)
    assert found.ways[0].changes == ()
    assert found.ways[0].shortage == 1000


def test_ways_differ_in_whom_they_disturb_and_come_in_their_order():
    rows = ["D--", *["---"] * 4, "P--"]
    case = case_of(rows, [(0, 0)], needs=[(0, "D", 1)], shifts=(D, P, N), rules=("staffing",))
    ways = find_ways(case, count=5).ways
    people = [way.people for way in ways]
    assert len(people) == len(set(people)) == 5
    assert [(w.shortage, w.price) for w in ways] == sorted((w.shortage, w.price) for w in ways)
    assert case.kind(ways[0].changes) == "move"


def test_a_shortage_that_stood_before_is_not_this_repairs_to_mend():
    case = case_of(["D-", "--"], [], needs=[(0, "D", 1), (1, "D", 2)])
    assert find_ways(case).ways[0].changes == ()


def test_a_search_that_ran_out_says_what_it_proved():
    case = case_of(["D--", "---", "---"], [(0, 0)], needs=[(0, "D", 1)])
    stopped = search(case, Effort(positions=0))
    assert not stopped.is_proven
    assert stopped.bound <= find_ways(case).ways[0].price


def test_grids_come_from_patterns():
    case = case_of(["D-", "-N"], [], needs=[])
    assert (case.grid == grid_of(case.matrix.problem, ["D-", "-N"])).all()
