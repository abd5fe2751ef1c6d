"""Quality records: two like periods of clustered, skewed calls, and 200 valid questionnaires in each."""

import re
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from statistics import mean, median, pvariance
from typing import Any

import pytest

from wardteam.demo import demo_quality
from wardteam.demo.cast import TODAY
from wardteam.domain.calls import BellCall, CallReason, CallSource, EndedBy
from wardteam.domain.control import ActionStatus, Audience, AuditLevel, ControlArea, EventKind
from wardteam.domain.quality import QualityRecords
from wardteam.domain.questionnaires import ItemKind, Mode, QuestionnaireSheet
from wardteam.domain.study import StudyPeriod


@pytest.fixture(scope="module")
def records() -> QualityRecords:
    return demo_quality(7)


def periods(records: QualityRecords) -> tuple[StudyPeriod, StudyPeriod]:
    return records.plan.baseline, records.plan.intervention


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


def valid(records: QualityRecords, period: StudyPeriod) -> list[QuestionnaireSheet]:
    own = [sheet for sheet in records.sheets if sheet.day in period.span]
    return [sheet for sheet in own if sheet.is_returned and sheet.invalid is None]


def means(records: QualityRecords, sheet: QuestionnaireSheet, kind: ItemKind) -> float:
    version = records.versions[0]
    pairs = zip(version.items, sheet.answers, strict=True)
    return mean(answer for item, answer in pairs if item.kind is kind and answer is not None)


@pytest.mark.parametrize(("which", "issued", "returned"), [(0, 210, 205), (1, 208, 204)])
def test_of_the_sheets_issued_some_return_and_two_hundred_are_valid(
    records: QualityRecords, which: int, issued: int, returned: int
):
    period = periods(records)[which]
    own = [sheet for sheet in records.sheets if sheet.day in period.span]
    assert (len(own), sum(sheet.is_returned for sheet in own)) == (issued, returned)
    assert len(valid(records, period)) == 200
    assert all(sheet.answers == () for sheet in own if not sheet.is_returned)
    assert len({sheet.invalid for sheet in own}) >= 3
    for kind, limit in ((ItemKind.LIKERT, 4.0), (ItemKind.KNOWLEDGE, 0.8)):
        assert 140 <= sum(means(records, sheet, kind) >= limit for sheet in valid(records, period)) <= 196


def test_sheets_name_stay_team_mode_and_who_asked(records: QualityRecords):
    beds = {call.stay: call.bed for call in records.calls}
    assert {sheet.mode for sheet in records.sheets} == set(Mode)
    assert {sheet.team for sheet in records.sheets} == set("12345")
    assert sum(sheet.stay in beds for sheet in records.sheets) > 0.7 * len(records.sheets)
    assert all(bool(sheet.interviewer) == (sheet.mode is not Mode.QR) for sheet in records.sheets)
    twice = [sheet for sheet in records.sheets if sheet.second is not None]
    assert 10 <= len(twice) <= 60
    assert all(sheet.differences == () and sheet.second_by for sheet in twice)


def test_every_answer_is_one_that_its_item_takes(records: QualityRecords):
    version = records.versions[0]
    assert [len(version.items_of(kind)) for kind in (ItemKind.LIKERT, ItemKind.KNOWLEDGE)] == [10, 10]
    for sheet in records.sheets:
        if sheet.is_returned:
            pairs = zip(version.items, sheet.answers, strict=True)
            assert all(answer is None or answer in item.answers for item, answer in pairs)


def test_calls_name_their_room_their_end_and_who_came(records: QualityRecords):
    rooms: dict[str, set[str]] = {}
    for call in records.calls:
        rooms.setdefault(call.bed, set()).add(call.room)
        assert bool(call.staff) == (call.arrived is not None)
        assert (call.ended_by in (EndedBy.BEDSIDE, EndedBy.STATION)) == (call.arrived is not None)
    assert all(len(found) == 1 for found in rooms.values())
    sources = Counter(call.source for call in records.calls)
    assert 0.03 < sources[CallSource.BATHROOM] / len(records.calls) < 0.06
    assert 0.005 < sources[CallSource.STAFF] / len(records.calls) < 0.012


