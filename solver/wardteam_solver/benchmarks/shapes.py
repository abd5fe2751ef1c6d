"""Invents larger instances in the format of Curtois and Qu around a hidden roster that keeps every rule.

Contracts, caps, requests and cover follow the published instances: fortnights with nine shifts (or half of
them) and one weekend, 30 % of the shifts closed to each employee, cover about as high as the staff allow.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from wardteam_solver.benchmarks.patterns import FORTNIGHT, RunRule, work_days

Row = list[str]

FULL, LONG, HALF = RunRule(5, 2, 2), RunRule(6, 2, 3), RunRule(5, 1, 2)
CONTRACTS = ((FULL, 9.0, 0.65), (LONG, 9.0, 0.2), (HALF, 4.5, 0.15))
"""Rules for runs, most shifts in a fortnight, and the share of the staff."""

STANDARD, NIGHT = 480, 600
LEAST_SLACK, FORTNIGHT_SLACK = 960, 320
"""Minutes between the least and the most that an employee works: so many, or so many a fortnight."""

CLOSED, STAYS = 0.3, 0.7
COVER_NOISE = 0.15
BELOW, ABOVE = 100, 1
ROW_TRIES = 400


@dataclass(frozen=True)
class Shape:
    """How large an invented instance is; days must be whole fortnights."""

    staff: int
    days: int
    shifts: int

    def __post_init__(self) -> None:
        if self.days % FORTNIGHT or self.days < FORTNIGHT or self.staff < 1 or not 1 <= self.shifts <= 26:
            raise ValueError(f"staff, whole fortnights of days and 1 to 26 shifts were expected, got {self}")

    def __str__(self) -> str:
        return f"{self.staff}x{self.days}x{self.shifts}"


@dataclass(frozen=True)
class Invented:
    """An instance's text, and the hidden roster's as its result file would be."""

    name: str
    text: str
    hidden: str


@dataclass(frozen=True)
class _Shift:
    code: str
    group: int
    minutes: int


@dataclass(frozen=True)
class _Employee:
    code: str
    runs: RunRule
    most_minutes: int
    caps: dict[str, int]
    row: Row


def invented(shape: Shape, seed: int) -> Invented:
    """Invent an instance; the same shape and seed give the same text."""
    chance = Random(f"{shape}-{seed}")
    shifts = _shifts(shape.shifts)
    staff = [_employee(chance, shape, shifts, number) for number in range(shape.staff)]
    name = f"Invented-{shape}-{seed}"
    sections = [
        _section("HORIZON", [f"# {name}. All instances start on a Monday", str(shape.days)]),
        _section("SHIFTS", [_shift_line(shift, shifts) for shift in shifts]),
        _section("STAFF", [_staff_line(one, shape) for one in staff]),
        _section("DAYS_OFF", [_days_off(chance, one, shape.days) for one in staff]),
        _section(
            "SHIFT_ON_REQUESTS", [line for one in staff for line in _wishes(chance, one, shape.days, 5.0)]
        ),
        _section(
            "SHIFT_OFF_REQUESTS", [line for one in staff for line in _wishes(chance, one, shape.days, 10.0)]
        ),
        _section("COVER", _cover(chance, staff, shifts, shape.days)),
    ]
    hidden = "".join(",".join(one.row) + "\n" for one in staff)
    return Invented(name, "\n".join(sections), hidden)


def _section(name: str, lines: list[str]) -> str:
    return "\n".join([f"SECTION_{name}", *lines, ""])


def _shifts(count: int) -> list[_Shift]:
    """Give early, day, late and (from four shifts on, but for six) night shifts, in this order."""
    groups = 3 if count in (3, 6) else min(count, 4)
    found: list[_Shift] = []
    for number in range(count):
        group = number * groups // count
        place = sum(shift.group == group for shift in found) + 1
        found.append(_Shift(f"{'adpn'[group]}{place}", group, NIGHT if group == 3 else STANDARD))
    return found


def _shift_line(shift: _Shift, shifts: list[_Shift]) -> str:
    """Write a shift; one of an earlier group may not follow it, but early may follow day."""
    banned = [s.code for s in shifts if s.group < shift.group and shift.group > 1]
    return f"{shift.code},{shift.minutes},{'|'.join(banned)}"


def _employee(chance: Random, shape: Shape, shifts: list[_Shift], number: int) -> _Employee:
    place, share = 0, (number + 0.5) / shape.staff
    while share > sum(weight for _, _, weight in CONTRACTS[: place + 1]):
        place += 1
    runs, per_fortnight, _ = CONTRACTS[place]
    most = int(per_fortnight * STANDARD * shape.days / FORTNIGHT)
    caps = _caps(chance, shape, shifts)
    for _ in range(ROW_TRIES):
        between = (-((_slack(shape) - most) // STANDARD), most // STANDARD)
        worked = work_days(chance, runs, shape.days // FORTNIGHT, between)
        row = _worked_row(chance, worked, shifts, dict(caps), most)
        if row is not None:
            return _Employee(_letters(number), runs, most, caps, row)
    raise ValueError(f"no row was found for {shape}")


def _slack(shape: Shape) -> int:
    return max(LEAST_SLACK, FORTNIGHT_SLACK * shape.days // FORTNIGHT)


def _caps(chance: Random, shape: Shape, shifts: list[_Shift]) -> dict[str, int]:
    caps = {}
    for shift in shifts:
        most = shape.days // 8 if shift.minutes > STANDARD else shape.days
        caps[shift.code] = 0 if chance.random() < CLOSED else most
    open_one = chance.choice([shift for shift in shifts if shift.minutes == STANDARD])
    caps[open_one.code] = shape.days
    return caps


def _worked_row(
    chance: Random, worked: list[bool], shifts: list[_Shift], left: dict[str, int], most: int
) -> Row | None:
    """Put shifts on working days; None where the caps leave none that may follow."""
    spare = most - STANDARD * sum(worked)
    row: Row = []
    last: _Shift | None = None
    for is_on in worked:
        if not is_on:
            last = None
            row.append("")
            continue
        fitting = [
            s for s in shifts if left[s.code] and s.minutes - STANDARD <= spare and _may_follow(last, s)
        ]
        if not fitting:
            return None
        last = last if last in fitting and chance.random() < STAYS else chance.choice(fitting)
        spare -= last.minutes - STANDARD
        left[last.code] -= 1
        row.append(last.code)
    return row


def _may_follow(last: _Shift | None, shift: _Shift) -> bool:
    return last is None or last.group <= 1 or shift.group >= last.group


def _letters(number: int) -> str:
    """Give A to Z, AA, AB and so on."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def _staff_line(one: _Employee, shape: Shape) -> str:
    caps = "|".join(f"{code}={most}" for code, most in one.caps.items())
    least = one.most_minutes - _slack(shape)
    runs = f"{one.runs.longest},{one.runs.shortest},{one.runs.shortest_off}"
    return f"{one.code},{caps},{one.most_minutes},{least},{runs},{shape.days // FORTNIGHT}"


