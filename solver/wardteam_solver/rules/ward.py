"""The rules that a ward starts with, explicit and in order, with their words and defaults."""

from __future__ import annotations

from wardteam.domain.rules import Severity
from wardteam_solver.rules.after_nights import OffAfterNights
from wardteam_solver.rules.bans import Barred, PostSkill
from wardteam_solver.rules.base import Rule, Stage
from wardteam_solver.rules.beds import BedCapacity, Continuity
from wardteam_solver.rules.clock_staffing import ClockStaffing
from wardteam_solver.rules.fairness import FairShares
from wardteam_solver.rules.hours import HoursNorm, LongDay, LongWeek, Overtime
from wardteam_solver.rules.leave import GrantedLeave, LeaveEntitlement
from wardteam_solver.rules.locked import Locked
from wardteam_solver.rules.rest import RestBetweenDuties
from wardteam_solver.rules.rotation import KindsForward, KindsPerWeek
from wardteam_solver.rules.runs import LongestRun, ShortestRun
from wardteam_solver.rules.seniority import FirstYearsApart, Seniority
from wardteam_solver.rules.shown import BedsToNurses, PatientsPerNurse, PublicHolidayDuty
from wardteam_solver.rules.staffing import DoubleStaffing, Staffing
from wardteam_solver.rules.supervision import Supervision
from wardteam_solver.rules.weekends import FreeWeekend, WholeWeekends
from wardteam_solver.rules.weekly_rest import WeeklyRest
from wardteam_solver.rules.wished_staffing import MaximumStaffing, WishedStaffing
from wardteam_solver.rules.wishes import Wishes

SOFT, WARN = Severity.SOFT, Severity.WARN

