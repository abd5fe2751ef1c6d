"""Staffing, skill mix, beds, and what a single nurse may and may not do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.solver.kit import (
    POSTS_OF_A_DAY,
    SHIFTS,
    D,
    N,
    arrange,
    ban,
    day_off,
    grid_of,
    lock,
    need,
    nurse,
    soft,
    verdict,
    ward_rule,
)
from wardteam_solver.check import Violation
from wardteam_solver.matrix import Grid
from wardteam_solver.problem import OFF, BedNeed, Need, Problem, Request

POSTS = (POSTS_OF_A_DAY, *SHIFTS[1:])
LEADER, RESPONSIBLE, ASSISTANT = 0, 1, 2


def found(problem: Problem, grid: Grid, code: str, **changes: object) -> list[tuple[tuple[int, ...], int]]:
    violations = verdict(problem, grid, ward_rule(code, **changes)).violations
    return [(v.limit.about.days, v.amount) for v in violations]


def one(problem: Problem, grid: Grid, code: str) -> Violation:
    (violation,) = verdict(problem, grid, ward_rule(code)).violations
    return violation


def staffed(
    rows: tuple[str, ...], *needs: tuple[int, str, int, int], **fields: object
) -> tuple[Problem, Grid]:
    problem, grid = arrange(*rows)
    asked = tuple(need(problem, *n)._replace(**fields) for n in needs)
    return replace(problem, needs=asked), grid


@pytest.mark.parametrize(
    ("code", "rows", "asked", "fields", "expected"),
    [
        ("staffing", ("D", "D"), (0, "D", 2, 2), {}, []),
        ("staffing", ("D", "-"), (0, "D", 2, 2), {}, [((0,), 1)]),
        ("staffing", ("-", "-"), (0, "D", 2, 2), {}, [((0,), 2)]),
        ("staffing", ("D", "D"), (0, "D", 2, 2), {"people": (0,)}, [((0,), 1)]),
        ("staffing", ("D|-", "D|-"), (0, "D", 1, 1), {}, [((0,), 1)]),
        ("staffing", ("-", "-"), (0, "D", 0, 2), {}, []),
        ("double_staffing", ("N", "-"), (0, "N", 1, 1), {"is_double": True}, [((0,), 1)]),
        ("double_staffing", ("N", "N"), (0, "N", 1, 1), {"is_double": True}, []),
        ("double_staffing", ("N", "-"), (0, "N", 1, 1), {"is_double": False}, []),
        ("double_staffing", ("N", "-"), (0, "N", 2, 2), {"is_double": True}, []),
        ("wished_staffing", ("D", "-"), (0, "D", 1, 3), {}, [((0,), 2)]),
        ("wished_staffing", ("D", "D"), (0, "D", 1, 2), {}, []),
        ("maximum_staffing", ("D", "D"), (0, "D", 0, 1), {"maximum": 1}, [((0,), 1)]),
        ("maximum_staffing", ("D", "D"), (0, "D", 0, 1), {"maximum": 2}, []),
        ("maximum_staffing", ("D", "D"), (0, "D", 0, 1), {"maximum": None}, []),
    ],
)
def test_staff_is_counted_on_each_need(code, rows, asked, fields, expected) -> None:
    problem, grid = staffed(rows, asked, **fields)
    assert found(problem, grid, code) == expected


def test_each_nurse_missing_and_each_too_many_has_its_own_price() -> None:
    problem, grid = staffed(("D", "D"), (0, "D", 0, 3), below=100, above=7)
    assert verdict(problem, grid, ward_rule("wished_staffing", weight=1)).cost == 100
    crowded = replace(problem, needs=(problem.needs[0]._replace(wished=0, maximum=0),))
    assert verdict(crowded, grid, soft(ward_rule("maximum_staffing"))).cost == 14


@pytest.mark.parametrize(
    ("rows", "at_least", "expected"),
    [
        (
            ("D--", "C--"),
            1,
            [
                (1, "00:00-08:00"),
                (1, "08:00-12:00"),
                (1, "12:00-14:00"),
                (1, "14:00-16:00"),
                (1, "16:00-18:00"),
            ],
        ),
        (("N|D", "N|C"), 2, [(0, "12:00-14:00"), (0, "16:00-18:00"), (0, "18:00-24:00")]),
        (
            ("N|-", "-|-"),
            1,
            [
                (0, "08:00-12:00"),
                (0, "12:00-14:00"),
                (0, "14:00-16:00"),
                (0, "16:00-18:00"),
                (0, "18:00-24:00"),
            ],
        ),
    ],
)
def test_staff_is_counted_at_every_hour(rows, at_least, expected) -> None:
    problem, grid = arrange(*rows)
    violations = verdict(problem, grid, ward_rule("clock_staffing", at_least=at_least)).violations
    told = [(v.limit.about.days[0], v.limit.about.detail) for v in violations]
    assert [t for t in told if t in expected] == expected
    assert len(expected) == 5 or told == expected


def test_without_a_tail_only_the_hours_of_last_nights_duty_are_left_open_on_the_first_day() -> None:
    problem, grid = arrange("-")
    clocks = [v.limit.about.detail for v in verdict(problem, grid, ward_rule("clock_staffing")).violations]
    assert clocks == ["08:00-12:00", "12:00-14:00", "14:00-16:00", "16:00-18:00", "18:00-24:00"]


def test_a_shift_that_begins_at_a_quarter_past_counts_from_then_on() -> None:
    late = replace(D, code="L", segments=((495, 975),))
    problem, grid = arrange("L", shifts=(late,))
    clocks = [
        v.limit.about.detail
        for v in verdict(problem, grid, ward_rule("clock_staffing", at_least=1)).violations
    ]
    assert clocks == ["00:00-08:15", "16:15-24:00"]


BEDS = (BedNeed(1, 0, 0, 8), BedNeed(1, 0, 2, 4))
CAPACITY = {"leader": 4, "responsible": 5}


def team_day(options: tuple[int, ...], levels: tuple[int, ...], **fields: object) -> tuple[Problem, Grid]:
    people = tuple(nurse(n, team=1, level=level) for n, level in enumerate(levels))
    problem, grid = arrange(
        *("-" for _ in levels), people=people, shifts=POSTS, bed_needs=BEDS, capacity=CAPACITY, **fields
    )
    grid[:, 0] = options
    return problem, grid


@pytest.mark.parametrize(
    ("options", "levels", "expected"),
    [
        ((LEADER, RESPONSIBLE), (3, 1), []),
        ((LEADER, OFF), (3, 1), [4]),
        ((RESPONSIBLE, RESPONSIBLE), (1, 1), [4]),
        ((OFF, OFF), (3, 3), [8, 4]),
        ((ASSISTANT, RESPONSIBLE), (2, 2), [3]),
    ],
)
def test_the_days_nurses_can_hold_the_beds_at_each_level(options, levels, expected) -> None:
    assert [amount for _, amount in found(*team_day(options, levels), "bed_capacity")] == expected


def test_an_owner_on_duty_away_from_her_beds_costs_each_of_them() -> None:
    problem, grid = team_day((ASSISTANT, RESPONSIBLE), (2, 2), owned_beds={0: 3, 1: 4})
    assert verdict(problem, grid, ward_rule("continuity", weight=1)).cost == 3


def test_an_owner_who_is_off_costs_nothing() -> None:
    problem, grid = team_day((OFF, RESPONSIBLE), (2, 2), owned_beds={0: 3, 1: 4})
    assert verdict(problem, grid, ward_rule("continuity")).violations == ()


@pytest.mark.parametrize(("option", "count"), [(LEADER, 1), (RESPONSIBLE, 0), (OFF, 0)])
def test_nobody_holds_a_post_that_she_may_not(option: int, count: int) -> None:
    problem, grid = arrange("-", people=(nurse(posts=frozenset({"", "responsible"})),), shifts=POSTS)
    grid[0, 0] = option
    assert len(found(problem, grid, "post_skill")) == count


@pytest.mark.parametrize(
    ("rows", "levels", "expected"),
    [
        (("N", "N"), (1, 2), []),
        (("N", "N"), (1, 1), [(0,)]),
        (("-", "N"), (2, 1), [(0,)]),
        (("D", "D"), (1, 1), [(0,), (0,), (0,)]),
    ],
)
def test_a_senior_nurse_stands_on_each_double_staffed_shift(rows, levels, expected) -> None:
    people = tuple(nurse(n, level=level) for n, level in enumerate(levels))
    problem, grid = arrange(*rows, people=people, shifts=(D, N) if rows[0] != "D" else SHIFTS)
    assert [days for days, _ in found(problem, grid, "seniority")] == expected


def test_where_nobody_is_senior_the_rule_cannot_hold() -> None:
    problem, grid = arrange("N", people=(nurse(level=1),), shifts=(D, N))
    assert found(problem, grid, "seniority") == [((0,), 1)]


@pytest.mark.parametrize(
    ("rows", "expected"), [(("N", "N"), [((0,), 1)]), (("N", "P"), []), (("D", "D"), [])]
)
def test_two_first_year_nurses_are_never_together(rows, expected) -> None:
    people = tuple(nurse(n, is_first_year=True) for n in range(2))
    assert found(*arrange(*rows, people=people), "first_years_apart") == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("D", "D", "-"), []),
        (("D", "-", "D"), [((0,), 1)]),
        (("D", "P", "-"), [((0,), 1)]),
        (("R", "-", "-"), []),
        (("-", "D", "D"), []),
        (("N|D", "-|D", "-|-"), []),
    ],
)
def test_a_nurse_under_supervision_works_beside_a_preceptor(rows, expected) -> None:
    people = (nurse(0, is_supervised=True), nurse(1, is_preceptor=True), nurse(2))
    assert found(*arrange(*rows, people=people), "supervision") == expected


def test_a_nurse_under_supervision_is_not_her_own_preceptor() -> None:
    person = nurse(is_supervised=True, is_preceptor=True)
    assert found(*arrange("D", people=(person,)), "supervision") == [((0,), 1)]


@pytest.mark.parametrize("code", ["registration", "pregnancy", "nursing_mother", "barred_shift"])
@pytest.mark.parametrize(
    ("row", "days", "expected"),
    [
        ("-NP", range(3), [((1,), 1), ((2,), 1)]),
        ("DDD", range(3), []),
        ("N--", range(1, 3), []),
        ("--N", range(1, 9), [((2,), 1)]),
        ("N|D-", range(-1, 2), []),
    ],
)
def test_barred_shifts_are_refused_on_their_days_alone(code, row, days, expected) -> None:
    problem, grid = arrange(row, people=(nurse(bans=(ban(code, days, "P", "N"),)),))
    assert found(problem, grid, code) == expected


def test_a_bar_belongs_to_its_own_rule() -> None:
    problem, grid = arrange("N", people=(nurse(bans=(ban("pregnancy", range(1), "N"),)),))
    assert found(problem, grid, "nursing_mother") == []


@pytest.mark.parametrize(
    ("row", "leave", "expected"),
    [
        ("-D-", {1: "annual"}, [((1,), 1)]),
        ("N--", {1: "annual"}, [((1,), 1)]),
        ("D-N", {1: "annual"}, []),
        ("-R-", {1: "sick"}, [((1,), 1)]),
        ("N|---", {0: "annual"}, []),
        ("N|D--", {0: "annual"}, [((0,), 1)]),
        ("---", {-1: "annual", 3: "annual"}, []),
    ],
)
def test_granted_leave_is_kept(row, leave, expected) -> None:
    assert found(*arrange(row, people=(nurse(leave=leave),)), "leave") == expected


@pytest.mark.parametrize(("left", "expected"), [(2, []), (1, [1]), (None, [])])
def test_more_annual_leave_than_is_left_is_shown(left, expected) -> None:
    person = nurse(leave={0: "annual", 1: "annual", 2: "sick"}, annual_leave_left=left)
    assert [amount for _, amount in found(*arrange("---", people=(person,)), "leave_entitlement")] == expected


@pytest.mark.parametrize(
    ("row", "locks", "expected"),
    [
        ("D-", (lock(0, 0, 0),), []),
        ("P-", (lock(0, 0, 0),), [((0,), 1)]),
        ("--", (lock(0, 0, 0),), [((0,), 1)]),
        ("-D", (lock(0, 0), lock(0, 1)), [((1,), 1)]),
        ("R-", (lock(0, 0),), [((0,), 1)]),
    ],
)
def test_locked_cells_stay(row, locks, expected) -> None:
    assert found(*arrange(row, locks=locks), "locked") == expected


ALL_DUTY = frozenset({0, 1, 2, 3})


@pytest.mark.parametrize(
    ("row", "request_", "cost"),
    [
        ("-D", day_off(0, 0, 3), 0),
        ("D-", day_off(0, 0, 3), 30),
        ("N-", day_off(0, 1), 10),
        ("N|-", day_off(0, 0), 10),
        ("R-", day_off(0, 0), 10),
        ("D-", Request(0, 0, frozenset({2}), wants=True, points=2), 20),
        ("P-", Request(0, 0, frozenset({2}), wants=True, points=2), 0),
        ("P-", Request(0, 0, frozenset({2}), wants=False), 10),
        ("-P", Request(0, 0, ALL_DUTY, wants=False), 0),
        ("D-", Request(0, 0, ALL_DUTY, wants=True), 0),
    ],
)
def test_a_wish_that_is_not_granted_costs_its_points(row, request_, cost) -> None:
    problem, grid = arrange(row, requests=(request_,))
    assert verdict(problem, grid, ward_rule("wishes")).cost == cost


@pytest.mark.parametrize(("beds", "expected"), [(5, []), (6, [1])])
def test_beds_ask_for_four_nurses_in_ten(beds, expected) -> None:
    assert [a for _, a in found(*arrange("-", "-", bed_count=beds), "beds_to_nurses")] == expected


@pytest.mark.parametrize(("rows", "expected"), [(("D", "C"), []), (("D", "P"), [((0,), 8)])])
def test_more_than_eight_patients_a_nurse_by_day_are_shown(rows, expected) -> None:
    assert found(*arrange(*rows, patients=(16,)), "patients_per_nurse") == expected


def test_needs_of_a_team_count_its_members_on_their_posts() -> None:
    problem, _ = arrange("D", "D", shifts=POSTS)
    asked = Need(0, frozenset({LEADER}), 1, 1, people=(0,), shift="D", team=1, detail="leader")
    grid = grid_of(problem, ("-", "D"))
    assert found(replace(problem, needs=(asked,)), grid, "staffing") == [((0,), 1)]
