"""Conflicts are confirmed, are part of what was planted, are worded in both languages, and have ways out."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace

import numpy as np
import pytest

from tests.solver.kit import SHIFTS, D, N, arrange, ban, lock, need, nurse, ward_rule
from tests.solver.samples import EVERY_RULE, mixed, random_problem
from wardteam.domain.rules import RuleSetting, Severity
from wardteam.i18n import translator
from wardteam.jobs.plain import message_from, plain
from wardteam_solver.check import Checker
from wardteam_solver.cpsat import build
from wardteam_solver.explain import Clash, WayKind, why_impossible
from wardteam_solver.explain.propagation import forced_clash
from wardteam_solver.explain.rows import hard_rows, is_confirmed_clash, restricted, settled
from wardteam_solver.matrix import Matrix, lay_out
from wardteam_solver.problem import Lock, Problem
from wardteam_solver.rules import WARD_RULES, configured
from wardteam_solver.search.feasibility import Approach, is_confirmed_impossible, settle

HARD_STAFF = configured((RuleSetting("staffing", Severity.HARD),))
NIGHT = 3


def ward(nurses: int = 8, days: int = 14, **changes: object) -> Problem:
    """Make a small ward in which a roster exists: a day, an evening and a night nurse, half of all senior."""
    people = tuple(
        nurse(n, level=2 - n % 2, is_preceptor=n % 2 == 0, minutes_owed=480 * days * 5 // 7)
        for n in range(nurses)
    )
    problem, _ = arrange(*("-" * days for _ in people), people=people, shifts=SHIFTS)
    needs = tuple(need(problem, day, code, 1) for day in problem.days for code in "DPN")
    rules_of_c = tuple(replace(s, minimum_senior=None) if s.code == "C" else s for s in SHIFTS)
    return replace(problem, needs=needs, shifts=rules_of_c, **changes)


def laid(problem: Problem, rules: tuple = HARD_STAFF) -> Matrix:
    return lay_out(problem, rules)


def explained(problem: Problem, rules: tuple = HARD_STAFF) -> Clash:
    clash = why_impossible(laid(problem, rules), seconds=20)
    assert clash is not None
    return clash


def with_person(problem: Problem, number: int, **fields: object) -> Problem:
    people = list(problem.people)
    people[number] = replace(people[number], **fields)
    return replace(problem, people=tuple(people))


def seniors_away(problem: Problem, *days: int) -> Problem:
    for n in problem.everyone:
        if problem.people[n].level >= 2:
            problem = with_person(problem, n, leave=dict.fromkeys(days, "annual"))
    return problem


def _locked_late() -> tuple[Lock, ...]:
    """Lock the other two preceptors on an evening and a night of day 4."""
    return lock(4, 4, 2), lock(6, 4, NIGHT)


PLANTED = {
    "a night and a day after it, both locked": (
        ward(locks=(lock(2, 4, NIGHT), lock(2, 5, 0))),
        {"locked", "rest"},
        {2},
        {4, 5},
        {WayKind.UNLOCK, WayKind.BEND},
    ),
    "four nights locked": (
        ward(locks=tuple(lock(1, day, NIGHT) for day in range(3, 7))),
        {"locked", "nights_in_a_row"},
        {1},
        {3, 4, 5, 6},
        {WayKind.UNLOCK, WayKind.BEND},
    ),
    "leave against a locked duty": (
        with_person(ward(locks=(lock(3, 6, 0),)), 3, leave={6: "sick"}),
        {"locked", "leave"},
        {3},
        {6},
        {WayKind.UNLOCK, WayKind.LIFT_LEAVE},
    ),
    "leave against the night before it, locked": (
        with_person(ward(locks=(lock(3, 5, NIGHT),)), 3, leave={6: "sick"}),
        {"locked", "leave"},
        {3},
        {5, 6},
        {WayKind.UNLOCK, WayKind.LIFT_LEAVE},
    ),
    "a pregnant nurse locked on a night": (
        with_person(ward(locks=(lock(0, 2, NIGHT),)), 0, bans=(ban("pregnancy", range(14), "P", "N"),)),
        {"locked", "pregnancy"},
        {0},
        {2},
        {WayKind.UNLOCK},
    ),
    "every senior nurse on leave": (
        seniors_away(ward(), 8),
        {"leave", "seniority"},
        {0, 2, 4, 6},
        {7, 8},
        {WayKind.LIFT_LEAVE, WayKind.BORROW, WayKind.BEND},
    ),
    "everybody on leave": (
        replace(ward(), people=tuple(replace(p, leave={3: "annual"}) for p in ward().people)),
        {"leave", "staffing", "seniority"},
        set(range(8)),
        {2, 3},
        {WayKind.LIFT_LEAVE, WayKind.BORROW, WayKind.BEND},
    ),
    "a nurse under supervision locked on a shift without a preceptor": (
        with_person(
            ward(locks=(lock(1, 4, 0), *(lock(n, 4) for n in (0, 2)), *_locked_late())), 1, is_supervised=True
        ),
        {"locked", "supervision"},
        {0, 1, 2, 4, 6},
        {4},
        {WayKind.UNLOCK},
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_the_clash_that_is_named_is_part_of_the_planted_one(name: str) -> None:
    problem, rules, nurses, days, kinds = PLANTED[name]
    clash = explained(problem)
    assert set(clash.rules) <= rules
    assert set(clash.nurses) <= nurses
    assert set(clash.days) <= days
    assert clash.is_minimal
    assert {way.kind for way in clash.ways} <= kinds
    assert clash.ways


@pytest.mark.parametrize("name", PLANTED)
def test_a_clash_and_its_ways_are_told_in_both_languages(name: str) -> None:
    clash = explained(PLANTED[name][0])
    messages = (clash.text, *clash.facts, *(way.text for way in clash.ways))
    for language in ("zh", "en"):
        for message in messages:
            words = translator(language)(message)
            assert not re.search(r"[{}]|  |None|\(\)|（）", words), words
    chinese = " ".join(translator("zh")(m) for m in messages)
    assert not re.search(r"[a-zA-Z]", re.sub(r"N\d", "", chinese)), chinese
    name_of = clash.nurses and PLANTED[name][0].people[clash.nurses[0]]
    assert not name_of or (name_of.name in chinese and name_of.name_en in translator("en")(clash.text))


@pytest.mark.parametrize("name", PLANTED)
def test_a_clash_that_comes_back_from_a_job_names_nurses_and_shifts_in_chinese(name: str) -> None:
    problem = PLANTED[name][0]
    clash = explained(problem)
    kept = json.loads(json.dumps([plain(m) for m in (clash.text, *(way.text for way in clash.ways))]))
    chinese = " ".join(translator("zh")(message_from(message)) for message in kept)
    english = " ".join(translator("en")(message_from(message)) for message in kept)
    for person in (problem.people[n] for n in clash.nurses):
        assert person.name in chinese
        assert person.name_en in english
    shifts = {shift.code: shift.name for shift in problem.shifts}
    staffed = {limit.about.shift for limit in clash.limits if limit.about.shift and not limit.about.nurses}
    assert [code for code in staffed if shifts[code] not in chinese] == []
    assert not re.search(r"[a-zA-Z]", re.sub(r"N\d", "", chinese)), chinese


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("leave against the night before it, locked", "3月7日的夜班实际在3月8日00:00—08:00上班"),
        ("every senior nurse on leave", "“班次有高年资护士”：中班至少1人（3月10日）"),
        ("every senior nurse on leave", "允许“班次有高年资护士”破例3人次：中班（3月10日）"),
        ("four nights locked", "允许超过“连续夜班”的上限：钱二连续4天（3月5日至3月8日）"),
    ],
)
def test_units_and_the_date_a_night_is_worked_on_are_told(name: str, words: str) -> None:
    clash = explained(PLANTED[name][0])
    assert words in " ".join(translator("zh")(m) for m in (clash.text, *(way.text for way in clash.ways)))


def test_up_to_twenty_nurses_are_named_one_by_one() -> None:
    everybody = ward(nurses=15)
    away = replace(everybody, people=tuple(replace(p, leave={3: "annual"}) for p in everybody.people))
    clash = explained(away)
    assert len(clash.nurses) > 7
    assert "另有" not in translator("zh")(clash.text)


def test_dates_and_places_are_told() -> None:
    clash = explained(seniors_away(ward(), 8))
    words = translator("en")(clash.text)
    assert "10 Mar" in words or "9 Mar" in words
    assert "Zhao Yi" in words
    borrowed = next(way for way in clash.ways if way.kind is WayKind.BORROW)
    assert "N2 or above" in translator("en")(borrowed.text)


def test_every_way_frees_the_roster_and_has_its_price() -> None:
    problem = seniors_away(ward(), 8)
    for way in explained(problem).ways:
        assert way.is_enough
        assert way.amount >= 1
        assert way.points >= way.amount
    prices = [way.points for way in explained(problem).ways]
    assert prices == sorted(prices)


def test_unlocking_what_is_told_really_frees_the_roster() -> None:
    problem = ward(locks=(lock(2, 4, NIGHT), lock(2, 5, 0)))
    (way,) = [way for way in explained(problem).ways if way.kind is WayKind.UNLOCK]
    day = problem.date_of(4) if "6 Mar" in translator("en")(way.text) else problem.date_of(5)
    rest = replace(problem, locks=tuple(x for x in problem.locks if problem.date_of(x.day) != day))
    assert why_impossible(laid(rest)) is None


def test_where_two_clashes_are_independent_the_ways_say_that_one_remains() -> None:
    first = with_person(
        ward(locks=(lock(0, 2, NIGHT), lock(3, 9, 0))), 0, bans=(ban("pregnancy", range(14), "N"),)
    )
    both = with_person(first, 3, bans=(ban("registration", range(14), "D", "C", "P", "N", "R"),))
    everything = replace(both, locks=(*both.locks, lock(5, 11, 0)))
    blocked = with_person(everything, 5, leave={11: "sick"})
    rules = tuple(rule for rule in HARD_STAFF if rule.code != "double_staffing")
    unaided = replace(blocked, needs=(*blocked.needs, need(blocked, 0, "D", 9)))
    clash = explained(unaided, rules)
    assert clash.ways == () or not all(way.is_enough for way in clash.ways)


def test_a_ward_wide_shortage_is_confirmed_and_named_by_its_rules() -> None:
    """Three nurses can't fill three shifts every day for a week; no single day shows it."""
    problem = ward(nurses=3, days=8)
    rules = tuple(r for r in HARD_STAFF if r.code != "seniority")
    clash = explained(problem, rules)
    assert "staffing" in clash.rules
    assert set(clash.rules) - {"staffing"}