def _days_off(chance: Random, one: _Employee, days: int) -> str:
    free = [day for day, code in enumerate(one.row) if not code]
    count = min(len(free), days // FORTNIGHT + (days > 2 * FORTNIGHT))
    return ",".join([one.code, *map(str, sorted(chance.sample(free, count)))])


def _wishes(chance: Random, one: _Employee, days: int, apart: float) -> list[str]:
    """Wish for (or against) one shift on some days in a row, about one wished day in so many."""
    lines: list[str] = []
    taken: set[int] = set()
    allowed = [code for code, most in one.caps.items() if most]
    while len(lines) < days / apart:
        first, length = chance.randrange(days), chance.randint(1, 5)
        code, weight = chance.choice(allowed), chance.randint(1, 3)
        for day in range(first, min(first + length, days)):
            if day not in taken:
                taken.add(day)
                lines.append(f"{one.code},{day},{code},{weight}")
    return lines


def _cover(chance: Random, staff: list[_Employee], shifts: list[_Shift], days: int) -> list[str]:
    lines = []
    for day in range(days):
        for shift in shifts:
            here = sum(one.row[day] == shift.code for one in staff)
            drawn = chance.random()
            wanted = here + (drawn < COVER_NOISE) - (drawn > 1 - COVER_NOISE)
            lines.append(f"{day},{shift.code},{max(0, wanted)},{BELOW},{ABOVE}")
    return lines
