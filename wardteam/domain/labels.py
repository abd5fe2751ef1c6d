"""The English label of every enum that people read; the catalogue has the Chinese beside it."""

from __future__ import annotations

from enum import Enum

from wardteam.domain.beds import HolderKind, NursingGrade
from wardteam.domain.calls import CallReason
from wardteam.domain.hours_account import HoursEntry
from wardteam.domain.ledger import Measure
from wardteam.domain.people import Education, Level, RestrictionKind, Sex, StaffKind, Title
from wardteam.domain.quality_labels import QUALITY_LABELS
from wardteam.domain.roster import RosterStatus, SolveStatus
from wardteam.domain.rules import Severity
from wardteam.domain.shifts import DayKind, LeaveKind, Post, ShiftKind
from wardteam.domain.teams import PairKind, Role
from wardteam.domain.wishes import WishKind

_LABELS: tuple[tuple[Enum, str], ...] = (
    (Title.NURSE, "nurse"),
    (Title.SENIOR_NURSE, "senior nurse"),
    (Title.NURSE_IN_CHARGE, "nurse-in-charge"),
    (Title.ASSOCIATE_CHIEF, "associate chief nurse"),
    (Title.CHIEF, "chief nurse"),
    *((level, level.name) for level in Level),
    (Education.SECONDARY, "secondary vocational"),
    (Education.COLLEGE, "college"),
    (Education.BACHELOR, "bachelor"),
    (Education.MASTER, "master"),
    (Sex.FEMALE, "female"),
    (Sex.MALE, "male"),
    (StaffKind.WARD, "ward nurse"),
    (StaffKind.HEAD_NURSE, "head nurse"),
    (StaffKind.STUDENT, "student"),
    (StaffKind.TRAINEE, "rotating trainee"),
    (StaffKind.BORROWED, "borrowed nurse"),
    (RestrictionKind.PREGNANCY, "pregnancy"),
    (RestrictionKind.NURSING_MOTHER, "nursing a child under one"),
    (RestrictionKind.NO_NIGHTS, "no nights"),
    (RestrictionKind.NO_SHIFT, "not on this shift"),
    (RestrictionKind.SUPERVISED, "under supervision"),
    (NursingGrade.SPECIAL, "special care"),
    (NursingGrade.FIRST, "grade I"),
    (NursingGrade.SECOND, "grade II"),
    (NursingGrade.THIRD, "grade III"),
    (HolderKind.OWNER, "owner"),
    (HolderKind.LEADER, "covered by the leader"),
    (HolderKind.DEPUTY, "covered by the deputy"),
    (HolderKind.TEAMMATE, "covered by a teammate"),
    (HolderKind.OTHER_TEAM, "covered from another team"),
    (CallReason.INFUSION, "infusion"),
    (CallReason.TOILET, "toilet"),
    (CallReason.PAIN, "pain"),
    (CallReason.POSITION, "position"),
    (CallReason.QUESTION, "question"),
    (CallReason.OTHER, "other"),
    (RosterStatus.DRAFT, "draft"),
    (RosterStatus.PUBLISHED, "published"),
    (RosterStatus.SUPERSEDED, "superseded"),
    (SolveStatus.OPTIMAL, "proven optimal"),
    (SolveStatus.FEASIBLE, "valid, optimum not proven"),
    (SolveStatus.INFEASIBLE, "impossible, confirmed"),
    (SolveStatus.UNKNOWN, "nothing found in time"),
    (SolveStatus.STOPPED, "stopped"),
    (Severity.HARD, "hard"),
    (Severity.SOFT, "soft"),
    (Severity.WARN, "warning only"),
    (Severity.OFF, "switched off"),
    (DayKind.WORKDAY, "workday"),
    (DayKind.WEEKEND, "weekend"),
    (DayKind.HOLIDAY, "public holiday"),
    (ShiftKind.DAY, "day"),
    (ShiftKind.EVENING, "evening"),
    (ShiftKind.NIGHT, "night"),
    (ShiftKind.ON_CALL, "on call"),
    (LeaveKind.OFF, "day off"),
    (LeaveKind.POST_NIGHT, "day after a night"),
    (LeaveKind.PUBLIC_HOLIDAY, "public holiday off"),
    (LeaveKind.ANNUAL, "annual leave"),
    (LeaveKind.SICK, "sick leave"),
    (LeaveKind.MATERNITY, "maternity leave"),
    (LeaveKind.TIME_IN_LIEU, "time in lieu"),
    (LeaveKind.STUDY, "study leave"),
    (LeaveKind.PERSONAL, "personal leave"),
    (LeaveKind.MARRIAGE, "marriage leave"),
    (LeaveKind.BEREAVEMENT, "bereavement leave"),
    (LeaveKind.ANTENATAL, "antenatal check"),
    (LeaveKind.PARENTAL, "parental leave"),
    (Post.LEADER, "leader's post"),
    (Post.RESPONSIBLE, "responsible nurse's post"),
    (Post.ASSISTANT, "assistant's post"),
    (Post.NONE, "no post"),
    (PairKind.TOGETHER, "keep together"),
    (PairKind.APART, "keep apart"),
    (Role.LEADER, "team leader"),
    (Role.DEPUTY, "deputy leader"),
    (Role.MEMBER, "member"),
    (WishKind.OFF, "off"),
    (WishKind.ON, "on"),
    (WishKind.NOT, "not"),
    (Measure.NIGHTS, "nights"),
    (Measure.EVENINGS, "evenings"),
    (Measure.WEEKENDS, "weekends"),
    (Measure.HOLIDAYS, "public holidays"),
    (Measure.WISHES, "wishes granted"),
    (Measure.WISH_POINTS, "wish points granted"),
    (Measure.OVERTIME, "overtime, hours"),
    (Measure.CALLS, "calls on days off"),
    (HoursEntry.WORKED, "worked"),
    (HoursEntry.PAID_LEAVE, "paid leave"),
    (HoursEntry.NURSING, "nursing hour"),
    (HoursEntry.NORM, "norm of the period"),
    (HoursEntry.TIME_IN_LIEU, "time in lieu taken"),
    (HoursEntry.HOLIDAY_PAID, "public holidays, paid 300 %"),
    *QUALITY_LABELS,
)

LABELS: dict[tuple[type[Enum], str], str] = {(type(value), value.name): text for value, text in _LABELS}
"""The labels by kind and name: a StrEnum equals its text, so values of two kinds would fall together."""


def label(value: Enum) -> str:
    """Give the English label of a value, or the value itself where it has none."""
    return LABELS.get((type(value), value.name)) or str(value.value)
