"""Quality records: two like periods of clustered, skewed calls, and 200 valid questionnaires in each."""

from collections import Counter
from datetime import timedelta
from statistics import mean, median, pvariance

import pytest

from wardteam.demo import demo_quality
from wardteam.domain.quality import BellCall, CallReason, QualityRecords, StudyPeriod


@pytest.fixture(scope="module")
def records() -> QualityRecords:
    return demo_quality(7)


def periods(records: QualityRecords) -> tuple[StudyPeriod, StudyPeriod]:
    return records.baseline, records.intervention


def calls_of(records: QualityRecords, period: StudyPeriod) -> list[BellCall]:
    return [call for call in records.calls if call.placed.date() in period.span]


def rate(records: QualityRecords, period: StudyPeriod) -> float:
    days = sum(d.total for d in records.patient_days if d.day in period.span)
    return 100 * len(calls_of(records, period)) / days


def test_the_same_seed_gives_the_same_records_and_another_seed_others(records: QualityRecords):
    assert demo_quality(7) == records
    assert demo_quality(8) != records


def test_both_periods_are_the_same_calendar_days_and_fully_counted(records: QualityRecords):
    before, after = (p.span for p in periods(records))
    assert (before.first.replace(year=2026), before.last.replace(year=2026)) == (after.first, after.last)
    assert [d.day for d in records.patient_days] == [*before, *after]
    assert all(30 <= d.total <= 50 for d in records.patient_days)
    assert len({call.placed.date() for call in records.calls}) >= len(before) + len(after) - 2


def test_there_are_30_to_40_thousand_calls_in_order_with_aware_moments(records: QualityRecords):
    assert 30_000 <= len(records.calls) <= 40_000
    assert len({call.code for call in records.calls}) == len(records.calls)
    placed = [call.placed for call in records.calls]
    assert placed == sorted(placed)
    assert {moment.utcoffset() for moment in placed} == {timedelta(hours=8)}


def test_the_steps_of_a_call_come_in_order_and_some_calls_are_never_answered(records: QualityRecords):
    for call in records.calls:
        steps = [m for m in (call.placed, call.answered, call.arrived, call.cleared) if m is not None]
        assert steps == sorted(steps), call
        assert (call.answered is None) == (call.arrived is None), call
    unanswered = sum(call.arrived is None for call in records.calls) / len(records.calls)
    assert 0.01 < unanswered < 0.05


def test_a_third_of_the_calls_are_for_infusions(records: QualityRecords):
    share = sum(call.reason is CallReason.INFUSION for call in records.calls) / len(records.calls)
    assert 0.30 < share < 0.36


def test_daily_calls_are_over_dispersed_and_the_patients_differ(records: QualityRecords):
    for period in periods(records):
        calls = calls_of(records, period)
        daily = Counter(call.placed.date() for call in calls)
        by_stay = Counter(call.stay for call in calls)
        counts = [daily[day] for day in period.span]
        assert pvariance(counts) / mean(counts) > 2
        assert max(by_stay.values()) > 5 * median(by_stay.values())


def test_a_stay_lies_in_one_bed(records: QualityRecords):
    beds: dict[str, set[str]] = {}
    for call in records.calls:
        beds.setdefault(call.stay, set()).add(call.bed)
    assert all(len(codes) == 1 for codes in beds.values())


def test_arrival_times_are_skewed_to_the_right_and_a_few_exceed_an_hour(records: QualityRecords):
    times = [call.arrival_seconds for call in records.calls if call.arrival_seconds is not None]
    assert mean(times) > 1.15 * median(times)
    assert 0 < sum(seconds > 3600 for seconds in times) < 100


def test_winter_rings_more_than_summer(records: QualityRecords):
    months = Counter(call.placed.month for call in records.calls)
    assert months[1] > 1.1 * months[7]


def test_double_presses_and_rows_logged_twice_are_in_the_log(records: QualityRecords):
    seen = Counter((call.bed, call.stay, call.placed, call.arrived) for call in records.calls)
    arrivals = Counter((call.stay, call.arrived) for call in records.calls if call.arrived is not None)
    assert 20 <= sum(count > 1 for count in seen.values()) <= 200
    assert sum(count > 1 for count in arrivals.values()) > 200


def test_the_change_is_modest_and_in_the_hoped_direction(records: QualityRecords):
    before, after = periods(records)
    assert 0.7 < rate(records, after) / rate(records, before) < 0.97
    medians = [
        median(c.arrival_seconds for c in calls_of(records, p) if c.arrival_seconds is not None)
        for p in (before, after)
    ]
    assert 0.75 < medians[1] / medians[0] < 0.95


def test_two_hundred_valid_questionnaires_a_period_with_issued_and_returned(records: QualityRecords):
    for period, issued, returned in zip(periods(records), records.issued, records.returned, strict=True):
        own = [q for q in records.questionnaires if q.asked_on in period.span]
        valid = [q for q in own if q.is_valid]
        assert len(valid) == 200 < len(own) == returned < issued
        assert all(len(q.satisfaction_items) == len(q.knowledge_items) == 10 for q in own)
        assert all(q.is_satisfied is None and q.is_aware is None for q in own if not q.is_valid)
        assert all(set(q.satisfaction_items) <= {None, 1, 2, 3, 4, 5} for q in own)
        satisfied, aware = sum(q.is_satisfied is True for q in valid), sum(q.is_aware is True for q in valid)
        assert 140 <= satisfied <= 196
        assert 140 <= aware <= 196


def test_satisfaction_and_awareness_follow_from_the_items(records: QualityRecords):
    for q in records.questionnaires:
        if q.is_valid:
            scores = [s for s in q.satisfaction_items if s is not None]
            right = [k for k in q.knowledge_items if k is not None]
            assert q.is_satisfied == (mean(scores) >= 4)
            assert q.is_aware == (sum(right) / len(right) >= 0.8)
