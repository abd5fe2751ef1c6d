"""Guards of `wardteam stats`: nothing that was asked for is passed over, and what misleads is told."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from scipy import stats

from tests.cli.command_line import Run
from tests.cli.stats.kit import named

APART = {
    "a cluster beside an exposure": "rates --outcome k --group g --exposure n --cluster c",
    "a cluster beside a denominator": "rates --outcome k --group g --denominator n --cluster c",
    "two denominators": "rates --outcome k --denominator n --exposure n",
    "a cluster beside pairs": "means --outcome k --group g --cluster c --pair c",
    "a cluster without groups": "means --outcome k --cluster c",
    "a cluster of shares without groups": "rates --outcome y --cluster c",
    "subgroups of single values": "chart --outcome k --kind i --group g",
    "two denominators of a chart": "chart --outcome k --kind u --denominator n --exposure n",
    "a chart times 0": "chart --outcome k --multiplier 0",
    "a chart upside down": "chart --outcome k --multiplier=-1",
    "a funnel times 0": "funnel --outcome k --unit g --denominator n --multiplier 0",
    "an item twice": "alpha --items k,k",
    "a year of no points": "its --outcome k --time t --changeover 15 --period 0 --harmonics 1",
    "typed figures beside a file": "means --summary 25,1.9,200 10,2.6,200 --outcome k",
    "typed counts beside a file": "rates --outcome k --counts 16/20 19/20",
}


@pytest.fixture
def rows(write):
    return write("g,y,c,k,n,t", *(("ab"[i % 2], i % 3 % 2, i // 3, i % 5, 10 + i, i) for i in range(30)))


@pytest.mark.parametrize("case", APART)
def test_what_would_be_passed_over_is_refused_in_words(run: Run, rows, case: str):
    name, *rest = APART[case].split()
    ended = run("--lang", "en", "stats", name, rows, *rest)
    assert (ended.code, ended.out) == (2, "")
    assert "--" in ended.err


def test_a_chart_says_which_points_break_which_rule(ask, write):
    path = write("t,y", *((i, v) for i, v in enumerate([5, 6, 5, 4, 5, 6, 5, 4, 5, 10, 5, 6, 4, 5, 6])))
    answer = ask("chart", path, "--outcome", "y", "--time", "t")
    outside = named(answer, "signal_outside")
    assert (outside["estimate"], outside["groups"]) == (1, ["9"])
    assert named(answer, "signal_trend")["estimate"] == 0


def test_limits_that_vary_say_whose_they_are(ask, write):
    path = write("k,n", *((i % 4, 20 + i) for i in range(15)))
    answer = ask("chart", path, "--outcome", "k", "--denominator", "n", "--kind", "p")
    assert "vary" in named(answer, "upper_limit")["note"]


def test_each_group_has_its_n_and_its_missing_in_the_order_of_the_file(ask, write):
    path = write("g,y", ("b", 5), ("b", ""), ("b", 7), ("a", 1), ("a", "NA"), ("a", 4), ("a", ""), ("b", 9))
    welch = named(ask("means", path, "--outcome", "y", "--group", "g"), "welch_t")
    assert (welch["groups"], welch["n"], welch["missing"]) == (["b", "a"], [3, 2], [1, 2])
    assert (welch["estimate"], welch["estimand"]) == (pytest.approx(2.5 - 7), "mean_difference")


def test_a_denominator_below_20_is_told(ask):
    assert any("below 20" in told for told in ask("rates", "--counts", "7/19", "9/30")["warnings"])
    assert not any("below 20" in told for told in ask("rates", "--counts", "7/20", "9/30")["warnings"])


def test_rows_of_one_patient_that_are_not_named_are_told(ask, write):
    rows = [("ab"[i % 2], i // 4, i * 7 % 11 + i % 2, i % 2 if i % 3 else 1) for i in range(60)]
    path = write("g,patient_id,y,ok", *rows)
    for command, outcome in (("means", "y"), ("rates", "ok")):
        answer = ask(command, path, "--outcome", outcome, "--group", "g")
        assert any("patient_id" in told for told in answer["warnings"])
    answer = ask("means", path, "--outcome", "y", "--group", "g", "--cluster", "patient_id")
    assert not any("--cluster" in told for told in answer["warnings"])


def test_patient_days_are_no_patients(ask, write):
    path = write("g,patient_days,y", *(("ab"[i % 2], 40, i * 7 % 11) for i in range(40)))
    assert not any("--cluster" in t for t in ask("means", path, "--outcome", "y", "--group", "g")["warnings"])


def test_clustered_shares_are_not_called_skewed(ask, write):
    path = write("g,c,ok", *(("ab"[i % 2], f"{'ab'[i % 2]}{i // 6}", i * 7 % 5 % 2) for i in range(60)))
    answer = ask("rates", path, "--outcome", "ok", "--group", "g", "--cluster", "c")
    assert not any("skewed" in told for told in answer["warnings"])


@pytest.mark.parametrize(("month", "is_told"), [("2026-01", False), ("2026-07", True)])
def test_periods_of_other_months_are_told(ask, write, month: str, is_told: bool):
    before = [("a", f"2025-01-{day:02d}", day % 7, 40) for day in range(1, 29)]
    after = [("b", f"{month}-{day:02d}", day * 3 % 7, 40) for day in range(1, 29)]
    path = write("g,t,k,n", *before, *after)
    answer = ask("rates", path, "--outcome", "k", "--group", "g", "--exposure", "n", "--time", "t")
    assert any("calendar months" in told for told in answer["warnings"]) is is_told


def test_a_chart_of_very_many_points_ends(ask, write):
    path = write("y", *(i * 7919 % 1009 for i in range(20_000)))
    began = time.process_time()
    answer = ask("chart", path, "--outcome", "y", "--kind", "run")
    assert time.process_time() - began < 20
    (n,) = named(answer, "crossings")["n"]
    assert n > 19_000
    assert named(answer, "crossings")["lower_limit"] == stats.binom.ppf(0.05, n - 1, 0.5)


@pytest.mark.parametrize(
    ("dates", "period"),
    [
        ([date(2024, 1, 1) + timedelta(days=i) for i in range(60)], "365.25"),
        ([date(2024, 1, 1) + timedelta(weeks=i) for i in range(60)], "52.18"),
        ([date(2020 + i // 12, i % 12 + 1, 1) for i in range(60)], "12"),
        ([date(2010 + i // 4, 3 * (i % 4) + 1, 1) for i in range(60)], "4"),
    ],
)
def test_a_year_has_as_many_points_as_the_step_of_the_dates_says(ask, write, dates, period: str):
    path = write("t,y", *((day.isoformat(), 20 + i * 7919 % 13) for i, day in enumerate(dates)))
    asked = ("its", path, "--outcome", "y", "--time", "t", "--changeover", dates[30].isoformat())
    guessed, told = (ask(*asked, "--harmonics", 1, *more) for more in ((), ("--period", period)))
    assert named(guessed, "level") == named(told, "level")


def test_a_few_weeks_of_days_are_not_called_more_than_a_year(ask, write):
    path = write("t,y", *((f"2026-01-{day:02d}", 20 + day * 7919 % 13) for day in range(1, 31)))
    answer = ask("its", path, "--outcome", "y", "--time", "t", "--changeover", "2026-01-15")
    assert not any("a year" in told for told in answer["warnings"])


def test_a_month_without_a_row_is_labelled_as_a_month(ask, write):
    months = [f"2026-{month:02d}" for month in (1, 2, 3, 5, 6, 7, 8, 9, 11, 12)]
    path = write("t,y", *((month, 20 + i * 5 % 7) for i, month in enumerate(months)))
    answer = ask("its", path, "--outcome", "y", "--time", "t", "--changeover", "2026-07")
    labels = [point["label"] for point in answer["chart"]["points"]]
    assert labels == [f"2026-{month:02d}" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("rows", "command"),
    [
        ([(t, t % 5) for t in (*range(30), 10**9)], "its --outcome y --time t --changeover 15"),
        ([(t, t % 5) for t in range(20_001)], "chart --outcome y --kind i"),
    ],
)
def test_more_points_than_can_be_shown_are_refused(run: Run, write, rows, command: str):
    name, *rest = command.split()
    ended = run("--lang", "en", "stats", name, write("t,y", *rows), *rest)
    assert (ended.code, ended.out) == (2, "")
    assert "the most is 20000" in " ".join(ended.err.split())
