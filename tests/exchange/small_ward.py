"""A small invented ward with something on every sheet of the workbook."""

from __future__ import annotations

from datetime import date, datetime

from wardteam.domain.beds import Bed, NursingGrade, Ownership, Room, Stay
from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.defaults import DEFAULT_DEMANDS, DEFAULT_SHIFTS
from wardteam.domain.people import (
    Education,
    Level,
    Nurse,
    Restriction,
    RestrictionKind,
    Sex,
    StaffKind,
    Title,
)
from wardteam.domain.roster import RosterCell
from wardteam.domain.rules import RuleSetting, Severity
from wardteam.domain.shifts import Demand, Leave, LeaveKind, Post
from wardteam.domain.teams import Membership, Pair, PairKind, Role, Team
from wardteam.domain.ward import CapSettings, LedgerSettings, Ward, WardBook, WardSettings
from wardteam.domain.wishes import Wish, WishKind

ZONE = WardSettings().zone


def nurse(staff_no: str, name: str, **given: object) -> Nurse:
    known: dict[str, object] = {
        "birth_date": date(1995, 4, 1),
        "title": Title.SENIOR_NURSE,
        "title_since": date(2021, 9, 1),
        "service_since": date(2017, 7, 3),
        "education": Education.BACHELOR,
    }
    return Nurse(staff_no, name, **(known | given))  # type: ignore[arg-type]  # a test's own values


SMALL = WardBook(
    ward=Ward("W9", "心内科", "Cardiology", "虚构医院", ""),
    settings=WardSettings(
        team_count=2,
        caps=CapSettings((0, 2), (2, 5), 3, 6),
        summer=((6, 1), (8, 31)),
        handover_minutes=20,
        nights_booked_on_morning=True,
        feedback_url="https://ward.example/feedback",
        frozen_days=2,
        notice_days=5,
        call_in_price=3,
        borrow_price=50,
        grade_loads=(9, 7, 4, 1),
        ledger=LedgerSettings(date(2026, 8, 1), memory_months=6, wish_points=15, barred_owe=True),
    ),
    nurses=(
        nurse("0012", "甲一", title=Title.NURSE_IN_CHARGE, level=Level.N3, hours_balance_minutes=-95),
        nurse("1001", "乙二", name_en="Yi Er", sex=Sex.MALE, is_preceptor=True, photo="p/乙.jpg"),
        nurse("A-3", "丙三", ability=5, contract_percent=60, joined=date(2026, 11, 2), strengths="=伤口护理"),
        nurse("H1", "丁四", kind=StaffKind.HEAD_NURSE, left=date(2027, 1, 31), annual_leave_days=7),
    ),
    rooms=(Room("201", 1), Room("202", 2), Room("储", 9)),
    beds=(Bed("1", "201"), Bed("2", "201", NursingGrade.FIRST), Bed("+3", "202", NursingGrade.SPECIAL)),
    stays=(
        Stay("S1", "1", NursingGrade.FIRST, datetime(2026, 11, 28, 23, 59, 30, tzinfo=ZONE)),
        Stay(
            "S0",
            "1",
            NursingGrade.SECOND,
            datetime(2026, 11, 1, 8, tzinfo=ZONE),
            datetime(2026, 11, 20, 10, 15, tzinfo=ZONE),
            Level.N2,
            "王*",
        ),
    ),
    shifts=DEFAULT_SHIFTS,
    demands=(*DEFAULT_DEMANDS, Demand("NIGHT", 3, 3, weekdays=(0, 6), days=(date(2026, 12, 24),))),
    leaves=(Leave("1001", LeaveKind.ANNUAL, date(2026, 12, 7), date(2026, 12, 9)),),
    wishes=(
        Wish("0012", date(2026, 12, 12), WishKind.OFF, points=5),
        Wish("1001", date(2026, 12, 12), WishKind.NOT, "NIGHT"),
        Wish("A-3", date(2026, 12, 31), WishKind.ON),
    ),
    restrictions=(
        Restriction("A-3", RestrictionKind.NURSING_MOTHER, event_date=date(2026, 6, 3), children=2),
        Restriction("1001", RestrictionKind.NO_SHIFT, date(2026, 12, 1), shift="EVENING"),
    ),
    pairs=(Pair("0012", "1001", PairKind.APART),),
    teams=(Team(1, "一组", "Team 1", "#2f6f9f"), Team(2)),
    memberships=(
        Membership("0012", 1, Role.LEADER, date(2026, 1, 1), is_pinned=True),
        Membership("1001", 1, Role.MEMBER, date(2026, 3, 1)),
        Membership("A-3", 2, Role.DEPUTY, date(2026, 11, 2)),
        Membership("1001", 2, Role.LEADER, date(2025, 1, 1), date(2026, 2, 28)),
    ),
    ownerships=(
        Ownership("1", "0012", date(2026, 11, 1)),
        Ownership("1", "1001", date(2026, 10, 1), date(2026, 10, 31)),
    ),
    rule_settings=(
        RuleSetting("rest", Severity.HARD, 5, {"hours": 12, "is_strict": True, "words": 'a; "b"=1'}),
        RuleSetting("weekends"),
    ),
    calendar=Calendar(((date(2027, 1, 1), "元旦"),), frozenset({date(2026, 12, 26)})),
    history={
        ("0012", date(2026, 11, 30)): RosterCell("DAY", Post.LEADER),
        ("1001", date(2026, 11, 29)): RosterCell("NIGHT", is_locked=True),
        ("1001", date(2026, 11, 30)): RosterCell("post_night"),
        ("A-3", date(2026, 11, 28)): RosterCell("DAY", Post.ASSISTANT),
    },
    balances={"nights": {"0012": 2, "1001": -1}, "holidays": {"1001": 1}},
    period=Period.month(2026, 12),
)
