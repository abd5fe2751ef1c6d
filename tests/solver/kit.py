"""Small problems from pattern strings: `"NN|--DDD"` is a nurse's tail and her days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from wardteam.domain.rules import Severity
from wardteam_solver.check import Checker, Verdict, Violation
from wardteam_solver.limits import Options
from wardteam_solver.matrix import Grid, lay_out
from wardteam_solver.problem import OFF, Ban, Lock, Need, Person, Problem, Request, ShiftSpec
from wardteam_solver.rules import WARD_RULES, Rule

MONDAY = date(2026, 3, 2)
"""The first day of a kit problem where nothing else is said."""

D = ShiftSpec("D", 480, "day", ((480, 720), (840, 1080)), name="白班", name_en="Day")
C = ShiftSpec("C", 480, "day", ((480, 960),), minimum_senior=2, name="连班", name_en="Straight-through")
P = ShiftSpec("P", 480, "evening", ((960, 1440),), minimum_senior=2, name="中班", name_en="Evening")
N = ShiftSpec("N", 480, "night", ((1440, 1920),), minimum_senior=2, name="夜班", name_en="Night")
R = ShiftSpec("R", 0, "on_call", ((480, 1920),), is_duty=False, name="备班", name_en="On call")
SHIFTS = (D, C, P, N, R)
POSTS_OF_A_DAY = replace(D, posts=("leader", "responsible", "assistant"))

NAMES = (
    ("赵一", "Zhao Yi"),
    ("钱二", "Qian Er"),
    ("孙三", "Sun San"),
    ("李四", "Li Si"),
    ("周五", "Zhou Wu"),
    ("吴六", "Wu Liu"),
    ("郑七", "Zheng Qi"),
    ("冯八", "Feng Ba"),
    ("陈九", "Chen Jiu"),
    ("褚十", "Chu Shi"),
)


def nurse(number: int = 0, **fields: object) -> Person:
    """Make an invented nurse, ordinary but for what is said."""
    zh, en = NAMES[number] if number < len(NAMES) else (f"护士{number}", f"Nurse {number}")
    return Person(key=f"S{number:02}", name=zh, name_en=en, **fields)


def arrange(
    *rows: str, people: Sequence[Person] = (), shifts: tuple[ShiftSpec, ...] = SHIFTS, **fields: object
) -> tuple[Problem, Grid]:
    """Make a problem and its roster from one row a nurse; a cell with its first post where it has several."""
    tails, bodies = zip(*(row.split("|") if "|" in row else ("", row) for row in rows), strict=True)
    index = {shift.code: i for i, shift in enumerate(shifts)} | {"-": OFF}
    problem = Problem(
        first=fields.pop("first", MONDAY),
        day_count=len(bodies[0]),
        shifts=shifts,
        people=tuple(people) or tuple(nurse(n) for n in range(len(rows))),
        tail=tuple(tuple(index[c] for c in tail) for tail in tails) if any(tails) else (),
        **fields,
    )
    return problem, grid_of(problem, bodies)


def grid_of(problem: Problem, bodies: Iterable[str]) -> Grid:
    """Make a roster from one row of symbols a nurse."""
    option = {"-": OFF}
    for k, (shift, _) in reversed(list(enumerate(problem.options))):
        option[problem.shifts[shift].code] = k
    return np.asarray([[option[c] for c in body] for body in bodies], dtype=np.int64)


def verdict(problem: Problem, grid: Grid, *rules: Rule) -> Verdict:
    """Check a roster against some rules."""
    return Checker(lay_out(problem, rules)).check(grid)


def ward_rule(code: str, **changes: object) -> Rule:
    """Give a default rule of the ward, changed as said."""
    return replace(next(rule for rule in WARD_RULES if rule.code == code), **changes)


def need(
    problem: Problem, day: int, code: str, minimum: int, wished: int | None = None, **fields: object
) -> Need:
    """Ask for staff on a shift."""
    most = minimum if wished is None else wished
    return Need(day, problem.by_code[code], minimum, most, shift=code, **fields)


def wants(day: int, code: str = "", *, nurse: int = 0, points: int = 1) -> tuple[int, int, str, bool, int]:
    """Wish for a shift, or for any duty."""
    return (nurse, day, code, True, points)


def with_needs(arranged: tuple[Problem, Grid], *needs: tuple[int, str, int, int]) -> tuple[Problem, Grid]:
    """Ask for (day, shift, minimum, wished) in an arranged problem."""
    problem, grid = arranged
    return replace(problem, needs=tuple(need(problem, *n) for n in needs)), grid


def on(problem: Problem, code: str) -> Options:
    """Give the options of a shift."""
    return problem.by_code[code]


def day_off(nurse: int, day: int, points: int = 1) -> Request:
    """Wish for a day off."""
    return Request(nurse, day, frozenset(), wants=False, points=points, is_day_off=True)


def lock(nurse: int, day: int, option: int = OFF) -> Lock:
    """Lock a cell; off where no option is named."""
    return Lock(nurse, day, option)


def ban(rule: str, days: range, *shifts: str) -> Ban:
    """Bar shifts on some days."""
    return Ban(rule, days, frozenset(shifts))


@dataclass(frozen=True)
class Example:
    """Rosters under one rule, and the violations they should have: (days, amount) each."""

    name: str
    rows: tuple[str, ...]
    broken: tuple[tuple[tuple[int, ...], int], ...] = ()
    rule: Rule | None = None
    fields: tuple[tuple[str, object], ...] = ()


def example(
    name: str, rows: str, *broken: tuple[tuple[int, ...], int], rule: Rule | None = None, **fields: object
) -> Example:
    """Write an example in one line; rows are separated by blanks."""
    return Example(name, tuple(rows.split()), broken, rule, tuple(fields.items()))


def violations(example: Example, rule: Rule) -> tuple[Violation, ...]:
    """Check an example."""
    problem, grid = arrange(*example.rows, **dict(example.fields))
    return verdict(problem, grid, example.rule or rule).violations


def assert_as_told(example: Example, rule: Rule) -> None:
    """Compare an example's violations with what it tells."""
    found = tuple((v.limit.about.days, v.amount) for v in violations(example, rule))
    assert found == example.broken


def soft(rule: Rule, weight: int = 1) -> Rule:
    """Make a rule soft."""
    return replace(rule, severity=Severity.SOFT, weight=weight)
