"""One invented line for every sheet, shown on the workbook's first page to say what is expected."""

from __future__ import annotations

from datetime import date, datetime

from wardteam.domain.beds import Bed, NursingGrade, Ownership, Room, Stay
from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.defaults import DEFAULT_DEMANDS, DEFAULT_SHIFTS
from wardteam.domain.people import Education, Nurse, Restriction, RestrictionKind, Title
from wardteam.domain.rules import RuleSetting, Severity
from wardteam.domain.shifts import Leave, LeaveKind
from wardteam.domain.teams import Membership, Pair, PairKind, Role, Team
from wardteam.domain.ward import Ward, WardBook, WardSettings
from wardteam.domain.wishes import Wish, WishKind

_ZONE = WardSettings().zone
_LEADER = Nurse(
    staff_no="1001",
    name="林示例",
    name_en="Lin Shili",
    birth_date=date(1991, 5, 17),
    title=Title.NURSE_IN_CHARGE,
    title_since=date(2020, 9, 1),
    service_since=date(2012, 7, 16),
    education=Education.BACHELOR,
    joined=date(2014, 3, 1),
    strengths="静脉治疗",
    strengths_en="Infusion therapy",
)

EXAMPLE = WardBook(
    ward=Ward("W1", "普外科一病区", "General surgery 1", "示例医院", "Example hospital"),
    nurses=(_LEADER,),
    rooms=(Room("101", 1),),
    beds=(Bed("1", "101"),),
    stays=(
        Stay(
            "S1", "1", NursingGrade.FIRST, datetime(2026, 11, 28, 9, 30, tzinfo=_ZONE), surname_masked="王*"
        ),
    ),
    shifts=DEFAULT_SHIFTS,
    demands=DEFAULT_DEMANDS,
    leaves=(Leave("1001", LeaveKind.ANNUAL, date(2026, 12, 7), date(2026, 12, 9)),),
    wishes=(Wish("1001", date(2026, 12, 12), WishKind.OFF, points=5),),
    restrictions=(Restriction("1001", RestrictionKind.NURSING_MOTHER, event_date=date(2026, 6, 3)),),
    pairs=(Pair("1001", "1002", PairKind.TOGETHER),),
    teams=(Team(1, "一组", "Team 1", "#2f6f9f"),),
    memberships=(Membership("1001", 1, Role.LEADER, date(2026, 1, 1)),),
    ownerships=(Ownership("1", "1001", date(2026, 12, 1)),),
    rule_settings=(RuleSetting("rest", Severity.HARD, parameters={"hours": 11}),),
    calendar=Calendar(((date(2027, 1, 1), "元旦"),)),
    balances={"nights": {"1001": 2}},
    period=Period.month(2026, 12),
)
