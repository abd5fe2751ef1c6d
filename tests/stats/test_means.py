"""Tests of means against published values."""

from __future__ import annotations

import subprocess
import sys

import pytest
from scipy import stats as reference

from wardteam.stats import Sample, Summary, Unanswerable, levene, student, welch

# Student 1908 (Cushny and Peebles): extra hours of sleep; R's data set `sleep`.
DRUG_1 = Sample.of([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
DRUG_2 = Sample.of([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])

# NIST/SEMATECH e-Handbook, GEAR.DAT (section 1.3.5.10): ten batches of gear diameters.
GEAR = """
1.006 0.996 0.998 1.000 0.992 0.993 1.002 0.999 0.994 1.000
0.998 1.006 1.000 1.002 0.997 0.998 0.996 1.000 1.006 0.988
0.991 0.987 0.997 0.999 0.995 0.994 1.000 0.999 0.996 0.996
1.005 1.002 0.994 1.000 0.995 0.994 0.998 0.996 1.002 0.996
0.998 0.998 0.982 0.990 1.002 0.984 0.996 0.993 0.980 0.996
1.009 1.013 1.009 0.997 0.988 1.002 0.995 0.998 0.981 0.996
0.990 1.004 0.996 1.001 0.998 1.000 1.018 1.010 0.996 1.002
0.998 1.000 1.006 1.000 1.002 0.996 0.998 0.996 1.002 1.006
1.002 0.998 0.996 0.995 0.996 1.004 1.004 0.998 0.999 0.991
0.991 0.995 0.984 0.994 0.997 0.997 0.991 0.998 1.004 0.997
"""


def test_welch_agrees_with_r_on_the_sleep_data():
    """R: t.test(extra ~ group, sleep): t = -1.8608, df = 17.776, p = 0.07939, -3.3654832 0.2054832."""
    result = welch(DRUG_1, DRUG_2)
    assert result.statistic == pytest.approx(1.8608, abs=5e-5)
    assert result.df[0] == pytest.approx(17.776, abs=5e-4)
    assert result.p == pytest.approx(0.07939, abs=5e-6)
    assert (result.interval.low, result.interval.high) == pytest.approx((-0.2054832, 3.3654832), abs=5e-8)


def test_student_agrees_with_r_on_the_sleep_data():
    """R: t.test(..., var.equal = TRUE): t = -1.8608, df = 18, p = 0.07919, -3.363874 0.203874."""
    result = student(DRUG_1, DRUG_2)
    assert result.statistic == pytest.approx(1.8608, abs=5e-5)
    assert result.df == (18,)
    assert result.p == pytest.approx(0.07919, abs=5e-6)
    assert (result.interval.low, result.interval.high) == pytest.approx((-0.203874, 3.363874), abs=5e-7)


def test_levene_by_the_median_agrees_with_the_handbook():
    """NIST/SEMATECH e-Handbook, section 1.3.5.10: W = 1.7059 with 9 and 90 degrees of freedom."""
    batches = [Sample.of(map(float, line.split())) for line in GEAR.split("\n") if line]
    result = levene(batches, centre="median")
    assert result.statistic == pytest.approx(1.7059, abs=5e-5)
    assert result.df == (9, 90)
    assert result.method.code == "levene_median"


@pytest.mark.parametrize("centre", ["mean", "median"])
def test_levene_agrees_with_scipy_for_either_centre(centre):
    ours = levene([DRUG_1, DRUG_2], centre=centre)
    theirs = reference.levene(DRUG_1.values, DRUG_2.values, center=centre)
    assert (ours.statistic, ours.p) == pytest.approx((theirs.statistic, theirs.pvalue), rel=1e-12)


@pytest.mark.parametrize("test", [student, welch])
def test_summary_figures_give_what_the_raw_values_give(test):
    summaries = [Summary(s.mean, s.sd, s.n) for s in (DRUG_1, DRUG_2)]
    raw, printed = test(DRUG_1, DRUG_2), test(*summaries)
    assert (raw.statistic, raw.p, raw.df) == (printed.statistic, printed.p, printed.df)
    assert raw.data_hash != printed.data_hash


@pytest.mark.parametrize("equal", [True, False])
def test_unequal_groups_agree_with_scipy(equal):
    few, many = Sample.of([310.0, 95, 40, 120]), Sample.of([30.0, 45, 60, 20, 75, 33, 41])
    ours = (student if equal else welch)(few, many)
    theirs = reference.ttest_ind(many.values, few.values, equal_var=equal)
    assert (ours.statistic, ours.p) == pytest.approx((theirs.statistic, theirs.pvalue), rel=1e-10)
    span = theirs.confidence_interval()
    assert (ours.interval.low, ours.interval.high) == pytest.approx((span.low, span.high), rel=1e-10)


def test_skewed_measurements_are_said_to_be():
    result = student(Sample.of([1.0, 2, 3, 400]), Sample.of([1.0, 2, 2, 100]))
    assert any("skewed" in str(w) for w in result.warnings)
    assert not student(DRUG_1, Sample.of([5.0, 6, 7])).warnings


def test_missing_values_are_counted_and_left_out():
    sample = Sample.of([1.0, None, float("nan"), 3.0])
    assert (sample.n, sample.missing, sample.mean) == (2, 2, 2.0)
    assert welch(sample, DRUG_1).missing == (2, 0)


def test_quartiles_are_rs_default_type():
    """R: quantile(c(1, 2, 4, 8), type = 7) gives 1.75, 3, 5."""
    assert Sample.of([8.0, 1, 4, 2]).quartiles == (1.75, 3, 5)
    assert Sample.of([5.0]).quartiles == (5, 5, 5)


@pytest.mark.parametrize("test", [student, welch])
@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ([1.0], [1.0, 2.0], "two measurements"),
        ([1.0, 2.0], [4.0], "two measurements"),
        ([3.0, 3.0], [3.0, 3.0], "all measurements are the same"),
        ([1.0, 1.0], [2.0, 2.0, 2.0], "all measurements are the same"),
        ([0.3, 0.1 + 0.2], [0.3, 0.3], "all measurements are the same"),
    ],
)
def test_groups_that_allow_no_t_test_are_refused_in_words(test, first, second, words):
    with pytest.raises(Unanswerable, match=f"(?i){words}"):
        test(Sample.of(first), Sample.of(second))


