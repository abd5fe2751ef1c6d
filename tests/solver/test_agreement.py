"""The interpreters agree: a roster pinned into the model costs, and breaks, what the checker says."""

from __future__ import annotations

import random

import numpy as np
import pytest
from ortools.sat.python import cp_model

from tests.solver.samples import EVERY_RULE, mixed, random_grid, random_problem, with_severity
from wardteam.domain.rules import Severity
from wardteam_solver.check import Checker
from wardteam_solver.cpsat import FREE, Model, build, no_fixing
from wardteam_solver.matrix import Grid, Ints, Matrix, lay_out
from wardteam_solver.problem import Problem
from wardteam_solver.rules import Rule, Stage

MANY_STAGES = {Stage.SHORTAGE: 1, Stage.FAIRNESS: 1, Stage.WISHES: 1, Stage.QUALITY: 1}


def solved(model: Model) -> tuple[bool, cp_model.CpSolver]:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    code = solver.solve(model.proto)
    assert code in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return code == cp_model.OPTIMAL, solver


def pinned(model: Model, grid: Grid) -> Model:
    """Fix the cells of a free model by equalities; derived columns and slacks stay free."""
    values = model.matrix.point(grid)
    for column, variable in model.variables.items():
        if column < model.matrix.cell_count:
            model.proto.add(variable == int(values[column]))
    return model


def stage_costs(model: Model, solver: cp_model.CpSolver) -> dict[Stage, int]:
    return {stage: int(solver.value(model.objective({stage: 1}))) for stage in Stage}


def fixing(matrix: Matrix, grid: Grid, rng: random.Random, free_cells: float) -> Ints:
    """Fix some whole cells, and each derived column that has no free cell or that a fixed one settles."""
    problem, width = matrix.problem, len(matrix.problem.options)
    places = len(problem.people) * problem.day_count
    is_free = np.repeat(np.asarray([rng.random() < free_cells for _ in range(places)]), width)
    values = matrix.point(grid)
    fixed = np.where(np.concatenate([is_free, np.zeros(len(matrix.parts), dtype=np.bool_)]), FREE, values)
    for index, parts in enumerate(matrix.parts):
        cells = [cell for part in parts for cell in part]
        if any(is_free[cell] for cell in cells) and not any(fixed[cell] == 1 for cell in cells):
            fixed[matrix.cell_count + index] = FREE
    return fixed


def sampled(
    seed: int, severity: Severity, rules: tuple[Rule, ...] = EVERY_RULE
) -> tuple[Problem, Matrix, random.Random]:
    rng = random.Random(seed)
    problem = random_problem(rng)
    return problem, lay_out(problem, with_severity(rules, severity)), rng


@pytest.mark.parametrize("seed", range(12))
def test_a_pinned_roster_costs_what_the_checker_counts_stage_by_stage(seed: int) -> None:
    problem, matrix, rng = sampled(seed, Severity.SOFT)
    grid = random_grid(rng, problem)
    model = pinned(build(matrix), grid)
    model.minimize(MANY_STAGES)
    is_feasible, solver = solved(model)
    verdict = Checker(matrix).check(grid)
    assert is_feasible
    assert stage_costs(model, solver) == {stage: verdict.stage_cost(stage) for stage in Stage}
    assert np.array_equal(model.grid(solver), grid)


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.code)
def test_a_pinned_roster_is_impossible_exactly_where_the_checker_finds_a_hard_violation(rule: Rule) -> None:
    seen = set()
    for seed in range(12):
        problem, matrix, rng = sampled(seed, Severity.HARD, (rule,))
        grid = random_grid(rng, problem, duty=(0.1, 0.4, 0.9)[seed % 3], alike=(0.1, 0.8)[seed % 2])
        verdict = Checker(matrix).check(grid)
        model = build(matrix, matrix.point(grid)) if seed % 2 else pinned(build(matrix), grid)
        is_feasible, _ = solved(model)
        assert is_feasible == verdict.is_valid
        seen.add(is_feasible)
    assert False in seen, "no roster broke the rule: the test says nothing"


