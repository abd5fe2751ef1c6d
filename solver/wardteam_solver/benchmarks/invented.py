"""Invented staff, rooms and beds of a generated ward: seeded, of any size, with teams and owners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

import numpy as np

from wardteam.domain.beds import Bed, NursingGrade, Ownership, Room
from wardteam.domain.calendar import Period
from wardteam.domain.ladder import ladder_level
from wardteam.domain.people import Education, Level, Nurse, Restriction, RestrictionKind, Title
from wardteam.domain.shifts import Leave, LeaveKind
from wardteam.domain.teams import Membership, Role, Team

DAY_SHARE = 0.5
"""Share of the nurses that can be counted on for a weekend day, when every second weekend is free."""
SENIOR_EXTRA = 3.5
"""Seniors that the shifts without beds ask for on a day, besides a leader for each team."""
ROOM_SIZES = (1, 2, 3, 3, 4)
OWNERS_BESIDE_LEADER = 3
LEAVE_KINDS = (LeaveKind.ANNUAL, LeaveKind.ANNUAL, LeaveKind.SICK, LeaveKind.STUDY)


@dataclass(frozen=True)
class Size:
    """How large a generated ward is."""

    nurses: int
    beds: int
    teams: int


def make_nurses(size: Size, on: date, rng: np.random.Generator) -> tuple[Nurse, ...]:
    """Give the nurses, most senior first: in charge, senior, ordinary, and a few in their first year."""
    seniors = max(ceil((size.teams + SENIOR_EXTRA) / DAY_SHARE), size.nurses * 4 // 10)
    first_years = int(rng.integers(1, 4))
    kinds = (
        *[Title.NURSE_IN_CHARGE] * (size.teams + int(rng.integers(0, 3))),
        *[Title.SENIOR_NURSE] * (seniors - size.teams),
    )
    found = []
    for number in range(size.nurses):
        title = kinds[number] if number < len(kinds) else Title.NURSE
        is_first_year = number >= size.nurses - first_years
        found.append(_nurse(number, title, on, rng, is_first_year=is_first_year))
    return tuple(found)


def _nurse(number: int, title: Title, on: date, rng: np.random.Generator, *, is_first_year: bool) -> Nurse:
    low, high = {Title.NURSE: (1, 5), Title.SENIOR_NURSE: (5, 11)}.get(title, (9, 17))
    service = 0 if is_first_year else int(rng.integers(low, high))
    since = date(on.year - service, 1, 1) if service else on - timedelta(days=int(rng.integers(60, 120)))
    in_title = 0 if title is Title.NURSE else int(rng.integers(3, 6))
    return Nurse(
        staff_no=f"G{number + 1:03d}",
        name=f"护士{number + 1}",
        name_en=f"Nurse {number + 1}",
        birth_date=date(on.year - 23 - service, 1, 5),
        title=title,
        title_since=since if title is Title.NURSE else date(on.year - in_title, 1, 1),
        service_since=since,
        education=Education.BACHELOR if title.rank else Education.COLLEGE,
        ability=min(5, 1 + service // 3),
        is_preceptor=title.rank > 0 and rng.random() < 0.6,
        annual_leave_days=0 if not service else 5 if service < 10 else 10,
    )


def make_memberships(nurses: tuple[Nurse, ...], size: Size, on: date) -> tuple[Membership, ...]:
    """Deal the nurses out to the teams in their order: the first row leads, the second deputises."""
    roles = {0: Role.LEADER, 1: Role.DEPUTY}
    start = on - timedelta(days=200)
    return tuple(
        Membership(nurse.staff_no, 1 + place % size.teams, roles.get(place // size.teams, Role.MEMBER), start)
        for place, nurse in enumerate(nurses)
    )


def make_teams(size: Size) -> tuple[Team, ...]:
    """Give the teams by number."""
    return tuple(Team(number) for number in range(1, size.teams + 1))


def make_restrictions(
    nurses: tuple[Nurse, ...], period: Period, rng: np.random.Generator
) -> tuple[Restriction, ...]:
    """Restrict a late pregnancy, a nursing mother, one kept from nights, and the first year."""
    grown = [
        n.staff_no for n in nurses if n.title is not Title.NURSE_IN_CHARGE and n.service_years(period.first)
    ]
    expecting, nursing, kept = (str(who) for who in rng.choice(grown, 3, replace=False))
    first_years = (n for n in nurses if not n.service_years(period.first))
    return (
        Restriction(expecting, RestrictionKind.PREGNANCY, event_date=period.last + timedelta(days=30)),
        Restriction(nursing, RestrictionKind.NURSING_MOTHER, event_date=period.first - timedelta(days=150)),
        Restriction(kept, RestrictionKind.NO_NIGHTS),
        *(Restriction(n.staff_no, RestrictionKind.SUPERVISED) for n in first_years),
    )


def make_leaves(nurses: tuple[Nurse, ...], period: Period, rng: np.random.Generator) -> tuple[Leave, ...]:
    """Grant leave of 2 to 7 days to about a sixth of the nurses."""
    chosen = rng.choice(len(nurses), max(2, len(nurses) // 6), replace=False)
    found = []
    for place in sorted(chosen.tolist()):
        length = int(rng.integers(2, 8))
        start = period.first + timedelta(days=int(rng.integers(0, max(1, len(period) - length))))
        kind = LEAVE_KINDS[int(rng.integers(len(LEAVE_KINDS)))]
        end = min(period.last, start + timedelta(days=length - 1))
        found.append(Leave(nurses[place].staff_no, kind, start, end))
    return tuple(found)


def make_rooms(size: Size, rng: np.random.Generator) -> tuple[tuple[Room, ...], tuple[Bed, ...]]:
    """Give rooms of 1 to 4 beds along one corridor."""
    rooms: list[Room] = []
    beds: list[Bed] = []
    while len(beds) < size.beds:
        rooms.append(Room(f"R{len(rooms) + 1:02d}", len(rooms) + 1))
        count = min(ROOM_SIZES[int(rng.integers(len(ROOM_SIZES)))], size.beds - len(beds))
        for _ in range(count):
            grade = NursingGrade.FIRST if rng.random() < 0.25 else NursingGrade.SECOND
            beds.append(Bed(f"{len(beds) + 1:02d}", rooms[-1].code, grade))
    return tuple(rooms), tuple(beds)


def make_owners(
    beds: tuple[Bed, ...],
    nurses: tuple[Nurse, ...],
    memberships: tuple[Membership, ...],
    size: Size,
    on: date,
) -> tuple[Ownership, ...]:
    """Give each team a stretch of the corridor: its leader's bed, then a run each for the deputy and others.

    The others are the team's nurses after its seniors, of whom every shift without beds asks for one: where
    all seniors own beds, owners have to be away from them.
    """
    found = []
    grown = {n.staff_no: n for n in nurses if n.service_years(on)}
    shares = np.array_split(np.arange(len(beds)), size.teams)
    for team, share in enumerate(shares, start=1):
        mates = [m.staff_no for m in memberships if m.team == team and m.staff_no in grown]
        ordinary = [who for who in mates[2:] if ladder_level(grown[who], on) < Level.N2]
        others = (mates[1], *ordinary, *mates[2:])[:OWNERS_BESIDE_LEADER]
        runs = np.array_split(share[1:], len(others))
        owners = [mates[0], *(who for who, run in zip(others, runs, strict=True) for _ in run)]
        found += [Ownership(beds[place].code, who, on) for place, who in zip(share, owners, strict=True)]
    return tuple(found)
