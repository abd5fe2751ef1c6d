"""Audits, actions and team measures by hand: shares in the teams' order, overdue actions, expected bells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.staffing_kit import at, call, nurse, patient_day, quality, ward
from wardteam.domain.beds import NursingGrade, Stay
from wardteam.domain.calendar import Period
from wardteam.domain.control import (
    Action,
    ActionSource,
    ActionStatus,
    Activity,
    ActivityKind,
    AdverseEvent,
    Audit,
    AuditLevel,
    Checklist,
    ChecklistItem,
    ControlArea,
    EventKind,
    EventLevel,
    ItemScore,
    Mark,
)
from wardteam.errors import Named
from wardteam.services.bell_log import clean_log
from wardteam.services.control import action_summary, control_summary, team_name
from wardteam.services.team_bells import BY_STAYS, bed_teams, team_bells
from wardteam.stats.counts import Share

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
TODAY = date(2026, 11, 23)
LIST = Checklist(
    "C1",
    date(2026, 1, 1),
    Named("查对", "Checking"),
    ControlArea.CHECKING,
    (ChecklistItem("1", Named("一", "One")), ChecklistItem("2", Named("二", "Two"), is_core=True)),
)


def audit(code: str, marks: str, **given) -> Audit:
    signs = {"m": Mark.MET, "p": Mark.PARTLY, "x": Mark.NOT_MET, "-": Mark.NOT_APPLICABLE}
    scores = tuple(ItemScore(str(i + 1), signs[mark]) for i, mark in enumerate(marks))
    known = {"day": date(2026, 5, 4), "level": AuditLevel.LEADER, "team": "1", "auditor": "A"}
    return Audit(code=code, checklist="C1", scores=scores, **(known | given))


def action(code: str, *, due: int, done: int | None = None) -> Action:
    raised = date(2026, 11, 1)
    done_on = None if done is None else raised + timedelta(days=done)
    return Action(
        code,
        raised,
        ActionSource.AUDIT,
        "A1",
        "finding",
        "measure",
        "A",
        raised + timedelta(days=due),
        done_on=done_on,
    )


def test_audits_are_shared_out_by_level_list_team_and_month() -> None:
    audits = (
        audit("1", "mm"),
        audit("2", "mx"),
        audit("3", "mm", team="2组", level=AuditLevel.NURSE),
        audit("4", "pp", team="Team 2", day=date(2026, 5, 30)),
        audit("5", "--"),
        audit("6", "mm", team="nobody's"),
        audit("7", "mm", day=date(2026, 6, 1)),
    )
    found = control_summary(quality(ward(nurse("A")), audits=audits, checklists=(LIST,)), MAY)
    assert [line.share for line in found.by_team] == [Share(1, 2, 1), Share(1, 2), Share(1, 1)]
    assert [line.share for line in found.by_level] == [Share(1, 1), Share(2, 4, 1), None]
    assert [(line.name, line.share) for line in found.by_month] == [("2026-05", Share(3, 5, 1))]
    assert found.by_checklist[0].share == Share(3, 5, 1)
    assert [(i.item.en, i.not_met, i.partly, i.judged) for i in found.items] == [
        ("Two", 1, 1, 5),
        ("One", 0, 1, 5),
    ]
    assert found.unjudged == 1


def test_actions_are_overdue_on_time_and_closed_after_days() -> None:
    actions = [
        action("1", due=7, done=7),
        action("2", due=7, done=9),
        action("3", due=7),
        action("4", due=60),
    ]
    found = action_summary(actions, TODAY)
    assert found.on_time == Share(1, 3)
    assert found.median_days == 8
    assert [(line.action.code, line.is_overdue, line.days_over) for line in found.open] == [
        ("3", True, 15),
        ("4", False, -38),
    ]
    assert found.counts[ActionStatus.DONE] == 2
    assert found.overdue == 1


def test_activities_and_events_are_counted() -> None:
    data = quality(
        ward(nurse("A")),
        activities=tuple(
            Activity(str(i), date(2026, 5, 3), ActivityKind.ROUND, "A", "t", minutes=30) for i in range(2)
        ),
        events=(AdverseEvent("E1", date(2026, 5, 9), EventKind.FALL, EventLevel.III),),
    )
    found = control_summary(data, MAY)
    assert found.activities[ActivityKind.ROUND] == (2, 60)
    assert found.events == {EventKind.FALL: {level: int(level is EventLevel.III) for level in EventLevel}}


def test_a_ward_that_captured_nothing_has_an_empty_summary() -> None:
    found = control_summary(quality(ward()), MAY)
    assert (found.by_checklist, found.items, found.actions.on_time, found.actions.open) == ((), (), None, ())
    assert all(line.share is None for line in found.by_team)


def test_a_team_without_a_name_is_called_by_its_number() -> None:
    from wardteam.domain.teams import Team

    assert str(team_name(Team(3))) == "Team 3"


def stay(bed: str, grade: NursingGrade) -> Stay:
    return Stay(f"S{bed}", bed, grade, at(date(2026, 4, 1), 9))


def test_expected_bells_are_the_wards_rates_by_grade_times_the_teams_patient_days() -> None:
    book = ward(
        nurse("A"),
        nurse("B"),
        nurse("C"),
        stays=(
            stay("1", NursingGrade.FIRST),
            stay("2", NursingGrade.FIRST),
            stay("3", NursingGrade.THIRD),
        ),
    )
    # Beds 1 and 3 belong to team 1, bed 2 to team 2. Grade I: 3 + 1 bells in 2 days; III: 1 in 1.
    calls = [
        call(f"{bed}-{k}", at(MAY.first, 8 + k), bed=bed)
        for bed, n in (("1", 3), ("2", 1), ("3", 1))
        for k in range(n)
    ]
    calls.append(call("x", at(MAY.first, 12), bed="77"))
    span = Period(MAY.first, MAY.first)
    data = quality(book, calls, patient_days=(patient_day(MAY.first, 3),))
    found = team_bells(data, clean_log(data.calls, span, stays=book.stays), (3.0,))
    assert found.observed == (4, 1)
    assert found.expected == pytest.approx((2 + 1, 2))
    assert sum(found.expected) == sum(found.observed)
    assert (found.apart, found.notes) == (1, (BY_STAYS,))
    assert found.weekly == (((4,), (3.0,)), ((1,), (2.0,)))


def test_without_stays_the_beds_usual_grades_stand_in_and_it_is_said() -> None:
    data = quality(ward(nurse("A"), nurse("B")), [call("1", at(MAY.first, 9))])
    span = Period(MAY.first, MAY.first)
    found = team_bells(data, clean_log(data.calls, span), (2.0,))
    assert found.notes[0].fields == {"percent": "0"}
    assert (found.observed, found.expected) == ((1, 0), pytest.approx((0.5, 0.5)))


def test_days_without_census_give_neither_bells_nor_expectation() -> None:
    data = quality(ward(nurse("A"), nurse("B")), [call("1", at(MAY.first, 9))])
    log = clean_log(data.calls, Period(MAY.first, MAY.first))
    assert team_bells(data, log, (0.0,)) is None
    assert team_bells(quality(ward(nurse("A"), teams=1), []), log, (2.0,)) is None


def test_beds_count_as_their_first_known_owners_before_she_had_them() -> None:
    book = ward(nurse("A"), nurse("B"))
    late = tuple(replace(o, start=date(2026, 12, 1)) for o in book.ownerships)
    data = quality(replace(book, ownerships=late), [call("1", at(MAY.first, 9))])
    found = team_bells(data, clean_log(data.calls, Period(MAY.first, MAY.first)), (2.0,))
    assert found.observed == (1, 0)
    assert found.notes[1].fields == {"beds": 2}


def test_a_bed_changes_its_team_on_the_very_day() -> None:
    book = ward(nurse("A"), nurse("B"))
    change = MAY.first + timedelta(days=10)
    first, other = book.ownerships
    moved = (
        replace(first, end=change - timedelta(days=1)),
        replace(first, staff_no="B", start=change),
        other,
    )
    owner, guessed = bed_teams(replace(book, ownerships=moved), book.teams, MAY)
    assert owner[0].tolist() == [0] * 10 + [1] * 21
    assert guessed == 0
