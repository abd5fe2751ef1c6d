"""The decision on the demand: written with who and when, refused as a whole, put back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.call_kit import opened
from tests.services.demand.demand_kit import book
from wardteam.domain.demand_decisions import DemandDecision
from wardteam.domain.shifts import DayKind, Demand
from wardteam.errors import BadInput, Conflict
from wardteam.services.day_demands import demands_on
from wardteam.services.demand.accept import DemandEdit, decide_demand, decisions, put_back
from wardteam.services.ports import UnitOfWorkFactory
from wardteam.storage.store import Store

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MONDAY, SATURDAY = date(2026, 12, 7), date(2026, 12, 12)


def clock() -> datetime:
    return NOW


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


@pytest.fixture
def units(store: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with store() as unit:
        unit.books.save(book(), expected_revision=None, by="t", at=NOW)
        unit.commit()
    return store


def decide(units: UnitOfWorkFactory, *edits: DemandEdit, expected: int = 1) -> DemandDecision:
    return decide_demand(
        units, "T1", edits, expected_revision=expected, by="001", clock=clock, reason="busy", data_hash="ab"
    )


def evening(units: UnitOfWorkFactory, day: date) -> Demand:
    with units() as unit:
        stored = unit.books.get("T1").book
    return next(d for d in demands_on(stored, day) if d.shift == "EVENING")


def night(units: UnitOfWorkFactory, day: date) -> Demand:
    with units() as unit:
        stored = unit.books.get("T1").book
    return next(d for d in demands_on(stored, day) if d.shift == "NIGHT")


def test_an_accepted_line_holds_on_its_kind_of_day_alone(units: UnitOfWorkFactory) -> None:
    decide(units, DemandEdit("EVENING", DayKind.WEEKEND, 3, 5))
    after = evening(units, SATURDAY)
    assert (after.minimum, after.wished, after.maximum) == (3, 5, 5)
    assert evening(units, MONDAY).minimum == 2


def test_a_row_for_all_days_stays_beside_the_new_one(units: UnitOfWorkFactory) -> None:
    decide(units, DemandEdit("NIGHT", DayKind.WORKDAY, 3, 3))
    assert (night(units, MONDAY).minimum, night(units, SATURDAY).minimum) == (3, 2)


def test_the_decision_keeps_who_when_why_and_what_stood_before(units: UnitOfWorkFactory) -> None:
    made = decide(units, DemandEdit("EVENING", DayKind.WEEKEND, 3, 3))
    (kept,) = decisions(units, "T1")
    assert (kept.record, kept.by, kept.at) == (made, "001", NOW)
    assert (made.data_hash, made.before, made.day) == ("ab", book().demands, date(2026, 11, 23))
    with units() as unit:
        (version,) = unit.captured.history("T1", type(made), made.code)
    assert version.reason == "busy"


def test_lines_that_do_not_change_are_left_out_of_the_decision(units: UnitOfWorkFactory) -> None:
    made = decide(
        units, DemandEdit("EVENING", DayKind.WEEKEND, 3, 3), DemandEdit("NIGHT", DayKind.WEEKEND, 2, 2)
    )
    assert [change.shift for change in made.changes] == ["EVENING"]


def test_every_wrong_line_is_named_and_nothing_changes(units: UnitOfWorkFactory) -> None:
    wrong = (
        DemandEdit("EVENING", DayKind.WEEKEND, 4, 3),
        DemandEdit("TWILIGHT", DayKind.WEEKEND, 1, 1),
        DemandEdit("NIGHT", DayKind.WORKDAY, 3, 100),
    )
    with pytest.raises(BadInput) as refused:
        decide(units, *wrong, DemandEdit("STRAIGHT", DayKind.WORKDAY, 3, 3))
    assert [f.column for f in refused.value.findings] == [edit.key for edit in wrong]
    assert not decisions(units, "T1")


def test_a_line_named_twice_is_refused(units: UnitOfWorkFactory) -> None:
    with pytest.raises(BadInput):
        decide(units, *(DemandEdit("NIGHT", DayKind.WORKDAY, n, n) for n in (3, 4)))


def test_the_present_numbers_again_are_no_decision(units: UnitOfWorkFactory) -> None:
    with pytest.raises(BadInput):
        decide(units, DemandEdit("EVENING", DayKind.WEEKEND, 2, 2))


def test_a_proposal_from_an_older_book_is_refused(units: UnitOfWorkFactory) -> None:
    decide(units, DemandEdit("EVENING", DayKind.WEEKEND, 3, 3))
    with pytest.raises(Conflict):
        decide(units, DemandEdit("EVENING", DayKind.WEEKEND, 4, 4), expected=1)
    assert evening(units, SATURDAY).minimum == 3


def test_the_newest_decision_can_be_put_back_and_both_stay_readable(units: UnitOfWorkFactory) -> None:
    made = decide(units, DemandEdit("EVENING", DayKind.WEEKEND, 3, 3))
    back = put_back(units, "T1", made.code, expected_revision=2, by="001", clock=clock)
    with units() as unit:
        assert unit.books.get("T1").book.demands == book().demands
    assert back.undoes == made.code
    assert [kept.record.code for kept in decisions(units, "T1")] == [back.code, made.code]


def test_an_earlier_decision_cannot_be_put_back_over_a_later_one(units: UnitOfWorkFactory) -> None:
    first = decide(units, DemandEdit("EVENING", DayKind.WEEKEND, 3, 3))
    decide(units, DemandEdit("NIGHT", DayKind.WEEKEND, 3, 3), expected=2)
    with pytest.raises(Conflict):
        put_back(units, "T1", first.code, expected_revision=3, by="001", clock=clock)


def test_the_decisions_day_is_the_wards_own_date(units: UnitOfWorkFactory) -> None:
    late = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # 01:00 of the 24th in Shanghai
    made = decide_demand(
        units,
        "T1",
        [DemandEdit("EVENING", DayKind.WEEKEND, 3, 3)],
        expected_revision=1,
        by="001",
        clock=lambda: late,
    )
    assert made.day == date(2026, 11, 23) + timedelta(days=1)
