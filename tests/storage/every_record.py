"""One record of every captured kind, with unusual values in every field."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from tests.storage.full_ward import NOW
from wardteam.domain.beds import NursingGrade
from wardteam.domain.calendar import Period
from wardteam.domain.calls import (
    CallField,
    CallImport,
    CallMapping,
    CallReason,
    CallSource,
    ClockOffset,
    EarlyEvent,
    EndedBy,
    ImportStep,
    LiveToken,
)
from wardteam.domain.census import CatheterKind, PatientDays
from wardteam.domain.control import (
    Action,
    ActionSource,
    Activity,
    ActivityKind,
    AdverseEvent,
    Audience,
    Audit,
    AuditLevel,
    Checklist,
    ChecklistItem,
    ControlArea,
    EventKind,
    EventLevel,
    ItemScore,
    Mark,
    Symposium,
)
from wardteam.domain.demand_decisions import DemandChange, DemandDecision
from wardteam.domain.questionnaires import (
    AnswerCode,
    Invalid,
    Item,
    ItemKind,
    Mode,
    QuestionnaireSheet,
    QuestionnaireVersion,
)
from wardteam.domain.shifts import DayKind, Demand, Post
from wardteam.domain.study import (
    ArrivalTest,
    BellTest,
    Duration,
    Exclusion,
    MeasureKind,
    StudyPeriod,
    StudyPlan,
)
from wardteam.domain.swaps import Swap, SwapDuty, SwapState
from wardteam.errors import Named
from wardteam.services.quality_ports import Record

DAY = date(2026, 3, 1)
LATER = NOW + timedelta(hours=3)
WORDS = "甲'\"\\\n😀{}%"
NAMED = Named("名称", WORDS)
ITEMS = (
    Item("S1", NAMED, ItemKind.LIKERT, scale=7, is_reversed=True),
    Item("Y1", NAMED, ItemKind.YES_NO),
    Item("K1", NAMED, ItemKind.KNOWLEDGE, (NAMED, Named("乙")), 2),
)
PLAN = StudyPlan(
    code="plan-1",
    day=DAY,
    name=NAMED,
    primary=MeasureKind.ARRIVAL,
    baseline=StudyPeriod("对照期", "baseline", Period.month(2025, 1)),
    intervention=StudyPeriod("观察期", "intervention", Period.month(2026, 1)),
    duration=Duration.ANSWER,
    bell_test=BellTest.NEGATIVE_BINOMIAL,
    arrival_test=ArrivalTest.GEE,
    exclusions=(Exclusion.OVER_AN_HOUR, Exclusion.WITHOUT_STAY),
    targets={MeasureKind.ARRIVAL: 180.0, MeasureKind.SATISFACTION: 0.9},
    target_seconds=1 / 3,
    locked_at=datetime(2026, 3, 1, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
    locked_by="001",
    revised_because=WORDS,
)
MAPPING = CallMapping(
    *("m", DAY, {CallField.CODE: WORDS, CallField.PLACED: "时间"}, {"输液": CallReason.INFUSION}),
    *({"床": CallSource.BED}, {WORDS: EndedBy.STATION}, "gb18030", "%Y", "Europe/Berlin"),
    offsets=(ClockOffset(NOW, -1.5),),
)
RECORDS: tuple[Record, ...] = (
    PatientDays(
        *(DAY, {NursingGrade.SPECIAL: 1, NursingGrade.THIRD: 0}, 3, 0, 12.25),
        *({CatheterKind.PICC: 2, CatheterKind.DRAIN: 0}, 1),
    ),
    PatientDays(DAY + timedelta(days=1), {}),
    QuestionnaireVersion("v1", DAY, NAMED, ITEMS, 3.5, 0.75, 0.5, is_retired=True),
    QuestionnaireSheet("Q1", DAY, "v1", Mode.PAPER),
    QuestionnaireSheet(
        *("Q2", DAY, "v1", Mode.QR, DAY, (5, None, 0), "009", "2", "S1", Invalid.WITHDRAWN, (), "010", WORDS),
    ),
    AnswerCode("ab" * 32, DAY, "Q2", DAY + timedelta(days=7)),
    Checklist("c1", DAY, NAMED, ControlArea.OWN, (ChecklistItem("1", NAMED, 0.1, is_core=True),), 0.95, True),
    Audit("a1", DAY, "c1", AuditLevel.LEADER, "1", "001", (ItemScore("1", Mark.PARTLY, WORDS),), "002", "7"),
    Action(
        *(
            "x1",
            DAY,
            ActionSource.AUDIT,
            "a1",
            WORDS,
            "m",
            "003",
            DAY + timedelta(days=9),
            "1",
            "i",
            DAY,
            "n",
        ),
        *(DAY, "001", False),
    ),
    Activity("t1", DAY, ActivityKind.RESCUE, "001", WORDS, "1", 4, 90),
    AdverseEvent(
        *("e1", DAY, EventKind.EXTUBATION, EventLevel.IV, "1", "7", "S1"),
        *(CatheterKind.GASTRIC, 6, False, WORDS),
    ),
    Symposium("s1", DAY, Audience.DOCTORS, {Audience.PATIENTS: 3, Audience.NURSES: 0}, (WORDS, ""), "001"),
    PLAN,
    MAPPING,
    CallImport("h", DAY, WORDS, {ImportStep.READ: 9, ImportStep.BROKEN: 1}, {"unmapped": 2}, NOW, LATER),
    LiveToken("cd" * 32, DAY, "tower", DAY, DAY),
    EarlyEvent("ef" * 32, DAY, "E1", {"code": "E1", "staff": WORDS}),
    DemandDecision(
        "DEMAND-0001",
        DAY,
        (DemandChange("EVENING", DayKind.WEEKEND, 2, 2, 3, 3),),
        before=(Demand("EVENING", 2, 2, 4),),
        after=(Demand("EVENING", 2, 2, 4), Demand("EVENING", 3, 3, 4, DayKind.WEEKEND)),
        data_hash="ab12",
        undoes="DEMAND-0000",
    ),
    Swap(
        *("X26-0001", DAY, "001", (SwapDuty(DAY, "DAY", Post.LEADER),), (SwapDuty(DAY, "夜"),)),
        *(("002", "003"), "002", (SwapDuty(DAY, "夜"),), SwapState.REFUSED, WORDS),
    ),
)
