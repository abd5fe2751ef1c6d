"""Waiting for a free nurse: hand formulas, a simulated ward, and the fewest nurses."""

from __future__ import annotations

import heapq
import math

import numpy as np
import pytest

from wardteam.stats.results import Unanswerable
from wardteam.stats.waiting import (
    WaitRule,
    all_busy,
    chance_at_rate,
    chance_of_waiting,
    fewest_nurses,
)

ZERO = np.array(0.0)


def simulated(rule: WaitRule, calls: float, nurses: int, call_minutes: float, *, seed: int) -> float:
    """Simulate calls that go before planned care, neither broken off; give the share that waits too long."""
    rng = np.random.default_rng(seed)
    rates = (calls / 60, nurses * rule.busy_share / rule.care_minutes)
    means = (call_minutes, rule.care_minutes)
    arrivals = [
        (float(moment), kind)
        for kind in (0, 1)
        for moment in np.cumsum(rng.exponential(1 / rates[kind], int(rates[kind] * 400_000)))
    ]
    queues: tuple[list[float], list[float]] = ([], [])
    free, ends, waits = nurses, list[float](), list[float]()

    def begin(now: float) -> None:
        nonlocal free
        while free and (queues[0] or queues[1]):
            kind = 0 if queues[0] else 1
            placed = queues[kind].pop(0)
            if kind == 0:
                waits.append(now - placed)
            free -= 1
            heapq.heappush(ends, now + rng.exponential(means[kind]))

    for moment, kind in sorted(arrivals):
        while ends and ends[0] <= moment:
            now = heapq.heappop(ends)
            free += 1
            begin(now)
        queues[kind].append(moment)
        begin(moment)
    return float(np.mean(np.array(waits) > rule.target_minutes))


def test_erlang_c_by_hand() -> None:
    # a = 2, n = 3: a³/3! x 3/(3 - 2) = 4 against 1 + a + a²/2 = 5, so 4 / (4 + 5).
    assert all_busy(np.array(2.0), 3) == pytest.approx(4 / 9)


def test_one_nurse_is_the_formula_of_one_server() -> None:
    rule = WaitRule(target_minutes=4, busy_share=0.0)
    found = chance_at_rate(np.array(6.0), 1, np.array(5.0), rule)
    assert found == pytest.approx(0.5 * math.exp(-(1 / 5 - 0.1) * 4))


def test_nobody_calls_and_nobody_is_busy_then_nobody_waits() -> None:
    assert chance_at_rate(ZERO, 1, np.array(3.0), WaitRule(busy_share=0.0)) == 0


def test_without_a_nurse_every_call_waits() -> None:
    assert chance_at_rate(np.array(2.0), 0, np.array(3.0), WaitRule()) == 1


def test_more_calls_than_the_nurses_can_do_all_wait() -> None:
    assert chance_at_rate(np.array(30.0), 1, np.array(4.0), WaitRule(busy_share=0.0)) == 1


def test_planned_care_that_fills_all_hours_is_put_off_for_calls() -> None:
    rule = WaitRule(target_minutes=5, busy_share=1.0, care_minutes=5)
    found = chance_at_rate(np.array(6.0), 2, np.array(5.0), rule)
    assert found == pytest.approx(math.exp(-(2 / 5 - 0.1) * 5))


@pytest.mark.parametrize(("calls", "nurses"), [(4.0, 2), (12.0, 3)])
def test_a_simulated_ward_waits_as_the_formula_says_where_both_take_as_long(
    calls: float, nurses: int
) -> None:
    rule = WaitRule(target_minutes=3, busy_share=0.6, care_minutes=4)
    expected = float(chance_at_rate(np.array(calls), nurses, np.array(4.0), rule))
    assert simulated(rule, calls, nurses, 4.0, seed=3) == pytest.approx(expected, abs=0.012)


@pytest.mark.parametrize(("busy", "care", "near"), [(0.6, 8.0, 0.015), (0.8, 15.0, 0.05)])
def test_a_simulated_ward_comes_near_the_formula_where_care_takes_longer(
    busy: float, care: float, near: float
) -> None:
    rule = WaitRule(target_minutes=5, busy_share=busy, care_minutes=care)
    expected = float(chance_at_rate(np.array(4.0), 2, np.array(3.0), rule))
    assert simulated(rule, 4.0, 2, 3.0, seed=4) == pytest.approx(expected, abs=near)


def test_a_rate_that_differs_by_day_is_the_mean_over_the_rates_that_calls_meet() -> None:
    rule, alpha, mean = WaitRule(busy_share=0.3), 0.5, 10.0
    rates = np.random.default_rng(1).gamma(1 / alpha, alpha * mean, 200_000)
    waits = chance_at_rate(rates, 2, np.array(6.0), rule)
    expected = float((rates * waits).sum() / rates.sum())
    found = chance_of_waiting(np.array(mean), 2, np.array(6.0), np.array(alpha), rule)
    assert found == pytest.approx(expected, abs=0.004)


def test_scatter_makes_calls_wait_longer() -> None:
    rule = WaitRule(busy_share=0.3)
    steady, spread = (
        float(chance_of_waiting(np.array(12.0), 2, np.array(5.0), np.array(alpha), rule))
        for alpha in (0.0, 0.4)
    )
    assert spread > steady


def test_the_fewest_nurses_hold_the_target_and_one_fewer_does_not() -> None:
    rule, minutes, alpha = WaitRule(chance=0.05), np.array(4.0), np.array(0.1)
    for calls in (0.5, 3.0, 20.0, 60.0):
        nurses = int(fewest_nurses(np.array(calls), minutes, alpha, rule))
        chances = [
            float(chance_of_waiting(np.array(calls), n, minutes, alpha, rule)) for n in (nurses - 1, nurses)
        ]
        assert chances[1] <= 0.05 < chances[0]


def test_a_target_that_nobody_can_hold_is_refused_in_words() -> None:
    with pytest.raises(Unanswerable, match="200 nurses"):
        fewest_nurses(np.array(60_000.0), np.array(4.0), ZERO, WaitRule())


@pytest.mark.parametrize(
    "wrong", [{"target_minutes": 0}, {"chance": 1}, {"busy_share": 1.1}, {"care_minutes": -1}]
)
def test_an_impossible_rule_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="got"):
        WaitRule(**wrong)
