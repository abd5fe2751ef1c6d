"""A nurse compiled and priced against every roster of hers that the matrix counts, and against CP-SAT."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from math import inf

import numpy as np
import pytest
from ortools.sat.python import cp_model

from tests.solver.columns.nurses import (
    Nurse,
    curtois_nurse,
    every_roster,
    inrc_nurse,
    own_costs,
    prices_of,
    soft_or_hard,
    ward_nurse,
    without_rows,
)
from tests.solver.columns.odd import Drawn, odd_nurse
from tests.solver.kit import D, N, P, arrange
from tests.solver.samples import EVERY_RULE, random_problem
from wardteam.domain.rules import Severity
from wardteam_solver.check import Checker
from wardteam_solver.columns import compile as compiling
from wardteam_solver.columns import counts
from wardteam_solver.columns.compile import Compiled, compile_all
from wardteam_solver.columns.machine import Floats
from wardteam_solver.columns.pricing import Priced, price
from wardteam_solver.columns.split import split
from wardteam_solver.cpsat import build
from wardteam_solver.limits import About, AnyOf, On, at_most
from wardteam_solver.matrix import Grid, Matrix, lay_out
from wardteam_solver.rules import Stage

FEW = 400
"""Rosters that are listed one by one."""


@cache
def short_nurses() -> tuple[Nurse, ...]:
    """Nurses of a few days, all of whose rosters can be tried."""
    ward = [ward_nurse(seed, 5 + seed % 3, 2 + (seed % 3 == 0)) for seed in range(45)]
    public = [
        make(seed, size, 2) for seed in range(12) for make, size in ((curtois_nurse, 7), (inrc_nurse, 1))
    ]
    odd = [odd_nurse(seed) for seed in range(60)]
    return tuple(nurse for nurse in (*ward, *public, *odd) if not is_lost(nurse.matrix))


def is_lost(matrix: Matrix) -> bool:
    """Whether a hard row without any cell is broken whatever she works."""
    return bool((matrix.is_hard & (costs_of_nobody(matrix) > 0)).any())


def costs_of_nobody(matrix: Matrix) -> Floats:
    """Give by row what last month has settled already, whatever stands in the cells."""
    costs = matrix.costs(np.zeros(matrix.row_count, dtype=np.int64))
    return np.where(np.diff(matrix.row_start) == 0, costs, 0)


def compiled(matrix: Matrix) -> Compiled:
    (one,) = compile_all(split(matrix))
    return one


@pytest.fixture
def whole_counters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no soft counter be cut short."""
    monkeypatch.setattr(counts, "SPARE", 1000)


def assert_paths_as_checked(nurse: Nurse, one: Compiled, priced: Priced) -> None:
    """Compare what each path costs by itself with what the checker counts."""
    counted = without_rows(nurse.matrix, one.left_out)
    settled = costs_of_nobody(counted).sum()
    for path, cost in zip(priced.paths, priced.costs, strict=True):
        verdict = Checker(counted).check(path[None, :])
        assert verdict.is_valid, nurse.name
        assert cost - prices_of(nurse, path[None, :])[0] == verdict.cost - settled, nurse.name


def carried_costs(nurse: Nurse, one: Compiled, rosters: Grid) -> Floats:
    """Give what rosters cost but for the rows left to the master; infinite where a cell alone breaks one."""
    counted = without_rows(nurse.matrix, one.left_out)
    is_closed = np.isinf(one.cell_cost[np.arange(rosters.shape[1]), rosters]).any(axis=1)
    assert np.isinf(own_costs(nurse.matrix, rosters[is_closed])).all(), nurse.name
    return np.where(is_closed, inf, own_costs(counted, rosters)) - costs_of_nobody(counted).sum()


def assert_priced_as_counted(nurse: Nurse, one: Compiled) -> bool:
    """Compare the cheapest price with that of every roster; say whether she has one at all."""
    rosters = every_roster(nurse)
    costs = carried_costs(nurse, one, rosters)
    priced = price(one.machine, one.cell_cost + nurse.price, most=4, spread=2)
    assert priced.bound == min(costs + prices_of(nurse, rosters)), nurse.name
    assert priced.is_exact == np.isfinite(costs).any(), nurse.name
    assert_paths_as_checked(nurse, one, priced)
    return bool(np.isfinite(costs).any())


