"""A trial of some changed cells agrees with counting the whole roster again."""

import random

import numpy as np
import pytest

from tests.solver.samples import EVERY_RULE, random_grid, random_problem
from wardteam_solver.check import Checker
from wardteam_solver.matrix import lay_out
from wardteam_solver.rules import Stage
from wardteam_solver.trial import Trials


@pytest.mark.parametrize("seed", range(8))
def test_a_trial_says_what_checking_both_rosters_says(seed: int) -> None:
    draw = random.Random(seed)
    problem = random_problem(draw)
    matrix = lay_out(problem, EVERY_RULE)
    grid = random_grid(draw, problem)
    trials, before = Trials(matrix, grid), Checker(matrix).check(grid)
    for _ in range(25):
        after = grid.copy()
        choices = {}
        for _ in range(draw.randint(1, 5)):
            cell = draw.choice(problem.everyone), draw.choice(problem.days)
            choices[cell] = draw.randrange(-1, len(problem.options))
            after[cell] = choices[cell]
        trial = trials.of([(n, d, option) for (n, d), option in choices.items()])
        verdict = Checker(matrix).check(after)
        assert trial.stages == tuple(verdict.stage_cost(s) - before.stage_cost(s) for s in Stage)
        assert trial.is_hard == is_worse(matrix, grid, after)
    assert trials.of([]).price == 0


def is_worse(matrix, before, after) -> bool:
    missing = [matrix.costs(matrix.activity(matrix.point(grid))) for grid in (before, after)]
    return bool(np.any(missing[1][matrix.is_hard] > missing[0][matrix.is_hard]))
