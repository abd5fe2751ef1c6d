"""Relaxation, parts, dives and the whole engine on wards so small that CP-SAT proves their optimum."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from math import inf

import numpy as np
import pytest
from ortools.sat.python import cp_model

from tests.solver.columns.odd import Drawn
from tests.solver.kit import D, N, P, arrange, day_off, need, nurse
from tests.solver.samples import EVERY_RULE, random_problem
from wardteam.domain.rules import RuleSetting, Severity
from wardteam_solver.check import Checker
from wardteam_solver.columns.bounds import proven_bound
from wardteam_solver.columns.dive import dive
from wardteam_solver.columns.engine import ColumnEngine
from wardteam_solver.columns.generation import Relaxation
from wardteam_solver.columns.master import Column
from wardteam_solver.columns.split import NotPersonal, split
from wardteam_solver.cpsat import build
from wardteam_solver.limits import About, AnyOf, Limit, On, at_least
from wardteam_solver.matrix import Grid, Matrix, lay_out
from wardteam_solver.problem import FairShare
from wardteam_solver.rules import WARD_RULES, Stage

A_LITTLE = 1e-6


QUICK = (0, 1, 2, 3, 5, 7, 8, 9, 10, 12, 13, 15, 18, 19)
"""Seeds whose wards CP-SAT proves soon; 1 and 13 have no roster."""


def never() -> bool:
    return False


def after(calls: int) -> Callable[[], bool]:
    """Stop after being asked so many times."""
    left = iter(range(calls))
    return lambda: next(left, None) is None


def run(engine: ColumnEngine) -> None:
    """Bound and dive, then renew parts until it is told to stop."""
    for _ in itertools.chain(engine.bounding(), engine.renewing(0)):
        pass


@dataclass(frozen=True)
class Small:
    """A matrix with a best roster of its own and what that costs, all stages on one scale."""

    matrix: Matrix
    best: Grid
    cost: int


@dataclass
class Kept:
    """The best roster so far, counted by the checker alone."""

    matrix: Matrix
    held: Grid | None = None
    costs: float = inf
    refused: list[Grid] = field(default_factory=list)

    def grid(self) -> Grid | None:
        return self.held

    def cost(self) -> float:
        return self.costs

    def offer(self, grid: Grid) -> bool:
        verdict = Checker(self.matrix).check(grid)
        if not verdict.is_valid:
            self.refused.append(grid)
        elif verdict.cost < self.costs:
            self.held, self.costs = grid, verdict.cost
            return True
        return False


def solved(matrix: Matrix) -> tuple[Grid, int] | None:
    """Give a roster that is proven best, and its cost; None where there is none."""
    model = build(matrix)
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


def staffed(seed: int, *, is_hard: bool) -> Matrix:
    """Ask four nurses for days, evenings and nights, with wishes and shares that can't all be met."""
    rng = random.Random(seed)
    problem, _ = arrange(
        *["-" * 7] * 4, people=[nurse(n, minutes_owed=2400) for n in range(4)], shifts=(D, P, N)
    )
    codes = [(day, code) for day in range(7) for code in "DPN"]
    problem = replace(
        problem,
        needs=tuple(need(problem, day, code, int(rng.random() < 0.6), 1) for day, code in codes),
        requests=tuple(day_off(rng.randrange(4), rng.randrange(7), rng.randint(1, 3)) for _ in range(10)),
        fair_shares=tuple(FairShare("night", n, 1, 2) for n in range(4)),
    )
    others = ("clock_staffing", "double_staffing", "seniority", "staffing")
    rules = [rule for rule in WARD_RULES if rule.code not in others]
    (staffing,) = (rule for rule in WARD_RULES if rule.code == "staffing")
    setting = RuleSetting("staffing", Severity.HARD if is_hard else Severity.SOFT, None)
    return lay_out(problem, [*rules, staffing.with_setting(setting)])


@cache
def smalls() -> dict[str, Small]:
    """Every small ward that has a roster at all."""
    made = {f"staffed {seed}": staffed(seed, is_hard=seed > 1) for seed in range(4)}
    made |= {f"wild {seed}": wild(seed) for seed in QUICK}
    found = {name: (matrix, solved(matrix)) for name, matrix in made.items()}
    return {name: Small(matrix, *best) for name, (matrix, best) in found.items() if best is not None}


def carries_all(matrix: Matrix, relaxation: Relaxation) -> bool:
    """Whether no row is left to the checker: those over facts of several nurses are."""
    rows = {*split(matrix).shared.tolist(), *(row for one in relaxation.compiled for row in one.left_out)}
    return rows == set(relaxation.strict.rows.tolist())


def own_costs(relaxation: Relaxation, matrix: Matrix, grid: Grid) -> np.ndarray:
    """Give what each nurse's row costs by itself, as the engine counts it."""
    engine = ColumnEngine(matrix, Kept(matrix), never)
    engine._prepare()
    return engine._own_costs(grid)