@pytest.mark.usefixtures("whole_counters")
def test_a_short_nurse_is_priced_as_every_roster_of_hers_is_counted() -> None:
    found = [assert_priced_as_counted(nurse, compiled(nurse.matrix)) for nurse in short_nurses()]
    assert found.count(True) > 30
    assert found.count(False) > 5


@pytest.mark.usefixtures("whole_counters")
def test_just_what_her_hard_rows_allow_is_found() -> None:
    """List every path, cells being free of charge, and compare with the rosters that keep the hard rows."""
    narrowed = 0
    for nurse in short_nurses():
        one, rosters = compiled(nurse.matrix), every_roster(nurse)
        allowed = rosters[np.isfinite(own_costs(nurse.matrix, rosters))]
        if one.left_out or len(allowed) > FEW:
            continue
        free = np.where(np.isfinite(nurse.price), 0, inf)
        paths = price(one.machine, one.cell_cost + free, most=len(allowed) + 1).paths
        assert {tuple(path) for path in paths.tolist()} == {tuple(row) for row in allowed.tolist()}
        assert len(paths) == len(allowed), nurse.name
        narrowed += 0 < len(allowed) < len(rosters)
    assert narrowed > 8


TIGHT = (
    {"WIDEST": 3},
    {"MOST_VALUES": 12},
    {"LONGEST_GAP": 1},
    {"FEW_UNITS": 99},
    {"FEW_UNITS": 0, "WHOLE_SHARE": 0.2},
)


@pytest.mark.usefixtures("whole_counters")
@pytest.mark.parametrize("limits", TIGHT, ids=str)
def test_however_her_rows_are_carried_they_count_the_same(
    monkeypatch: pytest.MonkeyPatch, limits: dict[str, float]
) -> None:
    """Rows become counters or parts of the automaton, or are left out where both would be too large."""
    for name, value in limits.items():
        monkeypatch.setattr(compiling, name, value)
    left = 0
    for nurse in short_nurses()[::3]:
        one = compiled(nurse.matrix)
        left += bool(one.left_out)
        assert_priced_as_counted(nurse, one)
    assert bool(left) == (limits != {"FEW_UNITS": 99})