@pytest.mark.parametrize("seed", range(8))
def test_a_part_of_the_model_agrees_with_the_whole(seed: int) -> None:
    """Free some cells, pin them to another roster: feasible and priced as the mixed roster is checked."""
    problem, matrix, rng = sampled(seed, Severity.SOFT)
    first, second = random_grid(rng, problem), random_grid(rng, problem)
    fixed = fixing(matrix, first, rng, 0.4)
    model = pinned(build(matrix, fixed), second)
    model.minimize(MANY_STAGES)
    is_feasible, solver = solved(model)
    mixed = model.grid(solver)
    assert is_feasible
    verdict = Checker(matrix).check(mixed)
    assert stage_costs(model, solver) == {stage: verdict.stage_cost(stage) for stage in Stage}


@pytest.mark.parametrize("seed", range(8))
def test_a_part_of_the_model_finds_the_best_of_its_cells(seed: int) -> None:
    problem, matrix, rng = sampled(seed, Severity.SOFT)
    grid = random_grid(rng, problem)
    fixed = fixing(matrix, grid, rng, 0.08)
    part, whole = build(matrix, fixed), build(matrix)
    for column in np.flatnonzero(fixed[: matrix.cell_count] != FREE).tolist():
        whole.proto.add(whole.variables[column] == int(fixed[column]))
    for model in (part, whole):
        model.minimize(MANY_STAGES)
    (_, of_part), (_, of_whole) = solved(part), solved(whole)
    assert of_part.objective_value == of_whole.objective_value
    assert Checker(matrix).check(part.grid(of_part)).cost == of_part.objective_value


def test_hard_soft_shown_and_switched_off_rules_together() -> None:
    seen = set()
    for seed in range(16):
        rng = random.Random(seed)
        problem = random_problem(rng)
        matrix = lay_out(problem, mixed(rng, EVERY_RULE))
        grid = random_grid(rng, problem)
        verdict = Checker(matrix).check(grid)
        model = pinned(build(matrix), grid)
        model.minimize(MANY_STAGES)
        is_feasible, solver = solved(model)
        assert is_feasible == verdict.is_valid
        if is_feasible:
            assert stage_costs(model, solver) == {stage: verdict.stage_cost(stage) for stage in Stage}
        seen.add(is_feasible)
    assert seen == {True, False}


@pytest.mark.parametrize("seed", range(6))
def test_rechecking_after_changes_equals_checking_anew(seed: int) -> None:
    problem, matrix, rng = sampled(seed, Severity.SOFT)
    grid = random_grid(rng, problem)
    quick = Checker(matrix)
    quick.check(grid)
    for _ in range(25):
        for _ in range(rng.randint(1, 3)):
            place = rng.randrange(len(problem.people)), rng.randrange(problem.day_count)
            grid[place] = rng.randrange(-1, len(problem.options))
        assert quick.recheck(grid) == Checker(matrix).check(grid)


def test_a_hint_is_a_whole_solution() -> None:
    """Slacks and derived facts are hinted too, so the solver takes the roster as it is."""
    problem, matrix, rng = sampled(3, Severity.SOFT)
    grid = random_grid(rng, problem)
    model = build(matrix)
    model.minimize(MANY_STAGES)
    model.hint(grid)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.fix_variables_to_their_hinted_value = True
    assert solver.solve(model.proto) == cp_model.OPTIMAL
    assert solver.objective_value == Checker(matrix).check(grid).cost


def test_a_stage_is_capped_and_left_out() -> None:
    problem, matrix, rng = sampled(1, Severity.SOFT)
    grid = random_grid(rng, problem)
    cost = Checker(matrix).check(grid).stage_cost(Stage.WISHES)
    assert cost > 0
    model = pinned(build(matrix, stages=(Stage.WISHES,)), grid)
    assert set(model.costs) == {Stage.WISHES}
    model.cap(Stage.WISHES, cost - 1)
    assert not solved(model)[0]


def test_no_column_is_fixed_where_nothing_was_fixed() -> None:
    _, matrix, _ = sampled(0, Severity.SOFT)
    assert set(no_fixing(matrix).tolist()) == {FREE}
