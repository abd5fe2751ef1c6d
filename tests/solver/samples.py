"""Random small problems that meet every rule, and random rosters for them: seeded."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np

from tests.solver.kit import C, D, N, P, R, nurse
from wardteam.domain.rules import RuleSetting, Severity
from wardteam_solver.matrix import Grid
from wardteam_solver.problem import (
    OFF,
    Ban,
    BedNeed,
    FairShare,
    Lock,
    Need,
    Person,
    Problem,
    Request,
    ShiftSpec,
)
from wardteam_solver.rules import WARD_RULES, Rule
from wardteam_solver.rules.counts import DutiesBetween
from wardteam_solver.rules.hours import MinutesBetween
from wardteam_solver.rules.rest import Successions
from wardteam_solver.rules.runs import Edge, LongestRun, ShortestRun
from wardteam_solver.rules.weekends import MostWeekends

POSTED = ShiftSpec("D", 480, "day", D.segments, posts=("leader", "responsible", "assistant"), name="白班")
LONG = ShiftSpec("L", 720, "night", ((1200, 1920),), minimum_senior=1)
SHIFTS = (POSTED, C, P, N, R, LONG)


def more_rules() -> tuple[Rule, ...]:
    """Give the classes that only published formats use, each with every edge."""
    said = {"title": "x", "words": "{nurse} {first} {last}"}
    kinds = ("work", "off", "shift:C", "kind:night")
    runs: list[Rule] = []
    for what in kinds:
        runs.append(LongestRun(code=f"longest {what}", what=what, most=2, **said))
        for start in Edge:
            for end in (Edge.FREE, Edge.OFF):
                code = f"shortest {what} {start} {end}"
                runs.append(
                    ShortestRun(code=code, what=what, least=3, at_start=start.value, at_end=end.value, **said)
                )
    return (
        *runs,
        Successions(code="successions", pairs="P>D C>L L>D", **said),
        DutiesBetween(code="duties", least=2, most=4, **said),
        DutiesBetween(code="duties of C", most=1, shift="C", **said),
        MinutesBetween(code="minutes", least=1200, most=2000, **said),
        MostWeekends(code="weekends", most=0, people=frozenset({0, 2}), **said),
    )


EVERY_RULE: tuple[Rule, ...] = (*WARD_RULES, *more_rules())


def random_problem(rng: random.Random, *, people: int = 4, days: int = 9, tail: int | None = None) -> Problem:
    """Draw a small problem in which every rule has something to say."""
    length = rng.choice((0, 3, 8, 23)) if tail is None else tail
    problem = Problem(
        first=date(2026, 3, 2) + timedelta(days=rng.randrange(7)),
        day_count=days,
        shifts=SHIFTS,
        people=tuple(_person(rng, n, days) for n in range(people)),
        tail=tuple(tuple(_shift(rng) for _ in range(length)) for _ in range(people)) if length else (),
        capacity={"leader": 4, "responsible": 5},
        owned_beds={0: 2, 1: 3},
        patients=tuple(rng.randint(0, 12) for _ in range(days)),
        bed_count=rng.randint(5, 14),
        holidays=frozenset({*rng.sample(range(days), 2), days}),
        bed_needs=tuple(BedNeed(1, day, level, 6 - 2 * level) for day in range(days) for level in (0, 2)),
        locks=_locks(rng, people, days),
    )
    return _asked(rng, problem)


def _shift(rng: random.Random) -> int:
    return rng.choice((OFF, OFF, OFF, 0, 1, 2, 3, 5))


def _person(rng: random.Random, number: int, days: int) -> Person:
    rules = ("registration", "pregnancy", "nursing_mother", "barred_shift")
    start = rng.randrange(-2, days)
    bans = tuple(Ban(rule, range(start, start + rng.randint(0, 2)), frozenset({"P", "N"})) for rule in rules)
    leave = {rng.randrange(-1, days + 1): rng.choice(("annual", "sick"))} if rng.random() < 0.5 else {}
    return nurse(
        number,
        team=1 + number % 2,
        level=rng.randrange(4),
        posts=frozenset({"", "assistant", *rng.sample(("leader", "responsible"), rng.randint(0, 2))}),
        is_first_year=rng.random() < 0.8,
        is_supervised=rng.random() < 0.3,
        is_preceptor=rng.random() < 0.5,
        no_overtime=rng.random() < 0.3,
        minutes_owed=rng.choice((960, 2000, 2400)),
        minutes_balance=rng.choice((-480, 0, 300)),
        minutes_less=rng.choice((0, 0, 60)),
        leave=leave,
        bans=bans,
        annual_leave_left=rng.choice((None, 0, 3)),
    )


def _locks(rng: random.Random, people: int, days: int) -> tuple[Lock, ...]:
    places = rng.sample([(n, d) for n in range(people) for d in range(days)], rng.randint(0, 2))
    return tuple(Lock(n, d, rng.choice((OFF, 0, 3, 5))) for n, d in places)


def _asked(rng: random.Random, problem: Problem) -> Problem:
    from dataclasses import replace

    needs = []
    for day in problem.days:
        for code in ("C", "P", "N"):
            low = rng.randint(0, 2)
            options = problem.by_code[code]
            needs.append(
                Need(day, options, low, low + 1, low + 1, shift=code, is_double=True, below=2, above=3)
            )
        members = tuple(n for n in problem.everyone if problem.people[n].team == 1)
        needs.append(Need(day, frozenset({0}), 1, 1, None, members, "D", 1, "leader"))
    requests = tuple(_request(rng, problem) for _ in range(6))
    measures = ("night", "evening", "weekend", "wish", "holiday")
    shares = tuple(FairShare(m, n, low := rng.randint(0, 2), low + 1) for m in measures for n in (0, 1))
    return replace(problem, needs=tuple(needs), requests=requests, fair_shares=shares)


def _request(rng: random.Random, problem: Problem) -> Request:
    nurse_, day = rng.randrange(len(problem.people)), rng.randrange(problem.day_count)
    points = rng.randint(1, 5)
    if rng.random() < 0.4:
        return Request(nurse_, day, frozenset(), wants=False, points=points, is_day_off=True)
    options = rng.choice((problem.duty, problem.by_code["D"], problem.by_code["N"]))
    return Request(nurse_, day, options, rng.random() < 0.5, points)


def random_grid(rng: random.Random, problem: Problem, *, duty: float = 0.6, alike: float = 0.3) -> Grid:
    """Draw a roster, each cell by itself or like the one before it."""
    width = len(problem.options)
    grid = np.full((len(problem.people), problem.day_count), OFF, dtype=np.int64)
    for nurse_, day in np.ndindex(grid.shape):
        if day and rng.random() < alike:
            grid[nurse_, day] = grid[nurse_, day - 1]
        elif rng.random() < duty:
            grid[nurse_, day] = rng.randrange(width)
    return grid


def mixed(rng: random.Random, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Set each rule by itself: a few hard, most soft, some shown only or off."""
    kinds = rng.choices(list(Severity), (4, 70, 13, 13), k=len(rules))
    return tuple(
        rule.with_setting(RuleSetting(rule.code, kind)) for rule, kind in zip(rules, kinds, strict=True)
    )


def with_severity(rules: tuple[Rule, ...], severity: Severity) -> tuple[Rule, ...]:
    """Set every rule alike, with a weight of its own."""
    return tuple(
        rule.with_setting(RuleSetting(rule.code, severity, 1 + number % 7))
        for number, rule in enumerate(rules)
    )
