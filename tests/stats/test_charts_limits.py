"""Limits of every kind of chart, against handbooks; where none is cited they are recomputed another way."""

from __future__ import annotations

import itertools
import math
import statistics

import numpy as np
import pytest

from tests.stats.textbook_charts import FLOW_RATES, PISTON_RINGS, WAFER_DEFECTS, WAFER_FAILURES, labels
from wardteam.stats.charts.constants import a3, b3, b4, c4
from wardteam.stats.charts.control import control_chart
from wardteam.stats.charts.types import ChartKind
from wardteam.stats.results import Unanswerable

COUNTS = (12, 15, 9, 11, 18, 14, 10, 13, 16, 8, 12, 30, 11, 14)
SIZES = (100, 120, 80, 95, 140, 110, 90, 105, 130, 70, 100, 160, 95, 115)


def chart(kind, values, **options):
    return control_chart(kind, labels(len(values)), values, **options)


def first(made):
    point = made.points[0]
    return point.lower, point.centre, point.upper


def test_individuals_agree_with_the_nist_handbook():
    lower, centre, upper = first(chart(ChartKind.I, FLOW_RATES))
    assert centre == pytest.approx(50.81)
    assert (lower, upper) == (pytest.approx(45.8159, abs=1e-3), pytest.approx(55.8041, abs=1e-3))
    assert upper - centre == pytest.approx(2.66 * 16.9 / 9)


def test_moving_ranges_have_their_mean_and_3_267_of_it():
    made = chart(ChartKind.MR, FLOW_RATES)
    assert len(made.points) == 9
    assert made.missing == 0
    assert made.points[0].label == "2"
    assert first(made) == (0, pytest.approx(1.87778, abs=1e-5), pytest.approx(3.267 * 1.87778, abs=1e-4))


def test_counts_and_shares_agree_with_the_nist_handbook():
    assert first(chart(ChartKind.C, WAFER_DEFECTS)) == (4, 16, 28)
    lower, centre, upper = first(chart(ChartKind.P, WAFER_FAILURES, denominators=[50] * 30))
    assert (round(lower, 4), round(centre, 4), round(upper, 4)) == (0.0524, 0.2313, 0.4102)


def test_means_and_spreads_of_subgroups_agree_with_montgomery():
    names = labels(25)
    means = control_chart(ChartKind.XBAR, names, (), subgroups=PISTON_RINGS)
    assert first(means) == (
        pytest.approx(73.988, abs=6e-4),
        pytest.approx(74.00118, abs=1e-5),
        pytest.approx(74.014, abs=6e-4),
    )
    spreads = control_chart(ChartKind.S, names, (), subgroups=PISTON_RINGS)
    assert [round(line, 4) for line in first(spreads)] == [0, 0.0094, 0.0196]
    assert not any(point.signals for point in (*means.points, *spreads.points))


@pytest.mark.parametrize(
    ("n", "four", "three", "low", "high"),
    [
        (2, 0.7979, 2.659, 0, 3.267),
        (5, 0.9400, 1.427, 0, 2.089),
        (10, 0.9727, 0.975, 0.284, 1.716),
        (25, 0.9896, 0.606, 0.565, 1.435),
    ],
)
def test_the_constants_are_those_of_montgomerys_appendix_vi(n, four, three, low, high):
    assert (round(c4(n), 4), round(a3(n), 3), round(b3(n), 3), round(b4(n), 3)) == (four, three, low, high)


def test_subgroups_of_different_sizes_are_pooled():
    groups = [[1.0, 3.0, 5.0], [2.0, 4.0], [0.0, 3.0, 4.0, 9.0], [1.0]]
    made = control_chart(ChartKind.XBAR, labels(4), (), subgroups=groups)
    used = groups[:3]
    squares = sum((len(g) - 1) * statistics.variance(g) for g in used)
    sd = math.sqrt(squares / sum(len(g) - 1 for g in used))
    grand = sum(map(sum, used)) / 9
    assert made.missing == 1
    assert made.points[2].upper == pytest.approx(grand + 3 * sd / (0.921318 * 2), rel=1e-5)


