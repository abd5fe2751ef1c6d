"""Pricing against the plain count of every path of random small machines."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from tests.solver.columns.machines import days_apart, every_path, random_costs, random_machine
from wardteam_solver.columns import pricing, tally_price
from wardteam_solver.columns.machine import Floats, Machine
from wardteam_solver.columns.pricing import Priced, forward_backward, price

SEEDS = range(150)
Paths = dict[tuple[int, ...], float]


def cases(days: int = 5) -> list[tuple[int, Machine, Floats, Paths]]:
    """Every number of counters and tallies from none to three; about a third have a path at all."""
    made = []
    for seed in SEEDS:
        machine = random_machine(seed, days=days, counters=seed % 4, tallies=seed // 4 % 4)
        cost = random_costs(seed, machine)
        made.append((seed, machine, cost, every_path(machine, cost)))
    return made


CASES = cases()


def test_the_cases_have_paths_and_have_none() -> None:
    found = [bool(paths) for *_, paths in CASES]
    assert 30 < sum(found) < len(found) - 30


def test_the_first_path_is_the_cheapest() -> None:
    for seed, machine, cost, paths in CASES:
        priced = price(machine, cost)
        assert priced.bound == min(paths.values(), default=inf), seed
        assert priced.is_exact == bool(paths)
        if paths:
            assert paths[one_of(priced, 0)] == priced.costs[0] == priced.bound, seed


def test_the_cheapest_paths_come_one_by_one() -> None:
    for seed, machine, cost, paths in CASES:
        priced = price(machine, cost, most=9)
        assert list(priced.costs) == sorted(paths.values())[:9], seed
        assert_listed(priced, paths)


def test_paths_lie_apart_by_the_spread() -> None:
    several = 0
    for seed, machine, cost, paths in CASES:
        for spread in (2, 3):
            priced = price(machine, cost, most=6, spread=spread)
            assert priced.bound == min([*priced.costs, inf]) == min(paths.values(), default=inf), seed
            assert_listed(priced, paths)
            several += len(priced.costs) > 2
            rows = priced.paths.tolist()
            assert all(days_apart(rows[i], rows[j]) >= spread for i in range(len(rows)) for j in range(i))
    assert several > 10


def test_each_further_path_is_the_cheapest_through_one_of_its_cells() -> None:
    several = 0
    for seed in SEEDS:
        machine = random_machine(seed, counters=1, tallies=0)
        cost = random_costs(seed, machine)
        priced, least = price(machine, cost, most=6, spread=2), forward_backward(machine, cost)
        several += len(priced.costs) > 1
        for path, total in zip(priced.paths, priced.costs, strict=True):
            assert total in least[np.arange(machine.day_count), path], seed
    assert several > 5


def test_only_paths_below_the_limit_are_given_and_the_bound_holds_for_all() -> None:
    for seed, machine, cost, paths in CASES:
        costs = sorted(paths.values())
        if not costs:
            continue
        middle = costs[len(costs) // 2]
        for most, spread in ((1, 1), (100, 1), (3, 2)):
            priced = price(machine, cost, most=most, spread=spread, below=middle)
            assert priced.bound <= costs[0] or not len(priced.costs), seed
            assert (priced.costs < middle).all()
        assert (
            list(price(machine, cost, most=200, below=middle).costs) == [c for c in costs if c < middle][:200]
        )
        nothing = price(machine, cost, below=costs[0])
        assert (nothing.bound, nothing.is_exact, len(nothing.paths)) == (costs[0], False, 0), seed


def test_a_label_limit_leaves_a_valid_bound_and_a_path_where_one_is_near(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pricing, "FIRST_LABELS", 2)
    cut = completed = 0
    for seed, machine, cost, paths in CASES:
        priced = price(machine, cost, label_limit=2)
        assert priced.bound <= min(paths.values(), default=inf), seed
        assert_listed(priced, paths)
        least = min(paths.values(), default=inf)
        for limit in (2, 6, 20):
            assert price(machine, cost, label_limit=limit, below=least).bound <= least, seed
        if priced.is_exact:
            assert priced.bound == min(paths.values())
        elif paths:
            cut += 1
            completed += len(priced.costs)
    assert cut >= completed > 5


def test_prices_of_tallies_change_no_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pricing, "FIRST_LABELS", 2)
    priced_at_all = 0
    for seed, machine, cost, paths in CASES:
        priced = price(machine, cost, most=4)
        priced_at_all += bool(priced.prices.any())
        assert list(priced.costs) == sorted(paths.values())[:4], seed
        again = price(machine, cost, prices=np.full(len(priced.prices), 7.125))
        assert again.bound == min(paths.values(), default=inf), seed
    assert priced_at_all > 5


def test_prices_bring_the_bound_near_where_tallies_bind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first shift is always cheapest, but may come three times: without prices the bound is far off."""
    machine = one_state(days=10, most_of_first=3)
    cost = np.tile([-10.0, -1.0, 0.0], (10, 1)) - np.arange(10)[:, None] * [1, 0, 0]
    monkeypatch.setattr(pricing, "FIRST_LABELS", 3)
    priced = price(machine, cost, label_limit=3)
    assert priced.is_exact
    assert priced.bound == priced.costs[0] == -(17 + 18 + 19) - 7
    assert price(machine, cost, label_limit=3, prices=priced.prices).bound == priced.bound
    monkeypatch.setattr(tally_price, "TURNS", 0)
    assert price(machine, cost, label_limit=3).bound < priced.bound


