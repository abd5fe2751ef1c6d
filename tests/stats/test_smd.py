"""Standardised differences by their formulas, the range missing answers leave, risk ratio and phi."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats as reference

from wardteam.stats import (
    Sample,
    Share,
    Summary,
    Unanswerable,
    newcombe_difference,
    phi_coefficient,
    risk_ratio,
)
from wardteam.stats.missing_bounds import worst_case_bounds
from wardteam.stats.smd import Categories, standardised_difference


def test_two_means_are_compared_in_units_of_their_spread():
    result = standardised_difference(Summary(60.0, 12.0, 200), Summary(63.0, 9.0, 180, missing=4))
    assert result.estimate == pytest.approx(3 / math.sqrt((144 + 81) / 2))
    error = math.sqrt(380 / (200 * 180) + result.estimate**2 / 760)
    assert result.interval.high == pytest.approx(result.estimate + reference.norm.ppf(0.975) * error)
    assert (result.p, result.missing) == (None, (0, 4))
    assert "above 0.1" in str(result.warnings[0])


def test_samples_and_their_summaries_agree():
    first, second = Sample((1.0, 4, 2, 5, 9)), Sample((2.0, 6, 8, 3))
    summaries = [Summary(g.mean, g.sd, g.n) for g in (first, second)]
    assert standardised_difference(first, second).estimate == pytest.approx(
        standardised_difference(*summaries).estimate
    )


def test_two_categories_are_a_share():
    """Yang and Dalton 2012: with two categories the distance is Austin's difference of shares."""
    share = standardised_difference(Share(30, 100), Share(45, 100))
    distance = standardised_difference(Categories((70, 30)), Categories((55, 45)))
    assert share.estimate == pytest.approx(0.15 / math.sqrt((0.21 + 0.2475) / 2))
    assert distance.estimate == pytest.approx(share.estimate)
    assert standardised_difference(Share(45, 100), Share(30, 100)).estimate == -share.estimate


def test_several_categories_agree_with_the_distance_whichever_is_left_out():
    first, second = (10, 20, 30, 5), (20, 20, 20, 9)
    a, b = (np.array(c) / sum(c) for c in (first, second))
    cov = sum(np.diag(p) - np.outer(p, p) for p in (a, b)) / 2
    expected = math.sqrt((b - a) @ np.linalg.pinv(cov) @ (b - a))  # all categories: tableone's ginv
    assert standardised_difference(Categories(first), Categories(second)).estimate == pytest.approx(expected)
    turned = standardised_difference(Categories(first[::-1]), Categories(second[::-1]))
    assert turned.estimate == pytest.approx(expected)
    empty = standardised_difference(Categories((*first, 0)), Categories((*second, 0)))
    assert empty.estimate == pytest.approx(expected)


def test_groups_alike_have_no_difference_and_no_warning():
    for group in (Categories((5, 5, 5)), Share(4, 9), Summary(3, 1, 9), Share(9, 9), Categories((7, 0))):
        result = standardised_difference(group, group)
        assert (result.estimate, result.warnings) == (0, ())


@pytest.mark.parametrize(
    ("first", "second"),
    [(Share(9, 9), Share(0, 9)), (Summary(1, 0, 5), Summary(2, 0, 5))],
)
def test_groups_without_any_spread_are_refused_in_words(first, second):
    with pytest.raises(Unanswerable, match="Nobody differs"):
        standardised_difference(first, second)


def test_groups_of_another_kind_or_without_anybody_are_refused():
    with pytest.raises(ValueError, match="one kind"):
        standardised_difference(Share(1, 2), Summary(1, 1, 2))
    with pytest.raises(ValueError, match="2 and 3 categories"):
        standardised_difference(Categories((1, 2)), Categories((1, 2, 3)))
    with pytest.raises(Unanswerable, match="nobody in any category"):
        Categories((0, 0))


def test_missing_answers_leave_a_range_of_differences():
    first, second = Share(162, 190, missing=10), Share(192, 195, missing=5)
    bounds = worst_case_bounds(first, second)
    assert bounds.answered.estimate == newcombe_difference(first, second).estimate
    assert bounds.low == pytest.approx(192 / 200 - 172 / 200)
    assert bounds.high == pytest.approx(197 / 200 - 162 / 200)
    assert bounds.is_robust


def test_many_missing_answers_can_turn_the_difference():
    bounds = worst_case_bounds(Share(80, 100, missing=60), Share(95, 100, missing=60))
    assert bounds.low < 0 < bounds.answered.estimate < bounds.high
    assert not bounds.is_robust


def test_nothing_missing_leaves_nothing_open():
    bounds = worst_case_bounds(Share(80, 100), Share(95, 100))
    assert bounds.low == bounds.high == bounds.answered.estimate


def test_the_risk_ratio_agrees_with_scipy():
    result = risk_ratio(Share(162, 200), Share(192, 200))
    theirs = reference.contingency.relative_risk(192, 200, 162, 200)
    known = theirs.confidence_interval()
    assert result.estimate == pytest.approx(theirs.relative_risk)
    assert (result.interval.low, result.interval.high) == pytest.approx((known.low, known.high))


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (Share(0, 9), Share(3, 9), "nobody with the outcome"),
        (Share(3, 9), Share(0, 9), "nobody with the outcome"),
        (Share(9, 9), Share(8, 8), "same answer"),
    ],
)
def test_a_risk_ratio_without_an_interval_is_refused_in_words(first, second, words):
    with pytest.raises(Unanswerable, match=words):
        risk_ratio(first, second)


@pytest.mark.parametrize(("p1", "p2", "n1", "n2"), [(0.81, 0.96, 200, 200), (0.2, 0.7, 60, 30)])
def test_phis_interval_holds_the_truth_about_19_times_in_20(p1, p2, n1, n2):
    draw = np.random.default_rng(3)
    share = (n1 * p1 + n2 * p2) / (n1 + n2)
    truth = (p2 - p1) * math.sqrt(n1 * n2 / (share * (1 - share))) / (n1 + n2)
    pairs = [
        (Share(int(draw.binomial(n1, p1)), n1), Share(int(draw.binomial(n2, p2)), n2)) for _ in range(800)
    ]
    held = sum(phi_coefficient(*pair).interval.holds(truth) for pair in pairs)
    assert 740 <= held <= 785


def test_phi_of_a_perfect_split_is_one():
    result = phi_coefficient(Share(0, 10), Share(10, 10))
    assert (result.estimate, result.interval.high) == (1, 1)
    assert result.interval.low < 0.9