@pytest.mark.parametrize(
    "values", [[], [None, None], [float("nan")], [float("inf"), 1.0], [-float("inf")], [1e200, 1.0]]
)
def test_a_sample_of_nothing_or_of_infinities_is_refused_in_words(values):
    with pytest.raises(Unanswerable):
        Sample.of(values)


@pytest.mark.parametrize(
    "figures",
    [(1.0, -1.0, 5), (1.0, 1.0, -5), (1.0, 1.0, 2.5), (float("nan"), 1.0, 5), (1.0, float("inf"), 5)],
)
def test_impossible_summary_figures_are_refused_in_words(figures):
    with pytest.raises(Unanswerable):
        Summary(*figures)


def test_one_constant_group_is_answered_with_a_warning():
    result = welch(Sample.of([2.0, 2.0, 2.0]), DRUG_2)
    assert result.df[0] == pytest.approx(9)
    assert any("the same" in str(w) for w in result.warnings)


def test_levene_without_spread_is_refused_in_words():
    with pytest.raises(Unanswerable, match="spread"):
        levene([Sample.of([1.0, 1.0]), Sample.of([2.0, 2.0])])
    with pytest.raises(Unanswerable, match="two groups"):
        levene([DRUG_1])


def test_a_level_outside_0_and_1_is_refused():
    with pytest.raises(ValueError, match="confidence level"):
        welch(DRUG_1, DRUG_2, level=95)


def test_importing_the_room_loads_no_scipy():
    code = "import sys, wardteam.stats; print([m for m in ('scipy', 'numpy', 'pandas') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
