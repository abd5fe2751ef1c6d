"""Shares against published figures.

The counts 162/200 -> 192/200 (satisfaction) and 172/200 -> 189/200 (awareness) are the published
ones of the study this project grew from; their figures were recomputed in two ways, to six digits.
"""

from __future__ import annotations

import pytest

from wardteam.stats import (
    Share,
    Unanswerable,
    choose_test,
    compare_shares,
    corrected,
    fisher,
    holm,
    newcombe_difference,
    number_needed_to_treat,
    odds_ratio,
    pearson,
    phi_coefficient,
    wilson,
)

SATISFACTION = (Share(162, 200), Share(192, 200))
AWARENESS = (Share(172, 200), Share(189, 200))


def six(value: float) -> object:
    """Six significant digits."""
    return pytest.approx(value, rel=5e-6, abs=0)


@pytest.mark.parametrize(
    ("pair", "chi2", "p", "chi2_corrected", "p_corrected", "p_fisher"),
    [
        (SATISFACTION, 22.1076, 2.57788e-6, 20.6583, 5.48983e-6, 2.65990e-6),
        (AWARENESS, 8.21081, 0.00416415, 7.27324, 0.00699893, 0.00636797),
    ],
)
def test_the_tests_of_the_published_counts_agree_to_six_digits(
    pair, chi2, p, chi2_corrected, p_corrected, p_fisher
):
    plain, yates, exact = pearson(*pair), corrected(*pair), fisher(*pair)
    assert (plain.statistic, plain.p, plain.df) == (six(chi2), six(p), (1.0,))
    assert (yates.statistic, yates.p) == (six(chi2_corrected), six(p_corrected))
    assert exact.p == six(p_fisher)
    assert exact.statistic is None


@pytest.mark.parametrize(
    ("statistic", "pair", "estimate", "low", "high"),
    [
        (newcombe_difference, SATISFACTION, 0.15, 0.0891757, 0.213130),
        (newcombe_difference, AWARENESS, 0.085, 0.0269331, 0.144921),
        (odds_ratio, SATISFACTION, 5.62963, 2.55353, 12.4113),
        (odds_ratio, AWARENESS, 2.79704, 1.35146, 5.78888),
        (number_needed_to_treat, SATISFACTION, 6.66667, 4.69197, 11.2138),
        (number_needed_to_treat, AWARENESS, 11.7647, 6.90029, 37.1290),
    ],
)
def test_the_effects_of_the_published_counts_agree_to_six_digits(statistic, pair, estimate, low, high):
    result = statistic(*pair)
    assert result.estimate == six(estimate)
    assert (result.interval.low, result.interval.high) == (six(low), six(high))
    assert result.n == (200, 200)
    assert result.missing == (0, 0)


def test_phi_and_holm_of_the_published_counts_agree_to_six_digits():
    assert phi_coefficient(*SATISFACTION).estimate == six(0.235094)
    assert phi_coefficient(*AWARENESS).estimate == six(0.143273)
    assert holm([pearson(*SATISFACTION).p, pearson(*AWARENESS).p]) == (six(5.15577e-6), six(0.00416415))


def test_newcombe_agrees_with_his_paper():
    """Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10: 56/70 against 48/80."""
    result = newcombe_difference(Share(48, 80), Share(56, 70))
    assert result.interval.low == pytest.approx(0.0524, abs=5e-5)
    assert result.interval.high == pytest.approx(0.3339, abs=5e-5)


