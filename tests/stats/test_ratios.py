"""Rate ratios and geometric mean ratios, against an independent fit and by simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats as reference

from wardteam.stats import DailyCounts, Sample, Unanswerable, geometric_mean_ratio, rate_ratio
from wardteam.stats.ratios import by_week_if_long

BEFORE = DailyCounts((41, 52, 38, 60, 47, 55, 33), (42, 45, 40, 48, 44, 46, 39))
AFTER = DailyCounts((30, 44, 29, 38, 35, 31), (43, 47, 41, 44, 45, 40))


def fitted_by_irls(first: DailyCounts, second: DailyCounts) -> tuple[float, float, float]:
    """Fit log rate on the period by iterated weighted least squares, as glm does."""
    y = np.array(first.counts + second.counts, dtype=float)
    offset = np.log(np.array(first.exposures + second.exposures, dtype=float))
    x = np.column_stack([np.ones(len(y)), np.arange(len(y)) >= len(first.counts)])
    beta = np.zeros(2)
    for _ in range(50):
        mu = np.exp(x @ beta + offset)
        work = x @ beta + (y - mu) / mu
        beta = np.linalg.solve(x.T @ (mu[:, None] * x), x.T @ (mu * work))
    mu = np.exp(x @ beta + offset)
    dispersion = float(np.sum((y - mu) ** 2 / mu) / (len(y) - 2))
    error = math.sqrt(dispersion * np.linalg.inv(x.T @ (mu[:, None] * x))[1, 1])
    return float(beta[1]), error, dispersion


def test_the_rate_ratio_agrees_with_a_fitted_regression():
    slope, error, dispersion = fitted_by_irls(BEFORE, AFTER)
    result = rate_ratio(BEFORE, AFTER)
    t = reference.t.ppf(0.975, 11)
    assert math.log(result.estimate) == pytest.approx(slope, rel=1e-10)
    assert result.dispersion == pytest.approx(dispersion, rel=1e-10)
    assert result.df == (11,)
    assert result.p == pytest.approx(2 * reference.t.sf(abs(slope / error), 11), rel=1e-9)
    assert math.log(result.interval.high) == pytest.approx(slope + t * error, rel=1e-9)


def test_overdispersed_counts_raise_false_alarms_about_one_time_in_twenty():
    draw = np.random.default_rng(20130101)
    alarms = 0
    for _ in range(1000):
        days = draw.negative_binomial(8, 8 / (8 + 30), size=(2, 60))
        periods = [DailyCounts(tuple(map(int, row)), (45.0,) * 60) for row in days]
        alarms += rate_ratio(*periods).is_significant
    assert 35 <= alarms <= 68


def test_days_that_resemble_their_neighbours_are_said_to():
    wave = [30 + round(12 * math.sin(day / 5)) for day in range(60)]
    result = rate_ratio(DailyCounts(tuple(wave), (40.0,) * 60), DailyCounts(tuple(wave), (40.0,) * 60))
    assert result.autocorrelation > 0.8
    assert any("autocorrelation" in str(w) for w in result.warnings)


def test_a_week_of_days_is_said_to_be_few():
    assert any("Fewer than 12 points" in str(w) for w in rate_ratio(BEFORE, AFTER).warnings)


@pytest.mark.parametrize(
    ("counts", "exposures", "words"),
    [
        ((), (), "two days"),
        ((3,), (40.0,), "two days"),
        ((3, 4), (40.0, 0.0), "more than 0"),
        ((3, -4), (40.0, 40.0), "whole number"),
        ((3, 4.5), (40.0, 40.0), "whole number"),
        ((3, 4), (40.0, float("inf")), "finite"),
        ((3, 4), (40.0, float("nan")), "finite"),
    ],
)
def test_impossible_days_are_refused_in_words(counts, exposures, words):
    with pytest.raises(Unanswerable, match=words):
        DailyCounts(counts, exposures)


def test_counts_without_exposures_are_refused():
    with pytest.raises(ValueError, match="3 counts stand against 1"):
        DailyCounts((1, 2, 3), (40.0,))


def test_a_period_without_events_or_without_scatter_is_refused_in_words():
    still = DailyCounts((0, 0, 0), (40.0,) * 3)
    with pytest.raises(Unanswerable, match="no event"):
        rate_ratio(BEFORE, still)
    even = DailyCounts((4, 4, 4), (40.0,) * 3)
    with pytest.raises(Unanswerable, match="scatter"):
        rate_ratio(even, even)


def test_the_geometric_mean_ratio_is_welch_on_logarithms():
    before, after = [90.0, 120, 300, 75, 140], [60.0, 80, 95, 50]
    result = geometric_mean_ratio(Sample.of(map(math.log, before)), Sample.of(map(math.log, after)))
    theirs = reference.ttest_ind(np.log(after), np.log(before), equal_var=False)
    assert result.estimate == pytest.approx(reference.gmean(after) / reference.gmean(before))
    assert result.p == pytest.approx(theirs.pvalue, rel=1e-9)
    assert result.interval.high == pytest.approx(math.exp(theirs.confidence_interval().high), rel=1e-9)


def test_long_periods_are_summed_by_week_and_short_ones_are_not():
    days = DailyCounts(tuple(range(86)), (40.0,) * 86, missing=2)
    first, second = by_week_if_long(days, days)
    assert first == second
    assert (len(first.counts), first.width, first.missing) == (13, 7, 2)
    assert (first.counts[0], first.exposures[0]) == (21, 280)
    assert (first.counts[-1], first.exposures[-1]) == (84 + 85, 80)
    assert first.rate == pytest.approx(days.rate)
    short = DailyCounts((1, 2, 3) * 27, (40.0,) * 81)
    assert by_week_if_long(days, short) == (days, short)


def test_weeks_keep_the_false_alarms_down_where_days_follow_each_other():
    """Days that share a slow wave of their own (autocorrelation about 0.4), no effect, 400 times."""
    draw = np.random.default_rng(2013)
    daily = weekly = 0
    for _ in range(400):
        periods = []
        for _ in range(2):
            level = np.zeros(168)
            for day in range(1, 168):
                level[day] = 0.7 * level[day - 1] + draw.normal(0, 0.2)
            periods.append(DailyCounts(tuple(map(int, draw.poisson(30 * np.exp(level)))), (45.0,) * 168))
        daily += rate_ratio(*periods).is_significant
        weekly += rate_ratio(*by_week_if_long(*periods)).is_significant
    assert daily > 80
    assert weekly < daily / 2
