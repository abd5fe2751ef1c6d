from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.storage.full_ward import NOW, calls
from wardteam.domain.calendar import Period
from wardteam.domain.calls import BellCall, CallReason, CallSource, EndedBy
from wardteam.domain.ward import Ward, WardBook, WardSettings
from wardteam.errors import NotFound
from wardteam.services.call_columns import COLUMNS, CallColumns
from wardteam.services.quality_ports import CallsTaken
from wardteam.storage import calls as room
from wardteam.storage.store import Store

SHANGHAI = ZoneInfo("Asia/Shanghai")
PLACED = datetime(2026, 3, 1, 8, 0, 0, 250_000, tzinfo=SHANGHAI)
OPEN = BellCall("C1", "12", CallReason.UNKNOWN, PLACED)
WHOLE = BellCall(
    *("C1", "12", CallReason.PAIN, PLACED),
    *(PLACED + timedelta(seconds=s) for s in (20, 80, 200)),
    stay="S9",
    room="3",
    staff="007",
    source=CallSource.BATHROOM,
    ended_by=EndedBy.BEDSIDE,
)


@pytest.fixture
def ward(store: Store) -> Store:
    with store() as unit:
        for code, zone in (("W1", "Asia/Shanghai"), ("W2", "Europe/Berlin")):
            book = WardBook(Ward(code, "病区", "Ward"), settings=WardSettings(time_zone=zone))
            unit.books.save(book, expected_revision=None, by="t", at=NOW)
        unit.commit()
    return store


def take(store: Store, *given: BellCall, ward: str = "W1") -> CallsTaken:
    with store() as unit:
        taken = unit.calls.take(ward, given)
        unit.commit()
    return taken


def kept(store: Store, ward: str = "W1") -> tuple[BellCall, ...]:
    with store() as unit:
        return unit.calls.page(ward)


def test_a_call_comes_back_as_it_was_taken_in_the_wards_zone(ward: Store) -> None:
    assert take(ward, WHOLE, replace(OPEN, code="C2")) == CallsTaken(added=2)
    assert kept(ward) == (WHOLE, replace(OPEN, code="C2"))
    assert {str(call.placed.tzinfo) for call in kept(ward)} == {"Asia/Shanghai"}


def test_taking_the_same_calls_twice_changes_nothing_and_not_the_revision(ward: Store) -> None:
    take(ward, *calls(20))
    with ward() as unit:
        before = unit.calls.revision("W1")
    assert take(ward, *calls(20)) == CallsTaken(known=20)
    with ward() as unit:
        assert unit.calls.revision("W1") == before == 1
        assert unit.calls.revision("W2") == unit.calls.revision("none") == 0


def test_a_kept_call_is_completed_by_what_comes_later(ward: Store) -> None:
    take(ward, OPEN)
    steps = (replace(OPEN, answered=WHOLE.answered), replace(OPEN, staff="007"), OPEN, WHOLE)
    taken = [take(ward, step) for step in steps]
    assert [(t.completed, t.known) for t in taken] == [(1, 0), (1, 0), (0, 1), (1, 0)]
    assert kept(ward) == (WHOLE,)


def test_within_one_batch_later_words_complete_earlier_ones(ward: Store) -> None:
    assert take(ward, OPEN, replace(OPEN, staff="007"), WHOLE, OPEN) == CallsTaken(1, 2, 1)
    assert kept(ward) == (WHOLE,)