def test_wilson_agrees_with_newcombes_paper():
    """Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3: 81/263 and 0/20."""
    result = wilson(Share(81, 263))
    assert (result.interval.low, result.interval.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    none = wilson(Share(0, 20))
    assert (none.interval.low, none.interval.high) == pytest.approx((0, 0.1611), abs=5e-5)


def test_fisher_agrees_with_the_tea_tasting():
    """Fisher 1935, The Design of Experiments: 3 of 4 cups named rightly, two-sided P = 0.4857."""
    assert fisher(Share(3, 4), Share(1, 4)).p == pytest.approx(34 / 70)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (Share(10, 20), Share(12, 20), "pearson_chi2"),
        (Share(10, 20), Share(12, 19), "fisher_exact"),
        (Share(5, 100), Share(5, 100), "pearson_chi2"),
        (Share(4, 100), Share(5, 100), "corrected_chi2"),
        (Share(1, 100), Share(1, 100), "corrected_chi2"),
        (Share(0, 100), Share(1, 100), "fisher_exact"),
        (Share(0, 100), Share(0, 100), "fisher_exact"),
    ],
)
def test_the_rule_chooses_the_test_by_n_and_expected_counts(first, second, code):
    chosen = choose_test(first, second)
    assert chosen.method.code == code
    assert chosen.reason.text != "Shown beside the chosen test."


def test_the_number_needed_runs_through_infinity_where_the_difference_may_be_none():
    result = number_needed_to_treat(Share(10, 100), Share(12, 100))
    assert result.interval.is_through_infinity
    assert result.interval.low < 0 < result.interval.high
    assert result.interval.holds(1e9)
    assert not result.interval.holds(1)
    assert "through infinity" in str(result.warnings[0])


def test_no_difference_has_no_number_needed_but_an_interval():
    result = number_needed_to_treat(Share(10, 100), Share(10, 100))
    assert result.estimate is None
    assert result.interval.is_through_infinity


def test_harm_has_a_negative_number_needed():
    result = number_needed_to_treat(*reversed(SATISFACTION))
    assert (result.interval.low, result.interval.high) == (six(-11.2138), six(-4.69197))


def test_a_table_with_an_empty_cell_answers_what_it_can_and_says_the_rest():
    result = compare_shares(Share(18, 20), Share(30, 30))
    assert result.by_code("woolf_odds_ratio") is None
    assert result.by_code("newcombe_difference") is not None
    assert [m.text for m in result.unanswered] == [
        "A cell of the table is 0: the odds ratio has no Woolf interval."
    ]


def test_unanimous_answers_are_refused_in_words_but_not_by_fisher():
    result = compare_shares(Share(20, 20), Share(30, 30))
    assert result.chosen.method.code == "fisher_exact"
    assert result.chosen.p == 1
    assert len(result.unanswered) == 3


def test_missing_answers_are_counted_beside_the_rest():
    share = Share.of([True, None, False, True, None])
    assert (share.events, share.n, share.missing) == (2, 3, 2)
    assert pearson(share, Share(1, 3)).missing == (2, 0)


@pytest.mark.parametrize(
    ("events", "n", "words"),
    [
        (3, 0, "no answer"),
        (-1, 10, "whole number"),
        (2.5, 10, "whole number"),
        (float("nan"), 10, "whole number"),
        (float("inf"), 10, "whole number"),
        ("7", 10, "whole number"),
        (True, 10, "whole number"),
        (11, 10, "more than"),
    ],
)
def test_impossible_counts_are_refused_in_words(events, n, words):
    with pytest.raises(Unanswerable, match=words):
        Share(events, n)


def test_all_answers_missing_is_refused_in_words():
    with pytest.raises(Unanswerable, match="2 missing"):
        Share.of([None, None])


@pytest.mark.parametrize("ps", [[-0.1], [1.1], [float("nan")]])
def test_an_impossible_p_value_is_refused_by_holm(ps):
    with pytest.raises(Unanswerable, match="between 0 and 1"):
        holm(ps)


def test_holm_agrees_with_r_and_keeps_the_order():
    """R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") gives 0.05 0.08 0.09 0.09 0.09."""
    assert holm([0.05, 0.01, 0.03, 0.02, 0.04]) == pytest.approx([0.09, 0.05, 0.09, 0.08, 0.09])
    assert holm([0.9, 0.8]) == (1.0, 1.0)
    assert holm([]) == ()


def test_the_hash_changes_with_the_data_and_only_with_them():
    first = pearson(*SATISFACTION).data_hash
    assert first == fisher(*SATISFACTION).data_hash
    assert first != pearson(Share(162, 200, missing=1), Share(192, 200)).data_hash
    assert len(first) == 64
