"""Everything that the two public benchmark formats ask for can be said with the rules.

Curtois and Qu 2014 (shift scheduling), and the second nurse rostering competition (INRC-II) in its
static form. Small problems, written by hand from the formats' descriptions.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.solver.kit import grid_of
from wardteam.domain.rules import Severity
from wardteam_solver.check import Checker, Verdict
from wardteam_solver.matrix import lay_out
from wardteam_solver.problem import OFF, Need, Person, Problem, Request, ShiftSpec
from wardteam_solver.rules import Rule
from wardteam_solver.rules.bans import PostSkill
from wardteam_solver.rules.counts import DutiesBetween
from wardteam_solver.rules.hours import MinutesBetween
from wardteam_solver.rules.locked import Locked
from wardteam_solver.rules.rest import Successions
from wardteam_solver.rules.runs import Edge, LongestRun, ShortestRun
from wardteam_solver.rules.staffing import Staffing
from wardteam_solver.rules.weekends import MostWeekends, WholeWeekends
from wardteam_solver.rules.wished_staffing import MaximumStaffing, WishedStaffing
from wardteam_solver.rules.wishes import Wishes

MONDAY = date(2026, 3, 2)
SOFT = {"severity": Severity.SOFT}
FREE = {"at_start": Edge.FREE.value, "at_end": Edge.FREE.value}


def named(code: str) -> dict[str, str]:
    return {"code": code, "title": code, "words": code}


def checked(problem: Problem, rules: tuple[Rule, ...], *bodies: str) -> Verdict:
    return Checker(lay_out(problem, rules)).check(grid_of(problem, bodies))


# Curtois and Qu: two weeks, two nurses, shifts E (480 min) and L (540 min); L may not be followed by E.
E_SHIFT, L_SHIFT = ShiftSpec("E", 480), ShiftSpec("L", 540)
CURTOIS = Problem(
    first=MONDAY,
    day_count=14,
    shifts=(E_SHIFT, L_SHIFT),
    people=(Person("A"), Person("B")),
    needs=(
        Need(0, frozenset({0}), 0, 2, 2, shift="E", below=100, above=1),
        Need(1, frozenset({0}), 0, 1, 1, shift="E", below=100, above=1),
        Need(6, frozenset({1}), 0, 0, 0, shift="L", below=100, above=1),
    ),
    requests=(
        Request(0, 2, frozenset({0}), wants=True, points=2),
        Request(0, 3, frozenset({1}), wants=False, points=3),
    ),
    locks=tuple((1, day, OFF) for day in (12,)),
)
CURTOIS_RULES: tuple[Rule, ...] = (
    Successions(**named("follow"), pairs="L>E"),
    DutiesBetween(**named("caps_e"), shift="E", most=9, people=frozenset({0})),
    DutiesBetween(**named("caps_l"), shift="L", most=0, people=frozenset({0})),
    MinutesBetween(**named("minutes"), least=1440, most=4320),
    LongestRun(**named("longest"), most=5),
    ShortestRun(**named("shortest_work"), least=2, **FREE),
    ShortestRun(**named("shortest_off"), what="off", least=2, **FREE),
    MostWeekends(**named("weekends"), most=1),
    Locked(**named("days_off")),
    Wishes(**named("requests"), **SOFT, weight=1),
    WishedStaffing(**named("below"), **SOFT, weight=1),
    MaximumStaffing(**named("above"), **SOFT, weight=1),
)
GOOD = ("EEEEE---------", "EE--LL--EE----")


def test_a_valid_roster_costs_its_requests_and_its_cover() -> None:
    found = checked(CURTOIS, CURTOIS_RULES, *GOOD)
    assert [v.rule.code for v in found.hard] == []
    assert {v.rule.code: v.cost for v in found.violations} == {"above": 1}


@pytest.mark.parametrize(
    ("rule", "a", "b"),
    [
        ("follow", GOOD[0], "EE--LE--EE----"),
        ("caps_e", "EEEEE--EEEEE--", GOOD[1]),
        ("caps_l", "EEEL----------", GOOD[1]),
        ("minutes", "EE------------", GOOD[1]),
        ("minutes", GOOD[0], "LLLL--LLL--LL-"),
        ("longest", "EEEEEE--------", GOOD[1]),
        ("shortest_work", "EE--E---------", GOOD[1]),
        ("shortest_off", "EE-EE---------", GOOD[1]),
        ("weekends", "-----EE-----EE", GOOD[1]),
        ("days_off", GOOD[0], "EE---------LL-"),
    ],
)
def test_each_hard_rule_of_the_shift_scheduling_sets_is_seen(rule: str, a: str, b: str) -> None:
    assert rule in {v.rule.code for v in checked(CURTOIS, CURTOIS_RULES, a, b).hard}


@pytest.mark.parametrize("row", ["E-------------", "-------------E", "-EE-----------", "-----------EE-"])
def test_runs_that_touch_the_horizon_are_exempt_from_the_minima(row: str) -> None:
    codes = {v.rule.code for v in checked(CURTOIS, CURTOIS_RULES, row, GOOD[1]).hard}
    assert not codes & {"shortest_work", "shortest_off"}


@pytest.mark.parametrize(
    ("a", "b", "costs"),
    [
        ("EE-E----------", GOOD[1], {"requests": 2, "above": 1}),
        ("EEEL----------", GOOD[1], {"requests": 3, "above": 1}),
        ("--EEE---------", "-E--LL--EE----", {"below": 200}),
        ("EEEEE-L-------", GOOD[1], {"above": 2}),
    ],
)
def test_requests_and_cover_cost_their_own_weights(a: str, b: str, costs: dict[str, int]) -> None:
    found: dict[str, int] = {}
    for v in checked(CURTOIS, CURTOIS_RULES, a, b).violations:
        if v.cost:
            found[v.rule.code] = found.get(v.rule.code, 0) + v.cost
    assert found == costs


# INRC-II: one week, shifts Early and Night, two skills as posts. History: nurse A has worked 4 days in a row,
# the last 2 on Night; nurse B has been off for 3 days.
SHIFTS = tuple(ShiftSpec(code, 0, posts=("head", "nurse")) for code in ("E", "N"))
EARLY, NIGHT, OFF_DAYS = 0, 1, (OFF,)
INRC = Problem(
    first=MONDAY,
    day_count=7,
    shifts=SHIFTS,
    people=(
        Person("A", posts=frozenset({"head", "nurse"})),
        Person("B", posts=frozenset({"nurse"})),
    ),
    tail=((OFF, OFF, EARLY, EARLY, NIGHT, NIGHT), (EARLY, EARLY, EARLY, OFF, OFF, OFF)),
    needs=(Need(0, frozenset({0}), 1, 1, shift="E", detail="head"), Need(1, frozenset({3}), 0, 2, shift="N")),
    requests=(
        Request(0, 2, frozenset({0, 1, 2, 3}), wants=False),
        Request(1, 2, frozenset({2, 3}), wants=False),
    ),
)
INRC_RULES: tuple[Rule, ...] = (
    Staffing(**named("minimum")),
    Successions(**named("succession"), pairs="N>E"),
    PostSkill(**named("skill")),
    WishedStaffing(**named("optimum"), **SOFT, weight=30),
    LongestRun(**named("longest_night"), what="shift:N", most=3, **SOFT, weight=15),
    ShortestRun(**named("shortest_night"), what="shift:N", least=3, **SOFT, weight=15),
    LongestRun(**named("longest_work"), most=5, **SOFT, weight=30),
    ShortestRun(**named("shortest_work"), least=2, **SOFT, weight=30),
    LongestRun(**named("longest_off"), what="off", most=4, **SOFT, weight=30),
    ShortestRun(**named("shortest_off"), what="off", least=4, **SOFT, weight=30),
    Wishes(**named("undesired"), **SOFT, weight=10),
    WholeWeekends(**named("complete"), **SOFT, weight=30, people=frozenset({1})),
    DutiesBetween(**named("total"), **SOFT, weight=20, least=2, most=5),
    MostWeekends(**named("weekends"), **SOFT, weight=30, most=0),
)
HEAD_E, NURSE_E, HEAD_N, NURSE_N = 0, 1, 2, 3


def inrc(a: list[int], b: list[int]) -> dict[str, int]:
    grid = grid_of(INRC, ("-------", "-------"))
    grid[0], grid[1] = a, b
    found = Checker(lay_out(INRC, INRC_RULES)).check(grid)
    costs: dict[str, int] = {}
    for v in found.violations:
        costs[v.rule.code] = costs.get(v.rule.code, 0) + (-v.amount if v.is_hard else v.cost)
    return costs


def row(text: str, e: int = NURSE_E, n: int = NURSE_N) -> list[int]:
    return [{"E": e, "N": n, "-": OFF}[c] for c in text]


REST_B = "-EEEE--"


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param("N------", REST_B, {"longest_off": 60}, id="a week off is two days too long"),
        pytest.param(
            "NNN----",
            REST_B,
            {"longest_night": 30, "longest_work": 60, "undesired": 10},
            id="runs carried in count with their length",
        ),
        pytest.param(
            "-------",
            REST_B,
            {"shortest_night": 15, "longest_off": 90},
            id="a carried night run is one short",
        ),
        pytest.param(
            "N--E---",
            REST_B,
            {"shortest_work": 30, "shortest_off": 60},
            id="a single day, two days off too few",
        ),
        pytest.param("N----EE", REST_B, {"weekends": 30}, id="a weekend too many"),
    ],
)
def test_history_and_ranges_cost_by_the_day(a: str, b: str, expected: dict[str, int]) -> None:
    found = inrc(row(a), row(b))
    watched = ("longest_", "shortest_", "undesired", "weekends")
    of_a = {code: cost for code, cost in found.items() if code.startswith(watched)}
    assert of_a == expected


@pytest.mark.parametrize(
    ("b", "code", "cost"),
    [
        ("-EEEEE-", "complete", 30),
        ("-EEEEEE", "longest_work", 30),
        ("E------", "shortest_work", 30),
        ("------E", "shortest_work", 0),
        ("--N----", "undesired", 10),
        ("-E-----", "shortest_off", 0),
        ("E--EE--", "shortest_off", 90),
        ("-------", "longest_off", 180),
        ("-------", "total", 40),
        ("EEEEEEE", "total", 40),
    ],
)
def test_soft_rules_of_one_contract(b: str, code: str, cost: int) -> None:
    assert inrc(row("N------"), row(b)).get(code, 0) - _of_a(code) == cost


def _of_a(code: str) -> int:
    """Give what nurse A's week `N------` costs by itself."""
    return {"longest_off": 60, "total": 20}.get(code, 0)


def test_hard_rules_are_minimum_cover_succession_and_skill() -> None:
    assert inrc(row("E------", e=HEAD_E), row("-------")).get("minimum") is None
    assert inrc(row("-------"), row("-------"))["minimum"] == -1
    assert inrc(row("E------", e=HEAD_E), row(REST_B))["succession"] == -1
    assert inrc(row("N------"), row("E------", e=HEAD_E))["skill"] == -1


def test_each_nurse_missing_below_the_optimum_costs_thirty() -> None:
    assert inrc(row("NN-----"), row("E------", e=HEAD_E))["optimum"] == 30
    assert inrc(row("N------"), row("E------", e=HEAD_E))["optimum"] == 60


def test_weekends_worked_before_lower_what_is_left() -> None:
    rule = MostWeekends(**named("weekends"), **SOFT, weight=30, most=2 - 3)
    found = checked(CURTOIS, (rule,), "-----E--------", "--------------")
    assert [v.cost for v in found.violations] == [60, 30]
