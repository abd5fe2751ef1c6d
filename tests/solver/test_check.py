"""The checker: what a verdict sums up, what is merged for people, and changed cells."""

from __future__ import annotations

from tests.solver.kit import arrange, day_off, lock, nurse, soft, verdict, ward_rule
from wardteam_solver.check import Checker
from wardteam_solver.matrix import lay_out
from wardteam_solver.rules import WARD_RULES, Stage


def test_a_verdict_is_valid_where_every_hard_rule_holds() -> None:
    rules = (ward_rule("rest"), ward_rule("wishes"))
    kept = verdict(*arrange("D-", requests=(day_off(0, 0, 2),)), *rules)
    broken = verdict(*arrange("PD", requests=(day_off(0, 0, 2),)), *rules)
    assert (kept.is_valid, kept.cost) == (True, 20)
    assert (broken.is_valid, broken.cost) == (False, 20)
    assert [v.rule.code for v in broken.hard] == ["rest"]


def test_costs_are_told_by_stage_and_violations_by_rule() -> None:
    people = (nurse(minutes_owed=960),)
    found = verdict(*arrange("D-", requests=(day_off(0, 0),), people=people), *WARD_RULES)
    assert found.stage_cost(Stage.WISHES) == 10
    assert found.stage_cost(Stage.QUALITY) == sum(
        v.cost for v in found.violations if v.rule.stage == Stage.QUALITY
    )
    assert [v.rule.code for v in found.of("hours")] == ["hours"]
    assert found.of("no_such_rule") == ()


def test_what_is_only_shown_costs_nothing() -> None:
    found = verdict(*arrange("D", holidays=frozenset({0})), ward_rule("public_holidays", weight=9))
    assert (len(found.violations), found.cost, found.is_valid) == (1, 0, True)


def test_three_nights_too_many_are_one_fact_with_their_sum() -> None:
    (violation,) = verdict(*arrange("NNNNNN"), soft(ward_rule("nights_in_a_row"), 5)).violations
    assert violation.limit.about.days == (0, 5)
    assert (violation.windows, violation.amount, violation.cost) == (3, 3, 15)


def test_runs_of_two_nurses_are_two_facts() -> None:
    found = verdict(*arrange("NNNN", "NNNN"), ward_rule("nights_in_a_row"))
    assert [v.limit.about.nurses for v in found.violations] == [(0,), (1,)]


def test_windows_that_are_facts_of_their_own_are_not_merged() -> None:
    found = verdict(*arrange("PDPD"), ward_rule("rest"))
    assert [v.limit.about.days for v in found.violations] == [(0, 1), (2, 3)]


def test_people_read_the_tail_in_what_was_found() -> None:
    (violation,) = verdict(*arrange("NN|NN"), ward_rule("nights_in_a_row")).violations
    assert (violation.found, violation.limit.high) == (4, 3)


def test_a_changed_cell_is_rechecked() -> None:
    problem, grid = arrange("PD", locks=(lock(0, 1, 0),))
    checker = Checker(lay_out(problem, (ward_rule("rest"), ward_rule("locked"))))
    assert [v.rule.code for v in checker.check(grid).violations] == ["rest"]
    grid[0, 1] = 2
    assert [v.rule.code for v in checker.recheck(grid).violations] == ["locked"]
    grid[0, 1] = 0
    assert [v.rule.code for v in checker.recheck(grid).violations] == ["rest"]


def test_a_fresh_checker_knows_the_empty_roster() -> None:
    problem, grid = arrange("--", locks=(lock(0, 0, 0),))
    checker = Checker(lay_out(problem, (ward_rule("locked"),)))
    assert [v.amount for v in checker.recheck(grid).violations] == [1]
