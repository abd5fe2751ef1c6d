"""Power and sample size against R's printed values, statsmodels, and each other."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.power import TTestIndPower, TTestPower

from wardteam.stats import Unanswerable
from wardteam.stats.power import (
    power_clusters,
    power_means,
    power_paired,
    power_ranks,
    power_rates,
    power_shares,
    size_clusters,
    size_means,
    size_paired,
    size_ranks,
    size_rates,
    size_shares,
)


def test_two_means_agree_with_r():
    """R: help(power.t.test): n = 20, delta = 1, sd = 1: 0.8689528; power = .90, delta = 1: n = 22.02110."""
    assert power_means(1, 1, 20).power == pytest.approx(0.8689528, abs=5e-8)
    needed = size_means(1, 1, power=0.9)
    assert needed.exact == pytest.approx(22.02110, abs=5e-5)
    assert (needed.n, needed.power) == ((23, 23), 0.9)


def test_two_shares_agree_with_r():
    """R: help(power.prop.test): n = 50, p1 = .50, p2 = .75: 0.7401659 (0.740); power = .90: n = 76.7."""
    assert power_shares(0.5, 0.75, 50).power == pytest.approx(0.7401659, abs=5e-8)
    needed = size_shares(0.5, 0.75, power=0.9)
    assert needed.exact == pytest.approx(76.7, abs=0.05)
    assert needed.n == (77, 77)


def test_the_continuity_correction_is_casagrande_and_pikes():
    """Fleiss 1981: n = n' / 4 (1 + sqrt(1 + 4 / (n' d)))², near n' + 2 / d: here 2 / 0.25 = 8 more."""
    corrected = size_shares(0.5, 0.75, power=0.9, continuity=True)
    assert corrected.exact == pytest.approx(76.7 + 8, abs=0.25)
    assert "Casagrande" in str(corrected.assumed)
    assert "without continuity correction" in str(size_shares(0.5, 0.75).assumed)


@pytest.mark.parametrize(("difference", "n", "m"), [(0.5, 20, 40), (-0.8, 12, 9), (0.2, 300, 250)])
def test_unequal_groups_agree_with_statsmodels(difference, n, m):
    """Its two-sided power adds rejections on the wrong side, which R's power.t.test leaves out."""
    theirs = TTestIndPower().power(abs(difference) / 2, n, 0.025, ratio=m / n, alternative="larger")
    assert power_means(difference, 2, n, m).power == pytest.approx(theirs, abs=1e-9)


def test_pairs_agree_with_statsmodels():
    assert power_paired(0.5, 1, 34).power == pytest.approx(TTestPower().power(0.5, 34, 0.05), abs=1e-6)
    theirs = TTestPower().solve_power(0.5, power=0.8, alpha=0.05)
    needed = size_paired(0.5, 1)
    assert needed.exact == pytest.approx(theirs, abs=1e-3)
    assert needed.n == (34,)


@pytest.mark.parametrize(
    ("size", "power"),
    [
        (size_means(3, 5, power=0.85), lambda n: power_means(3, 5, n)),
        (size_paired(-3, 7, power=0.85), lambda n: power_paired(-3, 7, n)),
        (size_shares(0.81, 0.9, power=0.85), lambda n: power_shares(0.81, 0.9, n)),
        (
            size_shares(0.9, 0.8, power=0.85, continuity=True),
            lambda n: power_shares(0.9, 0.8, n, continuity=True),
        ),
        (size_clusters(4, 9, 12, 0.1, power=0.85), lambda n: power_clusters(4, 9, n, 12, 0.1)),
        (size_rates(0.3, 0.2, dispersion=3, power=0.85), lambda n: power_rates(0.3, 0.2, n, dispersion=3)),
        (size_ranks(0.6, power=0.85), lambda n: power_ranks(0.6, n)),
    ],
)
def test_the_size_reaches_the_power_and_not_much_more(size, power):
    assert power(size.n[0]).power >= 0.85 - 1e-9
    assert power(0.98 * size.exact).power < 0.85
    assert size.exact <= size.n[0] < size.exact + 1


def test_clusters_widen_the_variance_by_the_design_effect():
    """1 + (10 - 1) 0.05 = 1.45: nearly 1.45 times as many values as without clusters."""
    values = 10 * size_clusters(0.2, 1, 10, 0.05).exact
    assert values / size_means(0.2, 1).exact == pytest.approx(1.45, rel=0.03)
    assert power_clusters(1, 1, 9, 1, 0.3).power == pytest.approx(power_means(1, 1, 9).power)
    assert "design effect 1.45" in str(size_clusters(0.2, 1, 10, 0.05).assumed)


def test_rates_agree_with_their_formula():
    """(1.959964 + 0.841621)² (1 / 0.2 + 1 / 0.15) / log(0.75)² = 1106.44, times the dispersion."""
    assert size_rates(0.2, 0.15).exact == pytest.approx(1106.44, abs=0.01)
    assert size_rates(0.2, 0.15, dispersion=2).exact == pytest.approx(2 * 1106.44, abs=0.02)


def test_noethers_size_agrees_with_its_formula():
    """Noether 1987: N = (z_a + z_b)² / (3 (p - 1/2)²) in all, here 7.84888 / 0.0675 = 116.28."""
    assert 2 * size_ranks(0.65).exact == pytest.approx(116.28, abs=0.005)


def test_the_power_of_the_t_test_is_what_simulation_counts():
    """2000 seeded pairs of groups of 12, a difference of 1.2 s: within 3 errors of the share rejected."""
    draw = np.random.default_rng(8)
    first, second = draw.normal(size=(2000, 12)), draw.normal(1.2, 1, (2000, 12))
    pooled = (first.var(axis=1, ddof=1) + second.var(axis=1, ddof=1)) / 2
    t = (second.mean(axis=1) - first.mean(axis=1)) / np.sqrt(pooled / 6)
    assert power_means(1.2, 1, 12).power == pytest.approx((t > 2.0739).mean(), abs=0.03)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: size_means(0, 1), "alike"),
        (lambda: size_means(1, 0), "standard deviation must be a finite number above 0"),
        (lambda: size_means(float("nan"), 1), "finite"),
        (lambda: size_means(1e-9, 1), "practical size"),
        (lambda: power_means(1, 1, 1), "number in a group must be 2 or more"),
        (lambda: power_paired(1, 1, 1), "number of pairs must be 2"),
        (lambda: power_means(1, 1, 20, alpha=5), "alpha must lie between 0 and 1; got 5"),
        (lambda: size_means(1, 1, power=80), "power must lie between 0 and 1; got 80"),
        (lambda: size_shares(81, 90), "share must lie between"),
        (lambda: size_shares(0.8, 0.8), "alike"),
        (lambda: size_clusters(1, 1, 10, 1.5), "intracluster correlation must lie"),
        (lambda: power_clusters(1, 1, 1, 10, 0.1), "clusters in a group must be 2"),
        (lambda: size_rates(0, 1), "rate must be"),
        (lambda: size_rates(1, 1), "alike"),
        (lambda: power_rates(1, 2, -5), "exposure must be"),
        (lambda: size_ranks(0.5), "alike"),
        (lambda: size_ranks(0.5 + 1e-9), "practical size"),
        (lambda: power_rates(1e300, 1e-300, 5), "rate must be a finite number"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_words(ask, words):
    with pytest.raises(Unanswerable, match=words):
        ask()
