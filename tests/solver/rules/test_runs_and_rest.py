"""Rest between duties, days off after nights, runs of work and of nights, the rest day in seven."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.solver.kit import (
    D,
    Example,
    N,
    P,
    R,
    arrange,
    assert_as_told,
    example,
    soft,
    verdict,
    violations,
    ward_rule,
)
from wardteam_solver.problem import ShiftSpec
from wardteam_solver.rules import Rule
from wardteam_solver.rules.rest import Successions
from wardteam_solver.rules.runs import Edge, LongestRun, ShortestRun


def longest(what: str, most: int) -> Rule:
    return LongestRun(code="x", title="x", words="{nurse} {first} {last}", what=what, most=most)


def shortest(what: str, least: int, at_start: Edge = Edge.KNOWN, at_end: Edge = Edge.FREE) -> Rule:
    words = "{nurse} {first} {last}"
    rule = ShortestRun(
        code="x", title="x", words=words, what=what, least=least, at_start=at_start.value, at_end=at_end.value
    )
    return soft(rule)


LATE = ShiftSpec("L", 480, "night", ((1200, 1920),), name="长夜", name_en="Long night")
TWELVE = (D, P, N, R, LATE)

CASES: dict[str, tuple[Example, ...]] = {
    "rest": (
        example("an evening before a day leaves eight hours", "PD-", ((0, 1), 1)),
        example("an evening before an evening or a night leaves enough", "PPN"),
        example("a day before anything leaves enough", "DDPN"),
        example("nothing but a night stands after a night", "NP-ND", ((0, 1), 1), ((3, 4), 1)),
        example("nights may follow each other", "NNN"),
        example("a free day is rest enough", "P-DN-D"),
        example("last month's evening counts", "P|D", ((-1, 0), 1)),
        example("last month's night counts", "N|D", ((-1, 0), 1)),
        example("last month's day does no harm", "D|D"),
        example("the period's last day has nothing after it", "--N"),
        example(
            "no duty late on the date a night ends",
            "NX",
            ((0, 1), 1),
            shifts=(N, replace(P, code="X", segments=((1200, 1435),))),
        ),
        example("long nights may follow each other", "LL", shifts=TWELVE),
        example("on call is no duty", "NRPR"),
    ),
    "off_after_nights": (
        example("the day after 下 is free", "N--D"),
        example("duty right after 下 is refused", "N-D", ((0, 2), 1)),
        example("only the last night counts", "NN--D"),
        example("and is refused after the last of several", "NN-D", ((1, 3), 1)),
        example("a new night after 下 is duty too", "N-N-", ((0, 2), 1)),
        example("last month's night counts two days on", "N-|D", ((-2, 0), 1)),
        example("last month's last day counts", "N|-D", ((-1, 1), 1)),
        example("beyond the period nothing is asked", "DN-"),
    ),
    "second_day_off_after_nights": (
        example("two days are free after 下", "N---D"),
        example("duty on the second costs", "N--D", ((0, 3), 1)),
        example("last month's night counts three days on", "N--|D", ((-3, 0), 1)),
    ),
    "days_in_a_row": (
        example("six days are fine", "DDDDDD-"),
        example("seven are one too many", "DDDDDDD", ((0, 6), 1)),
        example("eight are told once", "DDDDDDDD", ((0, 7), 2)),
        example("下 ends a run", "DDDDDN-DDD"),
        example("last month's days count", "DDDD|DDD-", ((-4, 2), 1)),
        example("a run that ended last month does not", "DDDDDDD-|DDD"),
        example("on call is no duty", "DDDDDDRD"),
        example("a run at the period's end is counted so far", "-DDDDDD"),
    ),
    "nights_in_a_row": (
        example("three nights are fine", "NNN-"),
        example("a fourth is refused", "NNNN", ((0, 3), 1)),
        example("last month's nights count", "NN|NN", ((-2, 1), 1)),
        example("two runs are two facts", "NNNN-NNNN", ((0, 3), 1), ((5, 8), 1)),
    ),
    "weekly_rest": (
        example("a free day in seven is enough", "DDDDDD-DDD"),
        example("seven days without one are refused", "DDDDDDD", ((0, 6), 1)),
        example("下 is no rest day", "DDDN-DDD", ((0, 7), 2)),
        example("下 with a free day after it is", "DDDN--DD"),
        example("last month's days count", "DDDD|DDD", ((-4, 2), 1)),
        example("the morning after the last night counts", "DDDDDN", ((0, 5), 1)),
        example("what last month decided is not asked again", "DDDDDN|--"),
    ),
    "single_working_day": (
        example("two days together are fine", "-DD-"),
        example("a single one costs", "-D-", ((1, 1), 1)),
        example("the period's end is left open", "--D"),
        example("its beginning without a tail too", "D--"),
        example("last month's day off makes it single", "-|D-", ((0, 0), 1)),
        example("last month's working day does not", "D|D-"),
        example("last month's last day becomes single now", "-D|--", ((-1, -1), 1)),
        example("a single night counts", "-N-", ((1, 1), 1)),
    ),
    "single_day_off": (
        example("two days off are fine", "D--D"),
        example("a single one costs", "D-D", ((1, 1), 1)),
        example("the ends are left open", "-DD-"),
        example("last month's working day makes it single", "D|-D", ((0, 0), 1)),
        example("last month's last day off becomes single now", "D-|DD", ((-1, -1), 1)),
    ),
}


@pytest.mark.parametrize(
    ("code", "told"), [pytest.param(c, e, id=f"{c}: {e.name}") for c, es in CASES.items() for e in es]
)
def test_a_rule_of_runs_and_rest(code: str, told: Example) -> None:
    assert_as_told(told, ward_rule(code))


BANS = Successions(code="x", title="x", words="{nurse} {first}", pairs="P>D P>C N>D")
RUNS = [
    example("a listed succession", "PD", ((0, 1), 1), rule=BANS),
    example("each listed one", "PCND", ((0, 1), 1), ((2, 3), 1), rule=BANS),
    example("one that is not listed", "DPNN", rule=BANS),
    example("a succession out of the tail", "N|D", ((-1, 0), 1), rule=BANS),
    example("too many of one shift", "PPP", ((0, 2), 1), rule=longest("shift:P", 2)),
    example("other shifts end its run", "PPDPP", rule=longest("shift:P", 2)),
    example(
        "of the tail's run only the period's days are charged",
        "PPPPP|P-",
        ((-2, 0), 1),
        rule=longest("shift:P", 2),
    ),
    example("too many days off", "---D", ((0, 2), 1), rule=longest("off", 2)),
    example("days off of the tail count", "--|-D", ((-2, 0), 1), rule=longest("off", 2)),
    example("days off within the most", "--D--", rule=longest("off", 2)),
    example("a run two short costs two", "-D--", ((1, 1), 2), rule=shortest("work", 3)),
    example("a run one short costs one", "-DD-", ((1, 2), 1), rule=shortest("work", 3)),
    example("a run carried in counts with its length", "-DD|D-", rule=shortest("work", 3)),
    example("a run carried in may still be short", "-D|D-", ((-1, 0), 1), rule=shortest("work", 3)),
    example("a tail that is all one run is never short", "DD|-", rule=shortest("work", 3)),
    example("a short run of one shift", "DPD", ((1, 1), 1), rule=shortest("shift:P", 2)),
    example("free ends leave runs alone", "D-D", rule=shortest("work", 2, Edge.FREE)),
    example("free ends ignore the tail", "-|D-", rule=shortest("work", 2, Edge.FREE)),
    example(
        "days beyond are off: a run of work at the start is short",
        "D-",
        ((0, 0), 1),
        rule=shortest("work", 2, Edge.OFF),
    ),
    example(
        "days beyond are off: a run of work at the end is short",
        "DD-D",
        ((3, 3), 1),
        rule=shortest("work", 2, Edge.KNOWN, Edge.OFF),
    ),
    example(
        "days beyond are off: days off at the ends are long enough",
        "-DD-",
        rule=shortest("off", 2, Edge.OFF, Edge.OFF),
    ),
    example(
        "days off within are short all the same",
        "D-D",
        ((1, 1), 1),
        rule=shortest("off", 2, Edge.OFF, Edge.OFF),
    ),
    example(
        "the whole period one run, days beyond off",
        "DD",
        ((0, 1), 1),
        rule=shortest("work", 3, Edge.OFF, Edge.OFF),
    ),
    example("days off at a free end", "D-", rule=shortest("off", 2)),
]


@pytest.mark.parametrize("told", [pytest.param(e, id=e.name) for e in RUNS])
def test_runs_and_successions_as_published_formats_have_them(told: Example) -> None:
    found = tuple((v.limit.about.days, v.cost or v.amount) for v in violations(told, BANS))
    assert found == told.broken


def test_each_day_too_many_costs_once_in_a_soft_rule() -> None:
    problem, grid = arrange("DDDDDDDDD")
    assert verdict(problem, grid, soft(longest("work", 6), 10)).cost == 30


def test_an_unknown_kind_of_run_is_refused_with_what_was_given() -> None:
    problem, grid = arrange("D")
    with pytest.raises(ValueError, match="'sleep'"):
        verdict(problem, grid, longest("sleep", 2))
