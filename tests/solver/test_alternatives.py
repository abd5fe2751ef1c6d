"""Ways out equal the enumeration of tiny wards; nothing is called impossible that is possible."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from tests.solver.kit import SHIFTS, arrange, ban, day_off, need, nurse, ward_rule
from tests.solver.samples import EVERY_RULE, mixed, random_grid, random_problem
from wardteam.domain.roster import SolveStatus
from wardteam_solver.explain.alone import changed_alone, missing, standing_against
from wardteam_solver.explain.alternatives import Answer, Inquiry
from wardteam_solver.explain.bearing import missed_here, rows_of_cell
from wardteam_solver.matrix import Grid, Matrix, lay_out
from wardteam_solver.problem import OFF
from wardteam_solver.rules import WARD_RULES, Stage
from wardteam_solver.search.best import stage_costs
from wardteam_solver.search.least_change import Asked, Cells, no_worse, solve_around

DAY, EVENING = SHIFTS[0], replace(SHIFTS[2], minimum_senior=None)
RULES = (
    ward_rule("staffing"),
    ward_rule("barred_shift"),
    ward_rule("rest"),
    ward_rule("wishes"),
    ward_rule("single_day_off"),
    ward_rule("wished_staffing"),
)


def tiny(seed: int) -> tuple[Matrix, Grid]:
    """Make three nurses over three days with two shifts, needs, wishes and a ban: 3^9 rosters."""
    rng = random.Random(seed)
    people = tuple(
        nurse(n, bans=(ban("barred_shift", range(rng.randrange(3), 3), "P"),) if n == 2 else ())
        for n in range(3)
    )
    problem, _ = arrange("---", "---", "---", people=people, shifts=(DAY, EVENING))
    problem = replace(
        problem,
        needs=tuple(need(problem, day, code, 1, 1 + rng.randrange(2)) for day in range(3) for code in "DP"),
        requests=tuple(day_off(rng.randrange(3), rng.randrange(3), rng.randint(1, 3)) for _ in range(3)),
    )
    grid = np.asarray([[rng.choice((OFF, 0, 1)) for _ in range(3)] for _ in range(3)], dtype=np.int64)
    return lay_out(problem, RULES), grid


def every_roster(matrix: Matrix, cells: Cells) -> list[Grid]:
    people, days = matrix.empty_grid().shape
    options = range(OFF, len(matrix.problem.options))
    choices = [sorted(cells.get(cell, options)) for cell in np.ndindex(people, days)]
    return [np.asarray(values, dtype=np.int64).reshape(people, days) for values in product(*choices)]


def keeps_hard(matrix: Matrix, grid: Grid) -> bool:
    return not missing(matrix, matrix.activity(matrix.point(grid)))[matrix.is_hard].any()


def asked_once(matrix: Matrix, grid: Grid, cells: Cells, *, seconds: float = 20.0) -> Answer:
    kept = np.zeros(grid.shape, dtype=np.bool_)
    return Inquiry(matrix, grid, kept, seconds, 1).ask([cells])[0]


@pytest.mark.parametrize("seed", range(4))
def test_the_cheapest_way_out_equals_the_enumeration(seed: int) -> None:
    matrix, grid = tiny(seed)
    rng = random.Random(seed)
    cell = (rng.randrange(3), rng.randrange(3))
    option = rng.choice([k for k in (OFF, 0, 1) if k != grid[cell]])
    cells = {cell: frozenset({option})}
    tolerant = no_worse(matrix, grid)
    asked = Asked(tolerant, grid, cells)
    found = asked_once(matrix, grid, cells)
    values = [asked.value(g) for g in every_roster(matrix, cells) if keeps_hard(tolerant, g)]
    if not values:
        assert found.grid is None
        assert found.against or found.is_impossible
        return
    assert found.is_best
    assert found.status is SolveStatus.OPTIMAL
    assert found.grid is not None
    assert asked.value(found.grid) == min(values) == found.bound
    assert asked.meets(found.grid)


@pytest.mark.parametrize("seed", range(8))
def test_the_models_value_is_the_counted_one_over_every_rule(seed: int) -> None:
    rng = random.Random(seed)
    problem = random_problem(rng, people=3, days=5)
    rules = tuple(r for r in mixed(rng, EVERY_RULE))
    matrix = lay_out(problem, rules)
    grid = random_grid(rng, problem)
    cells = {(0, 2): frozenset({OFF}) if grid[0, 2] != OFF else frozenset({0, 1, 2})}
    asked = Asked(no_worse(matrix, grid), grid, cells)
    part = np.ones(grid.shape, dtype=np.bool_)
    found = solve_around(asked, part, changed_alone(matrix, grid, cells).grid, seconds=10)
    if found.grid is not None and found.status is SolveStatus.OPTIMAL:
        assert asked.value(found.grid) == found.bound


def test_a_rule_of_the_cell_itself_bars_it_and_nothing_is_solved() -> None:
    people = (nurse(0, bans=(ban("barred_shift", range(3), "P"),)), nurse(1))
    problem, grid = arrange("DDD", "PPP", people=people, shifts=(DAY, EVENING))
    found = asked_once(lay_out(problem, RULES), grid, {(0, 1): frozenset({1})})
    assert [v.rule.code for v in found.against] == ["barred_shift"]
    assert found.grid is None
    assert found.status is SolveStatus.INFEASIBLE
    assert not found.seconds


def test_a_cell_with_one_option_open_has_nothing_against_it() -> None:
    people = (nurse(0, bans=(ban("barred_shift", range(3), "P"),)), nurse(1))
    problem, _ = arrange("DDD", "PPP", people=people, shifts=(DAY, EVENING))
    matrix = lay_out(problem, RULES)
    assert standing_against(matrix, {(0, 1): frozenset({1})})
    assert not standing_against(matrix, {(0, 1): frozenset({0, 1})})
    assert not standing_against(matrix, {(0, 1): frozenset({1, OFF})})


@pytest.mark.parametrize("seed", range(2))
def test_what_is_said_to_stand_against_a_cell_breaks_in_every_roster(seed: int) -> None:
    matrix, grid = tiny(seed)
    for cell in np.ndindex(grid.shape):
        for option in (OFF, 0, 1):
            cells = {cell: frozenset({option})}
            if standing_against(matrix, cells):
                assert not any(keeps_hard(matrix, g) for g in every_roster(matrix, cells))


def test_no_time_gives_the_immediate_answer_and_never_impossible() -> None:
    problem, grid = arrange("DDD", "PPP", shifts=(DAY, EVENING))
    problem = replace(problem, needs=(need(problem, 1, "D", 1),))
    found = asked_once(
        lay_out(problem, (ward_rule("staffing"),)), grid, {(0, 1): frozenset({OFF})}, seconds=0.01
    )
    assert [v.rule.code for v in found.alone.broken] == ["staffing"]
    assert not found.is_impossible
    assert not found.is_best


def test_kept_cells_stay_and_the_rest_mends() -> None:
    problem, grid = arrange("D", "-", "-", shifts=(DAY, EVENING))
    problem = replace(problem, needs=(need(problem, 0, "D", 1),))
    matrix = lay_out(problem, (ward_rule("staffing"),))
    kept = np.asarray([[False], [True], [False]])
    found = Inquiry(matrix, grid, kept, 10, 1).ask([{(0, 0): frozenset({OFF})}])[0]
    assert found.grid is not None
    assert found.grid.tolist() == [[OFF], [OFF], [0]]


def test_a_roster_that_breaks_a_hard_rule_already_can_still_be_asked() -> None:
    problem, grid = arrange("PD-", "-D-", shifts=(DAY, EVENING))
    matrix = lay_out(problem, (ward_rule("rest"), ward_rule("wished_staffing")))
    found = asked_once(matrix, grid, {(1, 1): frozenset({OFF})})
    assert found.grid is not None
    assert found.is_best


def test_the_rows_of_a_cell_are_those_that_change_with_it() -> None:
    rng = random.Random(3)
    problem = random_problem(rng, people=3, days=6)
    matrix = lay_out(problem, WARD_RULES)
    grid = random_grid(rng, problem)
    touched = set(rows_of_cell(matrix, 1, 3).tolist())
    before = matrix.activity(matrix.point(grid))
    for option in range(OFF, len(problem.options)):
        changed = grid.copy()
        changed[1, 3] = option
        moved = np.flatnonzero(matrix.activity(matrix.point(changed)) != before)
        assert set(moved.tolist()) <= touched
    assert all(v.amount for v in missed_here(matrix, grid, 1, 3))


def test_changing_a_cell_alone_tells_what_gets_worse_and_what_better() -> None:
    problem, grid = arrange("D-D", "-D-", shifts=(DAY, EVENING))
    problem = replace(problem, requests=(day_off(0, 0, 2),), needs=(need(problem, 0, "D", 1),))
    matrix = lay_out(problem, RULES)
    alone = changed_alone(matrix, grid, {(0, 0): frozenset({OFF})})
    assert {v.rule.code for v in alone.broken} >= {"staffing"}
    assert {v.rule.code for v in alone.mended} >= {"wishes"}
    before, after = stage_costs(matrix, grid), stage_costs(matrix, alone.grid)
    assert after[Stage.WISHES] - before[Stage.WISHES] == -20


def test_impossible_is_said_where_two_solves_confirm_it() -> None:
    problem, grid = arrange("-", "-", shifts=(DAY, EVENING))
    hard = ward_rule("maximum_staffing")
    most = need(problem, 0, "D", 0)._replace(maximum=1)
    least = replace(ward_rule("staffing"), severity=hard.severity)
    needs = (most, need(problem, 0, "P", 1))
    grid = np.asarray([[0], [1]], dtype=np.int64)
    matrix = lay_out(replace(problem, needs=needs), (least, hard))
    found = asked_once(matrix, grid, {(1, 0): frozenset({0})})
    assert found.grid is not None
    kept = np.asarray([[True], [False]])
    barred = Inquiry(matrix, grid, kept, 10, 1).ask([{(1, 0): frozenset({0})}])[0]
    assert barred.is_impossible
    assert barred.grid is None
