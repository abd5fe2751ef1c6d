"""The demo ward's 50 beds in 16 rooms along a corridor, and the patients in 46 of them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from wardteam.demo.cast import TODAY
from wardteam.domain.beds import Bed, NursingGrade, Room, Stay
from wardteam.domain.people import Level

ROOM_SIZES = (3, 4, 3, 3, 4, 3, 1, 3, 4, 3, 3, 2, 4, 3, 3, 4)
EMPTY_BEDS = 4
GRADE_COUNTS = {
    NursingGrade.SPECIAL: 2,
    NursingGrade.FIRST: 12,
    NursingGrade.SECOND: 23,
    NursingGrade.THIRD: 9,
}
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程苏吕"


def make_rooms() -> tuple[tuple[Room, ...], tuple[Bed, ...]]:
    """Give the rooms in corridor order and their beds, numbered through."""
    rooms = tuple(Room(f"6{position:02d}", position) for position in range(1, len(ROOM_SIZES) + 1))
    places = [room for room, size in zip(rooms, ROOM_SIZES, strict=True) for _ in range(size)]
    beds = tuple(
        Bed(f"{number:02d}", room.code, _usual_grade(ROOM_SIZES[room.position - 1]))
        for number, room in enumerate(places, start=1)
    )
    return rooms, beds


def _usual_grade(beds_in_room: int) -> NursingGrade:
    return NursingGrade.FIRST if beds_in_room <= 2 else NursingGrade.SECOND


def make_stays(beds: tuple[Bed, ...], zone: ZoneInfo, rng: np.random.Generator) -> tuple[Stay, ...]:
    """Give the patients in bed today; special care lies in the two small rooms."""
    free = [bed.code for bed in beds if bed.usual_grade is NursingGrade.SECOND]
    small = [bed.code for bed in beds if bed.usual_grade is not NursingGrade.SECOND]
    empty = set(rng.choice(free, EMPTY_BEDS, replace=False).tolist())
    taken = [code for code in free if code not in empty]
    heavy = small[:2]
    others = taken + small[2:]
    grades = dict.fromkeys(heavy, NursingGrade.SPECIAL)
    rest = [g for g, count in GRADE_COUNTS.items() if g is not NursingGrade.SPECIAL for _ in range(count)]
    grades |= {code: rest[i] for code, i in zip(others, rng.permutation(len(rest)), strict=True)}
    return tuple(_stay(i, code, grades[code], zone, rng) for i, code in enumerate(sorted(grades)))


def _stay(index: int, bed: str, grade: NursingGrade, zone: ZoneInfo, rng: np.random.Generator) -> Stay:
    day = TODAY - timedelta(days=int(rng.integers(1, 14)))
    moment = time(int(rng.integers(8, 18)), int(rng.integers(0, 60)))
    return Stay(
        code=f"P2611-{index + 101}",
        bed=bed,
        grade=grade,
        admitted=datetime.combine(day, moment, tzinfo=zone),
        minimum_level=_minimum_level(grade, rng),
        surname_masked=f"{SURNAMES[int(rng.integers(len(SURNAMES)))]}*",
    )


def _minimum_level(grade: NursingGrade, rng: np.random.Generator) -> Level:
    if grade is NursingGrade.SPECIAL:
        return Level.N2
    is_demanding = grade is NursingGrade.FIRST and rng.random() < 0.5
    return Level.N1 if is_demanding else Level.N0