def test_counters_cut_short_still_bound_every_roster(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine forgoes is bounded by the machine without the counter, and its least cost beyond."""
    monkeypatch.setattr(counts, "SPARE", 0)
    cut = 0
    for nurse in short_nurses()[::2]:
        one, rosters = compiled(nurse.matrix), every_roster(nurse)
        costs = carried_costs(nurse, one, rosters)
        cells, least = one.cell_cost + nurse.price, min(costs + prices_of(nurse, rosters))
        priced = price(one.machine, cells)
        beyond = min((price(m, cells).bound + floor for m, floor in one.machines_beyond()), default=inf)
        assert min(priced.bound, beyond) <= least <= priced.bound, nurse.name
        assert_paths_as_checked(nurse, one, priced)
        cut += bool(one.beyond)
    assert cut > 4


def test_a_period_beyond_two_cuts_at_once_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight duties of two kinds pay, though of each kind none is wanted."""
    monkeypatch.setattr(counts, "SPARE", 0)
    problem, _ = arrange("-" * 8, shifts=(D, N))
    kinds = (problem.by_code["D"], problem.by_code["N"])
    sums = [tuple((1, On(0, day, kind)) for day in range(8)) for kind in kinds]
    none = tuple(at_most(terms, 0, About()) for terms in sums)
    rule = Drawn(code="none", title="x", words="x", severity=Severity.SOFT, drawn=none)
    one = compiled(lay_out(problem, [rule]))
    assert len(one.beyond) == 2
    cells = np.zeros((8, len(problem.options) + 1))
    for day, kind in enumerate([kinds[0]] * 4 + [kinds[1]] * 4):
        cells[day, list(kind)] = -30
    assert min(price(m, cells).bound + floor for m, floor in one.machines_beyond()) <= 8 * (1 - 30)
    assert price(one.machine, cells).bound == 0


@pytest.mark.parametrize("seed", range(6))
def test_what_was_explored_for_one_nurse_serves_the_others_alike(seed: int) -> None:
    rng = random.Random(seed)
    problem = random_problem(rng, people=5, days=7)
    matrix = lay_out(problem, [soft_or_hard(rng, rule, hard=0.1) for rule in EVERY_RULE])
    parts, prices = (
        split(matrix),
        np.random.default_rng(seed).integers(-20, 20, (7, len(problem.options) + 1)),
    )
    together = compile_all(parts)
    for own, one in zip(parts.own, together, strict=True):
        (alone,) = compile_all(replace(parts, own=(own,)))
        assert one.left_out == alone.left_out
        costs = [price(each.machine, each.cell_cost + prices, most=5).costs for each in (one, alone)]
        assert costs[0].tolist() == costs[1].tolist()


@pytest.mark.parametrize(("counted", "best"), [(1, -(5 * 4 + 4 * 2 + 9)), (2, -(5 * 2 + 4 * 3 + 9))])
def test_twins_of_whom_one_may_do_less_and_the_other_counts_double(
    monkeypatch: pytest.MonkeyPatch, counted: int, best: int
) -> None:
    """All else is alike: what was explored for the first, who has one evening less, is looked up again."""
    monkeypatch.setattr(compiling, "FEW_WEEKENDS", 0)
    problem, _ = arrange("-" * 8, "-" * 8, shifts=(D, P, N))
    day, night = problem.by_code["D"], problem.by_code["N"]
    evening = problem.by_code["P"]
    drawn = [at_most(((1, On(0, 2, evening)),), 0, About())]
    for twin in range(2):
        pairs = [AnyOf((On(twin, first, day), On(twin, first + 1, day))) for first in range(0, 8, 2)]
        drawn.append(at_most(tuple((counted if twin else 1, pair) for pair in pairs), 2, About()))
        drawn += [at_most(tuple((1, On(twin, d + k, night)) for k in range(2)), 1, About()) for d in range(7)]
    rule = Drawn(code="twins", title="x", words="x", severity=Severity.HARD, drawn=tuple(drawn))
    cells = np.zeros((8, len(problem.options) + 1))
    cells[:, list(day)], cells[:, list(night)] = -5, -4
    cells[2, list(evening)] = -9
    first, second = compile_all(split(lay_out(problem, [rule])))
    assert price(first.machine, first.cell_cost + cells).bound == -(5 * 4 + 4 * 2)
    assert price(second.machine, second.cell_cost + cells).bound == best


def best_by_cp_sat(nurse: Nurse, counted: Matrix) -> tuple[float, Grid | None]:
    """Solve the nurse's rows and prices as one CP-SAT model."""
    model, (days, width) = build(counted), nurse.price.shape
    terms = []
    for day, option in np.ndindex(days, width - 1):
        worked, off = nurse.price[day, option], nurse.price[day, -1]
        variable = model.variables[day * (width - 1) + option]
        if worked < inf:
            terms.append(int(worked - off) * variable)
        else:
            model.proto.add(variable == 0)
    prices = sum(terms) + int(nurse.price[:, -1].sum())
    model.proto.minimize(model.objective(dict.fromkeys(Stage, 1)) + prices)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    code = solver.solve(model.proto)
    assert code in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return (solver.objective_value, model.grid(solver)) if code == cp_model.OPTIMAL else (inf, None)


WEEKS = (
    *((ward_nurse, (seed, 21, 3)) for seed in (2, 3, 4, 7, 8, 14, 18)),
    *((curtois_nurse, (seed, 28)) for seed in (0, 3, 4)),
    *((inrc_nurse, (seed, 4)) for seed in (2, 4)),
)


@pytest.mark.usefixtures("whole_counters")
@pytest.mark.parametrize(("make", "drawn"), WEEKS, ids=lambda part: getattr(part, "__name__", str(part)))
def test_a_nurses_weeks_are_priced_as_cp_sat_solves_them(
    make: Callable[..., Nurse], drawn: tuple[int, ...]
) -> None:
    nurse = make(*drawn)
    one = compiled(nurse.matrix)
    counted = without_rows(nurse.matrix, one.left_out)
    priced = price(one.machine, one.cell_cost + nurse.price)
    best, roster = best_by_cp_sat(nurse, counted)
    assert priced.bound == best - costs_of_nobody(counted).sum()
    assert priced.is_exact == (roster is not None)
    assert_paths_as_checked(nurse, one, priced)
