"""Rates by exposure against statsmodels and R, and their false alarms where counts are over-dispersed."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats as reference

from wardteam.stats import DailyCounts, Unanswerable, rate_ratio
from wardteam.stats.exact_rates import exact_rate_ratio
from wardteam.stats.exposure import (
    RateModel,
    choose_rate_model,
    negative_binomial_ratio,
    poisson_ratio,
    rate_difference,
)

DRAW = np.random.default_rng(20131124)


def scattered(days: int, mean: float, size: float = 5.0, draw: np.random.Generator = DRAW) -> DailyCounts:
    exposures = draw.uniform(30, 50, days)
    counts = draw.negative_binomial(size, size / (size + mean * exposures / 40))
    return DailyCounts(tuple(map(int, counts)), tuple(map(float, exposures)))


BEFORE, AFTER = scattered(60, 30), scattered(50, 25)
STEADY = DailyCounts((4, 5, 6, 5, 4, 6), (40.0,) * 6)


def columns(first: DailyCounts, second: DailyCounts):
    y = np.array(first.counts + second.counts, dtype=float)
    x = np.column_stack([np.ones(len(y)), np.arange(len(y)) >= len(first.counts)]).astype(float)
    return y, x, np.array(first.exposures + second.exposures)


def test_the_negative_binomial_ratio_agrees_with_statsmodels():
    y, x, exposure = columns(BEFORE, AFTER)
    theirs = sm.NegativeBinomial(y, x, exposure=exposure).fit(disp=0)
    result = negative_binomial_ratio(BEFORE, AFTER)
    assert math.log(result.estimate) == pytest.approx(theirs.params[1], abs=1e-4)
    assert result.alpha == pytest.approx(theirs.params[2], rel=1e-3)
    error = (math.log(result.interval.high) - math.log(result.interval.low)) / (2 * 1.959964)
    assert error == pytest.approx(theirs.bse[1], rel=0.01)  # theirs: observed information, ours: expected
    poisson = sm.GLM(y, x, family=sm.families.Poisson(), exposure=exposure).fit()
    gain = 2 * (theirs.llf - poisson.llf)
    assert result.poisson_p == pytest.approx(reference.chi2.sf(gain, 1) / 2, rel=1e-3)


def test_visits_to_the_doctor_agree_with_statsmodels():
    """The RAND health insurance study (statsmodels' randhie), every tenth record: visits by kind of plan."""
    data = sm.datasets.randhie.load_pandas().data.iloc[::10]
    groups = [data.loc[data["idp"] == plan, "mdvis"].to_numpy() for plan in (0, 1)]
    first, second = (DailyCounts(tuple(map(int, g)), (1.0,) * len(g)) for g in groups)
    y, x, _ = columns(first, second)
    theirs = sm.NegativeBinomial(y, x).fit(disp=0)
    result = negative_binomial_ratio(first, second)
    assert result.alpha == pytest.approx(theirs.params[2], rel=1e-3)
    assert math.log(result.estimate) == pytest.approx(theirs.params[1], abs=1e-4)
    quasi = sm.GLM(y, x, family=sm.families.Poisson()).fit(scale="X2")
    assert rate_ratio(first, second).dispersion == pytest.approx(quasi.scale)
    assert rate_ratio(first, second).statistic == pytest.approx(quasi.tvalues[1])


def test_the_naive_poisson_ratio_agrees_with_statsmodels_and_is_called_naive():
    y, x, exposure = columns(BEFORE, AFTER)
    theirs = sm.GLM(y, x, family=sm.families.Poisson(), exposure=exposure).fit()
    result = poisson_ratio(BEFORE, AFTER)
    assert result.statistic == pytest.approx(theirs.tvalues[1])
    assert result.p == pytest.approx(theirs.pvalues[1], rel=1e-4)
    assert np.log([result.interval.low, result.interval.high]) == pytest.approx(theirs.conf_int()[1])
    assert str(result.reason).startswith("Naive")
    assert "Poisson alarms too often" in str(result.warnings[0])


@pytest.mark.filterwarnings("ignore:The Identity link")
def test_the_rate_difference_agrees_with_an_identity_link():
    y, x, exposure = columns(BEFORE, AFTER)
    family = sm.families.Poisson(sm.families.links.Identity())
    theirs = sm.GLM(y, x * exposure[:, None], family=family).fit(scale="X2", start_params=[0.7, 0.0])
    result = rate_difference(BEFORE, AFTER)
    assert result.estimate == pytest.approx(theirs.params[1], rel=1e-6)
    assert result.statistic == pytest.approx(theirs.tvalues[1], rel=1e-6)
    assert result.df == (108.0,)


def test_the_exact_test_agrees_with_r():
    """R, ?poisson.test: poisson.test(c(11, 6+8+7), c(800, 1083+1050+878)): P = 0.07967, 1.971488
    (0.8584 to 4.2773), Fredericia over the three other towns."""
    others, fredericia = DailyCounts((6, 8, 7), (1083, 1050, 878)), DailyCounts((5, 6), (400, 400))
    result = exact_rate_ratio(others, fredericia)
    assert result.p == pytest.approx(0.07967, abs=5e-6)
    assert result.estimate == pytest.approx(1.971488, abs=5e-7)
    assert (result.interval.low, result.interval.high) == pytest.approx((0.8584, 4.2773), abs=5e-5)


def test_the_rule_takes_quasi_poisson_and_says_the_dispersion():
    result = choose_rate_model(BEFORE, AFTER)
    quasi = rate_ratio(BEFORE, AFTER)
    assert (result.method.code, result.interval) == ("quasi_poisson", quasi.interval)
    assert result.reason.fields == {"value": f"{quasi.dispersion:.2f}"}


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (STEADY, DailyCounts((2, 1, 2, 2, 1, 1), (40.0,) * 6), "poisson_exact"),
        (STEADY, DailyCounts((2, 1, 2, 2, 2, 1), (40.0,) * 6), "quasi_poisson"),
        (STEADY, DailyCounts((9, 0, 0, 0, 0, 0), (40.0,) * 6), "quasi_poisson"),
        (STEADY, DailyCounts((0, 0), (40.0, 40.0)), "poisson_exact"),
    ],
)
def test_the_rule_takes_the_exact_test_for_few_events_that_do_not_scatter(first, second, code):
    assert choose_rate_model(first, second).method.code == code


