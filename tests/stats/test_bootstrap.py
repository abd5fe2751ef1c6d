"""The bootstrap: scipy's on the same data, its seed, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats as reference

from wardteam.stats import Estimand, Sample, Unanswerable
from wardteam.stats.bootstrap import bootstrap_difference, medians_without_one

DRAW = np.random.default_rng(3)
FIRST, SECOND = DRAW.lognormal(0, 1, 40), DRAW.lognormal(0.3, 1.2, 31)
GROUPS = Sample.of(FIRST.tolist()), Sample.of(SECOND.tolist())


@pytest.mark.parametrize(("statistic", "of"), [("mean", np.mean), ("median", np.median)])
def test_the_interval_agrees_with_scipys_bca(statistic, of):
    """scipy.stats.bootstrap(method="BCa") within the resampling error; plain percentiles end 0.7 higher."""
    ours = bootstrap_difference(*GROUPS, statistic=statistic, resamples=20_000)
    theirs = reference.bootstrap(
        (SECOND, FIRST),
        lambda a, b, axis: of(a, axis=axis) - of(b, axis=axis),
        n_resamples=20_000,
        rng=np.random.default_rng(1),
        vectorized=True,
    ).confidence_interval
    assert (ours.interval.low, ours.interval.high) == pytest.approx((theirs.low, theirs.high), abs=0.2)
    assert ours.estimate == pytest.approx(of(SECOND) - of(FIRST))


@pytest.mark.parametrize("n", [2, 3, 6, 9])
def test_leaving_one_out_moves_the_median_as_it_does_by_hand(n):
    values = np.sort(DRAW.normal(size=n))
    by_hand = [np.median(np.delete(values, place)) for place in range(n)]
    assert medians_without_one(values).tolist() == by_hand


def test_a_skewed_group_pulls_the_interval_to_its_side():
    result = bootstrap_difference(GROUPS[0], Sample.of([*SECOND.tolist(), 40.0]))
    assert result.interval.high - result.estimate > 1.3 * (result.estimate - result.interval.low)


def test_the_same_seed_gives_the_same_interval():
    one, again, other = (bootstrap_difference(*GROUPS, seed=seed, resamples=500) for seed in (1, 1, 2))
    assert one == again
    assert one.interval != other.interval
    assert "500 resamples" in str(one.reason)


def test_what_is_estimated_is_named():
    median = bootstrap_difference(*GROUPS, statistic="median", resamples=200)
    assert (median.estimand, median.method.code) == (Estimand.MEDIAN_DIFFERENCE, "bootstrap_median")


def test_the_order_of_the_values_changes_nothing():
    turned = bootstrap_difference(GROUPS[0], Sample(GROUPS[1].values[::-1]), resamples=300)
    assert turned.interval == bootstrap_difference(*GROUPS, resamples=300).interval


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ([1.0], [1.0, 2.0], "two measurements"),
        ([2.0, 2.0], [3.0, 3.0, 3.0], "no interval"),
        ([1.0, 2.0] * 50_000, [1.0, 2.0], "too long"),
    ],
)
def test_groups_that_allow_no_bootstrap_are_refused_in_words(first, second, words):
    with pytest.raises(Unanswerable, match=words):
        bootstrap_difference(Sample.of(first), Sample.of(second))


def test_no_resample_at_all_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="got 0"):
        bootstrap_difference(*GROUPS, resamples=0)
