"""The dashboard's measures by hand, its verdicts, and the very rows behind a point."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from statistics import median

import pytest

from tests.services.quality_case import quality_case
from tests.services.staffing_kit import at, call, nurse, patient_day, quality, ward
from wardteam.domain.calendar import Period
from wardteam.domain.calls import CallReason, CallSource, EndedBy
from wardteam.domain.control import Action, ActionSource, AdverseEvent, EventKind, EventLevel
from wardteam.domain.study import MeasureKind
from wardteam.errors import BadInput
from wardteam.services.counted_records import window
from wardteam.services.dashboard import NO_RECORDS, dashboard
from wardteam.services.measure_series import TRAITS, Measure, label_of, span_of, week_spans
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.rows_behind import rows_behind
from wardteam.stats.charts.types import Assurance, Variation

OCT = [date(2026, 10, 1) + timedelta(days=i) for i in range(31)]


def action(code: str, due: date, done: date | None) -> Action:
    return Action(code, OCT[0], ActionSource.REPORT, "", "f", "m", "A", due, done_on=done)


def small(**given):
    """October: a toilet call a day of 60 s, one infusion call, one staff call, one that nobody came to."""
    calls = [call(f"{i}", at(day, 9), 60 + i) for i, day in enumerate(OCT)]
    calls.append(call("i", at(OCT[3], 10), reason=CallReason.INFUSION))
    calls.append(call("s", at(OCT[3], 11), source=CallSource.STAFF))
    calls.append(call("u", at(OCT[3], 12), None))
    calls.append(call("c", at(OCT[3], 13), None, ended_by=EndedBy.PATIENT))
    known = {
        "patient_days": tuple(patient_day(day, 10) for day in OCT),
        "events": (
            AdverseEvent("F", OCT[9], EventKind.FALL, EventLevel.III),
            AdverseEvent("N", OCT[9], EventKind.FALL, EventLevel.IV),
        ),
        "actions": (
            action("1", OCT[5], OCT[4]),
            action("2", OCT[6], OCT[8]),
            action("3", date(2027, 1, 1), None),
        ),
    }
    return quality(ward(nurse("A")), calls, **(known | given))


def point(measure: Measure, data=None) -> tuple[float, float]:
    course = dashboard(Analysis(data or small())).tile(measure).course
    found = course.point("2026-10")
    return found.value, found.denominator


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure.BELLS, (33, 310)),
        (Measure.INFUSION_BELLS, (1, 310)),
        (Measure.ARRIVAL, (74.5, 32)),
        (Measure.WITHIN_TARGET, (32, 32)),
        (Measure.UNANSWERED, (1, 33)),
        (Measure.FALLS, (1, 310)),
        (Measure.ACTIONS, (1, 2)),
    ],
)
def test_each_measure_of_a_month_by_hand(measure: Measure, expected: tuple[float, float]) -> None:
    assert point(measure) == expected


def test_shares_below_twenty_have_no_percentage_and_missing_records_are_said() -> None:
    shown = dashboard(Analysis(small()))
    assert shown.tile(Measure.ACTIONS).figure == "1/2"
    assert shown.tile(Measure.SATISFACTION).figure == NO_RECORDS
    assert shown.tile(Measure.SATISFACTION).why_not is not None
    assert [line.action.code for line in shown.open_actions] == ["3"]
    assert shown.overdue == ()
    assert shown.data_until == OCT[-1]


def test_a_full_ward_has_charts_with_verdicts_by_month_and_by_week() -> None:
    data = quality_case()
    plan = replace(data.plan, targets={MeasureKind.BELLS: 1.0})
    for is_weekly in (False, True):
        shown = dashboard(Analysis(replace(data, plan=plan)), is_weekly=is_weekly)
        bells = shown.tile(Measure.BELLS)
        assert bells.variation is not Variation.UNKNOWN
        assert bells.assurance is not Assurance.NO_TARGET
        assert bells.plot.chart.points[-1].label == bells.label
        assert len(bells.label) == (10 if is_weekly else 7)


def test_an_empty_ward_has_a_dashboard_too() -> None:
    shown = dashboard(Analysis(quality(ward())))
    assert all(tile.figure == NO_RECORDS and tile.plot is None for tile in shown.tiles)
    assert shown.data_until is None


def test_labels_lead_back_to_their_dates() -> None:
    october = Period(OCT[0], OCT[-1])
    assert span_of("2026-10") == october
    assert label_of(october, is_weekly=False) == "2026-10"
    weeks = week_spans(october)
    assert [week.first for week in weeks] == [date(2026, 10, day) for day in (5, 12, 19)]
    assert span_of(label_of(weeks[0], is_weekly=True)) == weeks[0]


def behind(measure: Measure, label: str, data=None, **given):
    data = data or small()
    return rows_behind(window(data, data.today - timedelta(days=1)), measure, label, **given)


def test_the_calls_behind_a_month_come_in_pages() -> None:
    first = behind(Measure.BELLS, "2026-10", most=20)
    assert (first.total, len(first.calls), first.next_first) == (33, 20, 20)
    second = behind(Measure.BELLS, "2026-10", first=20, most=20)
    assert (len(second.calls), second.next_first) == (13, None)
    assert sum(row.arrival_seconds is None for row in (*first.calls, *second.calls)) == 2
    assert {row.reason for row in first.calls}.isdisjoint({CallReason.INFUSION})
    assert behind(Measure.BELLS, "2026-10", first=90).next_first is None


@pytest.mark.parametrize("label", ["2025-03", "2026-05", "2026-03-02"])
@pytest.mark.parametrize("measure", list(Measure))
def test_the_rows_behind_a_point_add_up_to_it(measure: Measure, label: str) -> None:
    data = quality_case()
    shown = dashboard(Analysis(data), is_weekly=len(label) == 10)
    point = shown.tile(measure).course.point(label)
    found = behind(measure, label, data, most=10_000)
    if point is None:
        assert found.total == 0
    elif measure is Measure.ARRIVAL:
        assert found.total == point.denominator
        assert median(row.arrival_seconds for row in found.calls) == point.value
    else:
        assert found.counted == point.value
        if TRAITS[measure].is_share and measure is not Measure.UNANSWERED:
            assert found.total == point.denominator
        if measure in (Measure.BELLS, Measure.INFUSION_BELLS):
            assert sum(day.count for day in found.days) == point.value
            assert sum(day.patient_days for day in found.days) == point.denominator


@pytest.mark.parametrize(
    ("measure", "kind", "counted", "total"),
    [
        (Measure.UNANSWERED, "calls", 1, 1),
        (Measure.FALLS, "events", 1, 1),
        (Measure.ACTIONS, "actions", 1, 2),
        (Measure.AUDITS, "audits", 0, 0),
    ],
)
def test_each_measure_leads_to_its_own_rows(measure, kind, counted, total) -> None:
    found = behind(measure, "2026-10")
    assert (found.counted, found.total, len(getattr(found, kind))) == (counted, total, total)


@pytest.mark.parametrize("label", ["2026-13", "2026", "week 3", "2026-02-30"])
def test_a_label_that_is_no_date_is_refused_in_words(label: str) -> None:
    with pytest.raises(BadInput):
        behind(Measure.BELLS, label)
