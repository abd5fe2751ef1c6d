"""Paired answers against R, statsmodels and Newcombe's interval as others print it."""

from __future__ import annotations

import pytest
from scipy.stats import beta
from statsmodels.stats import contingency_tables

from wardteam.stats import Unanswerable
from wardteam.stats.matched import discordant_odds_ratio, mcnemar

APPROVAL = (794, 150, 86, 570)
"""Agresti 1990, p. 350: approval of the president in two surveys of the same 1600 people."""


def test_mcnemar_agrees_with_rs_example():
    """R, mcnemar.test(Performance): (|86 - 150| - 1)² / 236 = 16.818, P = 4.115e-05."""
    result = mcnemar(*APPROVAL)
    assert result.method.code == "mcnemar_corrected"
    assert result.statistic == pytest.approx(16.8178, abs=5e-5)
    assert result.p == pytest.approx(4.115e-5, rel=2e-4)
    assert result.estimate == pytest.approx(-0.04)
    assert (result.n, result.df) == ((1600,), (1.0,))


@pytest.mark.parametrize("cells", [APPROVAL, (1, 1, 7, 12), (14, 5, 0, 22), (10, 12, 12, 4)])
def test_mcnemar_agrees_with_statsmodels(cells):
    both, first_only, second_only, neither = cells
    result = mcnemar(*cells)
    is_exact = first_only + second_only < 25
    theirs = contingency_tables.mcnemar([[both, first_only], [second_only, neither]], exact=is_exact)
    assert result.p == pytest.approx(theirs.pvalue, rel=1e-9)
    assert (result.method.code == "mcnemar_exact") is is_exact


def test_newcombes_paired_interval_agrees_with_fagerlands_example():
    """Fagerland, Lydersen and Laake 2014, Statistics in Medicine 33:2850-2875: airway hyper-responsiveness
    of 21 children before and after transplantation, 1, 1, 7, 12: -0.507 to -0.026 for first minus second."""
    interval = mcnemar(1, 1, 7, 12).interval
    assert (interval.low, interval.high) == pytest.approx((0.026, 0.507), abs=5e-4)


def test_the_discordant_odds_have_an_exact_interval():
    result = discordant_odds_ratio(*APPROVAL)
    assert result.estimate == pytest.approx(86 / 150)
    low, high = beta.ppf(0.025, 86, 151), beta.ppf(0.975, 87, 150)  # Clopper and Pearson, 86 of 236
    assert (result.interval.low, result.interval.high) == pytest.approx((low / (1 - low), high / (1 - high)))


@pytest.mark.parametrize(
    ("discordant", "code"), [((12, 12), "mcnemar_exact"), ((12, 13), "mcnemar_corrected")]
)
def test_the_rule_chooses_by_the_pairs_that_differ(discordant, code):
    result = mcnemar(20, *discordant, 20)
    assert result.method.code == code
    assert f"Pairs that differ: {sum(discordant)}" in str(result.reason)


def test_a_correction_never_overshoots():
    assert mcnemar(20, 15, 15, 20).statistic == 0
    assert mcnemar(20, 15, 15, 20).p == 1


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ((0, 0, 0, 0), "no pair"),
        ((10, 0, 0, 5), "No pair differs"),
        ((10, -1, 3, 5), "whole number"),
        ((10, 1.5, 3, 5), "whole number"),
    ],
)
def test_pairs_without_an_answer_are_refused_in_words(cells, words):
    for statistic in (mcnemar, discordant_odds_ratio):
        with pytest.raises(Unanswerable, match=words):
            statistic(*cells)


def test_pairs_that_differ_one_way_have_a_test_but_no_odds():
    assert mcnemar(10, 0, 6, 5).p == pytest.approx(2 / 2**6)
    with pytest.raises(Unanswerable, match="one direction"):
        discordant_odds_ratio(10, 0, 6, 5)


def test_no_concordant_pair_still_has_an_interval():
    interval = mcnemar(0, 3, 9, 0, missing=2).interval
    assert interval.low < 0.5 < interval.high
    assert mcnemar(0, 3, 9, 0, missing=2).missing == (2,)
