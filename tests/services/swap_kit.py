"""A ward of six nurses with a published roster, small enough to see every exchange at a glance."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from wardteam.domain.calendar import Period
from wardteam.domain.defaults import DEFAULT_SHIFTS
from wardteam.domain.people import Education, Nurse, Restriction, RestrictionKind, StaffKind, Title
from wardteam.domain.roster import Roster, RosterCell
from wardteam.domain.shifts import Demand, Post
from wardteam.domain.teams import Membership, Role, Team
from wardteam.domain.ward import Ward, WardBook

WARD = "demo"
FIRST = date(2026, 12, 7)
PERIOD = Period(FIRST, date(2026, 12, 20))
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
HEAD = "H001"
CODES = {
    "A": "DAY",
    "C": "STRAIGHT",
    "P": "EVENING",
    "N": "NIGHT",
    "B": "ON_CALL",
    "x": "post_night",
    "-": "off",
}
PATTERNS = {
    "W001": "P---CC--------",
    "W002": "--P---CC------",
    "W003": "C---P----CC---",
    "W004": "-C----P-----C-",
    "W005": "B--C-------P--",
    "W006": "---C-----C----",
}
"""W006 is pregnant: no evening for her to take. One evening a day is needed where one stands."""


def nurse(staff_no: str, **given) -> Nurse:
    known = {
        "birth_date": date(1990, 4, 1),
        "title": Title.NURSE_IN_CHARGE,
        "title_since": date(2018, 9, 1),
        "service_since": date(2010, 7, 3),
        "education": Education.BACHELOR,
        "name_en": f"Nurse {staff_no[-1]}",
    }
    return Nurse(staff_no, f"护士{staff_no[-1]}", **(known | given))


def clock() -> datetime:
    return NOW


def book(**given) -> WardBook:
    people = (nurse(HEAD, kind=StaffKind.HEAD_NURSE), *(nurse(one) for one in PATTERNS))
    teams = {"W001": 1, "W002": 1, "W003": 1, "W004": 2, "W005": 2, "W006": 2}
    known = {
        "ward": Ward(WARD, "六人病区", "Ward of six"),
        "nurses": people,
        "shifts": DEFAULT_SHIFTS,
        "demands": tuple(Demand(code, 0, 1) for code in ("DAY", "STRAIGHT", "EVENING", "NIGHT", "ON_CALL")),
        "teams": (Team(1, "一组", "Team 1"), Team(2, "二组", "Team 2")),
        "memberships": tuple(Membership(one, team, Role.MEMBER, FIRST) for one, team in teams.items()),
        "restrictions": (
            Restriction("W006", RestrictionKind.PREGNANCY, FIRST, None, event_date=date(2027, 1, 20)),
        ),
        "period": PERIOD,
    }
    return WardBook(**(known | given))


def roster(patterns=PATTERNS, **given) -> Roster:
    cells = {}
    for staff_no, pattern in patterns.items():
        for day, sign in zip(PERIOD, pattern, strict=True):
            post = Post.RESPONSIBLE if sign == "A" else Post.NONE
            cells[(staff_no, day)] = RosterCell(CODES[sign], post)
    return replace(Roster(PERIOD, cells), **given)


def day(number: int) -> date:
    """Give the period's day, from 0."""
    return list(PERIOD)[number]


def keep(units, ward_book=None, month=None, *, is_published: bool = True) -> Roster:
    """Store the ward with its roster, published unless told otherwise."""
    with units() as unit:
        unit.books.save(ward_book or book(), expected_revision=None, by="test", at=NOW)
        stored = unit.rosters.add_draft(WARD, month or roster(), by="test", at=NOW)
        if is_published:
            stored = unit.rosters.publish(WARD, PERIOD, stored.version, by="test", at=NOW)
        unit.commit()
    return stored
