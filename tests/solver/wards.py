"""Invented wards for the tests of teams, beds and cover: seeded, of any size."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from wardteam.domain.beds import Bed, NursingGrade, Room, Stay
from wardteam.domain.defaults import DEFAULT_DEMANDS, DEFAULT_SHIFTS
from wardteam.domain.people import Education, Level, Nurse, Title
from wardteam.domain.teams import Team
from wardteam.domain.ward import Ward, WardBook, WardSettings

ON = date(2026, 3, 1)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def nurse(number: int, title: Title = Title.NURSE, *, years: int = 3, in_title: int = 2, **fields) -> Nurse:
    """Make an invented nurse with so many years of service and in her title on the test date."""
    given = {
        "staff_no": f"S{number:03}",
        "name": f"Nurse{number}",
        "birth_date": date(ON.year - 22 - years, 1, 5),
        "title": title,
        "title_since": date(ON.year - in_title, 1, 1),
        "service_since": date(ON.year - years, 1, 1),
        "education": Education.COLLEGE,
    }
    return Nurse(**(given | fields))


def senior(number: int, **fields) -> Nurse:
    """Make a nurse who qualifies as leader."""
    return nurse(number, Title.NURSE_IN_CHARGE, years=12, in_title=4, ability=4, **fields)


def random_nurses(rng: random.Random, count: int, leaders: int) -> tuple[Nurse, ...]:
    """Make a believable mix: a few in charge, a third senior nurses, the rest nurses."""
    found = []
    for number in range(count):
        if number < leaders:
            title, years, in_title = Title.NURSE_IN_CHARGE, rng.randint(8, 15), rng.randint(0, 7)
        elif number < count // 2:
            title, years, in_title = Title.SENIOR_NURSE, rng.randint(3, 9), rng.randint(1, 5)
        else:
            title, years, in_title = Title.NURSE, rng.randint(0, 4), rng.randint(0, 3)
        education = rng.choices(list(Education), (1, 5, 6, 1))[0]
        ability = min(5, max(1, 1 + years // 3 + rng.randint(0, 1)))
        found.append(
            nurse(
                number + 1,
                title,
                years=years,
                in_title=in_title,
                education=education,
                ability=ability,
                is_preceptor=title.rank >= 1 and rng.random() < 0.4,
            )
        )
    return tuple(found)


def random_beds(rng: random.Random, count: int) -> tuple[tuple[Room, ...], tuple[Bed, ...], tuple[Stay, ...]]:
    """Make rooms of 1 to 4 beds along one corridor, nine in ten beds occupied."""
    rooms, beds, stays = [], [], []
    while len(beds) < count:
        room = Room(f"R{len(rooms) + 1:02}", len(rooms) + 1)
        rooms.append(room)
        for _ in range(min(rng.choice((1, 2, 3, 3, 4)), count - len(beds))):
            beds.append(Bed(f"{len(beds) + 1:02}", room.code))
    admitted = datetime.combine(ON - timedelta(days=4), datetime.min.time(), SHANGHAI)
    for bed in beds:
        if rng.random() < 0.9:
            grade = rng.choices(list(NursingGrade), (1, 4, 10, 3))[0]
            least = Level.N2 if grade is NursingGrade.SPECIAL else Level.N0
            stays.append(Stay(f"P{bed.code}", bed.code, grade, admitted, minimum_level=least))
    return tuple(rooms), tuple(beds), tuple(stays)


def random_ward(seed: int, *, nurses: int = 44, beds: int = 50, teams: int = 5) -> WardBook:
    """Make a whole invented ward without memberships or owners."""
    rng = random.Random(seed)
    rooms, places, stays = random_beds(rng, beds)
    return WardBook(
        ward=Ward("W", "示例病区", "Example ward"),
        settings=WardSettings(team_count=teams),
        nurses=random_nurses(rng, nurses, teams + rng.randint(0, 3)),
        rooms=rooms,
        beds=places,
        stays=stays,
        shifts=DEFAULT_SHIFTS,
        demands=DEFAULT_DEMANDS,
        teams=tuple(Team(number) for number in range(1, teams + 1)),
    )
