"""A small ward's data of two half years, seeded: the start of tests of analysis, report and pages."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from wardteam.domain.beds import Bed, NursingGrade, Room, Stay
from wardteam.domain.calendar import Period
from wardteam.domain.calls import BellCall, CallReason, CallSource, EndedBy
from wardteam.domain.census import PatientDays
from wardteam.domain.questionnaires import Item, ItemKind, Mode, QuestionnaireSheet, QuestionnaireVersion
from wardteam.domain.study import MeasureKind, StudyPeriod, StudyPlan
from wardteam.domain.ward import Ward, WardBook
from wardteam.errors import Named
from wardteam.services.call_columns import CallColumns
from wardteam.services.quality_data import QualityData
from wardteam.services.quality_ports import PastVersion

ZONE = ZoneInfo("Asia/Shanghai")
BEFORE = StudyPeriod("对照期", "Baseline", Period(date(2025, 1, 1), date(2025, 6, 30)))
AFTER = StudyPeriod("观察期", "Intervention", Period(date(2026, 1, 1), date(2026, 6, 30)))
TODAY = date(2026, 7, 5)
MADE_AT = datetime(2026, 7, 5, 8, tzinfo=UTC)
BEDS = tuple(f"{n:02d}" for n in range(1, 13))
LOCKED_AT = datetime(2025, 12, 20, 9, tzinfo=UTC)
PLAN = StudyPlan(
    code="PLAN-0001",
    day=date(2025, 12, 20),
    name=Named("责任小组制效果评价", "Responsibility teams"),
    baseline=BEFORE,
    intervention=AFTER,
    targets={
        MeasureKind.BELLS: 110.0,
        MeasureKind.ARRIVAL: 150.0,
        MeasureKind.SATISFACTION: 0.9,
        MeasureKind.AWARENESS: 0.9,
    },
    locked_at=LOCKED_AT,
    locked_by="Zhao Min",
)
VERSION = QuestionnaireVersion(
    code="V1",
    day=date(2024, 12, 1),
    name=Named("住院患者问卷", "Inpatients' questionnaire"),
    items=(
        *(Item(f"S{n}", Named(f"满意度{n}", f"Satisfied with {n}"), ItemKind.LIKERT) for n in range(1, 6)),
        *(Item(f"K{n}", Named(f"知识{n}", f"Knows {n}"), ItemKind.KNOWLEDGE, key=1) for n in range(1, 5)),
    ),
)
GOOD_AND_BAD = {ItemKind.LIKERT: (5, 3), ItemKind.KNOWLEDGE: (1, 0)}
BOOK = WardBook(
    Ward("W09", "测试病区", "Test ward", "测试医院", "Test hospital"),
    rooms=tuple(Room(f"R{n}", n) for n in range(1, 5)),
    beds=tuple(Bed(code, f"R{1 + place // 3}") for place, code in enumerate(BEDS)),
)


@cache
def quality_case(seed: int = 2012) -> QualityData:
    """Give both half years: some 3,000 calls, which name no stay, and 110 questionnaires each."""
    draw = random.Random(seed)
    stays = tuple(s for period in (BEFORE, AFTER) for s in _stays(period, draw))
    calls = [
        *_calls([s for s in stays if s.code.startswith("A")], BEFORE, 1.0, draw),
        *_calls([s for s in stays if s.code.startswith("B")], AFTER, 0.85, draw),
    ]
    sheets = (*_sheets("A", BEFORE, 0.6, draw), *_sheets("B", AFTER, 0.85, draw))
    return empty_case(
        book=replace(BOOK, stays=stays),
        calls=CallColumns.of(calls, ZONE),
        patient_days=_census(stays, BEFORE, draw) + _census(stays, AFTER, draw),
        versions=(VERSION,),
        sheets=sheets,
    )


def empty_case(**fields: object) -> QualityData:
    """Give data of the plan alone, with what is named filled in."""
    plan = fields.pop("plan", PLAN)
    nothing = dict.fromkeys(
        (
            *("imports", "patient_days", "versions", "sheets", "checklists", "audits", "actions"),
            *("activities", "events", "symposia", "rosters", "covers"),
        ),
        (),
    )
    whole = {
        "book": BOOK,
        "plan": plan,
        "plan_versions": (PastVersion(plan, 1, "Zhao Min", LOCKED_AT),),
        "calls": CallColumns.of([], ZONE),
        **nothing,
        "today": TODAY,
        "revisions": (1, 1, 1),
        **fields,
    }
    return QualityData(**whole)


def moment(day: date, seconds: float) -> datetime:
    """Give a moment of a ward's date."""
    return datetime.combine(day, time(), ZONE) + timedelta(seconds=round(seconds))


