"""A tiny ward with rosters written as patterns, and quality data made by hand around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np

from wardteam.domain.beds import Bed, Cover, HolderKind, NursingGrade, Ownership, Room
from wardteam.domain.calendar import Period
from wardteam.domain.calls import BellCall, CallReason
from wardteam.domain.census import PatientDays
from wardteam.domain.defaults import DEFAULT_SHIFTS
from wardteam.domain.people import Education, Nurse, Title
from wardteam.domain.roster import Roster, RosterCell, RosterStatus
from wardteam.domain.shifts import LeaveKind, Post
from wardteam.domain.study import StudyPeriod, StudyPlan
from wardteam.domain.teams import Membership, Role, Team
from wardteam.domain.ward import Ward, WardBook, WardSettings
from wardteam.errors import Named
from wardteam.services.call_columns import CallColumns
from wardteam.services.quality_data import QualityData

ZONE = WardSettings().zone
FIRST = date(2026, 9, 1)
SIGNS = {
    "D": RosterCell("DAY", Post.RESPONSIBLE),
    "a": RosterCell("DAY", Post.ASSISTANT),
    "C": RosterCell("STRAIGHT"),
    "P": RosterCell("EVENING"),
    "N": RosterCell("NIGHT"),
    "R": RosterCell("ON_CALL"),
    "-": RosterCell(LeaveKind.OFF.value),
}


def nurse(staff_no: str, **given: object) -> Nurse:
    known: dict[str, object] = {
        "birth_date": date(1990, 4, 1),
        "title": Title.SENIOR_NURSE,
        "title_since": date(2021, 9, 1),
        "service_since": date(2017, 7, 3),
        "education": Education.BACHELOR,
    }
    return Nurse(staff_no, staff_no, **(known | given))  # type: ignore[arg-type]  # a test's own values


def ward(*nurses: Nurse, teams: int = 2, **given: object) -> WardBook:
    """Give a ward of two teams; the nurses join them in turn, and own bed 1, 2, ... in their order."""
    since = date(2020, 1, 1)
    book = WardBook(
        ward=Ward("T1", "测试病区", "Test ward", "虚构医院", ""),
        nurses=nurses,
        rooms=(Room("R", 1),),
        beds=tuple(Bed(str(i + 1), "R") for i in range(max(len(nurses), 2))),
        shifts=DEFAULT_SHIFTS,
        teams=tuple(Team(i + 1, f"{i + 1}组", f"Team {i + 1}") for i in range(teams)),
        memberships=tuple(
            Membership(n.staff_no, i % teams + 1, Role.MEMBER, since) for i, n in enumerate(nurses)
        ),
        ownerships=tuple(Ownership(str(i + 1), n.staff_no, since) for i, n in enumerate(nurses)),
    )
    return replace(book, **given)  # type: ignore[arg-type]  # a test's own values


def roster(first: date, **rows: str) -> Roster:
    """Give a published roster; a row is a nurse's pattern from the first date on, as `A="DN--"`."""
    length = max(map(len, rows.values()))
    cells = {
        (who, first + timedelta(days=i)): SIGNS[sign]
        for who, row in rows.items()
        for i, sign in enumerate(row)
        if sign in SIGNS
    }
    last = first + timedelta(days=length - 1)
    return Roster(Period(first, last), cells, status=RosterStatus.PUBLISHED)


def at(day: date, hour: float) -> datetime:
    return datetime.combine(day, datetime.min.time(), ZONE) + timedelta(hours=hour)


def call(code: str, placed: datetime, wait: float | None = 60.0, **given: object) -> BellCall:
    arrived = None if wait is None else placed + timedelta(seconds=wait)
    known: dict[str, object] = {"bed": "1", "reason": CallReason.TOILET, "arrived": arrived}
    return BellCall(code=code, placed=placed, **(known | given))  # type: ignore[arg-type]  # the same


def patient_day(day: date, occupied: int, **given: object) -> PatientDays:
    return PatientDays(day, {NursingGrade.SECOND: occupied}, **given)  # type: ignore[arg-type]  # the same


PLAN = StudyPlan(
    code="P1",
    day=date(2026, 1, 1),
    name=Named("对照", "Comparison"),
    baseline=StudyPeriod("对照期", "Baseline", Period(date(2025, 1, 1), date(2025, 11, 22))),
    intervention=StudyPeriod("观察期", "Intervention", Period(date(2026, 1, 1), date(2026, 11, 22))),
)


def quality(book: WardBook, calls: Sequence[BellCall] = (), **given: object) -> QualityData:
    """Give quality data with nothing in it but what is given."""
    known: dict[str, object] = dict.fromkeys(
        ("plan_versions", "imports", "patient_days", "versions", "sheets", "checklists", "audits"), ()
    )
    known |= dict.fromkeys(("actions", "activities", "events", "symposia", "rosters", "covers"), ())
    known |= {"plan": PLAN, "today": date(2026, 11, 23), "revisions": (1, 1, 1)}
    return QualityData(book=book, calls=CallColumns.of(calls, ZONE), **(known | given))  # type: ignore[arg-type]


def busy_ward(per_nurse: float, by_cover: float, *, days: int = 28) -> QualityData:
    """Day duty of 2 to 5 nurses; each nurse more multiplies the wait, cover of bed 1 multiplies it too."""
    rng = np.random.default_rng(5)
    names = "ABCDE"
    on_duty = [2 + i % 4 for i in range(days)]
    rows = {who: "".join("D" if k < n else "-" for n in on_duty) for k, who in enumerate(names)}
    dates = [FIRST + timedelta(days=i) for i in range(days)]
    is_cover = [i % 3 == 0 for i in range(days)]
    calls = []
    for i in range(1, days - 1):
        for k in range(30):
            wait = 100 * per_nurse ** on_duty[i] * (by_cover if is_cover[i] else 1) * rng.lognormal(0, 0.1)
            calls.append(call(f"{i}-{k}", at(dates[i], 8 + k / 8), wait, stay=f"S{i // 2}-{k % 4}"))
    holders = {False: ("A", HolderKind.OWNER), True: ("B", HolderKind.TEAMMATE)}
    covers = [Cover(dates[i], "1", *holders[is_cover[i]]) for i in range(days)]
    census = [patient_day(dates[i], 20 + i % 3) for i in range(days)]
    book = ward(*(nurse(who) for who in names))
    rosters = (roster(FIRST, **rows),)
    return quality(book, calls, rosters=rosters, covers=tuple(covers), patient_days=tuple(census))
