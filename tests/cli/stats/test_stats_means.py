"""`wardteam stats means` and `alpha` through the command line, against scipy."""

from __future__ import annotations

import hashlib
import math
import random

import numpy as np
import openpyxl
import pytest
from scipy import stats

from tests.cli.stats.kit import FIGURES, KEYS, SIX, named, two_groups


def test_the_answer_has_its_keys_and_the_hash_of_the_file(ask, write):
    first, second = two_groups()
    path = write("g,y", *(("a", v) for v in first), *(("b", v) for v in second), ("b", ""), ("b", "NA"))
    answer = ask("means", path, "--outcome", "y", "--group", "g")
    assert list(answer) == KEYS
    assert all(set(result) >= FIGURES for result in answer["results"])
    assert (answer["n"], answer["missing"]) == (90, 2)
    assert answer["data_sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert "Welch" in answer["reason"]


def test_means_agree_with_scipy(ask, write):
    first, second = two_groups()
    path = write("g,y", *(("a", v) for v in first), *(("b", v) for v in second))
    answer = ask("means", path, "--outcome", "y", "--group", "g")
    welch = stats.ttest_ind(second, first, equal_var=False)
    assert (answer["method"], answer["results"][0]["name"]) == ("welch_t", "welch_t")
    got = answer["results"][0]
    interval = welch.confidence_interval()
    wanted = (welch.statistic, welch.df, welch.pvalue, interval.low, interval.high)
    assert (got["statistic"], got["df"], got["p"], got["ci_low"], got["ci_high"]) == pytest.approx(
        wanted, **SIX
    )
    assert named(answer, "student_t")["p"] == pytest.approx(stats.ttest_ind(first, second).pvalue, **SIX)
    for name, centre in (("levene_mean", "mean"), ("levene_median", "median")):
        levene = stats.levene(first, second, center=centre)
        assert named(answer, name)["statistic"] == pytest.approx(levene.statistic, **SIX)
        assert named(answer, name)["df"] == [1, 88]
    ranks = stats.mannwhitneyu(first, second, use_continuity=True)
    assert named(answer, "mann_whitney_normal")["p"] == pytest.approx(ranks.pvalue, rel=1e-4)
    ratio = np.exp(np.mean(np.log(second)) - np.mean(np.log(first)))
    assert named(answer, "geometric_mean_ratio")["estimate"] == pytest.approx(ratio, **SIX)
    assert named(answer, "mean", "a")["estimate"] == pytest.approx(np.mean(first), **SIX)
    assert named(answer, "median", "b")["estimate"] == pytest.approx(np.median(second), **SIX)
    assert {"hodges_lehmann", "cohen_d", "hedges_g", "bootstrap_mean"} <= {
        r["name"] for r in answer["results"]
    }


def test_means_as_papers_print_them(ask):
    answer = ask("means", "--summary", "25,1.9,200", "10,2.6,200")
    welch = stats.ttest_ind_from_stats(10, 2.6, 200, 25, 1.9, 200, equal_var=False)
    assert answer["results"][0]["statistic"] == pytest.approx(welch.statistic, **SIX)
    assert (answer["n"], answer["results"][0]["estimate"]) == (400, -15)
    again = ask("means", "--summary=25,1.9,200", "--summary", "10,2.6,200")
    assert again["data_sha256"] == answer["data_sha256"]
    assert len(answer["data_sha256"]) == 64


def test_a_negative_mean_is_a_figure_and_no_option(ask):
    assert ask("means", "--summary", "-5,1,10", "-3,1,12")["results"][0]["estimate"] == 2


def test_clusters_come_first_and_the_naive_test_says_what_it_is(ask, write):
    chance = random.Random(3)
    rows = [
        ("ab"[stay % 2], f"s{stay}", round(math.exp(3 + level + chance.gauss(0, 0.5)), 3))
        for stay in range(40)
        for level in [chance.gauss(0, 0.8)]
        for _ in range(5)
    ]
    answer = ask("means", write("g,stay,y", *rows), "--outcome", "y", "--group", "g", "--cluster", "stay")
    assert answer["method"] == "cluster_means_log"
    logs = {s: np.mean([math.log(y) for _, stay, y in rows if stay == s]) for _, s, _ in rows}
    first, second = ([logs[f"s{s}"] for s in range(k, 40, 2)] for k in (0, 1))
    assert answer["results"][0]["p"] == pytest.approx(
        stats.ttest_ind(first, second, equal_var=False).pvalue, **SIX
    )
    assert {"cluster_robust_log", "gee_log", "cluster_means"} <= {r["name"] for r in answer["results"]}
    assert "never primary" in named(answer, "welch_t")["note"]


def test_pairs_by_code_and_by_column_are_the_same(ask, write):
    chance = random.Random(5)
    pairs = [(round(chance.gauss(10, 2), 2), round(chance.gauss(9, 2), 2)) for _ in range(25)]
    wide = ask("means", write("x,y", *pairs), "--outcome", "x", "--pair", "y")
    test = stats.ttest_rel([b for _, b in pairs], [a for a, _ in pairs])
    assert wide["method"] == "paired_t"
    assert (wide["results"][0]["statistic"], wide["results"][0]["p"]) == pytest.approx(
        (test.statistic, test.pvalue), **SIX
    )
    long = [(g, i, pair[k]) for i, pair in enumerate(pairs) for k, g in enumerate("ab")]
    other = ask(
        "means", write("g,id,y", *long, ("a", 99, 4)), "--outcome", "y", "--group", "g", "--pair", "id"
    )
    assert other["results"][0]["p"] == pytest.approx(test.pvalue, **SIX)
    assert (other["n"], other["missing"]) == (25, 1)


def test_three_groups_are_compared_together_and_by_corrected_pairs(ask, write):
    chance = random.Random(7)
    groups = {
        g: [round(chance.gauss(m, s), 2) for _ in range(20)]
        for g, m, s in (("a", 5, 1), ("b", 6, 2), ("c", 5, 1))
    }
    rows = [(g, v) for g, values in groups.items() for v in values]
    answer = ask("means", write("g,y", *rows), "--outcome", "y", "--group", "g")
    assert answer["method"] == "welch_anova"
    assert named(answer, "anova")["p"] == pytest.approx(stats.f_oneway(*groups.values()).pvalue, **SIX)
    assert named(answer, "kruskal_wallis")["p"] == pytest.approx(
        stats.kruskal(*groups.values()).pvalue, **SIX
    )
    assert [r["groups"] for r in answer["results"] if r["name"] == "games_howell"] == [
        ["a", "b"],
        ["a", "c"],
        ["b", "c"],
    ]


def test_one_sample_is_described(ask, write):
    answer = ask("means", write("y", 1, 2, 3, 4, 5), "--outcome", "y")
    assert (answer["method"], answer["results"][0]["estimate"]) == ("mean", 3)
    assert answer["results"][0]["ci_low"] == pytest.approx(3 - 2.776445 * math.sqrt(2.5 / 5), rel=1e-6)


def test_alpha_of_items(ask, write):
    rows = [(1, 2, 1), (2, 2, 3), (3, 5, 4), (4, 4, 5), (5, 4, 4), (2, 1, 2), (3, 3, 3), (1, "", 2)]
    answer = ask("alpha", write("A,B,C", *rows), "--items", "A,B,C")
    whole = np.array([row for row in rows if "" not in row], float)
    alpha = 1.5 * (1 - whole.var(axis=0, ddof=1).sum() / whole.sum(axis=1).var(ddof=1))
    assert (answer["method"], answer["results"][0]["estimate"]) == ("cronbach_alpha", pytest.approx(alpha))
    assert (answer["n"], answer["missing"]) == (7, 1)


def test_a_workbook_answers_as_the_same_csv(ask, write, tmp_path):
    first, second = two_groups()
    rows = [("a", v) for v in first] + [("b", v) for v in second]
    book = openpyxl.Workbook()
    for row in (("g", "y"), *rows):
        book.active.append(row)
    path = tmp_path / "figures.xlsx"
    book.save(path)
    arguments = ("--outcome", "y", "--group", "g")
    assert (
        ask("means", path, *arguments)["results"] == ask("means", write("g,y", *rows), *arguments)["results"]
    )
