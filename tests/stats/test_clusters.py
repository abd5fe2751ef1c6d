"""Clustered measurements: published correlations, statsmodels, closed forms, and false alarms counted."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.datasets import grunfeld

from wardteam.stats import Estimand, Sample, Unanswerable, student, welch
from wardteam.stats.clustered_samples import design_effect, intracluster_correlation
from wardteam.stats.clusters import ClusteredSample, cluster_means, cluster_robust, gee

TESTS = [cluster_means, cluster_robust, gee]
# Shrout and Fleiss 1979, table 2: six targets, four ratings each.
RATINGS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def clustered(lists, prefix="c"):
    return ClusteredSample.of((v, f"{prefix}{i}") for i, values in enumerate(lists) for v in values)


def drawn(seed, clusters, sizes, shift=0.0, prefix="c"):
    """Draw clusters of log-normal times, whose logarithms have an intracluster correlation of 0.5."""
    draw = np.random.default_rng(seed)
    counts = draw.integers(*sizes, clusters)
    return clustered([np.exp(draw.normal() + draw.normal(shift, 1, n) + 4).tolist() for n in counts], prefix)


def test_the_intracluster_correlation_agrees_with_shrout_and_fleiss():
    """Shrout and Fleiss 1979, table 4: ICC(1,1) = .17 for the ratings of table 2."""
    assert intracluster_correlation(clustered(RATINGS)) == pytest.approx(0.17, abs=0.005)


def test_the_design_effect_is_kishs():
    assert design_effect(0.05, np.array([10, 10, 10])) == pytest.approx(1.45)
    assert design_effect(0.1, np.array([1, 3])) == pytest.approx(1 + 0.1 * (10 / 4 - 1))
    assert design_effect(-0.2, np.array([4, 4])) == 1


def test_two_groups_share_one_correlation_within_them():
    low, high = (
        clustered([[1.0, 1.1], [2.0, 2.1], [3.0, 3.1]]),
        clustered([[51, 51.1], [52, 52.1], [53, 53.1]]),
    )
    assert intracluster_correlation(low, high) == pytest.approx(intracluster_correlation(low), abs=1e-9)


def test_cluster_means_are_welchs_test_on_one_mean_each():
    first, second = clustered([[1, 2], [4], [6, 7, 8]]), clustered([[3, 5], [9], [9, 11], [12]], "d")
    result = cluster_means(first, second, scale="plain")
    by_hand = welch(Sample.of([1.5, 4, 7]), Sample.of([4, 9, 10, 12]))
    assert (result.estimate, result.p, result.n) == (by_hand.estimate, by_hand.p, (3, 4))
    assert result.estimand is Estimand.MEAN_DIFFERENCE


def test_on_the_log_scale_the_estimate_is_a_ratio_of_geometric_means():
    first, second = clustered([[1, 4], [2, 8], [3, 3]]), clustered([[10, 40], [20, 80], [30, 30]], "d")
    for test in TESTS:
        result = test(first, second)
        assert result.estimate == pytest.approx(10)
        assert result.estimand is Estimand.GEOMETRIC_MEAN_RATIO
        assert 1 < result.interval.low < 10 < result.interval.high


def test_cluster_robust_agrees_with_statsmodels_on_the_grunfeld_data():
    """statsmodels' own data set: investment of 11 firms in 20 years, the first four against the rest."""
    data = grunfeld.load_pandas().data
    firms = list(dict.fromkeys(data["firm"]))
    is_second = ~data["firm"].isin(firms[:4])
    parts = [data[~is_second], data[is_second]]
    samples = [ClusteredSample(tuple(part["invest"]), tuple(part["firm"])) for part in parts]
    result = cluster_robust(*samples, scale="plain")
    codes = data["firm"].map(firms.index)
    theirs = sm.OLS(data["invest"], sm.add_constant(is_second.astype(float))).fit(
        cov_type="cluster", cov_kwds={"groups": codes}, use_t=True
    )
    span = theirs.conf_int().iloc[1]
    assert result.estimate == pytest.approx(theirs.params.iloc[1])
    assert (result.statistic, result.p) == pytest.approx((theirs.tvalues.iloc[1], theirs.pvalues.iloc[1]))
    assert (result.interval.low, result.interval.high) == pytest.approx((span[0], span[1]))
    assert result.df == (10,)


def test_clusters_of_one_size_give_a_closed_form():
    """With equal sizes GEE's sandwich and CR1's are sums of squares of the clusters' means."""
    first, second = (
        clustered(np.random.default_rng(s).gamma(2, 9, (25, 4)).tolist(), f"g{s}-") for s in (1, 2)
    )
    means = [group.means("plain") for group in (first, second)]
    variance = sum(((m - m.mean()) ** 2).sum() / 25**2 for m in means)
    difference = means[1].mean() - means[0].mean()
    equations = gee(first, second, scale="plain")
    assert (equations.estimate, equations.statistic) == pytest.approx(
        (difference, difference / variance**0.5)
    )
    robust = cluster_robust(first, second, scale="plain")
    small = 50 / 49 * 199 / 198
    assert robust.statistic == pytest.approx(difference / math.sqrt(variance * small))