@pytest.mark.parametrize("model", list(RateModel))
def test_the_plan_can_name_the_model(model):
    result = choose_rate_model(BEFORE, AFTER, planned=model)
    assert model.value.removeprefix("poisson_") in result.method.code
    assert "The plan names" in str(result.reason)


def test_a_period_without_events_has_a_p_and_a_bound_where_there_is_one():
    empty = DailyCounts((0, 0, 0), (40.0,) * 3)
    gone = exact_rate_ratio(STEADY, empty)
    assert (gone.estimate, gone.interval.low) == (0, 0)
    assert gone.p < 0.01
    come = exact_rate_ratio(empty, STEADY)
    assert (come.estimate, come.interval) == (None, None)
    assert come.p == pytest.approx(gone.p)
    assert "has no value" in str(come.warnings[-1])
    assert rate_difference(STEADY, empty).estimate == pytest.approx(-STEADY.rate)


def test_periods_without_any_event_or_scatter_are_refused_in_words():
    empty, even = DailyCounts((0, 0), (40.0, 40.0)), DailyCounts((4, 4), (40.0, 40.0))
    for statistic in (exact_rate_ratio, rate_difference, choose_rate_model):
        with pytest.raises(Unanswerable, match="Neither period"):
            statistic(empty, empty)
    for statistic in (poisson_ratio, negative_binomial_ratio):
        with pytest.raises(Unanswerable, match="no event"):
            statistic(even, empty)
    with pytest.raises(Unanswerable, match="scatter"):
        rate_difference(even, even)


def test_counts_that_scatter_less_than_poisson_make_the_negative_binomial_poisson():
    result = negative_binomial_ratio(STEADY, STEADY)
    assert (result.alpha, result.poisson_p) == (0, 1)
    naive = poisson_ratio(STEADY, STEADY).interval
    assert (result.interval.low, result.interval.high) == pytest.approx((naive.low, naive.high))
    assert "no more than Poisson" in str(result.warnings[0])


def test_only_poisson_alarms_too_often_on_over_dispersed_totals():
    """No difference at all, dispersion about 4, 60 days a period: alarms at a nominal 5% in 200 runs."""
    draw = np.random.default_rng(2013)
    alarms = dict.fromkeys((poisson_ratio, rate_ratio, negative_binomial_ratio), 0)
    for _ in range(200):
        pair = [scattered(60, 30, 10, draw) for _ in range(2)]
        for statistic in alarms:
            alarms[statistic] += statistic(*pair).is_significant
    assert alarms[poisson_ratio] > 40
    assert 2 <= alarms[rate_ratio] <= 19
    assert 2 <= alarms[negative_binomial_ratio] <= 19
