"""`wardteam stats rates` through the command line, against papers and scipy."""

from __future__ import annotations

import math
import random

import pytest
from scipy import stats

from tests.cli.stats.kit import SIX, named


def test_shares_as_papers_print_them(ask):
    """The published counts of the study this project grew from, recomputed in two ways."""
    answer = ask("rates", "--counts", "162/200", "192/200")
    first = answer["results"][0]
    assert (answer["method"], first["name"]) == ("pearson_chi2", "pearson_chi2")
    assert (first["statistic"], first["df"], first["p"]) == pytest.approx((22.1076, 1, 2.57788e-6), **SIX)
    assert named(answer, "corrected_chi2")["statistic"] == pytest.approx(20.6583, **SIX)
    assert named(answer, "fisher_exact")["p"] == pytest.approx(2.65990e-6, **SIX)
    for name, figures in {
        "newcombe_risk_difference": (0.15, 0.0891757, 0.213130),
        "woolf_odds_ratio": (5.62963, 2.55353, 12.4113),
        "number_needed_to_treat": (6.66667, 4.69197, 11.2138),
    }.items():
        got = named(answer, name)
        assert (got["estimate"], got["ci_low"], got["ci_high"]) == pytest.approx(figures, **SIX)
    assert named(answer, "phi")["estimate"] == pytest.approx(0.235094, **SIX)
    assert named(answer, "wilson", "1")["estimate"] == 0.81
    assert answer["n"] == 400


@pytest.mark.parametrize(
    "words", [("yes", "no"), ("1", "0"), ("满意", "不满意"), ("是", "否"), ("met", "not met")]
)
def test_the_outcome_is_the_answer_that_denies_nothing(ask, write, words):
    yes, no = words
    rows = [("a", yes)] * 30 + [("a", no)] * 20 + [("b", yes)] * 40 + [("b", no)] * 10 + [("b", "")] * 5
    answer = ask("rates", write("g,ok", *rows), "--outcome", "ok", "--group", "g")
    assert named(answer, "newcombe_risk_difference")["estimate"] == pytest.approx(0.2)
    assert (answer["n"], answer["missing"]) == (100, 5)
    assert named(answer, "worst_case_low")["estimate"] == pytest.approx(40 / 55 - 0.6)
    assert named(answer, "worst_case_high")["estimate"] == pytest.approx(45 / 55 - 0.6)


def test_another_outcome_is_named(ask, write):
    rows = [("a", "x")] * 10 + [("a", "z")] * 20 + [("b", "x")] * 15 + [("b", "z")] * 15
    path = write("g,ok", *rows)
    guessed = ask("rates", path, "--outcome", "ok", "--group", "g")
    assert any("Counted as the outcome: z" in warning for warning in guessed["warnings"])
    named_one = ask("rates", path, "--outcome", "ok", "--group", "g", "--event", "x")
    assert named(named_one, "wilson", "b")["estimate"] == 0.5
    assert not any("Counted" in warning for warning in named_one["warnings"])


def test_sums_with_a_denominator_are_the_same_as_counts(ask, write):
    path = write("g,k,n", ("a", 100, 120), ("a", 62, 80), ("b", 192, 200))
    answer = ask("rates", path, "--outcome", "k", "--group", "g", "--denominator", "n")
    assert answer["results"][0]["statistic"] == pytest.approx(22.1076, **SIX)


def test_answers_of_several_values_are_a_whole_table(ask, write):
    cells = {("a", "1"): 20, ("a", "2"): 15, ("a", "3"): 15, ("b", "1"): 10, ("b", "2"): 12, ("b", "3"): 28}
    rows = [key for key, times in cells.items() for _ in range(times)]
    answer = ask("rates", write("g,k", *rows), "--outcome", "k", "--group", "g")
    chi2 = stats.chi2_contingency([[20, 15, 15], [10, 12, 28]])
    assert answer["results"][0]["p"] == pytest.approx(chi2.pvalue, **SIX)
    assert answer["results"][0]["df"] == 2
    assert named(answer, "cramers_v")["estimate"] == pytest.approx(math.sqrt(chi2.statistic / 100), **SIX)


def test_several_groups_have_pairs_adjusted_by_holm(ask):
    answer = ask("rates", "--counts", "30/50", "40/50", "20/50")
    chi2 = stats.chi2_contingency([[30, 20], [40, 10], [20, 30]])
    assert answer["results"][0]["p"] == pytest.approx(chi2.pvalue, **SIX)
    raw = {
        pair: stats.chi2_contingency(t, correction=False).pvalue
        for pair, t in {
            ("1", "2"): [[30, 20], [40, 10]],
            ("1", "3"): [[30, 20], [20, 30]],
            ("2", "3"): [[40, 10], [20, 30]],
        }.items()
    }
    assert named(answer, "pearson_chi2", "2", "3")["p"] == pytest.approx(3 * raw["2", "3"], **SIX)


def test_paired_answers_are_mcnemars(ask, write):
    rows = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 15 + [(0, 0)] * 10 + [(1, "")]
    answer = ask("rates", write("x,y", *rows), "--outcome", "x", "--pair", "y")
    assert answer["method"] == "mcnemar_exact"
    assert answer["results"][0]["p"] == pytest.approx(stats.binomtest(5, 20).pvalue, **SIX)
    assert (answer["n"], answer["missing"]) == (50, 1)


def test_events_by_exposure_are_never_primary_as_poisson(ask, write):
    chance = random.Random(11)
    rows = [("ab"[day >= 100], chance.choice((10, 30, 50)) - 8 * (day >= 100) + 8, 45) for day in range(200)]
    answer = ask("rates", write("g,k,days", *rows), "--outcome", "k", "--group", "g", "--exposure", "days")
    assert answer["method"] == "quasi_poisson"
    events = [sum(k for g, k, _ in rows if g == name) for name in "ab"]
    assert answer["results"][0]["estimate"] == pytest.approx(events[1] / events[0], **SIX)
    assert "never primary" in named(answer, "poisson")["note"]
    assert {"negative_binomial", "rate_difference"} <= {r["name"] for r in answer["results"]}
    naive, right = named(answer, "poisson"), answer["results"][0]
    assert right["ci_high"] - right["ci_low"] > naive["ci_high"] - naive["ci_low"]


def test_totals_alone_are_compared_exactly_with_a_warning(ask, write):
    table = write("g,events,days", ("before", 21, 3011), ("after", 11, 800))
    answer = ask("rates", table, "--outcome", "events", "--group", "g", "--exposure", "days")
    assert answer["results"][0]["p"] == pytest.approx(0.07967, abs=5e-6)
    assert any("Poisson" in warning for warning in answer["warnings"])