def test_a_possible_roster_has_no_clash() -> None:
    assert why_impossible(laid(ward())) is None


def test_soft_rules_never_clash() -> None:
    soft = configured(tuple(RuleSetting(r.code, Severity.SOFT) for r in WARD_RULES))
    assert why_impossible(laid(seniors_away(ward(), 8), soft)) is None


def test_nothing_is_called_impossible_on_one_solve() -> None:
    matrix = laid(ward(locks=(lock(2, 4, NIGHT), lock(2, 5, 0))))
    model = build(matrix, stages=())
    assert [settle(model, seconds=9, approaches=(a,)).is_possible for a in Approach] == [False] * 3
    assert is_confirmed_impossible(model, seconds=9)
    assert not is_confirmed_impossible(build(laid(ward()), stages=()), seconds=9)


@pytest.mark.parametrize("seed", range(10))
def test_what_arithmetic_finds_a_solve_confirms(seed: int) -> None:
    rng = random.Random(seed)
    problem = random_problem(rng, people=3, days=7)
    matrix = lay_out(problem, mixed(rng, EVERY_RULE))
    rows = forced_clash(matrix)
    whole = settled(matrix, hard_rows(matrix), 9).is_possible
    if rows is not None:
        assert is_confirmed_clash(matrix, rows, 9)
        assert whole is False