def test_rates_have_limits_by_exposure_cut_at_0():
    made = chart(ChartKind.U, COUNTS, denominators=SIZES, multiplier=100)
    mean = sum(COUNTS) / sum(SIZES)
    for point, size in zip(made.points, SIZES, strict=True):
        assert point.upper == pytest.approx(100 * (mean + 3 * math.sqrt(mean / size)))
        assert point.lower == pytest.approx(max(0, 100 * (mean - 3 * math.sqrt(mean / size))))
    assert first(chart(ChartKind.U, (1, 2, 1), denominators=(10, 10, 10)))[0] == 0


@pytest.mark.parametrize(("kind", "plain"), [(ChartKind.PP, ChartKind.P), (ChartKind.UP, ChartKind.U)])
def test_laneys_limits_are_the_plain_ones_times_the_spread_of_the_scores(kind, plain):
    prime, normal = (chart(k, COUNTS, denominators=SIZES) for k in (kind, plain))
    mean = sum(COUNTS) / sum(SIZES)
    sizes = np.array(SIZES)
    sds = np.sqrt(mean * (1 - mean if kind is ChartKind.PP else 1) / sizes)
    ranges = np.abs(np.diff((np.array(COUNTS) / sizes - mean) / sds))
    kept = ranges[ranges < 3.267 * ranges.mean()]
    assert prime.sigma_z == pytest.approx(kept.mean() / 1.128)
    assert normal.sigma_z is None
    for narrow, wide in zip(prime.points, normal.points, strict=True):
        assert narrow.upper - mean == pytest.approx((wide.upper - mean) * prime.sigma_z)


def test_a_large_moving_range_is_screened_out_once():
    values = [10, 11, 10, 11, 10, 11, 10, 11, 40, 11, 10, 11, 10, 11, 10, 11]
    lower, centre, upper = first(chart(ChartKind.I, values))
    assert upper - centre == pytest.approx(2.66)
    assert lower < centre


def test_cases_between_events_are_limited_about_the_mean_and_run_about_the_median():
    cases = (7, 31, 4, 60, 12, 0, 19, 22, 90, 5, 11, 40)
    mean = statistics.mean(cases)
    assert first(chart(ChartKind.G, cases)) == (
        0,
        statistics.median(cases),
        pytest.approx(mean + 3 * math.sqrt(mean * (mean + 1))),
    )


def test_times_between_events_are_limited_on_the_scale_on_which_they_are_normal():
    days = (3.5, 10, 1, 22, 7, 14.2, 0.5, 31, 8, 2, 17, 6)
    lower, centre, upper = first(chart(ChartKind.T, days))
    roots = [day ** (1 / 3.6) for day in days]
    ranges = [abs(b - a) for a, b in itertools.pairwise(roots)]
    mean, moved = statistics.mean(roots), statistics.mean(ranges)
    assert centre == pytest.approx(mean**3.6)
    assert upper == pytest.approx((mean + 2.66 * moved) ** 3.6)
    assert lower == pytest.approx(max(0, mean - 2.66 * moved) ** 3.6)


def test_a_share_is_never_limited_above_1():
    made = chart(ChartKind.P, (19, 20, 18, 20), denominators=(20, 20, 20, 20))
    assert first(made)[2] == 1


def test_a_missing_point_breaks_the_moving_range_and_an_excluded_one_does_not():
    gap = chart(ChartKind.I, (1, 2, None, 9, 10))
    assert (gap.missing, gap.points[0].upper) == (1, pytest.approx(5.5 + 2.66))
    excluded = chart(ChartKind.I, (1, 2, 100, 3, 4), exclude=(2,))
    assert (excluded.missing, excluded.points[0].upper) == (0, pytest.approx(2.5 + 2.66))
    assert excluded.points[2].is_excluded
    assert not excluded.points[2].signals


def test_limits_are_frozen_after_the_first_points():
    made = chart(ChartKind.I, (1, 3, 1, 3, 9, 9), freeze=4)
    assert {point.centre for point in made.points} == {2}
    assert [point.upper for point in made.points] == [pytest.approx(2 + 2.66 * 2)] * 6
    assert [point.is_frozen for point in made.points] == [False] * 4 + [True] * 2


def test_a_new_phase_has_limits_of_its_own():
    made = chart(ChartKind.I, (1, 3, 1, 3, 11, 13, 11, 13), rebase=(4,))
    assert [point.centre for point in made.points] == [2] * 4 + [12] * 4
    assert [point.phase for point in made.points] == [0] * 4 + [1] * 4
    assert [test.phase for test in made.run_tests] == [0, 1]