def test_gee_agrees_with_statsmodels_on_uneven_clusters():
    first, second = drawn(1, 40, (1, 9)), drawn(2, 30, (1, 20), 0.5, "d")
    values = np.log(first.values + second.values)
    design = sm.add_constant(np.repeat([0.0, 1.0], [first.n, second.n]))
    names = np.array(first.clusters + second.clusters)
    theirs = sm.GEE(values, design, names, cov_struct=sm.cov_struct.Exchangeable()).fit()
    result = gee(first, second)
    assert math.log(result.estimate) == pytest.approx(theirs.params[1], rel=1e-6)
    assert (result.statistic, result.p) == pytest.approx((theirs.tvalues[1], theirs.pvalues[1]), rel=1e-4)


def test_clusters_of_one_value_each_make_no_difference():
    first, second = clustered([[v] for v in (1, 2, 4, 7)]), clustered([[v] for v in (2, 5, 9)], "d")
    result = cluster_means(first, second, scale="plain")
    assert result.p == welch(Sample.of([1, 2, 4, 7]), Sample.of([2, 5, 9])).p
    assert any("makes no difference" in str(w) for w in result.warnings)


def test_few_clusters_and_how_alike_they_are_are_said():
    few = cluster_robust(drawn(1, 19, (2, 5)), drawn(2, 40, (2, 5), 0, "d"))
    assert any("Fewer than 20 clusters" in str(w) for w in few.warnings)
    enough = gee(drawn(1, 20, (2, 5)), drawn(2, 40, (2, 5), 0, "d"))
    assert [str(w).partition(":")[0].partition(" of ")[2] for w in enough.warnings] == ["60 clusters"]
    assert "intracluster correlation 0." in str(enough.warnings[0])


def test_a_cluster_in_both_groups_is_said_to_be():
    first, second = drawn(1, 20, (2, 5)), drawn(2, 25, (2, 5))
    assert any("20 clusters stand in both" in str(w) for w in cluster_means(first, second).warnings)
    assert cluster_robust(first, second).df == (24,)


def test_missing_values_are_counted():
    sample = ClusteredSample.of([(1.0, "a"), (None, "a"), (float("nan"), "b"), (2.0, "b")])
    assert (sample.n, sample.missing, sample.clusters) == (2, 2, ("a", "b"))
    assert cluster_robust(sample, clustered([[3], [5]], "d")).missing == (2, 0)


def test_false_alarms_stay_near_their_level_where_the_naive_test_does_not():
    """200 seeded pairs of groups without a difference, 30 clusters of 2 to 12 values each, ICC 0.5."""
    alarms = dict.fromkeys(["naive", *TESTS], 0)
    for seed in range(200):
        first, second = drawn(2 * seed, 30, (2, 13)), drawn(2 * seed + 1, 30, (2, 13), 0, "d")
        logs = [Sample(tuple(np.log(group.values).tolist())) for group in (first, second)]
        alarms["naive"] += student(*logs).p < 0.05
        for test in TESTS:
            alarms[test] += test(first, second).p < 0.05
    assert alarms.pop("naive") > 40
    assert all(2 <= count <= 20 for count in alarms.values()), alarms


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ([[1, 2, 3]], [[1, 2], [3]], "two clusters or more; got 1 and 2"),
        ([[2, 2], [2]], [[2, 2], [2]], "Nothing varies"),
        ([[2, 2], [2]], [[3, 3], [3]], "Nothing varies"),
        ([[2, 8], [8, 2]], [[3, 5], [5, 3]], "Nothing varies"),
        ([[0, 2], [2]], [[3, 4], [3]], "above 0; the least is 0"),
    ],
)
def test_groups_that_allow_no_test_are_refused_in_words(test, first, second, words):
    with pytest.raises(Unanswerable, match=words):
        test(clustered(first), clustered(second, "d"))


@pytest.mark.parametrize("test", TESTS)
def test_a_ratio_without_a_usable_interval_is_refused_in_words(test):
    with pytest.raises(Unanswerable, match="no usable interval"):
        test(clustered([[1e-300], [1e99]]), clustered([[1e90], [1e-200]], "d"))


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 1e200])
def test_impossible_values_are_refused_in_words(value):
    with pytest.raises(Unanswerable, match="finite number"):
        ClusteredSample((1.0, value), ("a", "b"))


def test_an_empty_group_is_refused_in_words():
    with pytest.raises(Unanswerable, match="no measurement"):
        ClusteredSample.of([(None, "a")])


def test_a_value_without_its_cluster_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="2 values stand against 1"):
        ClusteredSample((1.0, 2.0), ("a",))