WARD_RULES: tuple[Rule, ...] = (
    Staffing(
        code="staffing",
        title="Minimum staff",
        words="{day}: {amount} too few on {where} ({found} of {low}).",
        source="the ward's own setting",
        stage=Stage.SHORTAGE,
        severity=SOFT,
        weight=1000,
    ),
    DoubleStaffing(
        code="double_staffing",
        title="Double staffing",
        words="{day}: {shift} is not double-staffed ({found} of {low}).",
        source="the responsibility-team mode: straight-through, evening and night are double-staffed",
        stage=Stage.SHORTAGE,
        severity=SOFT,
        weight=1000,
    ),
    ClockStaffing(
        code="clock_staffing",
        title="Staff at every hour",
        words="{day}, {detail}: only {found} on duty, {low} needed.",
        source="the ward's own setting",
        stage=Stage.SHORTAGE,
        severity=SOFT,
        weight=1000,
    ),
    BedCapacity(
        code="bed_capacity",
        title="Bed capacity",
        words="{day}, {team}: {amount} beds ({detail} and above) have no holder within the caps.",
        source="the ward's own setting",
        stage=Stage.SHORTAGE,
        severity=SOFT,
        weight=300,
    ),
    MaximumStaffing(
        code="maximum_staffing",
        title="Most staff on a shift",
        words="{day}: {amount} too many on {where} (at most {high}).",
        source="the ward's own setting",
    ),
    PostSkill(
        code="post_skill",
        title="Posts",
        words="{nurse} may not hold the post “{detail}” on {day}.",
        source="the ward's own setting",
    ),
    Locked(
        code="locked",
        title="Locked cells",
        words="{nurse}, {day}: the locked cell was changed.",
        source="the ward's own setting",
    ),
    GrantedLeave(
        code="leave",
        title="Granted leave",
        words="{nurse} has leave on {day} and is on duty, or comes from a night.",
        source="Regulations on paid annual leave of employees",
    ),
    LeaveEntitlement(
        code="leave_entitlement",
        title="Annual leave entitlement",
        words="{nurse}: {amount} days of annual leave more than are left this year.",
        source="Regulations on paid annual leave of employees",
        severity=WARN,
    ),
    Seniority(
        code="seniority",
        title="A senior nurse on the shift",
        words="{day}: {shift} has no nurse of level {detail} or above.",
        source="ward practice",
    ),
    FirstYearsApart(
        code="first_years_apart",
        title="First-year nurses apart",
        words="{day}: {found} first-year nurses together on {shift}.",
        source="ward practice",
    ),
    Supervision(
        code="supervision",
        title="Supervision",
        words="{nurse} works {shift} on {day} without a preceptor.",
        source="ward practice",
    ),
    Barred(
        code="registration",
        title="Registration",
        words="{nurse} is on duty on {day} without a valid registration for this site.",
        source="Nurses Regulations, articles 8-10 and 21",
    ),
    Barred(
        code="pregnancy",
        title="Pregnancy of seven months or more",
        words="{nurse} works a shift that touches 22:00-06:00 on {day}; she may not.",
        source="Special Provisions on Labour Protection of Female Employees, article 6",
    ),
    Barred(
        code="nursing_mother",
        title="Nursing a child under one",
        words="{nurse} works a shift that touches 22:00-06:00 on {day}; she may not.",
        source="Special Provisions on Labour Protection of Female Employees, article 9",
    ),
    Barred(
        code="barred_shift",
        title="Shifts barred by the ward",
        words="{nurse} works a shift on {day} that is barred for her.",
        source="the ward's own setting",
    ),
    RestBetweenDuties(
        code="rest",
        title="Rest between duties",
        words="{nurse}: less than {detail} h between the duties of {first} and {last}.",
    ),
    OffAfterNights(
        code="off_after_nights",
        title="A day off after the last night",
        words="{nurse} works on {last}, the first day off after her night of {first}.",
    ),
    OffAfterNights(
        code="second_day_off_after_nights",
        title="A second day off after the last night",
        words="{nurse} works on {last}, the second day off after her night of {first}.",
        nth_day=2,
        severity=SOFT,
        weight=3,
    ),
    LongestRun(
        code="days_in_a_row",
        title="Working days in a row",
        words="{nurse} works too many days in a row, {first} to {last}.",
        most=6,
    ),
    LongestRun(
        code="nights_in_a_row",
        title="Nights in a row",
        words="{nurse} works too many nights in a row, {first} to {last}.",
        what="kind:night",
        most=3,
    ),
    WeeklyRest(
        code="weekly_rest",
        title="A rest day in seven",
        words="{nurse} has no rest day from {first} to {last}.",
        source="Labour Law, article 38",
    ),
    LongDay(
        code="long_day",
        title="Overtime on one day",
        words="{nurse}: more than {detail} h of overtime on {day}.",
        source="Labour Law, article 41",
    ),
    Overtime(
        code="overtime",
        title="Overtime in the month",
        words="{nurse} works {found} h from {first} to {last}, more than {detail} h above the norm.",
        source="Labour Law, article 41",
    ),
    FreeWeekend(
        code="free_weekend",
        title="A free weekend in four",
        words="{nurse} has no free weekend between {first} and {last}.",
    ),
    FairShares(
        code="fair_nights",
        title="Nights evenly spread",
        words="{nurse} has {found} nights; her fair share is {band}.",
        source="ward practice",
        measure="night",
        stage=Stage.FAIRNESS,
        severity=SOFT,
        weight=40,
    ),
    FairShares(
        code="fair_evenings",
        title="Evenings evenly spread",
        words="{nurse} has {found} evenings; her fair share is {band}.",
        source="ward practice",
        measure="evening",
        stage=Stage.FAIRNESS,
        severity=SOFT,
        weight=30,
    ),
    FairShares(
        code="fair_weekends",
        title="Weekends evenly spread",
        words="{nurse} works {found} weekends; her fair share is {band}.",
        source="ward practice",
        measure="weekend",
        stage=Stage.FAIRNESS,
        severity=SOFT,
        weight=30,
    ),
    FairShares(
        code="fair_holidays",
        title="Public holidays evenly spread",
        words="{nurse} works on {found} public holidays; her fair share is {band}.",
        source="ward practice",
        measure="holiday",
        stage=Stage.FAIRNESS,
        severity=SOFT,
        weight=30,
    ),
    FairShares(
        code="fair_wishes",
        title="Granted wishes evenly spread",
        words="{nurse} has {found} wishes granted; her fair share is at least {low}.",
        source="ward practice",
        measure="wish",
        stage=Stage.FAIRNESS,
        severity=SOFT,
        weight=20,
    ),
    Wishes(
        code="wishes",
        title="Wishes",
        words="{nurse}: the wish for {day} is not granted.",
        source="the responsibility-team mode: shifts follow most nurses' wishes",
        stage=Stage.WISHES,
        severity=SOFT,
        weight=10,
    ),
    WishedStaffing(
        code="wished_staffing",
        title="Wished staff",
        words="{day}: {amount} fewer than wished on {where} ({found} of {low}).",
        source="the ward's own setting",
        severity=SOFT,
        weight=6,
    ),
    Continuity(
        code="continuity",
        title="Owners hold their own beds",
        words="{nurse} works away from her own beds on {day}.",
        source="the responsibility-team mode: team and owner stay the same",
        severity=SOFT,
        weight=1,
    ),
    HoursNorm(
        code="hours",
        title="Hours",
        words="{nurse} works {found} h from {first} to {last}; with the balance carried in, {band} h are "
        "owed: {amount} h away.",
        source="State Council provisions on working hours, article 3; Labour Law, articles 36 and 38",
        severity=SOFT,
        weight=2,
    ),
    LongWeek(
        code="long_week",
        title="Long week",
        words="{nurse} works {found} h in the week {first} to {last}, more than {detail} h.",
        source="State Council provisions on working hours, article 3; Labour Law, articles 36 and 38",
        severity=WARN,
    ),
    ShortestRun(
        code="single_working_day",
        title="No single working day",
        words="{nurse} works a single day between days off on {first}.",
        what="work",
        severity=SOFT,
        weight=5,
    ),
    ShortestRun(
        code="single_day_off",
        title="No single day off",
        words="{nurse} has a single day off on {first}.",
        what="off",
        severity=SOFT,
        weight=5,
    ),
    KindsPerWeek(
        code="kinds_per_week",
        title="Kinds of shift in a week",
        words="{nurse} works {found} kinds of shift in the week {first} to {last}.",
        source="nurses' main complaint is jumbled weeks",
        severity=SOFT,
        weight=5,
    ),
    KindsForward(
        code="kinds_forward",
        title="Shifts rotate forward",
        words="{nurse} goes back to an earlier kind of shift on {last}.",
        source="nurses' main complaint is jumbled weeks",
        severity=SOFT,
        weight=5,
    ),
    WholeWeekends(
        code="whole_weekends",
        title="Whole weekends",
        words="{nurse} works only one day of the weekend of {first}.",
        severity=SOFT,
        weight=4,
    ),
    PublicHolidayDuty(
        code="public_holidays",
        title="Public holidays",
        words="{nurse} works on the public holiday {day}; it is paid 300 % and kept apart from time in lieu.",
        source="Measures on national annual holidays; Labour Law, article 44",
        severity=WARN,
    ),
    BedsToNurses(
        code="beds_to_nurses",
        title="Beds to nurses",
        words="The ward has {amount} nurses fewer than its beds ask for.",
        source="national staffing rules",
        severity=WARN,
    ),
    PatientsPerNurse(
        code="patients_per_nurse",
        title="Patients a nurse by day",
        words="{day}: more than {detail} patients a nurse by day.",
        source="national staffing rules",
        severity=WARN,
    ),
)
