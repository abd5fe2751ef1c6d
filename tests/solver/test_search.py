"""The staged search: hard rules always kept, never worse than its start, stopping, proofs, small optima."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import numpy as np
import pytest

from tests.solver.kit import D, N, P, arrange, ban, day_off, lock, need, nurse, ward_rule
from wardteam.domain.roster import SolveStatus
from wardteam.domain.rules import Severity
from wardteam_solver.check import Checker
from wardteam_solver.matrix import Grid, Matrix, lay_out
from wardteam_solver.problem import OFF, FairShare, Problem
from wardteam_solver.rules import WARD_RULES, Stage
from wardteam_solver.search.best import score, stage_costs
from wardteam_solver.search.budget import Budget, Incumbent
from wardteam_solver.search.fix_and_optimise import improve
from wardteam_solver.search.planner import find_roster
from wardteam_solver.search.weighted_sum import solve_weighted_sum

BRIEF = 1.0


def ward(seed: int = 0, *, nurses: int = 8, days: int = 14) -> Matrix:
    """Ask a few nurses for evenings, nights and days, with wishes and shares that can't all be met."""
    rng = random.Random(seed)
    people = tuple(
        nurse(n, level=2 + n % 2, minutes_owed=480 * days * 5 // 7, is_preceptor=n < 2) for n in range(nurses)
    )
    problem, _ = arrange(*["-" * days] * nurses, people=people, shifts=(D, P, N))
    wishes = tuple(day_off(rng.randrange(nurses), rng.randrange(days), rng.randint(1, 3)) for _ in range(20))
    shares = tuple(FairShare("night", n, 1, 2) for n in range(nurses))
    needs = [need(problem, day, "N", 1) for day in range(days)]
    needs += [need(problem, day, "P", 1, 2) for day in range(days)]
    needs += [need(problem, day, "D", 2, 3) for day in range(days)]
    problem = replace(problem, needs=tuple(needs), requests=wishes, fair_shares=shares)
    rules = [r for r in WARD_RULES if r.code not in ("clock_staffing", "double_staffing")]
    return lay_out(problem, rules)


def valid_start(matrix: Matrix) -> Grid:
    """Give a roster that keeps every hard rule: nobody works."""
    grid = matrix.empty_grid()
    rules = tuple(r for r in matrix.rules if r.code != "seniority")
    assert Checker(lay_out(matrix.problem, rules)).check(grid).is_valid
    return grid


def without_seniority(matrix: Matrix) -> Matrix:
    return lay_out(matrix.problem, [r for r in matrix.rules if r.code != "seniority"])


@pytest.mark.parametrize("seed", range(2))
def test_a_roster_that_is_found_keeps_every_hard_rule(seed: int) -> None:
    matrix = ward(seed)
    seen: list[Incumbent] = []
    outcome = find_roster(matrix, Budget(BRIEF, workers=1, seed=seed, watcher=seen.append))
    assert outcome.grid is not None
    assert Checker(matrix).check(outcome.grid).is_valid
    assert all(Checker(matrix).check(incumbent.grid).is_valid for incumbent in seen)
    assert outcome.seconds_to_first is not None


@pytest.mark.parametrize("seed", range(2))
def test_improving_never_makes_a_roster_worse_in_the_order_of_the_stages(seed: int) -> None:
    matrix = without_seniority(ward(seed))
    seen: list[tuple[int, ...]] = []
    budget = Budget(
        60.0,
        workers=2,
        seed=seed,
        watcher=lambda found: seen.append(found.costs),
        should_stop=lambda: len(seen) >= 3,
    )
    start = valid_start(matrix)
    found = improve(matrix, start, budget, until=60.0)
    assert score(matrix, found) < score(matrix, start)
    assert seen == sorted(seen, reverse=True)
    assert score(matrix, found)[1:] == seen[-1]


def test_a_search_is_never_worse_than_the_roster_it_begins_from() -> None:
    """Whatever the first solve finds, and where it has no time to find anything at all."""
    matrix = ward()
    good = find_roster(matrix, Budget(1.5, workers=1)).grid
    assert good is not None
    again = find_roster(matrix, Budget(0.3, workers=1, seed=5), good)
    assert again.grid is not None
    assert score(matrix, again.grid) <= score(matrix, good)
    hopeless = find_roster(matrix, Budget(60.0, should_stop=lambda: True), good)
    assert hopeless.grid is not None
    assert score(matrix, hopeless.grid) <= score(matrix, good)


def test_a_start_that_breaks_a_hard_rule_is_mended() -> None:
    matrix = ward()
    start = np.full_like(matrix.empty_grid(), 2)
    outcome = find_roster(matrix, Budget(BRIEF, workers=1), start)
    assert outcome.grid is not None
    assert Checker(matrix).check(outcome.grid).is_valid


def test_stopping_keeps_the_best_so_far() -> None:
    matrix = ward()
    seen: list[Incumbent] = []
    budget = Budget(600.0, workers=1, watcher=seen.append, should_stop=lambda: len(seen) >= 3)
    outcome = find_roster(matrix, budget)
    assert outcome.grid is not None
    assert Checker(matrix).check(outcome.grid).is_valid
    assert stage_costs(matrix, outcome.grid) <= min(found.costs for found in seen)


@pytest.mark.parametrize("seed", range(3))
def test_a_bound_never_lies_above_what_was_reached(seed: int) -> None:
    matrix = ward(seed)
    outcome = find_roster(matrix, Budget(BRIEF, workers=1, seed=seed))
    assert outcome.grid is not None
    costs = stage_costs(matrix, outcome.grid)
    assert [s.name for s in outcome.stages] == [stage.name.lower() for stage in Stage]
    for stage, result in zip(Stage, outcome.stages, strict=True):
        assert result.objective == costs[stage]
        assert result.bound is not None
        assert 0 <= result.bound <= costs[stage]
        assert (result.status is SolveStatus.OPTIMAL) == (result.bound == costs[stage])


def every_grid(problem: Problem) -> itertools.product[tuple[int, ...]]:
    cells = len(problem.people) * problem.day_count
    return itertools.product(range(OFF, len(problem.options)), repeat=cells)


def best_of_all(matrix: Matrix) -> tuple[int, ...] | None:
    """Try every roster there is."""
    shape = matrix.empty_grid().shape
    found = (score(matrix, np.asarray(g, dtype=np.int64).reshape(shape)) for g in every_grid(matrix.problem))
    return min((reached[1:] for reached in found if not reached[0]), default=None)


def tiny(seed: int) -> Matrix:
    """Ask two nurses for too much on three days: an early shift, a late one, wishes, a bar or a lock."""
    rng = random.Random(seed)
    bars = (ban("barred_shift", range(rng.randrange(3), 3), "P"),)
    people = (nurse(0, bans=bars, minutes_owed=960), nurse(1, minutes_owed=480))
    problem, _ = arrange("---", "---", people=people, shifts=(D, P))
    needs = [need(problem, d, c, rng.randint(0, 2), 2) for d in range(3) for c in ("D", "P")]
    wishes = tuple(day_off(rng.randrange(2), rng.randrange(3), rng.randint(1, 3)) for _ in range(3))
    shares = tuple(FairShare("evening", n, 1, 1) for n in range(2))
    locks = (lock(1, rng.randrange(3), rng.choice((OFF, 0))),)
    problem = replace(problem, needs=tuple(needs), requests=wishes, fair_shares=shares, locks=locks)
    rules = [r for r in WARD_RULES if r.code not in ("clock_staffing", "seniority")]
    return lay_out(problem, rules)


@pytest.mark.parametrize("seed", range(8))
def test_tiny_problems_reach_the_best_of_all_rosters_and_prove_it(seed: int) -> None:
    matrix = tiny(seed)
    outcome = find_roster(matrix, Budget(5.0, workers=1, seed=seed))
    assert outcome.grid is not None
    assert stage_costs(matrix, outcome.grid) == best_of_all(matrix)
    assert outcome.status is SolveStatus.OPTIMAL
    assert all(stage.bound == stage.objective for stage in outcome.stages)


def test_a_shortage_that_must_be_is_proven() -> None:
    problem, _ = arrange("-----", shifts=(D,))
    problem = replace(problem, needs=tuple(need(problem, d, "D", 2) for d in range(5)))
    matrix = lay_out(problem, [ward_rule("staffing")])
    outcome = find_roster(matrix, Budget(3.0, workers=1))
    shortage = outcome.stages[Stage.SHORTAGE]
    assert (shortage.objective, shortage.bound, shortage.status) == (5000, 5000, SolveStatus.OPTIMAL)


def test_proven_optima_end_the_search_early() -> None:
    """A budget of ten minutes: without the early end this test would never be waited for."""
    outcome = find_roster(tiny(1), Budget(600.0, workers=1))
    assert outcome.status is SolveStatus.OPTIMAL


IMPOSSIBLE = {
    "a lock on a barred shift": {"locks": (lock(0, 0, 1),)},
    "two locks without rest": {"locks": (lock(1, 0, 1), lock(1, 1, 0))},
}


@pytest.mark.parametrize("fields", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_is_impossible_is_said_to_be_so(fields: dict[str, object]) -> None:
    people = (nurse(0, bans=(ban("barred_shift", range(3), "P"),)), nurse(1))
    problem, _ = arrange("---", "---", people=people, shifts=(D, P), **fields)
    rules = [ward_rule(code) for code in ("locked", "barred_shift", "rest")]
    matrix = lay_out(problem, rules)
    assert best_of_all(matrix) is None
    outcome = find_roster(matrix, Budget(3.0, workers=1))
    assert (outcome.grid, outcome.status) == (None, SolveStatus.INFEASIBLE)


def test_no_time_is_never_taken_for_impossible() -> None:
    outcome = find_roster(ward(), Budget(60.0, should_stop=lambda: True))
    assert outcome.grid is None
    assert outcome.status is SolveStatus.UNKNOWN


@pytest.mark.parametrize("seed", range(4))
def test_random_tiny_wards_are_infeasible_only_where_no_roster_exists(seed: int) -> None:
    """Staffing made hard: for some needs there is a roster, for others none."""
    matrix = tiny(seed)
    hard = [replace(r, severity=Severity.HARD) if r.code == "staffing" else r for r in matrix.rules]
    strict = lay_out(matrix.problem, hard)
    outcome = find_roster(strict, Budget(5.0, workers=1, seed=seed))
    best = best_of_all(strict)
    assert (outcome.status is SolveStatus.INFEASIBLE) == (best is None)
    assert (None if outcome.grid is None else stage_costs(strict, outcome.grid)) == best


def test_the_weighted_sum_finds_the_same_optimum_on_tiny_problems() -> None:
    matrix = tiny(2)
    found = solve_weighted_sum(matrix, Budget(5.0, workers=1))
    assert found.grid is not None
    assert found.status is SolveStatus.OPTIMAL
    assert found.bound == pytest.approx(1.0)
    assert stage_costs(matrix, found.grid) == best_of_all(matrix)


def test_the_weighted_sum_finds_nothing_where_there_is_nothing() -> None:
    problem, _ = arrange("--", shifts=(D, P), locks=(lock(0, 0, 1), lock(0, 1, 0)))
    matrix = lay_out(problem, [ward_rule("rest"), ward_rule("locked")])
    found = solve_weighted_sum(matrix, Budget(3.0, workers=1))
    assert (found.grid, found.status) == (None, SolveStatus.UNKNOWN)
