"""Interrupted time series against the published tutorial and statsmodels, on known truths; their guards."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import statsmodels.api as sm

from tests.stats.sicily import BAN, EPISODES, MONTHS, POPULATION
from wardteam.stats import Estimand, Unanswerable
from wardteam.stats.interrupted import interrupted_series
from wardteam.stats.interrupted_sensitivity import newey_west_series
from wardteam.stats.interrupted_types import SeriesModel
from wardteam.stats.loglinear import fit_counts

TIME = np.arange(59.0)
IS_AFTER = (TIME >= BAN).astype(float)
COUNTS = np.array(EPISODES, dtype=float)


def labels(n: int) -> list[str]:
    return [f"week {i + 1}" for i in range(n)]


def seasons(time: np.ndarray, harmonics: int) -> list[np.ndarray]:
    waves = (np.sin, np.cos)
    return [wave(2 * np.pi * k * time / 12) for k in range(1, harmonics + 1) for wave in waves]


def segmented(n: int, changeover: int) -> np.ndarray:
    time = np.arange(n, dtype=float)
    after = (time >= changeover).astype(float)
    return np.column_stack([np.ones(n), time, after, (time - changeover) * after])


def resembling(n: int, rho: float, seed: int) -> np.ndarray:
    """Errors of first-order autoregression, spread 1."""
    shocks = np.random.default_rng(seed).normal(0, math.sqrt(1 - rho**2), n)
    errors = [float(shocks[0])]
    for shock in shocks[1:]:
        errors.append(rho * errors[-1] + float(shock))
    return np.array(errors)


AR_VALUES = segmented(96, 48) @ [10.0, 0.02, -2.0, -0.01] + resembling(96, 0.6, 5)


@pytest.mark.parametrize(("harmonics", "published"), [(0, (0.894, 0.864, 0.925)), (2, (0.885, 0.839, 0.933))])
def test_the_step_of_the_tutorial_is_found(harmonics, published):
    """Lopez Bernal et al. 2017: step 0.894 (0.864-0.925) by Poisson, 0.885 (0.839-0.933) by quasi-Poisson
    with two harmonics."""
    design = np.column_stack([np.ones(59), TIME, IS_AFTER, *seasons(TIME + 1, harmonics)])
    fit = fit_counts(COUNTS, np.array(POPULATION), design)
    residuals = fit.pearson_residuals(COUNTS)
    scale = residuals @ residuals / (59 - design.shape[1]) if harmonics else 1.0
    margin = 1.959964 * math.sqrt(scale * fit.covariance[2, 2])
    ends = [math.exp(fit.beta[2] + sign * margin) for sign in (0, -1, 1)]
    assert ends == pytest.approx(published, abs=1e-3)


def test_level_and_slope_of_sicily_agree_with_statsmodels():
    ours = interrupted_series(MONTHS, EPISODES, BAN, exposures=POPULATION, harmonics=2)
    design = np.column_stack([segmented(59, BAN), *seasons(TIME, 2)])
    family = sm.families.Poisson()
    theirs = sm.GLM(COUNTS, design, family=family, exposure=np.array(POPULATION)).fit(scale="X2")
    assert ours.dispersion == pytest.approx(theirs.scale)
    for result, column in ((ours.trend, 1), (ours.level, 2), (ours.slope, 3)):
        assert math.log(result.estimate) == pytest.approx(theirs.params[column], abs=1e-8)
        assert result.statistic == pytest.approx(theirs.tvalues[column], abs=1e-5)
        assert result.df == (51.0,)
    last = np.zeros(8)
    last[2:4] = 1, 58 - BAN
    test = theirs.t_test(last)
    assert math.log(ours.effect_at_end.estimate) == pytest.approx(float(test.effect[0]), abs=1e-8)
    assert ours.effect_at_end.statistic == pytest.approx(float(np.squeeze(test.tvalue)), abs=1e-5)


def test_the_linear_model_agrees_with_statsmodels():
    ours = interrupted_series(labels(96), list(AR_VALUES), 48, model=SeriesModel.LINEAR)
    theirs = sm.OLS(AR_VALUES, segmented(96, 48)).fit()
    for result, column in ((ours.trend, 1), (ours.level, 2), (ours.slope, 3)):
        assert result.estimate == pytest.approx(theirs.params[column])
        assert (result.interval.low, result.interval.high) == pytest.approx(tuple(theirs.conf_int()[column]))
        assert result.p == pytest.approx(theirs.pvalues[column])
    assert ours.durbin_watson == pytest.approx(sm.stats.durbin_watson(theirs.resid))
    known = sm.tsa.acf(theirs.resid, nlags=len(ours.acf), fft=False)[1:]
    assert ours.acf == pytest.approx(tuple(known))
    assert any("Residuals of neighbouring points" in str(w) for w in ours.warnings)


@pytest.mark.parametrize("gaps", [(), (7, 30, 31, 60)])
def test_autoregressive_errors_agree_with_statsmodels_gls_at_the_same_rho(gaps):
    values = [None if i in gaps else float(v) for i, v in enumerate(AR_VALUES)]
    ours = interrupted_series(labels(96), values, 48, model=SeriesModel.GLSAR)
    kept = np.array([i for i in range(96) if i not in gaps])
    sigma = ours.rho ** np.abs(kept[:, None] - kept[None, :])
    theirs = sm.GLS(AR_VALUES[kept], segmented(96, 48)[kept], sigma=sigma).fit()
    for result, column in ((ours.trend, 1), (ours.level, 2), (ours.slope, 3)):
        assert result.estimate == pytest.approx(theirs.params[column], abs=1e-7)
        assert result.statistic == pytest.approx(theirs.tvalues[column], rel=1e-6)
    assert sum(ours.level.missing) == len(gaps)
    assert not any("Residuals of neighbouring" in str(w) for w in ours.warnings)


def test_rho_is_the_most_likely_one_and_near_the_truth_on_a_long_series():
    values = segmented(600, 300) @ [10.0, 0.0, -2.0, 0.0] + resembling(600, 0.6, 8)
    ours = interrupted_series(labels(600), list(values), 300, model=SeriesModel.GLSAR)
    iterated = sm.GLSAR(values, segmented(600, 300), rho=1)
    fitted = iterated.iterative_fit(30)
    assert ours.rho == pytest.approx(float(np.squeeze(iterated.rho)), abs=0.02)
    assert ours.level.estimate == pytest.approx(fitted.params[2], abs=0.05)
    assert ours.level.interval.holds(-2)


def test_arima_errors_choose_an_order_and_agree_with_gls():
    arima = interrupted_series(labels(96), list(AR_VALUES), 48, model=SeriesModel.ARIMA)
    assert arima.reason.fields == {"order": "(1, 0, 0)"}
    sigma = arima.rho ** np.abs(np.arange(96)[:, None] - np.arange(96)[None, :])
    theirs = sm.GLS(AR_VALUES, segmented(96, 48), sigma=sigma).fit()
    assert arima.level.estimate == pytest.approx(theirs.params[2], abs=1e-3)
    assert arima.level.estimate / arima.level.statistic == pytest.approx(theirs.bse[2], rel=0.05)
    assert arima.level.df == ()


def test_newey_west_agrees_with_statsmodels_and_is_only_a_sensitivity():
    results = newey_west_series(list(AR_VALUES), 48)
    ols = sm.OLS(AR_VALUES, segmented(96, 48))
    theirs = ols.fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}, use_t=True)
    for result, column in zip(results, (1, 2, 3), strict=False):
        assert result.statistic == pytest.approx(theirs.tvalues[column])
        assert result.p == pytest.approx(theirs.pvalues[column])
        assert "alarm far more often" in str(result.warnings[0])


def test_a_known_change_is_found_with_its_counterfactual():
    draw = np.random.default_rng(11)
    exposures = draw.uniform(250, 350, 104)
    truth = segmented(104, 52) @ [-2.3, 0.002, math.log(0.7), -0.004]
    counts = [float(c) for c in draw.poisson(exposures * np.exp(truth) * draw.gamma(20, 1 / 20, 104))]
    found = interrupted_series(labels(104), counts, 52, exposures=list(exposures), period=52.18, per=100)
    assert found.level.interval.holds(0.7)
    assert found.slope.interval.holds(math.exp(-0.004))
    assert found.trend.interval.holds(math.exp(0.002))
    last, first = found.points[-1], found.points[0]
    assert last.fitted / last.counterfactual == pytest.approx(found.effect_at_end.estimate)
    assert (first.counterfactual, first.is_after, found.points[52].is_after) == (None, False, True)
    assert first.observed == pytest.approx(100 * counts[0] / exposures[0])
    assert last.low < last.fitted < last.high
    growth = [b.fitted / a.fitted for a, b in pairwise(found.points[:52])]
    assert growth == pytest.approx([found.trend.estimate] * 51)
    jump = found.points[52].fitted / found.points[52].counterfactual
    assert jump == pytest.approx(found.level.estimate)


def test_a_trend_under_way_is_not_taken_for_an_effect():
    counts = [round(300 * math.exp(-0.01 * i)) + (-1) ** i * (i % 7) for i in range(80)]
    found = interrupted_series(labels(80), counts, 40, period=365.25)
    assert found.trend.p < 0.001
    assert found.level.p > 0.05
    assert found.slope.p > 0.05


def test_events_over_exposure_are_drawn_as_rates_by_the_linear_models_too():
    events, beds = [20.0, 22, 25, 21, 15, 14, 16, 12], [100.0, 110, 120, 100, 90, 95, 100, 90]
    found = interrupted_series(labels(8), events, 4, exposures=beds, model=SeriesModel.LINEAR, per=1000)
    assert found.points[0].observed == pytest.approx(200)
    assert found.level.estimate < -20
    assert found.level.estimand is Estimand.LEVEL_DIFFERENCE
    assert found.dispersion is None


def test_missing_points_keep_their_place_and_are_counted():
    counts = [None if i in (3, 40) else c for i, c in enumerate(EPISODES)]
    exposures = [0.0 if i in (3, 40) else p for i, p in enumerate(POPULATION)]
    found = interrupted_series(MONTHS, counts, BAN, exposures=exposures, harmonics=2)
    whole = interrupted_series(MONTHS, EPISODES, BAN, exposures=POPULATION, harmonics=2)
    assert found.level.n == (35, 22)
    assert found.level.missing == (1, 1)
    assert found.points[3].observed is None
    assert found.points[3].fitted == pytest.approx(whole.points[3].fitted, rel=0.02)
    assert any("Points without a value: 2" in str(w) for w in found.warnings)
    assert found.data_hash != whole.data_hash
    assert interrupted_series(
        MONTHS, [math.nan if c is None else c for c in counts], BAN, exposures=exposures
    )


@pytest.mark.parametrize(
    ("n", "changeover", "options", "words"),
    [
        (49, 24, {}, "The series has 49 points"),
        (60, 11, {}, "below 12 on a side"),
        (60, 30, {}, "no season is modelled"),
        (20, 10, {"harmonics": 1}, "less than two years"),
        (60, 30, {"model": SeriesModel.POISSON}, "Poisson alarms too often"),
    ],
)
def test_weak_designs_are_warned_of(n, changeover, options, words):
    draw = np.random.default_rng(4)
    counts = [int(c) for c in draw.negative_binomial(5, 5 / 45, n)]
    found = interrupted_series(labels(n), counts, changeover, **options)
    assert any(words in str(w) for w in found.warnings)


def test_a_sound_design_has_no_warning():
    draw = np.random.default_rng(4)
    counts = [int(c) for c in draw.poisson(200, 60)]
    assert interrupted_series(labels(60), counts, 30, harmonics=1).warnings == ()


@pytest.mark.parametrize(
    ("values", "changeover", "options", "words"),
    [
        ([5, 6, 7, 8, 9, 8], 0, {}, "inside the series of 6 points; got point 1"),
        ([5, 6, 7, 8, 9, 8], 6, {}, "got point 7"),
        ([5, 6, 7, 8, 9, 8], -1, {}, "inside the series"),
        ([5, 6, 7, 8, 9, 8], 2, {}, "got 2 before and 4 after"),
        ([5, 6, 7, None, 9, 8], 3, {}, "got 3 before and 2 after"),
        ([5, 6, 7, 8, 9, 8], 3, {"exposures": [1, 1, 1, 0, 1, 1]}, "more than 0; got 0.0 at week 4"),
        ([5, 6, 7, 8, 9, 8], 3, {"exposures": [1, 1, 1, math.nan, 1, 1]}, "more than 0"),
        ([5, 6, 7, 8, 9, 8], 3, {"harmonics": 1}, "use fewer harmonics"),
        ([5, 6, 7, 8, 9, 8, 7, 6, 5, 4], 5, {"harmonics": 1, "period": 2.0}, "use fewer harmonics"),
        ([5, 6, 7.5, 8, 9, 8], 3, {}, "whole number"),
        ([5, 6, -7, 8, 9, 8], 3, {}, "whole number"),
        ([5, 6, math.inf, 8, 9, 8], 3, {}, "finite"),
        ([0, 0, 0, 8, 9, 8], 3, {}, "no event at all"),
        ([5, 6, 7, 0, 0, 0], 3, {}, "no event at all"),
        ([5, 0, 0, 0, 0, 0, 8, 9], 4, {}, "does not settle"),
        ([4, 4, 4, 4, 4, 4], 3, {}, "do not scatter"),
        ([1, 2, 3, 4, 5, 6], 3, {"model": SeriesModel.LINEAR}, "do not scatter"),
        ([1, 2, 3, 4, 5, 6], 3, {"model": SeriesModel.GLSAR}, "do not scatter"),
        ([1, 2, 3, 4, 5, 6], 3, {"model": SeriesModel.ARIMA}, "do not scatter"),
    ],
)
def test_impossible_series_are_refused_in_words(values, changeover, options, words):
    with pytest.raises(Unanswerable, match=words):
        interrupted_series(labels(len(values)), values, changeover, **options)


def test_lists_of_other_lengths_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="as many values"):
        interrupted_series(labels(5), [1, 2, 3, 4, 5, 6], 3)
