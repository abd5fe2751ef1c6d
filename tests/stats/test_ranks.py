"""Mann-Whitney and Hodges-Lehmann against R's printed values, all pairs, and large samples."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import stats as reference

from tests.stats.published import OZONE
from wardteam.stats import Estimand, Sample, Unanswerable
from wardteam.stats.ranks import hodges_lehmann, mann_whitney

# R: help(wilcox.test), Hollander and Wolfe 1973, p. 69f: permeability of the human chorioamnion.
AT_TERM = Sample.of([0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46])
EARLIER = Sample.of([1.15, 0.88, 0.90, 0.74, 1.21])


def test_a_small_sample_without_ties_is_exact_as_in_r():
    """R: wilcox.test(x, y, alternative = "g"): W = 35, p-value = 0.1272; two-sided twice 0.12721."""
    result = mann_whitney(AT_TERM, EARLIER)
    assert result.statistic == 35
    assert result.p / 2 == pytest.approx(0.1272, abs=5e-5)
    assert result.method.code == "mann_whitney_exact"
    assert result.p == pytest.approx(reference.mannwhitneyu(AT_TERM.values, EARLIER.values).pvalue, rel=1e-12)


def test_ties_are_normal_with_both_corrections_as_in_r():
    """R: wilcox.test(Ozone ~ Month, airquality, subset = Month %in% c(5, 8)): W = 127.5, p = 0.0001208."""
    result = mann_whitney(Sample.of(OZONE["5"]), Sample.of(OZONE["8"]))
    assert result.statistic == 127.5
    assert result.p == pytest.approx(0.0001208, abs=5e-8)
    assert result.method.code == "mann_whitney_normal"
    assert (result.n, result.missing) == ((26, 26), (5, 5))


@pytest.mark.parametrize(("n", "code"), [(49, "mann_whitney_exact"), (50, "mann_whitney_normal")])
def test_the_exact_distribution_ends_below_50_as_in_r(n, code):
    first, second = Sample.of(range(0, 2 * n, 2)), Sample.of([1.0, 3.0])
    assert mann_whitney(first, second).method.code == code
    assert mann_whitney(second, first).method.code == code


@pytest.mark.parametrize(("n", "m"), [(3, 4), (8, 8), (20, 7), (49, 49)])
def test_exact_p_agrees_with_scipy(n, m):
    draw = np.random.default_rng(n + m)
    x, y = draw.normal(size=n), draw.normal(0.4, size=m)
    theirs = reference.mannwhitneyu(x, y, method="exact")
    ours = mann_whitney(Sample.of(x.tolist()), Sample.of(y.tolist()))
    assert (ours.statistic, ours.p) == pytest.approx((theirs.statistic, theirs.pvalue), rel=1e-10)


def test_superiority_is_that_of_the_second_group():
    low, high = Sample.of([1.0, 2, 3]), Sample.of([4.0, 5, 6])
    above, below = mann_whitney(low, high), mann_whitney(high, low)
    assert (above.estimate, below.estimate) == (1.0, 0.0)
    assert above.interval.high == pytest.approx(1.0)
    assert above.interval.low == pytest.approx(1 - below.interval.high)
    assert 0.2 < above.interval.low < 1.0
    assert above.estimand is Estimand.SUPERIORITY


def test_the_interval_of_superiority_covers_as_it_says():
    """400 seeded draws from exponentials whose superiority is 2 / 3: coverage near 95%."""
    draw = np.random.default_rng(5)
    results = [
        mann_whitney(Sample.of(draw.exponential(1, 25).tolist()), Sample.of(draw.exponential(2, 30).tolist()))
        for _ in range(400)
    ]
    assert 0.92 <= np.mean([result.interval.holds(2 / 3) for result in results]) <= 0.98


def test_the_shift_agrees_with_r_where_it_is_exact():
    """R: wilcox.test(y, x, conf.int = TRUE): difference in location -0.305, interval -0.76 to 0.15."""
    result = hodges_lehmann(AT_TERM, EARLIER)
    assert result.estimate == pytest.approx(-0.305)
    assert (result.interval.low, result.interval.high) == pytest.approx((-0.76, 0.15))


@pytest.mark.parametrize(
    ("n", "m", "digits"), [(2, 3, 3), (7, 9, 1), (60, 55, 0), (60, 61, 6), (300, 301, 0)]
)
def test_the_shift_is_the_median_of_all_differences(n, m, digits):
    draw = np.random.default_rng(n * m)
    x, y = draw.lognormal(3, 1, n).round(digits), draw.lognormal(3.2, 1, m).round(digits)
    every = np.sort((y[:, None] - x[None, :]).ravel())
    result = hodges_lehmann(Sample.of(x.tolist()), Sample.of(y.tolist()))
    assert result.estimate == pytest.approx(np.median(every), abs=1e-9)
    for end in (result.interval.low, result.interval.high):
        assert np.abs(every - end).min() < 1e-9


def test_the_ends_are_the_differences_that_the_variance_asks_for():
    """Hollander and Wolfe: C = n m / 2 - z sqrt(n m (n + m + 1) / 12), here of 60 and 55: floor(1300.1)."""
    draw = np.random.default_rng(1)
    x, y = draw.normal(size=60), draw.normal(size=55)
    every = np.sort((y[:, None] - x[None, :]).ravel())
    rank = int(60 * 55 / 2 - 1.959964 * (60 * 55 * 116 / 12) ** 0.5)
    result = hodges_lehmann(Sample.of(x.tolist()), Sample.of(y.tolist()))
    assert (result.interval.low, result.interval.high) == pytest.approx((every[rank - 1], every[-rank]))


@pytest.mark.parametrize("unit", [1e-310, 1e-3, 1e90])
def test_the_search_ends_whatever_the_unit(unit):
    first, second = (Sample.of([unit * v for v in values]) for values in ([1.0, 2, 3], [4.0, 6, 9]))
    assert hodges_lehmann(first, second).estimate == pytest.approx(4 * unit, rel=1e-9)


def test_too_few_values_for_the_level_are_said_to_be():
    result = hodges_lehmann(Sample.of([1.0, 2.0]), Sample.of([3.0, 5.0]))
    assert (result.interval.low, result.interval.high) == (1.0, 4.0)
    assert any("widest" in str(warning) for warning in result.warnings)
    assert not hodges_lehmann(AT_TERM, EARLIER).warnings


def test_large_samples_need_no_table_of_all_pairs():
    """Two times 20,000 values have 400 million pairs: 3.2 GB if they were listed."""
    draw = np.random.default_rng(9)
    x, y = draw.lognormal(4, 1, 20_000), draw.lognormal(4, 1, 20_000) + 5
    groups = Sample.of(x.tolist()), Sample.of(y.tolist())
    assert mann_whitney(*groups).p == pytest.approx(reference.mannwhitneyu(x, y).pvalue, rel=1e-9)
    shift = hodges_lehmann(*groups)
    assert 5 < shift.interval.low + 1.5 < shift.estimate + 1.5 < shift.interval.high + 1.5 < 9
    below = np.searchsorted(np.sort(y), np.sort(x) + shift.estimate).sum()
    assert abs(below - 200_000_000) <= 1


@pytest.mark.parametrize("statistic", [mann_whitney, hodges_lehmann])
@pytest.mark.parametrize(
    ("first", "second", "words"),
    [([1.0], [1.0, 2.0], "two measurements"), ([2.0, 2.0], [2.0, 2.0, 2.0], "the same")],
)
def test_groups_that_allow_no_ranks_are_refused_in_words(statistic, first, second, words):
    for a, b in itertools.permutations((first, second)):
        with pytest.raises(Unanswerable, match=words):
            statistic(Sample.of(a), Sample.of(b))
