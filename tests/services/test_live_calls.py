"""Live events of a call system: by token, idempotent, completed step by step, contradicted never."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from tests.services.call_kit import NOW, TODAY, clock, opened
from wardteam.domain.calls import CallReason, CallSource, EarlyEvent, EndedBy, LiveToken
from wardteam.errors import BadInput, Conflict
from wardteam.services import early_events
from wardteam.services.live_calls import (
    EventResult,
    new_token,
    revoke_token,
    take_event,
    token_ward,
    tokens,
)
from wardteam.storage.store import Store

EVENT = {"code": "E1", "bed": "1床", "reason": "输液", "placed": "2026-06-30T08:00:00+08:00"}
ARRIVED = {"code": "E1", "arrived": "2026-06-30T00:02:00Z", "staff": "001"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


def send(store: Store, **event: object):
    return take_event(store, "W1", event, clock=clock)


def test_a_call_is_added_once_and_completed_by_later_events(store: Store) -> None:
    results = [send(store, **event).result for event in (EVENT, EVENT, ARRIVED, ARRIVED)]
    assert results == ["added", "known", "completed", "known"]
    with store() as unit:
        (call,) = unit.calls.page("W1")
    assert (call.bed, call.reason, call.arrival_seconds, call.staff) == (
        "01",
        CallReason.INFUSION,
        120,
        "001",
    )


MORE = {"arrived": "2026-06-30T00:02:00Z", "staff": "001", "ended_by": "bedside"}


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"bed": "2"}, {"bed": "01"}),
        ({"arrived": "2026-06-30T00:02:01Z"}, {"arrived": "2026-06-30T08:02:00+08:00"}),
        ({"placed": "2026-06-30T00:00:01Z"}, {"placed": "2026-06-30T08:00:00+08:00"}),
        ({"reason": "toilet", "ended_by": "station"}, {"reason": "infusion", "ended_by": "bedside"}),
        ({"staff": "002", "bed": "2"}, {"bed": "01", "staff": "001"}),
    ],
)
def test_an_event_that_says_something_else_names_the_fields_and_changes_nothing(
    store: Store, change: dict[str, object], kept: dict[str, str]
) -> None:
    send(store, **EVENT | MORE)
    with store() as unit:
        before = unit.calls.page("W1")
    outcome = send(store, **EVENT | MORE | change | {"cleared": "2026-06-30T00:09:00Z"})
    assert outcome.result is EventResult.CONFLICT
    assert {one.field: one.problem.fields["kept"] for one in outcome.problems} == kept
    with store() as unit:
        assert unit.calls.page("W1") == before


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"placed": "2026-06-30 08:00:00"}, ["placed"]),
        ({"placed": "soon", "answered": 5}, ["placed", "answered"]),
        ({"placed": "1999-06-30T08:00:00Z"}, ["placed"]),
        ({"placed": "2026-07-02T08:00:00Z"}, ["placed"]),
        ({"placed": None}, ["placed"]),
        ({"code": ""}, ["code"]),
        ({"code": ["x"]}, ["code", "code"]),
        ({"bed": "99"}, ["bed"]),
        ({"bed": ""}, ["bed"]),
        ({"bed": True}, ["bed", "bed"]),
        ({"staff": "x" * 101}, ["staff"]),
        ({"ward": "W2"}, ["ward"]),
        ({"arrived": "2026-06-30T07:59:59+08:00"}, ["arrived"]),
        ({"cleared": "2026-07-01T08:00:01+08:00"}, ["cleared"]),
        ({"bett": "1", "code": ""}, ["bett", "code"]),
    ],
)
def test_everything_wrong_is_told_by_field_and_nothing_is_kept(
    store: Store, change: dict[str, object], fields: list[str]
) -> None:
    outcome = send(store, **EVENT | change)
    assert outcome.result is EventResult.REFUSED
    assert sorted(problem.field for problem in outcome.problems) == sorted(fields)
    with store() as unit:
        assert unit.calls.span("W1") is None


def test_an_event_of_an_unknown_call_without_a_step_says_what_is_needed(store: Store) -> None:
    outcome = send(store, code="E1", staff="001")
    assert (outcome.result, [p.field for p in outcome.problems]) == (EventResult.REFUSED, ["bed", "placed"])


CLEARED = {"code": "E1", "cleared": "2026-06-30T00:05:00Z", "ended_by": "bedside"}


@pytest.mark.parametrize("order", list(permutations((EVENT, ARRIVED, ARRIVED, CLEARED))))
def test_events_in_any_order_make_the_same_call(store: Store, order: tuple[dict[str, object], ...]) -> None:
    results = {send(store, **event).result for event in order}
    assert results <= {EventResult.ADDED, EventResult.COMPLETED, EventResult.KNOWN, EventResult.WAITING}
    with store() as unit:
        (call,) = unit.calls.page("W1")
        assert unit.captured.all("W1", EarlyEvent) == ()
    assert (call.arrival_seconds, call.staff, call.ended_by) == (120, "001", EndedBy.BEDSIDE)
    assert call.cleared is not None


def test_an_early_event_that_contradicts_its_call_changes_nothing(store: Store) -> None:
    send(store, **ARRIVED)
    send(store, code="E1", arrived="2026-06-29T00:00:00Z")
    assert send(store, **EVENT).result is EventResult.ADDED
    with store() as unit:
        assert [call.arrival_seconds for call in unit.calls.page("W1")] == [120]


def test_only_so_many_events_wait_and_none_for_ever(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(early_events, "MOST_WAITING", 1)
    assert send(store, **ARRIVED).result is EventResult.WAITING
    assert send(store, **CLEARED).result is EventResult.REFUSED
    later = take_event(store, "W1", CLEARED, clock=lambda: NOW + timedelta(days=3))
    assert later.result is EventResult.WAITING
    with store() as unit:
        assert [kept.record.fields["code"] for kept in unit.captured.all("W1", EarlyEvent)] == ["E1"]


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "a\x1b[31m"])
def test_signs_that_no_database_keeps_are_refused(store: Store, text: str) -> None:
    outcome = send(store, **EVENT | {"staff": text})
    assert [problem.field for problem in outcome.problems] == ["staff"]
    assert send(store, **EVENT | {"code": text}).result is EventResult.REFUSED


def test_an_unknown_word_is_noted_and_not_refused(store: Store) -> None:
    outcome = send(store, **EVENT | {"reason": "唱歌", "source": "bathroom", "bed": "", "ward": "测试病区"})
    assert (outcome.result, [note.field for note in outcome.notes]) == (EventResult.ADDED, ["reason"])
    assert outcome.call is not None
    assert (outcome.call.reason, outcome.call.source) == (CallReason.UNKNOWN, CallSource.BATHROOM)


def token(store: Store, name: str = "bells", last_day: date | None = None) -> str:
    return new_token(store, "W1", name, by="test", clock=clock, last_day=last_day)


def test_a_token_opens_its_ward_until_its_last_day_and_its_secret_is_not_kept(store: Store) -> None:
    secret = token(store, last_day=TODAY)
    assert token_ward(store, secret, today=TODAY) == ("W1", "bells")
    assert token_ward(store, secret, today=TODAY + timedelta(days=1)) is None
    assert token_ward(store, secret[:-1], today=TODAY) is None
    with store() as unit:
        assert secret not in repr(unit.captured.history("W1", LiveToken, tokens(store, "W1")[0].code))


def test_a_revoked_token_opens_nothing_and_its_name_is_free_again(store: Store) -> None:
    secret = token(store)
    with pytest.raises(BadInput):
        token(store)
    revoked = revoke_token(store, "W1", "bells", by="test", clock=clock)
    assert (revoked.revoked_on, token_ward(store, secret, today=TODAY)) == (NOW.date(), None)
    with pytest.raises(Conflict):
        revoke_token(store, "W1", revoked.code, by="test", clock=clock)
    assert token(store) != secret


def test_a_token_that_could_never_hold_is_refused(store: Store) -> None:
    with pytest.raises(BadInput) as refused:
        token(store, " ", TODAY - timedelta(days=1))
    assert len(refused.value.findings) == 2
