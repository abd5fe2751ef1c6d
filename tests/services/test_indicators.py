"""Quarterly indicators computed by hand, and what is missing said in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.services.staffing_kit import nurse, patient_day, quality, roster, ward
from wardteam.domain.calendar import Period
from wardteam.domain.census import CatheterKind
from wardteam.domain.control import AdverseEvent, EventKind, EventLevel
from wardteam.domain.indicators import RowSide
from wardteam.domain.people import StaffKind
from wardteam.errors import BadInput
from wardteam.services.indicators import last_quarter, quarter_indicators, quarter_name, quarter_of

Q3 = Period(date(2026, 7, 1), date(2026, 9, 30))
DAYS = (*Period(date(2026, 6, 30), Q3.last),)
STAFF = tuple(nurse(f"{i:02d}", joined=date(2019, 1, 1)) for i in range(24))


def staffed(**given):
    """24 nurses: each day 6 by day, 2 by evening, 2 by night, in turns; 40 patients, 5 admitted a day."""
    rows = {}
    for i, who in enumerate(STAFF):
        sign = "DDDDDDPPNN"[i] if i < 10 else "-"
        rows[who.staff_no] = sign * len(DAYS)
    kinds = {CatheterKind.URINARY: 10}
    known = {
        "rosters": (roster(DAYS[0], **rows),),
        "patient_days": tuple(
            patient_day(day, 40, admissions=5, catheter_days=kinds, restraint_days=1) for day in DAYS
        ),
    }
    return quality(ward(*STAFF), **(known | given))


def event(code: str, kind: EventKind, **given) -> AdverseEvent:
    return AdverseEvent(code, date(2026, 8, 3), kind, **({"level": EventLevel.II} | given))


def value(table, code: str) -> float | None:
    return table.indicator(code).value


def test_staff_indicators_by_hand() -> None:
    table = quarter_indicators(staffed(), Q3)
    assert value(table, "beds_to_nurses") == 1.0
    assert value(table, "patients_per_nurse.night") == 20
    # 08:00 to 18:30 in summer: 6 nurses for 8 of the 10.5 hours, and 2 of the evening from 16:00 on.
    nurses = (6 * 8 + 2 * 2.5) / 10.5
    assert value(table, "patients_per_nurse.day") == pytest.approx(45 / nurses)
    assert value(table, "nursing_hours_per_patient_day") == pytest.approx(10 * 8 / 40)
    assert value(table, "title.senior_nurse") == 100
    assert value(table, "seniority.5-10") == 100


def test_events_are_set_against_their_own_denominators() -> None:
    events = (
        event("F1", EventKind.FALL),
        event("F2", EventKind.FALL, level=EventLevel.IV),
        event("P1", EventKind.PRESSURE_INJURY, stage=2, stay="S1"),
        event("P2", EventKind.PRESSURE_INJURY, stage=3, stay="S1"),
        event("P3", EventKind.PRESSURE_INJURY, stage=1),
        event("P4", EventKind.PRESSURE_INJURY, stage=4, is_acquired=False),
        event("P5", EventKind.PRESSURE_INJURY),
        event("X1", EventKind.EXTUBATION, catheter=CatheterKind.URINARY),
    )
    table = quarter_indicators(staffed(events=events), Q3)
    assert value(table, "falls") == pytest.approx(1000 / (92 * 40))
    assert value(table, "pressure_injuries") == pytest.approx(100 / (40 + 92 * 5))
    assert len(table.indicator("pressure_injuries").notes) == 1
    assert value(table, "extubations.urinary") == pytest.approx(1000 / 920)
    assert value(table, "restraint") == pytest.approx(100 * 92 / (92 * 40))


def test_turnover_takes_leavers_over_the_mean_of_opening_and_closing_staff() -> None:
    people = (
        *STAFF[:-1],
        nurse("left", joined=date(2019, 1, 1), left=date(2026, 9, 30)),
        nurse("gone", joined=date(2019, 1, 1), left=date(2026, 8, 15)),
        nurse("before", left=date(2026, 6, 30)),
        nurse("new", joined=date(2026, 8, 1)),
        nurse("H", kind=StaffKind.HEAD_NURSE, left=date(2026, 8, 1)),
    )
    turnover = quarter_indicators(quality(ward(*people)), Q3).indicator("turnover")
    assert (turnover.numerator, turnover.denominator) == (2, 24.5)
    assert turnover.value == pytest.approx(200 / 24.5)


def test_the_rows_behind_an_indicator_add_up_to_it() -> None:
    events = (event("F1", EventKind.FALL),)
    for indicator in quarter_indicators(staffed(events=events), Q3).indicators:
        for side, total in (
            (RowSide.NUMERATOR, indicator.numerator),
            (RowSide.DENOMINATOR, indicator.denominator),
        ):
            assert sum(row.value for row in indicator.rows if row.side is side) == pytest.approx(total or 0)


def test_a_ward_without_records_is_answered_in_words() -> None:
    table = quarter_indicators(quality(ward(nurse("A"))), Q3)
    answered = [i.code for i in table.indicators if i.value is not None]
    assert answered == ["beds_to_nurses"]
    assert all(i.missing for i in table.indicators if i.value is None)


def test_days_without_census_are_left_out_and_counted() -> None:
    data = staffed(patient_days=tuple(patient_day(day, 40) for day in DAYS[:41]))
    table = quarter_indicators(data, Q3)
    hours = table.indicator("nursing_hours_per_patient_day")
    assert hours.value == pytest.approx(2)
    assert hours.notes[0].fields == {"absent": 52, "days": 92}
    assert table.indicator("pressure_injuries").missing
    assert table.indicator("restraint").missing


def test_a_quarter_in_progress_stands_until_yesterday_and_a_later_one_is_refused() -> None:
    table = quarter_indicators(staffed(), quarter_of(date(2026, 11, 23)))
    assert (table.until, len(table.notes)) == (date(2026, 11, 22), 1)
    with pytest.raises(BadInput):
        quarter_indicators(staffed(), quarter_of(date(2027, 1, 1)))


def test_quarters_by_name() -> None:
    assert last_quarter(date(2026, 11, 23)) == Q3
    assert last_quarter(date(2026, 1, 1)) == Period(date(2025, 10, 1), date(2025, 12, 31))
    assert quarter_name(Q3) == "2026Q3"
    assert quarter_name(Period(Q3.first, Q3.last - timedelta(days=1))) == "2026-07-01..2026-09-29"