CONTRADICTIONS: dict[str, dict[str, object]] = {
    "another bed": {"bed": "13"},
    "another moment": {"placed": PLACED + timedelta(seconds=1)},
    "another arrival": {"arrived": PLACED},
    "another nurse": {"staff": "008"},
    "another reason": {"reason": CallReason.TOILET},
    "another place": {"source": CallSource.STAFF},
    "another ending": {"ended_by": EndedBy.SYSTEM},
    "another stay": {"stay": "S1"},
    "another room": {"room": "4"},
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_call_that_says_something_else_changes_nothing_and_is_named(ward: Store, name: str) -> None:
    other = replace(WHOLE, **CONTRADICTIONS[name])
    take(ward, WHOLE)
    assert take(ward, replace(OPEN, code="C2"), other) == CallsTaken(added=1, contradictions=("C1",))
    assert take(ward, replace(WHOLE, code="C3"), replace(other, code="C3")).contradictions == ("C3",)
    assert kept(ward)[0] == WHOLE


def test_codes_are_of_one_ward_and_a_ward_must_be_known(ward: Store) -> None:
    take(ward, WHOLE)
    assert take(ward, replace(WHOLE, bed="1"), ward="W2") == CallsTaken(added=1)
    with pytest.raises(NotFound):
        take(ward, WHOLE, ward="none")


def test_nothing_is_kept_without_a_commit(ward: Store) -> None:
    with ward() as unit:
        unit.calls.take("W1", calls(10))
    with ward() as unit:
        assert unit.calls.span("W1") is None
        assert unit.calls.revision("W1") == 0
        assert len(unit.calls.columns("W1")) == 0


def test_the_columns_are_those_of_the_single_calls(ward: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "READ_AT_ONCE", 2)
    monkeypatch.setattr(room, "BATCH", 3)
    monkeypatch.setattr(room, "CODES_AT_ONCE", 2)
    given = (
        *(replace(call, bed=str(i % 3), stay=f"S{-i}") for i, call in enumerate(calls(7))),
        replace(WHOLE, code="W"),
        replace(OPEN, code="A", bed="99"),
    )
    take(ward, *reversed(given))
    with ward() as unit:
        columns = unit.calls.columns("W1")
    expected = CallColumns.of(sorted(given, key=lambda call: (call.placed, call.code)), SHANGHAI)
    assert (columns.beds, columns.stays, columns.people) == (expected.beds, expected.stays, expected.people)
    assert columns.zone == SHANGHAI
    for name in COLUMNS:
        np.testing.assert_array_equal(getattr(columns, name), getattr(expected, name))
        assert getattr(columns, name).dtype == getattr(expected, name).dtype
    assert columns.placed[0] == WHOLE.placed.timestamp()
    assert math.isnan(columns.answered[0])


@pytest.mark.parametrize(("code", "offset", "hours"), [("W1", 8, 24), ("W2", 1, 23)])
def test_a_span_is_of_the_wards_own_dates(ward: Store, code: str, offset: int, hours: int) -> None:
    # In Berlin 29 March 2026 starts at +01:00 and lacks an hour.
    start = datetime(2026, 3, 29, tzinfo=UTC) - timedelta(hours=offset)
    end, moment = start + timedelta(hours=hours), timedelta(milliseconds=1)
    placed = (start - moment, start, end - moment, end)
    given = tuple(replace(OPEN, code=str(i), placed=moment) for i, moment in enumerate(placed))
    take(ward, *given, ward=code)
    day = Period(date(2026, 3, 29), date(2026, 3, 29))
    with ward() as unit:
        assert [call.code for call in unit.calls.page(code, day)] == ["1", "2"]
        assert len(unit.calls.columns(code, day)) == 2


def test_pages_are_of_a_bed_or_reason_and_follow_each_other(ward: Store) -> None:
    take(ward, *calls(5), WHOLE, replace(WHOLE, code="C9", bed="13"))
    with ward() as unit:
        assert [call.code for call in unit.calls.page("W1", reason=CallReason.PAIN)] == ["C9"]
        assert [call.code for call in unit.calls.page("W1", bed="1", first=1, most=2)] == ["C1", "C2"]
        assert unit.calls.page("W1", bed="77") == ()


def test_the_span_counts_the_calls_from_first_to_last(ward: Store) -> None:
    take(ward, *calls(5))
    with ward() as unit:
        span = unit.calls.span("W1")
    assert span is not None
    assert (span.count, span.first, span.last) == (5, NOW, NOW + timedelta(seconds=4))
    assert str(span.first.tzinfo) == "Asia/Shanghai"


def test_a_naive_moment_is_refused(ward: Store) -> None:
    with pytest.raises(TypeError, match="naive"):
        take(ward, replace(OPEN, placed=datetime(2026, 3, 1)))
