"""What is published is found by the next period: balances, hours, the days before; nothing is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.services.ledger_kit import MONDAY, WEEK, change, nurse, past, ward
from wardteam.domain.calendar import Calendar, Period
from wardteam.services.carried import carried_book, past_rosters
from wardteam.services.sheet_view import roster_sheet
from wardteam.storage.store import create_store

NEXT = Period(MONDAY + timedelta(days=7), MONDAY + timedelta(days=13))
AT = datetime(2026, 2, 1, tzinfo=UTC)
HOLIDAY = MONDAY + timedelta(days=4)
BOOK = ward(
    nurse("A", hours_balance_minutes=60), nurse("B"), calendar=Calendar(((HOLIDAY, "节"),)), period=WEEK
)


@pytest.fixture
def units(tmp_path):
    store = create_store(f"sqlite:///{tmp_path / 'ward.sqlite3'}")
    with store() as unit:
        unit.books.save(BOOK, expected_revision=None, by="t", at=AT)
        for one in (
            past({"A": "NNx-D--", "B": "DDDD---"}),
            past({"A": "-DDDDD-", "B": "DDDDD--"}, first=NEXT.first),
        ):
            stored = unit.rosters.add_draft("w", one.roster, by="t", at=AT)
            unit.rosters.publish("w", stored.period, stored.version, by="t", at=AT)
        unit.commit()
    yield store
    store.close()


def test_the_next_period_opens_where_the_sheet_before_it_closed(units) -> None:
    with units() as unit:
        books = [carried_book(unit, "w", period) for period in (WEEK, NEXT)]
        rosters = [unit.rosters.latest("w", period) for period in (WEEK, NEXT)]
    first, following = (
        {row.staff_no: row for row in roster_sheet(book, roster, posted=False).rows}
        for book, roster in zip(books, rosters, strict=True)
    )
    assert (first["A"].balance_before_minutes, first["A"].holiday_minutes) == (60, 480)
    assert first["A"].balance_after_minutes == 60 + (24 - 8 - 32) * 60
    for staff_no in "AB":
        assert following[staff_no].balance_before_minutes == first[staff_no].balance_after_minutes
    assert books[1].balances["nights"] == {"A": 1, "B": -1}
    assert books[1].history["A", MONDAY].code == "NIGHT"


def test_carrying_saves_nothing_and_a_republished_roster_counts_once(units) -> None:
    with units() as unit:
        again = unit.rosters.add_draft("w", past({"A": "Nx-----", "B": "DDDD---"}).roster, by="t", at=AT)
        unit.rosters.publish("w", WEEK, again.version, by="t", at=AT + timedelta(days=1))
        assert len(past_rosters(unit, "w")) == 2
        assert carried_book(unit, "w", NEXT).balances["nights"] == {"A": 0.5, "B": -0.5}
        assert unit.books.get("w").book == BOOK


def test_a_repair_after_publishing_counts_as_it_stands_and_as_a_call(units) -> None:
    with units() as unit:
        moved = change("B", MONDAY + timedelta(days=5), "-", "N", at=AT + timedelta(days=30))
        unit.rosters.record_changes("w", WEEK, 1, [moved])
        balances = carried_book(unit, "w", NEXT).balances
    assert balances["nights"] == {"A": 0.5, "B": -0.5}
    assert balances["calls"] == {"A": -0.5, "B": 0.5}


def test_a_sheet_with_holiday_work_says_where_those_hours_are() -> None:
    roster = past({"A": "----D--", "B": "-------"}).roster
    notes = {note.text for note in roster_sheet(BOOK, roster, posted=False).notes}
    assert any("300 %" in note for note in notes)
    plain = replace(BOOK, calendar=Calendar())
    assert not any("300 %" in note.text for note in roster_sheet(plain, roster, posted=False).notes)
