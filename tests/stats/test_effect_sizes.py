"""Cohen's d, Hedges' g and the noncentral t against R's effectsize and scipy."""

from __future__ import annotations

import math

import pytest
from scipy import stats as reference

from tests.stats.published import MPG_AUTOMATIC, MPG_MANUAL
from wardteam.stats import Sample, Summary, Unanswerable
from wardteam.stats.effect_sizes import bias_factor, cohen_d, hedges_g
from wardteam.stats.noncentral import noncentral_t_below

AUTOMATIC, MANUAL = Sample.of(MPG_AUTOMATIC), Sample.of(MPG_MANUAL)


@pytest.mark.parametrize(
    ("effect", "printed"), [(cohen_d, (1.48, 0.67, 2.27)), (hedges_g, (1.44, 0.65, 2.21))]
)
def test_effect_sizes_agree_with_rs_effectsize(effect, printed):
    """R effectsize: cohens_d(mpg ~ am, mtcars): -1.48 [-2.27, -0.67]; hedges_g: -1.44 [-2.21, -0.65]."""
    result = effect(AUTOMATIC, MANUAL)
    assert (result.estimate, result.interval.low, result.interval.high) == pytest.approx(printed, abs=0.005)


def test_the_published_arrival_times_give_a_finite_interval():
    """25 ± 1.9 s to 10 ± 2.6 s, 200 each; ends recomputed with scipy.stats.nct."""
    result = cohen_d(Summary(25, 1.9, 200), Summary(10, 2.6, 200))
    assert result.estimate == pytest.approx(-15 / ((1.9**2 + 2.6**2) / 2) ** 0.5)
    for end, tail in ((result.interval.low, 0.975), (result.interval.high, 0.025)):
        shift = end / (2 / 200) ** 0.5
        assert reference.nct.cdf(result.estimate * 10, 398, shift) == pytest.approx(tail, abs=1e-6)


@pytest.mark.parametrize(
    ("t", "df", "shift"),
    [(1, 5, 0), (2, 1, 1.5), (-3, 2, -1), (3, 38, 2.5), (66, 398, 70), (1.96, 100_000, 2), (0.3, 1, 5)],
)
def test_the_noncentral_t_agrees_with_scipy(t, df, shift):
    assert noncentral_t_below(t, df, shift) == pytest.approx(reference.nct.cdf(t, df, shift), abs=1e-11)


def test_hedges_factor_is_the_exact_one():
    """J(2) = 1 / sqrt(pi), J(4) = sqrt(2 / pi) by the gamma function; not the shortcut 1 - 3 / (4 df - 1)."""
    assert bias_factor(2) == pytest.approx(math.pi**-0.5)
    assert bias_factor(4) == pytest.approx((2 / math.pi) ** 0.5)
    assert bias_factor(10**6) == pytest.approx(1, abs=1e-6)


def test_summaries_give_what_raw_values_give():
    raw = cohen_d(AUTOMATIC, MANUAL)
    printed = cohen_d(*(Summary(group.mean, group.sd, group.n) for group in (AUTOMATIC, MANUAL)))
    assert (raw.estimate, raw.interval) == (printed.estimate, printed.interval)


@pytest.mark.parametrize("n", [2, 100_000, 10_000_000])
def test_the_interval_is_finite_for_any_size(n):
    result = cohen_d(Summary(25, 1.9, n), Summary(10, 2.6, n))
    assert result.interval.low < result.estimate < result.interval.high


@pytest.mark.parametrize("effect", [cohen_d, hedges_g])
@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (Summary(1, 1, 1), Summary(2, 1, 9), "two measurements"),
        (Summary(1, 0, 5), Summary(2, 0, 5), "the same"),
    ],
)
def test_groups_without_a_spread_are_refused_in_words(effect, first, second, words):
    with pytest.raises(Unanswerable, match=words):
        effect(first, second)
