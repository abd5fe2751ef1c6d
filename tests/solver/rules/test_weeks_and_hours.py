"""Weekends, kinds of shift in a week, hours, overtime, public holidays: the calendar's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.solver.kit import (
    SHIFTS,
    D,
    Example,
    arrange,
    assert_as_told,
    example,
    nurse,
    verdict,
    violations,
    ward_rule,
)
from wardteam_solver.problem import ShiftSpec
from wardteam_solver.rules.counts import DutiesBetween
from wardteam_solver.rules.hours import MinutesBetween
from wardteam_solver.rules.weekends import MostWeekends

OFF_WEEK, SATURDAY, SUNDAY, FRIDAY_NIGHT = "-------", "-----D-", "------D", "----N--"
BUSY = SATURDAY
LONG = ShiftSpec("L", 750, "day", ((480, 1230),))
ACROSS = ShiftSpec("X", 720, "night", ((1200, 1920),))


def owes(hours: float, **fields: object) -> tuple[object, ...]:
    return (nurse(minutes_owed=int(hours * 60), **fields),)


CASES: dict[str, tuple[Example, ...]] = {
    "whole_weekends": (
        example("both days or neither", "-----DD-----" + "--"),
        example("Saturday alone", SATURDAY, ((5, 6), 1)),
        example("Sunday alone", SUNDAY, ((5, 6), 1)),
        example("a weekend cut by the period's end is left open", "-----D"),
        example("last month's Saturday counts", "D|-" + OFF_WEEK[1:], ((-1, 0), 1), first=date(2026, 3, 1)),
    ),
    "free_weekend": (
        example("one free weekend of four", BUSY * 3 + OFF_WEEK),
        example("none of four", BUSY * 4, ((5, 27), 1)),
        example("none of five is told once", BUSY * 5, ((5, 34), 2)),
        example("Friday's night takes the weekend", BUSY * 3 + FRIDAY_NIGHT, ((5, 27), 1)),
        example("Sunday counts as well", SUNDAY * 4, ((5, 27), 1)),
        example("last month's weekends count", BUSY * 3 + "|" + BUSY, ((-16, 6), 1)),
        example("last month's free weekend too", BUSY * 2 + OFF_WEEK + "|" + BUSY),
        example("what last month decided is not asked again", BUSY * 4 + "|" + OFF_WEEK),
        example("a shorter period asks nothing", BUSY * 3),
    ),
    "kinds_per_week": (
        example("two kinds", "DCPP---"),
        example("three kinds", "DDPN---", ((0, 6), 1)),
        example("a new week begins anew", "DDDPP--NN-----"),
        example("last month's part of the week counts", "DP|N----", ((-2, 4), 1), first=date(2026, 3, 4)),
        example("a cut week at the end is counted as far as it goes", "-------DPN", ((7, 9), 1)),
    ),
    "kinds_forward": (
        example("forward through a run", "DDPPNN-"),
        example("day and straight-through are one kind", "DCDC"),
        example("evening back to day", "PD", ((0, 1), 1)),
        example("night back to evening", "NP", ((0, 1), 1)),
        example("a day off resets", "P-D"),
        example("last month's last day counts", "P|C", ((-1, 0), 1)),
        example("an earlier tail does not", "P-|D"),
    ),
    "hours": (
        example("as owed", "DDDDD--", people=owes(40)),
        example("a shift short", "DDDD---", ((0, 6), 1), people=owes(40)),
        example("a shift over", "DDDDDD-", ((0, 6), 1), people=owes(40)),
        example("the sums next to an odd norm are as good", "DDDDD--", people=owes(36)),
        example("the lower one too", "DDDD---", people=owes(36)),
        example("hours in hand are taken off", "DDDD---", people=owes(40, minutes_balance=480)),
        example(
            "hours owed from before are added", "DDDDD--", ((0, 6), 1), people=owes(40, minutes_balance=-480)
        ),
        example("the nursing hour shortens duty and norm alike", "DDDDD--", people=owes(35, minutes_less=60)),
        example("on call counts nothing", "DDDDDR-", people=owes(40)),
        example("last month's duties are last month's", "DDD|DDDDD--", people=owes(40)),
    ),
    "overtime": (
        example("36 hours over the norm", "DDDDDDD" * 2, people=owes(76)),
        example("more than that", "DDDDDDD" * 2, ((0, 13), 1), people=owes(75)),
        example("none where it is barred", "DDDDD--", people=owes(40, no_overtime=True)),
        example("not even one shift", "DDDDDD-", ((0, 6), 1), people=owes(40, no_overtime=True)),
        example("an odd norm is not rounded up", "DDDDD--", ((0, 6), 1), people=owes(36, no_overtime=True)),
        example(
            "the nursing hour is taken off each duty",
            "DDDDD--",
            people=owes(35, no_overtime=True, minutes_less=60),
        ),
    ),
    "long_day": (
        example("a shift within eleven hours", "D-"),
        example("a longer one", "-L", ((1,), 1), shifts=(D, LONG)),
        example("last month's is last month's", "L|D", shifts=(D, LONG)),
    ),
    "long_week": (
        example("five shifts are forty hours", "DDDDD--"),
        example("six are forty-eight", "DDDDDD-", ((0, 6), 1)),
        example("Sunday's night is worked on Monday", "DDDDD-N-------"),
        example("and counts there", "------NDDDDD--", ((7, 13), 1)),
        example("last month's Sunday night counts", "N|DDDDD--", ((0, 6), 1)),
        example("last month's part of the week counts", "DDD|DDD", ((-3, 2), 1), first=date(2026, 3, 5)),
        example(
            "a night across midnight is shared between two weeks", "XXX---X" + "XXX----", shifts=(D, ACROSS)
        ),
    ),
    "public_holidays": (
        example("duty on the holiday", "D-", ((0,), 1), holidays=frozenset({0})),
        example("the night before is worked on it", "N-", ((1,), 1), holidays=frozenset({1})),
        example("its own night is worked on the next date", "-N", holidays=frozenset({1})),
        example(
            "a night across midnight touches both",
            "X-",
            ((0,), 1),
            ((1,), 1),
            holidays=frozenset({0, 1}),
            shifts=(D, ACROSS),
        ),
        example("last month's last night", "N|-", ((0,), 1), holidays=frozenset({0})),
        example("other days", "D-", holidays=frozenset({1})),
    ),
}


@pytest.mark.parametrize(
    ("code", "told"), [pytest.param(c, e, id=f"{c}: {e.name}") for c, es in CASES.items() for e in es]
)
def test_a_rule_of_the_calendar(code: str, told: Example) -> None:
    assert_as_told(told, ward_rule(code))


MOST_WEEKENDS = MostWeekends(code="x", title="x", words="x", most=1)
AT_MOST_TWO_NIGHTS = DutiesBetween(code="x", title="x", words="x", most=2, shift="N")
TWO_TO_THREE = DutiesBetween(code="x", title="x", words="x", least=2, most=3)
MINUTES = MinutesBetween(code="x", title="x", words="x", least=960, most=1500)
COUNTS = (
    example("one weekend of one", "-----DD" + OFF_WEEK, rule=MOST_WEEKENDS),
    example("two of one", SATURDAY + SUNDAY, ((0, 13), 1), rule=MOST_WEEKENDS),
    example("Friday's night is no weekend duty here", SATURDAY + FRIDAY_NIGHT, rule=MOST_WEEKENDS),
    example("last month's weekends are not counted", BUSY + "|" + BUSY, rule=MOST_WEEKENDS),
    example("a weekend cut at the end counts", SATURDAY + "-----D", ((0, 12), 1), rule=MOST_WEEKENDS),
    example(
        "too many already before the period", "-----D-", ((0, 6), 2), rule=replace(MOST_WEEKENDS, most=-1)
    ),
    example("a cap on one shift", "NNDD", rule=AT_MOST_TWO_NIGHTS),
    example("is passed", "NNN", ((0, 2), 1), rule=AT_MOST_TWO_NIGHTS),
    example("too few duties", "D---", ((0, 3), 1), rule=TWO_TO_THREE),
    example("too many duties", "DDDDD", ((0, 4), 2), rule=TWO_TO_THREE),
    example("last month's are not counted", "DDD|DD", rule=TWO_TO_THREE),
    example("minutes within", "DDD-", rule=MINUTES),
    example("minutes too few", "D---", ((0, 3), 1), rule=MINUTES),
    example("minutes too many", "DDDD", ((0, 3), 1), rule=MINUTES),
)


@pytest.mark.parametrize("told", [pytest.param(e, id=e.name) for e in COUNTS])
def test_counts_as_published_formats_have_them(told: Example) -> None:
    assert_as_told(told, MOST_WEEKENDS)


def test_an_hour_beside_the_norm_costs_the_rules_weight() -> None:
    problem, grid = arrange("DDDD---", people=owes(40))
    assert verdict(problem, grid, ward_rule("hours", weight=3)).cost == 8 * 3


def test_hours_are_counted_in_what_each_nurses_duties_have_in_common() -> None:
    problem, grid = arrange(
        "DDD", "DDD", people=(nurse(0, minutes_owed=1440), nurse(1, minutes_owed=1260, minutes_less=60))
    )
    assert verdict(problem, grid, ward_rule("hours")).violations == ()


def test_a_rule_narrowed_to_some_nurses_leaves_the_others_alone() -> None:
    problem, grid = arrange("DDDDDDD", "DDDDDDD")
    found = verdict(problem, grid, ward_rule("weekly_rest", people=frozenset({1}))).violations
    assert [v.limit.about.nurses for v in found] == [(1,)]


def test_shifts_of_an_arranged_problem_are_the_wards_own() -> None:
    from wardteam.domain.defaults import DEFAULT_SHIFTS

    for spec, shift in zip(SHIFTS, DEFAULT_SHIFTS, strict=True):
        segments = tuple((s.start_minute, s.end_minute) for s in shift.segments)
        assert (spec.minutes, spec.segments, spec.kind) == (shift.minutes, segments, shift.kind.value)
        assert (spec.is_duty, spec.name, spec.name_en) == (shift.is_duty, shift.name, shift.name_en)


def test_windows_of_one_fact_are_counted_with_it() -> None:
    found = violations(example("", BUSY * 5), ward_rule("free_weekend"))
    assert [v.windows for v in found] == [2]
