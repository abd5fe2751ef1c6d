"""Invented larger instances: in the published format, around a hidden roster that keeps every rule."""

from __future__ import annotations

import pytest

from tests.solver.public.count_curtois import count, sections_of
from wardteam_solver.benchmarks.curtois import read_curtois
from wardteam_solver.benchmarks.patterns import RunRule, work_days
from wardteam_solver.benchmarks.shapes import Shape, invented


@pytest.mark.parametrize("shape", [Shape(6, 14, 1), Shape(20, 28, 4), Shape(45, 42, 6), Shape(22, 84, 3)])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_hidden_roster_keeps_every_rule(shape: Shape, seed: int) -> None:
    one = invented(shape, seed)
    broken, cost = count(one.text, one.hidden)
    assert not broken
    assert cost > 0
    problem = read_curtois(one.text, one.name).problem
    assert (len(problem.people), problem.day_count, len(problem.shifts)) == (
        shape.staff,
        shape.days,
        shape.shifts,
    )


def test_the_same_seed_gives_the_same_text_and_another_one_another() -> None:
    shape = Shape(8, 28, 3)
    assert invented(shape, 3) == invented(shape, 3)
    assert invented(shape, 3).text != invented(shape, 4).text


def test_cover_asks_for_about_what_the_staff_can_give() -> None:
    one = invented(Shape(30, 28, 3), 0)
    wanted = sum(int(row[2]) for row in sections_of(one.text)["SECTION_COVER"])
    worked = sum(code != "" for line in one.hidden.splitlines() for code in line.split(","))
    assert 0.9 < wanted / worked < 1.1


def test_impossible_shapes_are_refused() -> None:
    for staff, days, shifts in ((0, 14, 1), (5, 13, 1), (5, 14, 0), (5, 14, 27)):
        with pytest.raises(ValueError, match="fortnights"):
            Shape(staff, days, shifts)


def test_working_days_that_cannot_be_are_refused() -> None:
    from random import Random

    with pytest.raises(ValueError, match="don't fit"):
        work_days(Random(0), RunRule(5, 2, 2), 1, (13, 14))