def _stays(period: StudyPeriod, draw: random.Random):
    mark = "A" if period is BEFORE else "B"
    number = 0
    for bed in BEDS:
        day = draw.randrange(3)
        while day < len(period.span) - 2:
            number += 1
            length = 3 + draw.randrange(10)
            first = period.span.first + timedelta(days=day)
            last = min(first + timedelta(days=length), period.span.last)
            grade = draw.choice(list(NursingGrade))
            yield Stay(f"{mark}{number:04d}", bed, grade, moment(first, 36000), moment(last, 34000))
            day += length + draw.randrange(2)


def _calls(stays, period: StudyPeriod, factor: float, draw: random.Random):
    number = 0
    for stay in stays:
        own, pace = draw.gammavariate(1.5, 1 / 1.5), draw.gauss(0, 0.35)
        seconds = (stay.discharged - stay.admitted).total_seconds()
        for _ in range(min(60, int(draw.gammavariate(2, 0.5) * own * factor * 1.7 * seconds / 86400))):
            number += 1
            placed = stay.admitted + timedelta(seconds=round(draw.random() * seconds))
            if placed.date() in period.span:
                yield _call(f"{stay.code}-{number}", stay.bed, placed, 150 * factor * math.exp(pace), draw)


def _call(code: str, bed: str, placed: datetime, median: float, draw: random.Random) -> BellCall:
    arrival = timedelta(seconds=round(median * math.exp(draw.gauss(0, 0.6))) + 5)
    reason = draw.choice(list(CallReason))
    source = CallSource.STAFF if draw.random() < 0.01 else CallSource.BED
    if draw.random() < 0.04:
        gone = placed + timedelta(seconds=40)
        return BellCall(code, bed, reason, placed, cleared=gone, source=source, ended_by=EndedBy.PATIENT)
    return BellCall(
        code,
        bed,
        reason,
        placed,
        answered=placed + arrival / 4,
        arrived=placed + arrival,
        cleared=placed + arrival + timedelta(seconds=60),
        source=source,
        ended_by=EndedBy.BEDSIDE,
    )


def _census(stays, period: StudyPeriod, draw: random.Random) -> tuple[PatientDays, ...]:
    made = []
    for day in period.span:
        at = moment(day, 86399)
        lying = [stay for stay in stays if stay.is_in_bed(at)]
        occupied = {grade: sum(s.grade is grade for s in lying) for grade in NursingGrade}
        admitted = sum(s.admitted.date() == day for s in stays)
        left = sum(s.discharged.date() == day for s in stays)
        hours = round(len(lying) * (2 + draw.random()), 1)
        made.append(PatientDays(day, occupied, admissions=admitted, discharges=left, infusion_hours=hours))
    return tuple(made)


def _sheets(mark: str, period: StudyPeriod, level: float, draw: random.Random):
    for number in range(110):
        day = period.span.first + timedelta(days=draw.randrange(len(period.span)))
        came_back = draw.random() < 0.96
        is_good = 0.95 if draw.random() < level else 0.4
        answers = tuple(GOOD_AND_BAD[item.kind][draw.random() > is_good] for item in VERSION.items)
        yield QuestionnaireSheet(
            f"{mark}Q{number:04d}",
            day,
            "V1",
            draw.choice(list(Mode)),
            returned_on=day if came_back else None,
            answers=answers if came_back else (None,) * len(VERSION.items),
            team=draw.choice(("T1", "T2")),
        )
