"""Wish points: the budget by hand, what refusals before add, and who is warned of."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.ledger_kit import MONDAY, WEEK, nurse, ward
from wardteam.domain.ward import LedgerSettings
from wardteam.domain.wishes import Wish, WishKind
from wardteam.services.wish_points import over_budget, remembered, weighed_wishes, within_budget


@pytest.mark.parametrize(
    ("points", "budget", "expected"),
    [
        ((10, 10), 20, (10, 10)),
        ((10, 10, 10), 20, (7, 7, 6)),
        ((10, 10), 0, (10, 10)),
        ((10, 5, 5), 10, (5, 3, 2)),
        ((10, 1, 1), 4, (2, 1, 1)),
        ((1, 1, 1), 2, (1, 1, 1)),
    ],
)
def test_points_above_the_budget_are_scaled_down_and_stay_whole(points, budget, expected) -> None:
    assert within_budget(points, budget) == expected


def test_no_budget_is_ever_passed_but_by_wishes_of_one_point() -> None:
    rng = random.Random(3)
    for _ in range(300):
        points = [rng.randint(1, 10) for _ in range(rng.randint(1, 8))]
        budget = rng.randint(1, 30)
        scaled = within_budget(points, budget)
        assert sum(scaled) == min(sum(points), max(budget, len(points)))
        assert all(1 <= new <= old for new, old in zip(scaled, points, strict=True))


@pytest.mark.parametrize(
    ("points", "balance", "budget", "more"),
    [
        (10, 0, 20, 0),
        (10, 5, 20, 0),
        (10, -5, 20, 3),
        (10, -20, 20, 10),
        (10, -99, 20, 10),
        (1, -9, 20, 0),
        (3, -10, 0, 2),
    ],
)
def test_refusals_before_add_points_up_to_twice_as_many(points, balance, budget, more) -> None:
    assert remembered(points, balance, budget) == more


def test_each_wish_is_weighed_by_its_nurses_budget_and_memory() -> None:
    wishes = (
        Wish("A", MONDAY, WishKind.OFF, points=10),
        Wish("B", MONDAY, WishKind.OFF, points=4),
        Wish("A", MONDAY + timedelta(days=1), WishKind.OFF, points=10),
        Wish("A", MONDAY + timedelta(days=9), WishKind.OFF, points=10),
    )
    ledger = LedgerSettings(wish_points=10)
    book = ward(nurse("A"), nurse("B"), wishes=wishes, balances={"wish_points": {"B": -5.0}}, ledger=ledger)
    found = [(w.wish.staff_no, w.points, w.remembered) for w in weighed_wishes(book, WEEK)]
    assert found == [("A", 5, 0), ("B", 6, 2), ("A", 5, 0)]
    (warning,) = over_budget(replace(book, period=WEEK), "w.xlsx")
    assert (warning.value, warning.problem.fields["points"]) == ("A", 20)
