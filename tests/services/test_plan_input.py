"""What a roster can't be planned from is refused before any solve, everything at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.planned import fortnight
from wardteam.demo import demo_ward
from wardteam.domain.calendar import Period
from wardteam.domain.roster import RosterCell
from wardteam.domain.rules import RuleSetting, Severity
from wardteam.domain.shifts import Demand, Post
from wardteam.domain.teams import Membership, Role
from wardteam.domain.ward import WardBook
from wardteam.errors import BadInput
from wardteam.i18n import translator
from wardteam.services.plan_input import MOST_NURSES, problem_to_plan


@pytest.fixture(scope="module")
def book() -> WardBook:
    """Give the demo ward, everybody in a team."""
    bare = demo_ward()
    staff = bare.staff(bare.period.first)
    placed = tuple(
        Membership(nurse.staff_no, 1 + n % 5, Role.MEMBER, bare.period.first - timedelta(days=1))
        for n, nurse in enumerate(staff)
    )
    return replace(bare, memberships=placed)


def refused(book: WardBook, period: Period | None = None, **given) -> str:
    with pytest.raises(BadInput) as wrong:
        problem_to_plan(book, period or fortnight(book), **{"seconds": 60, **given})
    assert wrong.value.exit_code == 2
    for language in ("zh", "en"):
        told = [translator(language)(finding.problem) for finding in wrong.value.findings]
        assert not any("{" in words for words in told)
    return " | ".join(f"{words} [{f.value}]" for words, f in zip(told, wrong.value.findings, strict=True))


def test_a_fit_ward_is_laid_out(book: WardBook) -> None:
    assert len(problem_to_plan(book, fortnight(book), seconds=1).people) == 44


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_a_time_limit_that_is_none_is_refused(book: WardBook, seconds: float) -> None:
    assert "above 0 seconds" in refused(book, seconds=seconds)


def test_an_empty_ward_is_refused_with_all_that_is_missing(book: WardBook) -> None:
    told = refused(WardBook(book.ward), fortnight(book), seconds=0, workers=0)
    for words in ("above 0 seconds", "thread", "no nurses", "no shifts", "no staff on any shift"):
        assert words in told


def test_a_huge_ward_is_refused(book: WardBook) -> None:
    one = book.staff(book.period.first)[0]
    many = tuple(replace(one, staff_no=f"X{n}") for n in range(MOST_NURSES))
    assert f"at most {MOST_NURSES}" in refused(replace(book, nurses=(*book.nurses, *many)))


@pytest.mark.parametrize("days", [6, 43])
def test_a_period_out_of_range_is_refused(book: WardBook, days: int) -> None:
    first = book.period.first
    assert f"are {days}" in refused(book, Period(first, first + timedelta(days=days - 1)))


def test_every_wrong_setting_is_named_at_once(book: WardBook) -> None:
    settings = (
        RuleSetting("no_such_rule"),
        RuleSetting("rest", parameters={"minutes": 5, "hours": -1}),
        RuleSetting("days_in_a_row", parameters={"most": "many"}),
    )
    told = refused(replace(book, rule_settings=settings))
    for words in ("no_such_rule", "minutes", "hours", "most"):
        assert words in told
    assert len(told.split(" | ")) == 4


def test_a_parameter_from_which_no_limit_can_be_made_is_refused(book: WardBook) -> None:
    setting = RuleSetting("days_in_a_row", Severity.HARD, parameters={"what": "shift:NOBODY"})
    assert "Working days in a row" in refused(replace(book, rule_settings=(setting,)))


def test_locks_of_unknown_people_dates_and_shifts_are_named(book: WardBook) -> None:
    day, who = fortnight(book).first, book.staff(book.period.first)[0].staff_no
    locked = {
        ("NOBODY", day): RosterCell("NIGHT"),
        (who, date(2020, 1, 1)): RosterCell("NIGHT"),
        (who, day): RosterCell("NO_SHIFT"),
    }
    told = refused(book, locked=locked)
    assert [words in told for words in ("NOBODY", "2020", "NO_SHIFT")] == [True] * 3
    assert len(told.split(" | ")) == 3


def test_posts_that_need_more_than_the_shift_takes_are_refused(book: WardBook) -> None:
    demands = (
        Demand("DAY", 2, 2, post=Post.RESPONSIBLE, per_team=True),
        Demand("DAY", 0, 3, 3),
    )
    told = refused(replace(book, demands=demands))
    assert "need 10 nurses" in told
    assert "at most 3" in told


def test_staff_asked_for_on_an_unknown_shift_is_refused(book: WardBook) -> None:
    assert "[GONE]" in refused(replace(book, demands=(*book.demands, Demand("GONE", 1, 1))))
