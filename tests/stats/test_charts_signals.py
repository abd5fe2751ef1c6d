"""Runs, the four XmR rules, and the two verdicts."""

from __future__ import annotations

import pytest
from scipy.stats import binom

from tests.stats.textbook_charts import labels
from wardteam.stats.charts.control import control_chart, run_chart
from wardteam.stats.charts.run import crossings_limit, longest_run_limit
from wardteam.stats.charts.types import Assurance, Better, ChartKind, Signal, Variation

QUIET = (10, 11, 9, 10.5, 9.5, 11, 9, 10, 10.5, 9.5, 10.2, 9.8)


def individuals(values, **options):
    return control_chart(ChartKind.I, labels(len(values)), values, **options)


def marked(made, signal):
    return [i for i, point in enumerate(made.points) if signal in point.signals]


@pytest.mark.parametrize(
    ("n", "longest", "crossings"), [(10, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (30, 8, 10)]
)
def test_anhojs_limits_are_those_of_qicharts2(n, longest, crossings):
    """Anhøj 2015, PLoS ONE 10(3): e0121349, table 1."""
    assert (longest_run_limit(n), crossings_limit(n)) == (longest, crossings)


def test_the_limit_of_crossings_is_the_binomial_quantile():
    assert [crossings_limit(n) for n in range(2, 120)] == [
        int(binom.ppf(0.05, n - 1, 0.5)) for n in range(2, 120)
    ]


def test_points_on_the_median_do_not_count_in_runs():
    made = run_chart(labels(9), (1, 1, 5, 9, 5, 9, 1, 9, 5))
    assert {point.centre for point in made.points} == {5}
    test = made.run_tests[0]
    assert (test.n, test.longest_run, test.crossings) == (6, 2, 3)
    assert made.variation is Variation.COMMON_CAUSE


def test_a_long_run_is_a_signal_on_its_points_and_directs_the_verdict():
    values = (*[8, 9] * 6, *[12, 13] * 6)
    made = run_chart(labels(24), values, better=Better.LOWER)
    assert marked(made, Signal.LONG_RUN) == list(range(24))
    assert made.run_tests[0].is_signal
    assert (made.run_tests[0].crossings, made.run_tests[0].crossings_limit) == (1, 8)
    assert made.variation is Variation.CONCERN
    assert run_chart(labels(24), values, better=Better.HIGHER).variation is Variation.IMPROVEMENT
    assert run_chart(labels(24), values).variation is Variation.SPECIAL_CAUSE


def test_too_few_crossings_alone_are_a_signal():
    made = run_chart(labels(24), [1, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9] * 2, better=Better.LOWER)
    assert made.run_tests[0].longest_run <= made.run_tests[0].longest_run_limit
    assert not any(point.signals for point in made.points)
    assert made.variation is Variation.CONCERN


def test_a_run_chart_of_one_value_has_no_verdict():
    made = run_chart(labels(3), (4, 4, 4))
    assert (made.run_tests[0].n, made.variation) == (0, Variation.UNKNOWN)


def test_quiet_points_are_common_cause():
    made = individuals(QUIET, better=Better.LOWER)
    assert not any(point.signals for point in made.points)
    assert made.variation is Variation.COMMON_CAUSE


def test_a_point_beyond_a_limit_is_outside_and_one_on_it_is_not():
    made = individuals((*QUIET, 30))
    assert marked(made, Signal.OUTSIDE) == [12]
    limit = individuals(QUIET).points[0].upper
    assert not marked(individuals((*QUIET, limit), freeze=12), Signal.OUTSIDE)
    assert marked(individuals((*QUIET, limit + 0.01), freeze=12), Signal.OUTSIDE)


@pytest.mark.parametrize(("count", "expected"), [(6, []), (7, list(range(12, 19))), (8, list(range(12, 20)))])
def test_seven_on_one_side_are_a_shift_and_all_are_marked(count, expected):
    tail = [10.6, 10.4, 10.6, 10.4, 10.6, 10.4, 10.6, 10.4][:count]
    assert marked(individuals((*QUIET, *tail), freeze=12), Signal.SHIFT) == expected


@pytest.mark.parametrize(("count", "expected"), [(6, []), (7, list(range(12, 19)))])
def test_seven_that_rise_are_a_trend_and_all_are_marked(count, expected):
    rising = [9.5, 9.6, 9.7, 9.8, 9.9, 10.05, 10.1]
    made = individuals((*QUIET, *rising[:count]), freeze=12)
    assert marked(made, Signal.TREND) == expected


@pytest.mark.parametrize(
    ("three", "expected"),
    [
        ((12.5, 10.1, 12.5), [12, 14]),
        ((12.5, 9.5, 12.5), []),
        ((12.5, 7.3, 12.5), []),
        ((7.5, 7.5, 9.9), [12, 13]),
        ((12.5, 10.1, 10.1), []),
    ],
)
def test_two_of_three_near_a_limit_on_one_side(three, expected):
    made = individuals((*QUIET, *three), freeze=12)
    centre, upper = made.points[0].centre, made.points[0].upper
    assert centre + (upper - centre) * 2 / 3 < 12.5 < upper
    assert marked(made, Signal.NEAR_LIMIT) == expected


@pytest.mark.parametrize(
    ("better", "verdict"),
    [
        (Better.LOWER, Variation.IMPROVEMENT),
        (Better.HIGHER, Variation.CONCERN),
        (Better.NEITHER, Variation.SPECIAL_CAUSE),
    ],
)
def test_the_newest_point_decides_the_verdict(better, verdict):
    assert individuals((*QUIET, 2), better=better).variation is verdict
    assert individuals((*QUIET[:6], 2, *QUIET[6:]), better=better).variation is Variation.COMMON_CAUSE


def test_a_phase_without_limits_has_no_verdict():
    assert individuals((*QUIET, 10), rebase=(12,), better=Better.LOWER).variation is Variation.UNKNOWN


@pytest.mark.parametrize(
    ("target", "better", "verdict"),
    [
        (None, Better.LOWER, Assurance.NO_TARGET),
        (10, Better.LOWER, Assurance.HIT_OR_MISS),
        (30, Better.LOWER, Assurance.WILL_REACH),
        (1, Better.LOWER, Assurance.WILL_MISS),
        (30, Better.HIGHER, Assurance.WILL_MISS),
        (1, Better.HIGHER, Assurance.WILL_REACH),
        (1, Better.NEITHER, Assurance.UNKNOWN),
    ],
)
def test_the_target_is_judged_by_the_limits(target, better, verdict):
    assert individuals(QUIET, target=target, better=better).assurance is verdict


def test_a_run_chart_gives_no_assurance():
    assert run_chart(labels(12), QUIET, target=1, better=Better.LOWER).assurance is Assurance.UNKNOWN


def test_spreads_signal_only_beyond_their_limits():
    groups = [[10, 10 + step] for step in (1, 1.2, 0.8, 1.1, 0.9, 1.05, 0.95, 1.02, 1.01, 30)]
    made = control_chart(ChartKind.S, labels(10), (), subgroups=groups)
    assert [point.signals for point in made.points] == [()] * 9 + [(Signal.OUTSIDE,)]
