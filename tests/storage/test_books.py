from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.storage.random_books import RandomBooks
from wardteam.domain.beds import Bed, NursingGrade, Room, Stay
from wardteam.domain.people import Education, Nurse, Title
from wardteam.domain.shifts import Leave, LeaveKind
from wardteam.domain.ward import Ward, WardBook
from wardteam.errors import BadInput, Conflict, NotFound
from wardteam.storage.store import Store

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
NURSE = Nurse(
    "001", "甲", date(2000, 1, 1), Title.NURSE, date(2022, 1, 1), date(2022, 1, 1), Education.COLLEGE
)
BOOK = WardBook(
    ward=Ward("W1", "内科一病区", "Medical ward 1"),
    nurses=(NURSE,),
    rooms=(Room("301", 1),),
    beds=(Bed("1", "301"),),
    stays=(Stay("S1", "1", NursingGrade.FIRST, datetime(2026, 3, 1, 8, tzinfo=UTC)),),
)


def save(store: Store, book: WardBook, expected: int | None) -> int:
    with store() as unit:
        revision = unit.books.save(book, expected_revision=expected, by="t", at=NOW)
        unit.commit()
    return revision


def read(store: Store, ward: str = "W1") -> WardBook:
    with store() as unit:
        return unit.books.get(ward).book


def assert_round_trip(store: Store, first: WardBook, second: WardBook) -> None:
    with store() as unit:
        revision = unit.books.save(first, expected_revision=None, by="t", at=NOW)
        assert unit.books.get("W1").book == first
        assert unit.books.save(second, expected_revision=revision, by="t", at=NOW) == 2
        kept = unit.books.get("W1").book
        assert kept == second
        assert [list(kept.history), list(kept.balances)] == [list(second.history), list(second.balances)]


@pytest.mark.parametrize("seed", range(8))
def test_any_book_is_read_back_equal_even_in_place_of_another(store: Store, seed: int) -> None:
    books = RandomBooks(seed)
    assert_round_trip(store, books.book(), books.book())


def test_moments_come_back_in_the_wards_own_time_zone(store: Store) -> None:
    save(store, BOOK, None)
    admitted = read(store).stays[0].admitted
    assert (admitted.hour, str(admitted.tzinfo)) == (16, "Asia/Shanghai")


def test_nothing_is_kept_without_commit(store: Store) -> None:
    with store() as unit:
        unit.books.save(BOOK, expected_revision=None, by="t", at=NOW)
    with store() as unit:
        assert unit.books.codes() == ()
        with pytest.raises(NotFound):
            unit.books.get("W1")


def test_a_save_over_somebody_elses_is_refused_and_keeps_hers(store: Store) -> None:
    first = save(store, BOOK, None)
    hers = replace(BOOK, nurses=(replace(NURSE, name="乙"),))
    save(store, hers, first)
    with pytest.raises(Conflict, match="in the meantime"):
        save(store, replace(BOOK, nurses=()), first)
    assert read(store) == hers


def test_a_new_ward_does_not_overwrite_one_of_the_same_code(store: Store) -> None:
    save(store, BOOK, None)
    with pytest.raises(Conflict, match="already"):
        save(store, replace(BOOK, nurses=()), None)
    assert read(store).nurses == (NURSE,)


def test_a_list_given_in_another_order_is_kept_in_that_order(store: Store) -> None:
    other = replace(NURSE, staff_no="000")
    save(store, replace(BOOK, nurses=(NURSE, other)), None)
    save(store, replace(BOOK, nurses=(other, NURSE)), 1)
    assert read(store).nurses == (other, NURSE)


CONTRADICTIONS = {
    "two nurses with one number": (replace(BOOK, nurses=(NURSE, NURSE)), [("nurses", "staff_no", "001")]),
    "a bed in no room": (
        replace(BOOK, beds=(Bed("1", "301"), Bed("2", "999"))),
        [("beds", "room", "999")],
    ),
    "leave of nobody, stay in no bed": (
        replace(BOOK, beds=(), leaves=(Leave("x", LeaveKind.SICK, date(2026, 3, 1), date(2026, 3, 1)),)),
        [("stays", "bed", "1"), ("leaves", "staff_no", "x")],
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_book_that_contradicts_itself_is_refused_with_every_place(store: Store, name: str) -> None:
    book, expected = CONTRADICTIONS[name]
    with pytest.raises(BadInput) as refused:
        save(store, book, None)
    assert [(f.sheet, f.column, f.value) for f in refused.value.findings] == expected