@pytest.mark.parametrize(
    "tally_cost", [[0, 0, 50, 90, inf], [inf, 60, 20, 0, 5], [0, 30, 0, 30, 0], [9, 9, 9, 9, 9]]
)
def test_a_tally_may_cost_when_low_when_high_or_in_between(tally_cost: list[float]) -> None:
    machine = replace(one_state(days=4, most_of_first=4), tally_cost=np.array([tally_cost]))
    for seed in range(20):
        cost = np.random.default_rng(seed).integers(-40, 40, (4, 3)).astype(float)
        paths = every_path(machine, cost)
        assert list(price(machine, cost, most=81).costs) == sorted(paths.values())
        assert price(machine, cost).bound == min(paths.values())


def test_each_cell_has_the_cheapest_path_through_it() -> None:
    for seed, machine, cost, _ in CASES:
        expected = np.full(cost.shape, inf)
        least = machine.tally_cost.min(axis=1).sum()
        for path, total in every_path(machine, cost, has_tallies=False).items():
            for day, option in enumerate(path):
                expected[day, option] = min(expected[day, option], total + least)
        assert (forward_backward(machine, cost) == expected).all(), seed


def test_where_every_cell_is_forbidden_there_is_no_path() -> None:
    machine = one_state(days=4, most_of_first=4)
    cost = np.full((4, 3), inf)
    assert price(machine, cost).bound == inf
    assert np.isinf(forward_backward(machine, cost)).all()
    cost[:, 1] = 2.0
    assert price(machine, cost).paths.tolist() == [[1, 1, 1, 1]]


def one_of(priced: Priced, row: int) -> tuple[int, ...]:
    return tuple(int(option) for option in priced.paths[row])


def assert_listed(priced: Priced, paths: Paths) -> None:
    """Every path given exists, costs what is said, comes in order, and comes once."""
    given = [one_of(priced, row) for row in range(len(priced.costs))]
    assert [paths[path] for path in given] == list(priced.costs)
    assert list(priced.costs) == sorted(priced.costs)
    assert len(set(given)) == len(given)


def one_state(*, days: int, most_of_first: int) -> Machine:
    """Give a nurse who may do anything any day, two shifts or off, but has a tally of the first shift."""
    count = np.arange(days + 1)
    return Machine(
        day_count=days,
        width=2,
        layer_start=np.arange(days + 2),
        arc_start=np.append(count, days),
        arc_move=np.arange(days),
        arc_next=np.arange(1, days + 1),
        arc_cost=np.zeros(days),
        arc_step=np.zeros((days, 0), np.int64),
        move_start=count,
        option_start=3 * count,
        option=np.tile([0, 1, 2], days),
        option_step=np.tile([[1], [0], [0]], (days, 1)),
        counter_cost=np.zeros((0, 1)),
        tally_cost=np.where(count <= most_of_first, 0.0, inf)[None, :],
    )