def test_the_plan_was_locked_before_the_first_period(records: QualityRecords):
    plan = records.plan
    assert plan.locked_at is not None
    assert plan.locked_at.date() == plan.day < plan.baseline.span.first
    assert set(plan.targets) == {"bells", "arrival_seconds", "satisfaction", "awareness"}


def test_the_census_follows_from_those_who_come_and_go(records: QualityRecords):
    for period in periods(records):
        days = [day for day in records.patient_days if day.day in period.span]
        for before, after in pairwise(days):
            assert after.admissions is not None
            assert after.discharges is not None
            assert after.total == before.total + after.admissions - after.discharges
            assert after.infusion_hours is not None
            assert 1 < after.infusion_hours / after.total < 4
            assert all(0 <= count <= after.total for count in after.catheter_days.values())


def test_leaders_control_weekly_and_the_head_nurse_monthly_by_six_checklists(
    records: QualityRecords,
):
    assert {one.area for one in records.checklists} == set(ControlArea) - {ControlArea.OWN}
    counts = Counter((audit.level, audit.team, audit.day.year) for audit in records.audits)
    assert all(44 <= counts[AuditLevel.LEADER, team, year] <= 47 for team in "12345" for year in (2025, 2026))
    monthly = [counts[AuditLevel.HEAD_NURSE, team, year] for team in "12345" for year in (2025, 2026)]
    assert all(10 <= count <= 12 for count in monthly)
    own = [audit for audit in records.audits if audit.level is AuditLevel.NURSE]
    assert all(counts[AuditLevel.NURSE, team, year] >= 8 for team in "12345" for year in (2025, 2026))
    assert all(audit.auditor == audit.subject for audit in own)
    items = {one.code: [item.code for item in one.items] for one in records.checklists}
    assert all([score.item for score in audit.scores] == items[audit.checklist] for audit in records.audits)
    shares = []
    for year in (2025, 2026):
        passed = [
            audit.is_passed(next(one for one in records.checklists if one.code == audit.checklist))
            for audit in records.audits
            if audit.day.year == year
        ]
        shares.append(sum(one is True for one in passed) / len(passed))
    assert 0.6 < shares[0] < shares[1] < 0.98


def test_actions_come_from_findings_and_one_is_overdue_today(records: QualityRecords):
    sources = {audit.code for audit in records.audits} | {one.code for one in records.symposia}
    assert all(action.source_code in sources for action in records.actions)
    assert [action.is_overdue(TODAY) for action in records.actions].count(True) == 1
    assert {action.status for action in records.actions} == set(ActionStatus)
    assert all(action.verified_by != action.owner for action in records.actions if action.verified_on)
    moments = [d for a in records.actions for d in (a.day, a.done_on, a.verified_on) if d is not None]
    assert max(moments) < TODAY


def test_events_activities_and_symposia_fill_both_periods(records: QualityRecords):
    falls = [event for event in records.events if event.kind is EventKind.FALL]
    assert 8 <= len(falls) <= 26
    assert all(event.bed and event.stay and event.team for event in records.events)
    assert all(one.day in one_of.span for one, one_of in located(records))
    assert {one.audience for one in records.symposia} == set(Audience)
    assert len(records.symposia) >= 18


def located(records: QualityRecords) -> list[tuple[Any, StudyPeriod]]:
    dated = (*records.audits, *records.activities, *records.events)
    return [(one, periods(records)[one.day.year - 2025]) for one in dated]


def test_codes_are_unique_within_their_kind(records: QualityRecords):
    for name in ("calls", "sheets", "audits", "actions", "activities", "events", "symposia", "patient_days"):
        codes = [one.code for one in getattr(records, name)]
        assert len(set(codes)) == len(codes), name


def test_codes_are_as_wide_as_those_of_entered_records(records: QualityRecords):
    for name in ("sheets", "audits", "actions", "activities", "events", "symposia"):
        assert all(re.fullmatch(r"[A-Z]2[56]-\d{4}", one.code) for one in getattr(records, name)), name
