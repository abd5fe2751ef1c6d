"""Segmented negative binomial regression against statsmodels' own model."""

from __future__ import annotations

import math

import numpy as np
import pytest

from wardteam.stats.results import Unanswerable
from wardteam.stats.segmented_binomial import segmented_negative_binomial


def series(seed: int = 4, n: int = 60):
    rng = np.random.default_rng(seed)
    times = np.arange(n)
    mean = 300 * np.exp(-0.002 * times - 0.25 * (times >= 30)) * rng.gamma(20, 1 / 20, n)
    return rng.poisson(mean).astype(float), np.full(n, 350.0), times


def test_the_effect_agrees_with_statsmodels():
    import statsmodels.api as sm

    counts, exposures, times = series()
    after = (times >= 30).astype(float)
    scaled = (times - 30) / 30
    design = np.column_stack([np.ones(60), scaled, after, scaled * after])
    model = sm.NegativeBinomial(counts, design, exposure=exposures)
    fit = model.fit(disp=0, maxiter=500, start_params=[math.log(0.85), 0, -0.2, 0, 0.05])
    effect = fit.params[2] + fit.params[3] * 29 / 30
    result = segmented_negative_binomial(counts.tolist(), exposures.tolist(), 30)
    assert math.log(result.estimate) == pytest.approx(effect, abs=1e-4)
    contrast = np.array([0, 0, 1, 29 / 30])
    error = math.sqrt(contrast @ fit.cov_params()[:4, :4] @ contrast)
    assert math.log(result.estimate) / result.statistic == pytest.approx(error, rel=0.02)


def test_points_without_a_value_keep_their_place():
    counts, exposures, _ = series()
    gappy = [None if 20 <= n < 30 else count for n, count in enumerate(counts)]
    whole = segmented_negative_binomial(counts.tolist(), exposures.tolist(), 30)
    some = segmented_negative_binomial(gappy, exposures.tolist(), 30)
    assert some.n == (20, 30)
    assert some.missing == (10, 0)
    assert some.estimate == pytest.approx(whole.estimate, rel=0.4)


@pytest.mark.parametrize(
    ("counts", "changeover"), [([1.0, 2.0, 3.0, 4.0], 2), ([0.0] * 5 + [3.0] * 5, 5), ([None] * 10, 5)]
)
def test_too_few_points_or_no_events_are_refused(counts, changeover):
    with pytest.raises(Unanswerable):
        segmented_negative_binomial(counts, [1.0] * len(counts), changeover)