@pytest.mark.parametrize(
    ("kind", "values", "options", "words"),
    [
        (ChartKind.I, (1, 2), {}, "3 points or more; got 2"),
        (ChartKind.RUN, (1, None, 2, None), {}, "3 points or more; got 2"),
        (ChartKind.I, (1, 2, 3), {"exclude": (0,)}, "3 points or more; got 2"),
        (ChartKind.C, (1, 2.5, 3), {}, "2: a count must be a whole number"),
        (ChartKind.C, (1, -2, 3), {}, "2: a count must be a whole number"),
        (ChartKind.P, (1, 2, 3), {}, "needs denominators"),
        (ChartKind.C, (1, 2, 3), {"denominators": (1, 2, 3)}, "takes no denominators"),
        (ChartKind.P, (1, 21, 3), {"denominators": (20, 20, 20)}, "2: 21 with the outcome are more"),
        (ChartKind.U, (1, 2, 3), {"denominators": (20, 0, 20)}, "2: there are events, but no denominator"),
        (ChartKind.U, (1, 2, 3), {"denominators": (20, -5, 20)}, "must be more than 0; got -5"),
        (ChartKind.T, (1, 0, 3), {}, "2: a time between events must be more than 0; got 0"),
        (ChartKind.I, (1, math.inf, 3), {}, "finite"),
        (ChartKind.XBAR, (1, 2, 3), {}, "measurements of each subgroup"),
        (ChartKind.MR, (1, None, 3, None, 5), {}, "no neighbouring points"),
    ],
)
def test_what_is_no_chart_is_refused_in_words(kind, values, options, words):
    with pytest.raises(Unanswerable, match=words):
        chart(kind, values, **options)


def test_a_week_without_anybody_is_missing_not_an_error():
    made = chart(ChartKind.P, (1, 0, 3, 2), denominators=(20, 0, 20, 20))
    assert (len(made.points), made.missing) == (3, 1)


@pytest.mark.parametrize(
    ("kind", "values", "options"),
    [
        (ChartKind.I, (5, 5, 5, 5), {}),
        (ChartKind.MR, (5, 5, 5, 5), {}),
        (ChartKind.PP, (3, 6, 9, 12), {"denominators": (10, 20, 30, 40)}),
        (ChartKind.UP, (0, 0, 0), {"denominators": (10, 20, 30)}),
        (ChartKind.P, (5, 5, 5), {"denominators": (5, 5, 5)}),
        (ChartKind.C, (0, 0, 0), {}),
        (ChartKind.T, (2, 2, 2, 2), {}),
        (ChartKind.XBAR, (None, None, None), {"subgroups": ((1, 1), (1, 1), (1, 1))}),
        (ChartKind.S, (None, None, None), {"subgroups": ((1, 1), (1, 1), (1, 1))}),
    ],
)
def test_points_that_do_not_vary_set_no_limits_and_the_chart_says_so(kind, values, options):
    made = chart(kind, values, **options)
    assert {(point.lower, point.upper) for point in made.points} == {(None, None)}
    assert any("do not vary" in str(warning) for warning in made.warnings)
    assert not any(point.signals for point in made.points)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, ["only 11 points", "phase 1 come from 11 points"]),
        ({"freeze": 2}, ["only 11 points", "Phase 1 has 2 points to set limits from"]),
        ({"rebase": (9,)}, ["only 11 points", "phase 1 come from 9 points", "Phase 2 has 2 points"]),
    ],
)
def test_few_points_are_warned_of(options, words):
    warnings = chart(ChartKind.I, (*FLOW_RATES, 50.0), **options).warnings
    assert len(warnings) == len(words)
    assert all(word in str(warning) for word, warning in zip(words, warnings, strict=True))


def test_twelve_points_are_enough_and_the_same_figures_have_the_same_hash():
    one, other = (chart(ChartKind.I, (*FLOW_RATES, 50.0, last)) for last in (51.0, 51.5))
    assert not one.warnings
    assert one.data_hash == chart(ChartKind.I, (*FLOW_RATES, 50.0, 51.0)).data_hash != other.data_hash


def test_a_moving_range_that_touches_an_excluded_point_is_excluded():
    made = chart(ChartKind.MR, (1, 2, 50, 3, 4, 5, 6), exclude=(2,))
    assert [point.is_excluded for point in made.points] == [False, True, True, False, False, False]
    assert made.points[0].centre == 1
