"""Funnel plots: limits, over-dispersion, verdicts.

FunnelPlotR prints no figures in its documentation; its formulas were recomputed here with scipy and
numpy, apart from the code under test.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import chi2, norm

from wardteam.stats.charts.funnel import funnel
from wardteam.stats.funnel_types import FunnelKind, FunnelVerdict
from wardteam.stats.results import Unanswerable

NAMES = tuple("abcdef")
OBSERVED = (100, 150, 180, 80, 120, 225)
EXPECTED = (108, 112, 165, 95, 100, 220)
"""The figures of FunnelPlotR's own tests."""


def test_ratios_have_exact_poisson_limits_where_nothing_is_overdispersed():
    made = funnel(FunnelKind.RATIO, NAMES, OBSERVED, EXPECTED, target=1, overdispersion=False)
    for unit in made.units:
        e = unit.denominator
        assert unit.low_95 == pytest.approx(chi2.ppf(0.025, 2 * e) / 2 / e)
        assert unit.high_95 == pytest.approx(chi2.ppf(0.975, 2 * (e + 1)) / 2 / e)
        assert unit.low_998 == pytest.approx(chi2.ppf(0.001, 2 * e) / 2 / e)
        assert unit.high_998 == pytest.approx(chi2.ppf(0.999, 2 * (e + 1)) / 2 / e)
    assert made.units[1].verdict is FunnelVerdict.BEYOND_998
    assert made.units[4].verdict is FunnelVerdict.INSIDE


def test_overdispersion_is_found_from_winsorised_scores_and_widens_the_limits():
    made = funnel(FunnelKind.RATIO, NAMES, OBSERVED, EXPECTED, target=1)
    observed, expected = np.array(OBSERVED, float), np.array(EXPECTED, float)
    scores = 2 * (np.sqrt(observed) - np.sqrt(expected))
    drawn_in = np.clip(scores, *np.quantile(scores, [0.1, 0.9]))
    phi, weights = np.mean(drawn_in**2), 4 * expected
    tau2 = (6 * phi - 5) / (weights.sum() - (weights**2).sum() / weights.sum())
    assert made.phi == pytest.approx(phi)
    assert phi > 1 + 2 * math.sqrt(2 / 6)
    assert made.tau2 == pytest.approx(tau2)
    spread = np.sqrt(1 / weights + tau2)
    for unit, s in zip(made.units, spread, strict=True):
        assert unit.high_998 == pytest.approx((1 + norm.ppf(0.999) * s) ** 2, rel=1e-6)
        assert unit.low_95 == pytest.approx((1 - norm.ppf(0.975) * s) ** 2, rel=1e-6)
    assert "square-root" in str(made.rule)
    assert any("widened" in str(warning) for warning in made.warnings)


def test_shares_have_limits_on_the_arcsine_scale():
    made = funnel(FunnelKind.PROPORTION, NAMES, (8, 20, 15, 9, 31, 12), (80, 160, 120, 90, 300, 110))
    target = 95 / 860
    assert (made.target, made.tau2) == (pytest.approx(target), 0)
    for unit in made.units:
        middle = math.asin(math.sqrt(target))
        margin = norm.ppf(0.975) / 2 / math.sqrt(unit.denominator)
        assert unit.high_95 == pytest.approx(math.sin(middle + margin) ** 2, rel=1e-6)
        assert unit.low_95 == pytest.approx(math.sin(middle - margin) ** 2, rel=1e-6)


def test_limits_of_shares_stay_between_0_and_1():
    made = funnel(FunnelKind.PROPORTION, ("a", "b"), (1, 299), (30, 300), target=0.99)
    assert all(
        0 <= low <= high <= 1 for low, high in zip(made.curve.low_998, made.curve.high_998, strict=True)
    )
    assert made.units[0].high_998 == 1


