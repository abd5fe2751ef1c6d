"""The comparison of two periods: cleaning with its ledger, the plan, and honest words."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from wardteam.domain.beds import NursingGrade, Stay
from wardteam.domain.calendar import Period
from wardteam.domain.quality import (
    BellCall,
    CallReason,
    PatientDays,
    QualityRecords,
    Questionnaire,
    StudyPeriod,
)
from wardteam.services.bell_log import clean_log
from wardteam.services.compare import compare
from wardteam.stats.comparison import LedgerStep, MeasureKind
from wardteam.stats.counts import Share
from wardteam.stats.measures import ArrivalTimes, arrival_measure

ZONE = ZoneInfo("Asia/Shanghai")
BEFORE = StudyPeriod("对照期", "Baseline", Period(date(2012, 3, 1), date(2012, 3, 20)))
AFTER = StudyPeriod("观察期", "Intervention", Period(date(2013, 3, 1), date(2013, 3, 20)))
NOON = datetime(2012, 3, 5, 12, tzinfo=ZONE)


def call(code="c", *, bed="01", after=0, arrival=60, reason=CallReason.PAIN, stay="s1", start=NOON):
    placed = start + timedelta(seconds=after)
    arrived = None if arrival is None else placed + timedelta(seconds=arrival)
    return BellCall(code, bed, reason, placed, arrived=arrived, stay=stay)


def taken(*calls, stays=()):
    counts = clean_log(calls, BEFORE.span, stays).taken
    return {step.value: n for step, n in counts.items() if n}


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ([call()], {"recorded": 1, "kept": 1}),
        ([call(arrival=-1)], {"recorded": 1, "refused": 1}),
        ([call(arrival=0)], {"recorded": 1, "kept": 1}),
        ([call("a"), call("b")], {"recorded": 2, "duplicate": 1, "kept": 1}),
        ([call(), call(after=10)], {"recorded": 2, "merged": 1, "kept": 1}),
        ([call(), call(after=11)], {"recorded": 2, "kept": 2}),
        ([call(), call(after=9), call(after=18)], {"recorded": 3, "merged": 2, "kept": 1}),
        ([call(), call(bed="02", after=5)], {"recorded": 2, "kept": 2}),
        ([call(arrival=3600)], {"recorded": 1, "kept": 1}),
        ([call(arrival=3601)], {"recorded": 1, "kept": 1, "flagged": 1}),
        ([call(arrival=None)], {"recorded": 1, "kept": 1, "unanswered": 1}),
        ([call(stay="")], {"recorded": 1, "kept": 1, "without_stay": 1}),
        ([call(reason=CallReason.INFUSION)], {"recorded": 1, "kept": 1, "infusion": 1}),
        ([call(start=NOON + timedelta(days=300))], {}),
    ],
)
def test_every_row_of_the_call_log_is_accounted_for(calls, expected):
    assert taken(*calls) == expected


def test_merged_presses_keep_the_first_press_and_the_first_arrival():
    log = clean_log([call("a", arrival=None), call("b", after=8, arrival=40)], BEFORE.span)
    assert [c.code for c in log.calls] == ["a"]
    assert log.calls[0].arrival_seconds == 48


def test_a_call_finds_its_stay_by_bed_and_moment():
    stays = [
        Stay("old", "01", NursingGrade.SECOND, NOON - timedelta(days=9), NOON - timedelta(days=1)),
        Stay("now", "01", NursingGrade.SECOND, NOON - timedelta(days=1), None),
    ]
    log = clean_log([call(stay=""), call(bed="02", stay="")], BEFORE.span, stays)
    assert [c.stay for c in log.calls] == ["now", ""]


def ward_records(*, ratio=0.8, seed=7) -> QualityRecords:
    """Give two seeded periods: calls clustered by stay, and 200 questionnaires each."""
    draw = random.Random(seed)
    calls, census, answers = [], [], []
    for period, factor, satisfied, aware in ((BEFORE, 1.0, 162, 172), (AFTER, ratio, 192, 189)):
        for day in period.span:
            beds = draw.randint(38, 46)
            census.append(PatientDays(day, {NursingGrade.SECOND: beds}))
            for bed in range(beds):
                calls += _calls_of(draw, period, day, bed, factor)
        answers += [
            Questionnaire(f"{period.name_en}{i}", period.span.first, (), (), i < satisfied, i < aware)
            for i in range(200)
        ]
    return QualityRecords(BEFORE, AFTER, tuple(calls), tuple(census), tuple(answers), (200,) * 2, (200,) * 2)


def _calls_of(draw, period, day, bed, factor):
    stay = f"{period.name_en}-{bed}-{day.day // 7}"
    pace = random.Random(stay).gauss(0, 0.5)
    for hour in range(6, 22):
        if draw.random() < 0.05 * factor * math.exp(pace):
            start = datetime(day.year, day.month, day.day, hour, draw.randrange(60), tzinfo=ZONE)
            seconds = round(90 * factor * math.exp(pace + draw.gauss(0, 0.4)))
            reason = CallReason.INFUSION if draw.random() < 0.3 else CallReason.PAIN
            yield call(f"{stay}{hour}", bed=str(bed), start=start, arrival=seconds, stay=stay, reason=reason)


@pytest.fixture(scope="module")
def comparison():
    return compare(ward_records())


def test_the_four_measures_stand_with_both_tests(comparison):
    codes = {m.kind: (m.naive.method.code, m.right.method.code) for m in comparison.measures}
    assert codes == {
        MeasureKind.BELLS: ("student_t", "quasi_poisson"),
        MeasureKind.ARRIVAL: ("student_t", "welch_t_log"),
        MeasureKind.SATISFACTION: ("pearson_chi2", "pearson_chi2"),
        MeasureKind.AWARENESS: ("pearson_chi2", "pearson_chi2"),
    }


def test_only_secondary_measures_are_adjusted_by_holm(comparison):
    assert [m.kind for m in comparison.measures if m.is_primary] == [MeasureKind.BELLS]
    assert comparison.measure(MeasureKind.BELLS).holm_p is None
    awareness = comparison.measure(MeasureKind.AWARENESS)
    assert awareness.holm_p >= awareness.right.p == pytest.approx(0.00416415, rel=1e-5)


def test_bells_are_counted_without_infusion_calls_per_patient_day(comparison):
    described = comparison.measure(MeasureKind.BELLS).baseline
    kept = {line.step: line.baseline for line in comparison.ledger}
    assert described.events == kept[LedgerStep.KEPT] - kept[LedgerStep.INFUSION]
    assert described.per_100 == pytest.approx(100 * described.events / described.patient_days)
    assert described.days == 20


def test_no_sentence_says_caused_without_not(comparison):
    for measure in comparison.measures:
        words = str(measure.sentence)
        is_significant = measure.deciding_p < 0.05
        assert ("associated with the change, not shown to be caused by it" in words) is is_significant
        assert ("not statistically significant" in words) is not is_significant
    assert any("no control group" in str(limit) for limit in comparison.limits)


def test_days_without_a_census_are_left_out_and_counted():
    records = ward_records()
    fewer = replace(records, patient_days=records.patient_days[1:])
    described = compare(fewer).measure(MeasureKind.BELLS).baseline
    assert (described.days, described.missing_days) == (19, 1)


def test_without_any_stay_there_are_medians_but_no_p():
    records = ward_records()
    nameless = replace(records, calls=tuple(replace(c, stay="") for c in records.calls))
    measure = compare(nameless).measure(MeasureKind.ARRIVAL)
    assert measure.naive is None
    assert measure.right is None
    assert measure.baseline.median > 0
    assert "no P" in str(measure.remarks[0])
    assert "no test is possible" in str(measure.sentence)


def test_empty_records_are_answered_in_words():
    empty = compare(QualityRecords(BEFORE, AFTER))
    assert all("there are not enough records" in str(m.sentence) for m in empty.measures)
    assert empty.unanswered is None


def test_a_period_with_one_questionnaire_is_answered_without_a_percentage():
    records = ward_records()
    few = replace(records, questionnaires=(*records.questionnaires[:1], *records.questionnaires[200:]))
    measure = compare(few).measure(MeasureKind.SATISFACTION)
    assert measure.baseline.share == Share(1, 1)
    assert "1/1 in the baseline" in str(measure.sentence)


def test_periods_of_other_months_are_warned_about():
    autumn = StudyPeriod("观察期", "Intervention", Period(date(2013, 9, 1), date(2013, 9, 20)))
    limits = compare(QualityRecords(BEFORE, autumn)).limits
    assert any("calendar months" in str(limit) for limit in limits)
    assert not any("calendar months" in str(m) for m in compare(QualityRecords(BEFORE, AFTER)).limits)


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
