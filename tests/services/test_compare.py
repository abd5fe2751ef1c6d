"""The comparison of two periods: the plan, honest words, and answers for records that allow none."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date

import pytest

from tests.services.quality_case import AFTER, BEFORE, PLAN, empty_case, quality_case
from wardteam.domain.calendar import Period
from wardteam.domain.study import ArrivalTest, BellTest, Duration, Exclusion, MeasureKind, StudyPeriod
from wardteam.errors import BadInput
from wardteam.services.compare import compare, free_plan
from wardteam.stats.comparison import LedgerStep
from wardteam.stats.counts import Share
from wardteam.stats.measures import ArrivalTimes, arrival_measure


def planned(**fields):
    data = quality_case()
    return compare(replace(data, plan=replace(data.plan, **fields)))


@pytest.fixture(scope="module")
def comparison():
    return compare(quality_case())


def test_the_four_measures_stand_with_both_tests(comparison):
    codes = {m.kind: (m.naive.method.code, m.right.method.code) for m in comparison.measures}
    assert codes == {
        MeasureKind.BELLS: ("student_t", "quasi_poisson"),
        MeasureKind.ARRIVAL: ("student_t", "welch_t_log"),
        MeasureKind.SATISFACTION: ("pearson_chi2", "pearson_chi2"),
        MeasureKind.AWARENESS: ("pearson_chi2", "pearson_chi2"),
    }


@pytest.mark.parametrize(
    ("fields", "kind", "code"),
    [
        ({"bell_test": BellTest.NEGATIVE_BINOMIAL}, MeasureKind.BELLS, "negative_binomial"),
        ({"arrival_test": ArrivalTest.CLUSTER_ROBUST}, MeasureKind.ARRIVAL, "cluster_robust_log"),
        ({"arrival_test": ArrivalTest.GEE}, MeasureKind.ARRIVAL, "gee_log"),
    ],
)
def test_the_plan_names_the_test(comparison, fields, kind, code):
    right = planned(**fields).measure(kind).right
    assert right.method.code == code
    assert right.estimate == pytest.approx(comparison.measure(kind).right.estimate, rel=0.1)


def test_poisson_stands_beside_the_bells_as_naive_and_narrower(comparison):
    measure = comparison.measure(MeasureKind.BELLS)
    (naive,) = measure.supporting
    assert naive.method.code == "poisson"
    assert naive.interval.low > measure.right.interval.low
    assert naive.interval.high < measure.right.interval.high


def test_only_secondary_measures_are_adjusted_by_holm(comparison):
    assert [m.kind for m in comparison.measures if m.is_primary] == [MeasureKind.BELLS]
    assert comparison.measure(MeasureKind.BELLS).holm_p is None
    secondary = [m for m in comparison.measures if not m.is_primary]
    assert all(m.holm_p >= m.right.p for m in secondary)
    least = min(secondary, key=lambda m: m.right.p)
    assert least.holm_p == pytest.approx(3 * least.right.p)


def test_the_primary_measure_is_the_plans():
    primary = [m.kind for m in planned(primary=MeasureKind.AWARENESS).measures if m.is_primary]
    assert primary == [MeasureKind.AWARENESS]


def test_bells_are_counted_by_the_plans_exclusions_per_patient_day(comparison):
    described = comparison.measure(MeasureKind.BELLS).baseline
    steps = {line.step: line.baseline for line in comparison.ledger}
    assert steps[LedgerStep.KEPT] - described.events > steps[LedgerStep.INFUSION]
    assert described.per_100 == pytest.approx(100 * described.events / described.patient_days)
    everything = planned(exclusions=()).measure(MeasureKind.BELLS)
    on_counted_days = described.events + steps[LedgerStep.INFUSION] + steps[LedgerStep.STAFF]
    assert abs(everything.baseline.events - on_counted_days) < 10
    assert "infusion calls included" in str(everything.name)


def test_another_duration_is_measured_and_named():
    answer = planned(duration=Duration.ANSWER).measure(MeasureKind.ARRIVAL)
    arrival = planned().measure(MeasureKind.ARRIVAL)
    assert answer.baseline.median == pytest.approx(arrival.baseline.median / 4, rel=0.05)
    assert "call to answer" in str(answer.sentence)


def test_no_sentence_says_caused_without_not(comparison):
    for measure in comparison.measures:
        words = str(measure.sentence)
        is_significant = measure.deciding_p < 0.05
        assert ("associated with the change, not shown to be caused by it" in words) is is_significant
        assert ("not statistically significant" in words) is not is_significant
    assert any("no control group" in str(limit) for limit in comparison.limits)


def test_days_without_a_census_are_left_out_and_counted():
    data = quality_case()
    described = compare(replace(data, patient_days=data.patient_days[1:])).measure(MeasureKind.BELLS).baseline
    assert (described.days, described.missing_days) == (179, 2)


def test_days_that_lie_ahead_are_not_missing():
    data = quality_case()
    ahead = replace(AFTER, span=Period(AFTER.span.first, date(2026, 12, 31)))
    plan = replace(data.plan, intervention=ahead)
    described = compare(replace(data, plan=plan)).measure(MeasureKind.BELLS).intervention
    assert described.missing_days == 5


def test_without_any_stay_there_are_medians_but_no_p():
    data = quality_case()
    measure = compare(replace(data, book=replace(data.book, stays=()))).measure(MeasureKind.ARRIVAL)
    assert measure.naive is None
    assert measure.right is None
    assert measure.baseline.median > 0
    assert "no P" in str(measure.remarks[0])
    assert "no test is possible" in str(measure.sentence)


def test_empty_records_are_answered_in_words():
    empty = compare(empty_case())
    assert all("there are not enough records" in str(m.sentence) for m in empty.measures)
    assert empty.unanswered is None
    assert empty.outside == 0


def test_a_period_with_one_questionnaire_is_answered_without_a_percentage():
    data = quality_case()
    answered = [s for s in data.sheets if s.is_returned]
    few = (answered[0], *(s for s in data.sheets if s.day in AFTER.span))
    measure = compare(replace(data, sheets=few)).measure(MeasureKind.SATISFACTION)
    assert measure.baseline.share.n == 1
    assert "/1 in the baseline" in str(measure.sentence)


def test_what_the_missing_would_have_said_bounds_the_difference():
    data = quality_case()
    remarks = [str(r) for r in compare(data).measure(MeasureKind.SATISFACTION).remarks]
    assert any("Whatever those without a valid answer" in remark for remark in remarks)
    complete = tuple(s for s in data.sheets if s.is_returned)
    remarks = [
        str(r) for r in compare(replace(data, sheets=complete)).measure(MeasureKind.SATISFACTION).remarks
    ]
    assert not any("Whatever" in remark for remark in remarks)


def test_periods_of_other_months_are_warned_about(comparison):
    autumn = StudyPeriod("观察期", "Intervention", Period(date(2026, 9, 1), date(2026, 9, 20)))
    limits = compare(empty_case(plan=replace(PLAN, intervention=autumn))).limits
    assert any("calendar months" in str(limit) for limit in limits)
    assert not any("calendar months" in str(limit) for limit in comparison.limits)


def test_any_two_periods_can_be_compared_but_none_that_overlap():
    spring, summer = Period(date(2025, 1, 1), date(2025, 3, 31)), Period(date(2025, 4, 1), date(2025, 6, 30))
    plan = free_plan(PLAN, spring, summer)
    assert not plan.is_locked
    made = compare(replace(quality_case(), plan=plan))
    assert made.measure(MeasureKind.BELLS).right.p > 0
    with pytest.raises(BadInput) as refused:
        free_plan(PLAN, spring, Period(date(2025, 3, 31), date(2025, 4, 2)))
    assert "2025-03-31" in str(refused.value.findings[0].problem)


def test_calls_of_neither_period_are_counted():
    data = quality_case()
    short = replace(BEFORE, span=Period(date(2025, 2, 1), date(2025, 6, 30)))
    made = compare(replace(data, plan=replace(data.plan, baseline=short)))
    recorded = sum(
        line.baseline + line.intervention for line in made.ledger if line.step is LedgerStep.RECORDED
    )
    assert made.outside == len(data.calls) - recorded > 0


def test_exclusions_that_leave_no_call_are_answered_in_words():
    data = quality_case()
    nameless = replace(data, book=replace(data.book, stays=()))
    plan = replace(data.plan, exclusions=(Exclusion.WITHOUT_STAY,))
    measure = compare(replace(nameless, plan=plan)).measure(MeasureKind.ARRIVAL)
    assert "there are not enough records" in str(measure.sentence)


def test_the_share_of_unanswered_calls_is_of_kept_ones(comparison):
    steps = {line.step: line.baseline for line in comparison.ledger}
    assert comparison.unanswered[0] == Share(steps[LedgerStep.UNANSWERED], steps[LedgerStep.KEPT])


def test_clustered_calls_fool_the_articles_test_but_not_the_one_by_stay():
    """Under no effect at all, 30 stays of 8 calls a period, 200 times."""
    draw = random.Random(2012)
    naive = right = 0
    for _ in range(200):
        periods = []
        for _ in range(2):
            levels = [draw.gauss(4.5, 0.5) for _ in range(30)]
            times = [tuple(math.exp(level + draw.gauss(0, 0.5)) for _ in range(8)) for level in levels]
            everything = tuple(s for stay in times for s in stay)
            periods.append(ArrivalTimes(everything, {str(i): stay for i, stay in enumerate(times)}))
        measure = arrival_measure(*periods)
        naive += measure.naive.is_significant
        right += measure.right.is_significant
    assert naive > 40
    assert right < 20
