"""The demo ward's quality records of two periods: 2025 as before, 2026 with responsibility teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, count

import numpy as np
from numpy.typing import NDArray

from wardteam.demo.bells import NO_EFFECT, TEAM_EFFECT, Effect, make_calls, stay_code
from wardteam.demo.cast import TODAY
from wardteam.demo.census import make_patient_days
from wardteam.demo.control import (
    MARK_SHARES,
    Staff,
    make_actions,
    make_activities,
    make_audits,
    make_symposia,
)
from wardteam.demo.events import make_events
from wardteam.demo.on_duty import Duties, with_people
from wardteam.demo.past_rosters import bed_teams, demo_rosters
from wardteam.demo.people import HEAD_NURSE_NO
from wardteam.demo.questionnaires import (
    BASELINE,
    INTERVENTION,
    Asked,
    Attitude,
    make_sheets,
    with_circumstances,
)
from wardteam.demo.stays import BedStays, make_bed_stays
from wardteam.demo.ward import ward_and_weeks
from wardteam.demo.words import DECIDED, quality_words
from wardteam.domain.calendar import Period
from wardteam.domain.calls import BellCall
from wardteam.domain.census import PatientDays
from wardteam.domain.control import Activity, AdverseEvent, Audit, Symposium
from wardteam.domain.quality import QualityRecords
from wardteam.domain.questionnaires import QuestionnaireSheet
from wardteam.domain.study import MeasureKind, StudyPeriod, StudyPlan
from wardteam.domain.teams import Role
from wardteam.domain.ward import WardBook
from wardteam.errors import Named

# Both end on the day before today: the same calendar days, and none that lies ahead.
LAST_YEAR = Period(date(2025, 1, 1), TODAY.replace(year=2025) - timedelta(days=1))
THIS_YEAR = Period(date(2026, 1, 1), TODAY - timedelta(days=1))
BASELINE_PERIOD = StudyPeriod("对照期", "Baseline", LAST_YEAR)
INTERVENTION_PERIOD = StudyPeriod("观察期", "Intervention", THIS_YEAR)
ISSUED = (210, 208)
INVALID = (5, 4)
TARGETS = {
    MeasureKind.BELLS: 70.0,
    MeasureKind.ARRIVAL: 180.0,
    MeasureKind.SATISFACTION: 0.9,
    MeasureKind.AWARENESS: 0.9,
}


@dataclass(frozen=True)
class _Ward:
    """What both periods share: book, who controls, who comes to calls, and the past rosters."""

    book: WardBook
    staff: Staff
    people: tuple[str, ...]
    duties: Duties


@dataclass(frozen=True)
class _Captured:
    """What was captured in one period."""

    calls: tuple[BellCall, ...]
    days: tuple[PatientDays, ...]
    sheets: tuple[QuestionnaireSheet, ...]
    audits: tuple[Audit, ...]
    activities: tuple[Activity, ...]
    events: tuple[AdverseEvent, ...]
    symposia: tuple[Symposium, ...]


def demo_quality(seed: int = 7) -> QualityRecords:
    """Make plan, calls, patient-days, questionnaires and quality control; equal for an equal seed."""
    rng, more = np.random.default_rng(seed), np.random.default_rng([seed, 5])
    ward = _ward(seed)
    before = _captured(0, ward, NO_EFFECT, BASELINE, rng, more)
    after = _captured(1, ward, TEAM_EFFECT, INTERVENTION, rng, more)
    audits, symposia = before.audits + after.audits, before.symposia + after.symposia
    return QualityRecords(
        plan=_plan(ward.book),
        calls=before.calls + after.calls,
        patient_days=before.days + after.days,
        versions=(quality_words().version,),
        sheets=before.sheets + after.sheets,
        checklists=quality_words().checklists,
        audits=audits,
        actions=make_actions(audits, symposia, ward.staff, TODAY, more),
        activities=before.activities + after.activities,
        events=before.events + after.events,
        symposia=symposia,
    )


def _plan(book: WardBook) -> StudyPlan:
    """State what is compared, settled and locked before the first period began."""
    return StudyPlan(
        code="plan-1",
        day=DECIDED,
        name=Named("责任组模式实施前后对照方案", "Before and after the responsibility teams"),
        baseline=BASELINE_PERIOD,
        intervention=INTERVENTION_PERIOD,
        targets=TARGETS,
        locked_at=datetime.combine(DECIDED, time(9), tzinfo=book.settings.zone),
        locked_by=HEAD_NURSE_NO,
    )


def _ward(seed: int) -> _Ward:
    book, _ = ward_and_weeks(seed)
    leaders = {str(m.team): m.staff_no for m in book.memberships if m.role is Role.LEADER}
    members: dict[str, list[str]] = {}
    for membership in book.memberships:
        if membership.role is not Role.LEADER:
            members.setdefault(str(membership.team), []).append(membership.staff_no)
    people = tuple(m.staff_no for m in book.memberships)
    return _Ward(book, Staff(leaders, members, HEAD_NURSE_NO), people, Duties(demo_rosters(seed)))


def _captured(
    which: int,
    ward: _Ward,
    effect: Effect,
    attitude: Attitude,
    rng: np.random.Generator,
    more: np.random.Generator,
) -> _Captured:
    """Make one period; `rng` draws patients, calls and answers, `more` everything around them."""
    span = (LAST_YEAR, THIS_YEAR)[which]
    beds = tuple(bed.code for bed in ward.book.beds)
    stays = make_bed_stays(len(span), len(beds), rng)

    def pace(bed: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float64]:
        return ward.duties.factors(span.first, beds, bed, second)

    calls = make_calls(stays, beds, span, effect, ward.book.settings.zone, rng, pace)
    sheets = make_sheets(span, attitude, ISSUED[which], INVALID[which], rng)
    rooms = {bed.code: bed.room for bed in ward.book.beds}
    patients = _patients(stays, span, ward.book)
    asked = [_one_of(patients[(sheet.day - span.first).days], more) for sheet in sheets]
    in_bed = {stay_code(span, place): beds[bed] for place, bed in enumerate(stays.bed.tolist())}
    interviewers = tuple(chain.from_iterable(ward.staff.members.values()))
    return _Captured(
        calls=with_people(calls, rooms, ward.duties, ward.people, more),
        days=make_patient_days(stays, span, more),
        sheets=with_circumstances(sheets, asked, interviewers, more),
        audits=make_audits(span, MARK_SHARES[which], ward.staff, more),
        activities=make_activities(span, ward.staff, count(1), more),
        events=make_events(span, which, patients, in_bed, more),
        symposia=make_symposia(span, ward.staff, more),
    )


def _patients(stays: BedStays, span: Period, book: WardBook) -> Mapping[int, Sequence[Asked]]:
    """Give who lies in the ward on each day of a period, by the day's place."""
    teams = bed_teams(book)
    found: dict[int, list[Asked]] = {place: [] for place in range(len(span))}
    rows = zip(stays.bed.tolist(), stays.since.tolist(), stays.until.tolist(), strict=True)
    for number, (bed, since, until) in enumerate(rows):
        stay, team = stay_code(span, number), str(teams[book.beds[bed].code])
        for place in range(since, until):
            found[place].append(Asked(span.first + timedelta(days=place), stay, team))
    return found


def _one_of(here: Sequence[Asked], rng: np.random.Generator) -> Asked:
    return here[int(rng.integers(len(here)))]
