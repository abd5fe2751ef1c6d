"""Relaxation, parts, dives and the whole engine on wards so small that CP-SAT proves their optimum."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cache
from math import inf

import numpy as np
import pytest
from ortools.sat.python import cp_model

from tests.solver.samples import EVERY_RULE, random_problem
from tests.solver.test_search import ward
from wardteam.domain.rules import RuleSetting, Severity
from wardteam_solver.check import Checker
from wardteam_solver.columns import compile as compiling
from wardteam_solver.columns.dive import dive
from wardteam_solver.columns.engine import ColumnEngine
from wardteam_solver.columns.generation import Relaxation
from wardteam_solver.cpsat import FREE, build, no_fixing
from wardteam_solver.matrix import Grid, Ints, Matrix, lay_out
from wardteam_solver.rules import Stage

A_LITTLE = 1e-6


def always() -> bool:
    return True


def never() -> bool:
    return False


@dataclass(frozen=True)
class Small:
    """A matrix with a best roster of its own and what that costs, all stages on one scale."""

    matrix: Matrix
    best: Grid
    cost: int


def solved(matrix: Matrix, fixed: Ints | None = None) -> tuple[Grid, int] | None:
    """Give a roster that is proven best, and its cost; None where there is none."""
    model = build(matrix, fixed)
    model.minimize(dict.fromkeys(Stage, 1))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    code = solver.solve(model.proto)
    assert code in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    if code == cp_model.INFEASIBLE:
        return None
    grid = model.grid(solver)
    assert Checker(matrix).check(grid).cost == solver.objective_value
    return grid, int(solver.objective_value)


def wild(seed: int) -> Matrix:
    """Draw a few nurses under any rules, several of them hard, some over staff or bed holders."""
    rng = random.Random(seed)
    problem = random_problem(rng, people=2 + seed % 3, days=7)
    rules = [
        rule.with_setting(RuleSetting(rule.code, rng.choice([Severity.SOFT] * 7 + [Severity.HARD]), None))
        for rule in rng.sample(EVERY_RULE, 25)
    ]
    return lay_out(problem, rules)


def hard_staffing(seed: int) -> Matrix:
    """Ask for the minimum of staff, come what may."""
    matrix = ward(seed, nurses=5, days=7)
    needs = tuple(need._replace(minimum=min(need.minimum, 1)) for need in matrix.problem.needs)
    rules = [
        rule.with_setting(RuleSetting(rule.code, Severity.HARD, None)) if rule.code == "staffing" else rule
        for rule in matrix.rules
        if rule.code != "seniority"
    ]
    return lay_out(replace(matrix.problem, needs=needs), rules)


@cache
def smalls() -> dict[str, Small]:
    """Every small ward that has a roster at all."""
    made = {f"ward {seed}": ward(seed, nurses=4, days=7) for seed in range(3)}
    made |= {f"hard staffing {seed}": hard_staffing(seed) for seed in range(3)}
    made |= {f"wild {seed}": wild(seed) for seed in range(24)}
    found = {name: (matrix, solved(matrix)) for name, matrix in made.items()}
    return {name: Small(matrix, *best) for name, (matrix, best) in found.items() if best is not None}