def test_rates_are_ratios_to_the_target_on_their_own_scale():
    made = funnel(FunnelKind.RATE, ("a", "b"), (30, 50), (1000, 1500), multiplier=1000)
    ratio = funnel(FunnelKind.RATIO, ("a", "b"), (30, 50), (1000 * 0.032, 1500 * 0.032), target=1)
    assert made.target == pytest.approx(32)
    assert made.units[0].value == pytest.approx(30)
    for rate, plain in zip(made.units, ratio.units, strict=True):
        assert (rate.low_95, rate.high_998) == (
            pytest.approx(32 * plain.low_95),
            pytest.approx(32 * plain.high_998),
        )


@pytest.mark.parametrize(
    ("events", "verdict"),
    [
        (30, FunnelVerdict.INSIDE),
        (43, FunnelVerdict.BEYOND_95),
        (60, FunnelVerdict.BEYOND_998),
        (18, FunnelVerdict.BEYOND_95),
        (5, FunnelVerdict.BEYOND_998),
    ],
)
def test_a_unit_is_judged_by_its_own_limits(events, verdict):
    made = funnel(FunnelKind.RATE, ("a", "b"), (events, 300), (100, 1000), target=0.3, overdispersion=False)
    assert made.units[0].verdict is verdict


def test_a_unit_below_the_least_denominator_is_drawn_and_not_judged():
    made = funnel(FunnelKind.PROPORTION, ("a", "b", "c"), (19, 20, 22), (19, 200, 210))
    assert [unit.verdict for unit in made.units][:1] == [FunnelVerdict.TOO_SMALL]
    assert any("denominators below 20: 1" in str(warning) for warning in made.warnings)
    assert made.phi == funnel(FunnelKind.PROPORTION, ("b", "c"), (20, 22), (200, 210), target=made.target).phi


def test_units_keep_their_order_and_the_chance_of_a_false_flag_is_told():
    made = funnel(FunnelKind.PROPORTION, tuple("edcba"), (10, 30, 20, 25, 15), (200,) * 5)
    assert [unit.name for unit in made.units] == list("edcba")
    assert "23% of the time" in str(made.warnings[0])
    assert len(made.curve.denominators) == len(made.curve.low_95) == 100


@pytest.mark.parametrize(
    ("kind", "events", "sizes", "options", "words"),
    [
        (FunnelKind.RATE, (1,), (10,), {}, "two units"),
        (FunnelKind.RATE, (0, 0), (10, 20), {}, "No unit has an event"),
        (FunnelKind.RATE, (1.5, 2), (10, 20), {}, "a: a count must be a whole number"),
        (FunnelKind.RATE, (1, 2), (10, 0), {}, "b: a denominator must be more than 0"),
        (FunnelKind.RATE, (1, 2), (10, math.inf), {}, "finite"),
        (FunnelKind.PROPORTION, (11, 2), (10, 20), {}, "a: 11 with the outcome are more"),
        (FunnelKind.PROPORTION, (1, 2), (10, 20), {"target": 1.5}, "between 0 and 1"),
        (FunnelKind.RATIO, (1, 2), (10, 20), {"target": 0}, "more than 0"),
        (FunnelKind.RATE, (1, 2), (1e-80, 20), {}, "too far apart"),
    ],
)
def test_what_is_no_funnel_is_refused_in_words(kind, events, sizes, options, words):
    with pytest.raises(Unanswerable, match=words):
        funnel(kind, tuple("ab")[: len(events)], events, sizes, **options)


def test_a_dispersion_that_chance_allows_widens_nothing():
    made = funnel(FunnelKind.RATE, tuple("abcdef"), (100, 118, 85, 112, 90, 104), (100,) * 6, target=1.0)
    assert 1 < made.phi < 1 + 2 * math.sqrt(2 / 6)
    assert made.tau2 == 0
    assert "exact by Poisson" in str(made.rule)
    wide = funnel(FunnelKind.RATE, tuple("abcdef"), (100, 150, 60, 130, 70, 104), (100,) * 6, target=1.0)
    assert wide.tau2 > 0
    assert wide.units[0].high_95 > made.units[0].high_95
