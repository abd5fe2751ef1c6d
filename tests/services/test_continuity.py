"""Continuity on a ward of two owners and one teammate, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from wardteam.domain.beds import Bed, HolderKind, NursingGrade, Ownership, Room, Stay
from wardteam.domain.calendar import Period
from wardteam.domain.defaults import DAY, DEFAULT_SHIFTS, NIGHT, STRAIGHT
from wardteam.domain.people import Education, Nurse, Title
from wardteam.domain.roster import Roster, RosterCell
from wardteam.domain.shifts import Post
from wardteam.domain.teams import Membership, Role, Team
from wardteam.domain.ward import Ward, WardBook, WardSettings
from wardteam.services.continuity import continuity
from wardteam.services.cover import plan_cover

FIRST = date(2027, 3, 1)
PERIOD = Period(FIRST, FIRST + timedelta(days=3))
BEDS = ("1", "2", "3")
OWNER = {"1": "a", "2": "a", "3": "b"}
HOLDING = RosterCell(DAY.code, Post.RESPONSIBLE)
BESIDE = RosterCell(DAY.code, Post.ASSISTANT)


def nurse(staff_no: str) -> Nurse:
    since = date(2015, 1, 1)
    born, education = date(1990, 1, 1), Education.BACHELOR
    return Nurse(staff_no, staff_no, born, Title.SENIOR_NURSE, since, since, education)


@pytest.fixture
def book() -> WardBook:
    admitted = datetime.combine(FIRST - timedelta(days=9), time(9), WardSettings().zone)
    return WardBook(
        ward=Ward("W", "病区", "Ward"),
        nurses=tuple(map(nurse, "abc")),
        rooms=(Room("R", 1),),
        beds=tuple(Bed(code, "R", NursingGrade.SECOND) for code in BEDS),
        stays=tuple(Stay(bed, bed, NursingGrade.SECOND, admitted) for bed in ("1", "3")),
        shifts=DEFAULT_SHIFTS,
        teams=(Team(1),),
        memberships=tuple(Membership(who, 1, Role.MEMBER, FIRST) for who in "abc"),
        ownerships=tuple(Ownership(bed, who, FIRST) for bed, who in OWNER.items()),
    )


def roster(**shifts: str) -> Roster:
    """Write a row a nurse: D with beds, A an assistant, S straight through, N a night, a dot is a day off."""
    cells = {"D": HOLDING, "A": BESIDE, "S": RosterCell(STRAIGHT.code), "N": RosterCell(NIGHT.code)}
    return Roster(
        PERIOD,
        {
            (who, day): cells.get(code, RosterCell("off"))
            for who, codes in shifts.items()
            for day, code in zip(PERIOD, codes, strict=True)
        },
    )


@pytest.fixture
def made() -> Roster:
    return roster(a="DSDN", b="ND.A", c="DDDD")


def test_day_duties_away_from_the_beds_are_missed_and_nights_are_not(book, made) -> None:
    """a: 2 of 3 day duties at her 2 beds, b: 1 of 2 at hers; 2 + 1 of 8 occupied bed-days are their own."""
    found = continuity(book, made, plan_cover(book, made).covers)
    assert (found.held, found.allowed) == (2 + 2 + 1, 3 * 2 + 2)
    assert (found.held_occupied, found.occupied) == (3, 8)
    assert found.day_percent == pytest.approx(100 * 5 / 8)
    assert found.occupied_percent == pytest.approx(100 * 3 / 8)
    assert (found.most, found.short_days) == (5, 0)


def test_a_cover_that_leaves_owners_less_than_it_could_is_seen(book, made) -> None:
    covers = [
        replace(cover, staff_no="c", kind=HolderKind.TEAMMATE)
        if (cover.day, cover.bed) == (FIRST, "1")
        else cover
        for cover in plan_cover(book, made).covers
    ]
    found = continuity(book, made, covers)
    assert (found.held, found.most, found.short_days) == (4, 5, 1)


def test_without_owners_or_patients_there_is_no_share(book) -> None:
    made = roster(a="....", b="....", c="DDDD")
    found = continuity(replace(book, stays=()), made, plan_cover(book, made).covers)
    assert (found.day_percent, found.occupied_percent) == (100.0, None)
