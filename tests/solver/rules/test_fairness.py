"""Fair shares: nights, evenings, weekends, public holidays and granted wishes, over the period's edges."""

from datetime import date

import pytest

from tests.solver.kit import arrange, assert_as_told, day_off, example, nurse, verdict, ward_rule
from wardteam_solver.problem import FairShare, Request

OWES_16 = (nurse(minutes_owed=960),)
OWES_24 = (nurse(minutes_owed=1440),)


def amounts(problem, grid, code: str) -> list[int]:
    return [violation.amount for violation in verdict(problem, grid, ward_rule(code)).violations]


@pytest.mark.parametrize(
    ("measure", "row", "low", "high", "expected"),
    [
        ("night", "NN--", 2, 2, []),
        ("night", "NNN-", 1, 2, [1]),
        ("night", "---D", 2, 2, [2]),
        ("night", "N|N---", 1, 1, []),
        ("evening", "PPP-", 1, 2, [1]),
        ("weekend", "-----DD" + "-----D-", 1, 1, [1]),
        ("weekend", "----N--" + "-----D-", 1, 1, []),
        ("holiday", "--DPN--", 2, 2, []),
        ("holiday", "--DNN--", 1, 1, [1]),
        ("holiday", "---N---", 1, 1, []),
        ("holiday", "--N-D--", 0, 0, [2]),
    ],
)
def test_a_fair_share_is_kept(measure, row, low, high, expected) -> None:
    problem, grid = arrange(
        row, fair_shares=(FairShare(measure, 0, low, high),), holidays=frozenset({2, 3, 4})
    )
    code = f"fair_{measure}s"
    assert amounts(problem, grid, code) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("-|---", []),
        ("N|---", [1]),
        ("-|N--", []),
        ("-|-N-", [1]),
        ("N|D--", [1]),
        ("N|-N-", [2]),
        ("-|--N", []),
    ],
)
def test_a_night_on_the_eve_of_a_holiday_counts_on_the_holiday(row, expected) -> None:
    share = (FairShare("holiday", 0, 0, 0),)
    problem, grid = arrange(row, fair_shares=share, holidays=frozenset({0, 2, 3}))
    assert amounts(problem, grid, "fair_holidays") == expected


@pytest.mark.parametrize(("row", "low", "expected"), [("D|D--", 0, []), ("-|D--", 0, [1]), ("N|D--", 0, [])])
def test_a_weekend_cut_by_the_periods_start_counts_where_its_first_duty_stood(row, low, expected) -> None:
    sunday = date(2026, 3, 1)
    problem, grid = arrange(row, first=sunday, fair_shares=(FairShare("weekend", 0, low, 0),))
    assert amounts(problem, grid, "fair_weekends") == expected


@pytest.mark.parametrize(("row", "granted"), [("--P", 3), ("D-P", 2), ("DD-", 0)])
def test_granted_wishes_of_every_kind_are_counted(row, granted) -> None:
    wishes = (day_off(0, 0), day_off(0, 1), Request(0, 2, frozenset({2}), wants=True))
    problem, grid = arrange(row, requests=wishes, fair_shares=(FairShare("wish", 0, 4, 9),))
    (violation,) = verdict(problem, grid, ward_rule("fair_wishes")).violations
    assert violation.found + violation.limit.about.offset == granted
    assert violation.amount == 4 - granted


@pytest.mark.parametrize(
    "case",
    [
        example("duty on a holiday is paid apart", "DDD", holidays=frozenset({2}), people=OWES_16),
        example(
            "a night is worked on the next date", "DN-D", ((0, 3), 1), holidays=frozenset({2}), people=OWES_24
        ),
        example("also past the period's end", "DDN", holidays=frozenset({3}), people=OWES_16),
        example("without a holiday all counts", "DDD", ((0, 2), 1), people=OWES_16),
    ],
    ids=lambda case: case.name,
)
def test_hours_on_public_holidays_do_not_count_towards_the_norm(case) -> None:
    assert_as_told(case, ward_rule("hours"))
