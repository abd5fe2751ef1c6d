"""Rates of calls by hour, the rule that chooses their distribution, and the range of nurses."""

from __future__ import annotations

import math

import numpy as np
import pytest

from wardteam.stats.call_rates import DayWork, call_needs, dispersion_index, moment_alpha
from wardteam.stats.results import Unanswerable
from wardteam.stats.waiting import WaitRule


def work(days: int, minutes: float = 3.0) -> DayWork:
    return DayWork(np.full(days, 40 * minutes), np.full(days, 40))


def poisson(days: int, mean: float = 3.0) -> np.ndarray:
    return np.random.default_rng(2).poisson(mean, (days, 24))


def spread(days: int, alpha: float, mean: float = 6.0) -> np.ndarray:
    rng = np.random.default_rng(5)
    return rng.poisson(rng.gamma(1 / alpha, alpha * mean, (days, 24)))


def test_the_index_of_dispersion_by_hand() -> None:
    counts = np.array([[1, 4], [3, 4], [2, 4]])
    index, df, p = dispersion_index(counts)
    assert df == 4
    assert index == pytest.approx((1 + 1 + 0) / 2 / 4)
    assert p == pytest.approx(math.exp(-0.5) * (1 + 0.5))


def test_alpha_is_found_again() -> None:
    assert moment_alpha(spread(400, 0.25)[None])[0] == pytest.approx(0.25, abs=0.03)


def test_alpha_of_two_days_by_hand() -> None:
    # Mean 3, variance 8: (8 - 3) / (9 - 8/2), since the mean of few days scatters too.
    assert moment_alpha(np.array([[[1], [5]]])) == pytest.approx([1.0])


def test_poisson_days_are_taken_as_poisson() -> None:
    found = call_needs(poisson(56), work(56), WaitRule())
    assert (found.alpha, "taken as Poisson" in str(found.reason)) == (0.0, True)


def test_scattered_days_are_taken_as_negative_binomial() -> None:
    found = call_needs(spread(56, 0.4), work(56), WaitRule())
    assert found.alpha > 0.2
    assert "negative binomial" in str(found.reason)


def test_the_range_holds_the_estimate_and_narrows_with_days() -> None:
    rule = WaitRule(busy_share=0.3, chance=0.02)
    few, many = (call_needs(spread(days, 0.4, 20.0), work(days, 6), rule) for days in (6, 300))
    for found in (few, many):
        assert all(h.low <= h.nurses <= h.high and h.interval.holds(h.calls) for h in found.hours)
    widths = [sum(h.high - h.low for h in found.hours) for found in (few, many)]
    assert widths[0] > widths[1]


def test_an_hour_without_a_call_ends_at_the_exact_poisson_limit() -> None:
    counts = poisson(20)
    counts[:, 3] = 0
    found = call_needs(counts, work(20), WaitRule()).hours[3]
    assert (found.calls, found.interval.low) == (0, 0)
    assert found.interval.high == pytest.approx(-math.log(0.025) / 20)


def test_the_same_days_give_the_same_and_other_days_another_hash() -> None:
    first, again, other = (call_needs(poisson(n), work(n), WaitRule()) for n in (20, 20, 21))
    assert first == again
    assert first.data_hash != other.data_hash


def test_few_days_are_called_thin() -> None:
    assert call_needs(poisson(3), work(3), WaitRule()).is_thin
    assert not call_needs(poisson(20), work(20), WaitRule()).is_thin


def test_one_day_is_refused() -> None:
    with pytest.raises(Unanswerable, match="two days"):
        call_needs(poisson(1), work(1), WaitRule())