def test_no_bound_lies_above_the_best_roster() -> None:
    """The working bound leaves out periods beyond a cut counter: only the one counted anew is proven."""
    near = 0
    for name, small in smalls().items():
        relaxation = Relaxation.of(small.matrix, 1)
        relaxation.generate(should_stop=never, rounds=400)
        assert relaxation.is_closed, name
        bound = proven_bound(relaxation)
        assert bound <= small.cost, name
        near += bound >= 0.99 * small.cost
    assert near > 6


def test_a_nurse_without_any_period_leaves_nothing_proven() -> None:
    """Where a hard row of hers can't be kept there is no roster: no bound is claimed, and no roster given."""
    problem, _ = arrange("---", "---", shifts=(D, N))
    every_day = [at_least(((1, On(0, day, frozenset({0}))),), 1, About()) for day in range(3)]
    free = Limit(tuple((1, On(0, day, frozenset({0}))) for day in range(3)), None, 2)
    rule = Drawn(code="clash", title="x", words="x", severity=Severity.HARD, drawn=(*every_day, free))
    matrix = lay_out(problem, [rule])
    assert solved(matrix) is None
    kept = Kept(matrix)
    engine = ColumnEngine(matrix, kept, after(50))
    run(engine)
    assert (engine.bound, kept.held, kept.refused) == (-inf, None, [])


def test_shared_rows_over_facts_are_left_to_the_checker() -> None:
    """Two nurses' weekends together: the master can't price facts, so the bound holds without the row."""
    problem, _ = arrange("--", "--", shifts=(D, N))
    off = [(1, AnyOf((On(n, 0, frozenset({0})), On(n, 1, frozenset({0, 1}))))) for n in range(2)]
    rule = Drawn(
        code="both", title="x", words="x", severity=Severity.SOFT, drawn=(Limit(tuple(off), 2, None),)
    )
    matrix = lay_out(problem, [rule])
    relaxation = Relaxation.of(matrix, 1)
    assert not carries_all(matrix, relaxation)
    relaxation.generate(should_stop=never)
    assert proven_bound(relaxation) == 0
    tied = AnyOf((On(0, 0, frozenset({0})), On(1, 1, frozenset({0}))))
    rule = replace(rule, drawn=(Limit(((1, tied),), 1, None),))
    with pytest.raises(NotPersonal):
        split(lay_out(problem, [rule]))


def test_what_the_held_and_the_free_cost_is_counted_once() -> None:
    """With one row a free nurse the master has no choice: its value is what the checker counts."""
    rng, exact = np.random.default_rng(0), 0
    for name, small in smalls().items():
        whole = Relaxation.of(small.matrix, 1)
        costs = own_costs(whole, small.matrix, small.best)
        for size in range(1, len(small.best) + 1):
            people = np.sort(rng.choice(len(small.best), size, replace=False))
            part = whole.part(small.best, people, costs)
            part.master.add([Column(int(n), small.best[n].copy(), costs[n]) for n in people])
            value = part.master.solve() + part.constant
            assert value <= small.cost + A_LITTLE, name
            if carries_all(small.matrix, whole):
                assert value == pytest.approx(small.cost), name
                exact += 1
    assert exact > len(smalls())


def test_dives_end_and_what_they_give_keeps_every_hard_row() -> None:
    found = 0
    for name, small in smalls().items():
        whole = Relaxation.of(small.matrix, 1)
        part = whole.part(small.matrix.empty_grid(), whole.people, np.zeros(len(small.best)))
        calls = 0

        def count() -> bool:
            nonlocal calls
            calls += 1
            return calls > 2000

        random_ = np.random.default_rng(1)
        grid = dive(part, random_, share=0.1, noise=0.2, should_stop=count)
        assert calls <= 2000, name
        if grid is not None and carries_all(small.matrix, whole):
            verdict = Checker(small.matrix).check(grid)
            assert not verdict.is_valid or verdict.cost >= small.cost, name
            found += verdict.is_valid
    assert found > len(smalls()) // 2


def test_the_engine_proves_most_small_wards_and_never_too_much() -> None:
    proven = best = 0
    for name, small in smalls().items():
        kept = Kept(small.matrix)
        engine = ColumnEngine(small.matrix, kept, after(300))
        run(engine)
        assert engine.bound <= small.cost <= kept.costs, name
        assert not engine.is_proven or kept.costs == small.cost, name
        proven += engine.is_proven
        best += kept.costs == small.cost
    assert best > 0.6 * len(smalls())
    assert proven > 0.3 * len(smalls())


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    matrix = staffed(0, is_hard=False)
    run(ColumnEngine(matrix, Kept(matrix), after(60)))
    assert capfd.readouterr() == ("", "")