def test_arithmetic_follows_a_chain_of_forced_days() -> None:
    """The only nurse who may work nights is forced on by the need, and off by her leave after it."""
    people = (nurse(0, level=2), nurse(1, level=2, bans=(ban("barred_shift", range(9), "N"),)))
    problem, _ = arrange("----", "----", people=people, shifts=(D, N), locks=(lock(0, 2, 0),))
    problem = replace(problem, needs=(need(problem, 1, "N", 1),))
    rules = (
        ward_rule("staffing", severity=Severity.HARD),
        *(ward_rule(c) for c in ("barred_shift", "locked", "rest")),
    )
    matrix = lay_out(problem, rules)
    rows = forced_clash(matrix)
    assert rows is not None
    assert {matrix.rules[matrix.rule_of[row]].code for row in rows} == {
        "staffing",
        "barred_shift",
        "locked",
        "rest",
    }


def test_some_rows_alone_are_checked_as_in_the_whole() -> None:
    rng = random.Random(5)
    problem = random_problem(rng)
    matrix = lay_out(problem, EVERY_RULE)
    grid = np.asarray([[rng.randrange(-1, 3) for _ in problem.days] for _ in problem.everyone])
    rows = tuple(sorted(rng.sample(range(matrix.row_count), 60)))
    part = restricted(matrix, rows)
    whole = matrix.activity(matrix.point(grid))
    assert part.activity(part.point(grid)).tolist() == whole[list(rows)].tolist()
    assert [v.rule.code for v in Checker(part).check(grid).violations]
