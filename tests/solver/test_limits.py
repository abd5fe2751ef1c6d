"""The language of limits: what a limit refuses, and how facts about the tail, runs and spans are laid out."""

from __future__ import annotations

import pytest

from tests.solver.kit import MONDAY, D, arrange, nurse
from wardteam_solver.limits import About, AnyOf, Limit, On, at_least, at_most
from wardteam_solver.problem import Problem


def test_a_limit_needs_an_end() -> None:
    with pytest.raises(ValueError, match="low or a high"):
        Limit((), None, None)


def test_a_limit_whose_ends_cross_is_refused_with_what_was_given() -> None:
    with pytest.raises(ValueError, match="3 lies above its high end 2"):
        Limit((), 3, 2)


def test_at_most_and_at_least_are_open_on_the_other_side() -> None:
    assert at_most((), 2, About(), cost=5) == Limit((), None, 2, About(), above=5)
    assert at_least((), 2, About(), cost=5) == Limit((), 2, None, About(), below=5)


@pytest.mark.parametrize("fields", [{"day_count": 0}, {"shifts": ()}, {"people": ()}])
def test_a_roster_of_nothing_is_refused(fields: dict[str, object]) -> None:
    given = {"first": MONDAY, "day_count": 1, "shifts": (D,), "people": (nurse(),)}
    with pytest.raises(ValueError, match="at least one day"):
        Problem(**(given | fields))


@pytest.mark.parametrize("tail", [((0,),), ((0,), (0, 0))])
def test_a_ragged_tail_is_refused(tail: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(ValueError, match="same days"):
        Problem(first=MONDAY, day_count=1, shifts=(D,), people=(nurse(0), nurse(1)), tail=tail)


@pytest.mark.parametrize(
    ("row", "length", "past_end", "starts"),
    [
        ("----", 3, 0, [0, 1]),
        ("----", 3, 1, [0, 1, 2]),
        ("-|----", 3, 0, [-1, 0, 1]),
        ("-----|----", 3, 0, [-2, -1, 0, 1]),
        ("--", 3, 0, []),
        ("-|--", 3, 0, [-1]),
    ],
)
def test_windows_touch_the_period_and_are_known(
    row: str, length: int, past_end: int, starts: list[int]
) -> None:
    problem, _ = arrange(row)
    assert list(problem.starts(length, past_end=past_end)) == starts


@pytest.mark.parametrize(
    ("row", "weekends"),
    [
        ("-------", [(5, 6)]),
        ("------", [(5,)]),
        ("-|-----", []),
        ("--|-----", [(-2, -1)]),
        ("-|" + "-" * 7, [(5, 6)]),
    ],
)
def test_weekends_are_known_ones(row: str, weekends: list[tuple[int, ...]]) -> None:
    problem, _ = arrange(row)
    expected = [(-1,), *weekends] if row.startswith("-|") else weekends
    assert list(problem.weekends()) == expected


def test_weeks_are_calendar_weeks_as_far_as_they_are_known() -> None:
    problem, _ = arrange("--|-----------", first=MONDAY.replace(day=4))
    assert list(problem.weeks()) == [range(-2, 5), range(5, 11)]


def test_a_night_makes_the_next_date_busy() -> None:
    problem, _ = arrange("--")
    assert problem.works(0, 1) == On(0, 1, problem.duty)
    assert problem.busy(0, 1) == AnyOf((On(0, 1, problem.duty), On(0, 0, problem.overnight)))
    assert problem.busy(0, 0) == problem.works(0, 0)


def test_being_on_call_is_no_duty_but_is_not_free_either() -> None:
    problem, _ = arrange("R")
    assert problem.by_code["R"].isdisjoint(problem.duty)
    assert isinstance(fact := problem.unfree(0, 0), On)
    assert problem.by_code["R"] <= fact.options
