from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.storage.every_record import DAY, LATER, MAPPING, PLAN, RECORDS
from tests.storage.full_ward import NOW
from wardteam.domain.calendar import Period
from wardteam.domain.calls import ClockOffset
from wardteam.domain.control import Activity, ActivityKind
from wardteam.domain.questionnaires import Questionnaire
from wardteam.domain.records import RECORD_CLASSES
from wardteam.domain.study import MeasureKind, StudyPlan
from wardteam.domain.ward import Ward, WardBook
from wardteam.errors import Conflict, NotFound, WardteamError
from wardteam.services.quality_ports import PutMany, Record
from wardteam.storage.quality_tables import captured
from wardteam.storage.store import Store


@pytest.fixture
def ward(store: Store) -> Store:
    with store() as unit:
        unit.books.save(WardBook(Ward("W1", "一病区", "1")), expected_revision=None, by="t", at=NOW)
        unit.books.save(WardBook(Ward("W2", "二病区", "2")), expected_revision=None, by="t", at=NOW)
        unit.commit()
    return store


def put(store: Store, record: Record, expected: int | None = None, *, by: str = "t", reason: str = "") -> int:
    with store() as unit:
        revision = unit.captured.put("W1", record, expected_revision=expected, by=by, at=NOW, reason=reason)
        unit.commit()
    return revision


def activity(number: int = 1, **values: object) -> Activity:
    return replace(Activity(f"t{number}", DAY, ActivityKind.ROUND, "001", "topic"), **values)


def test_every_kind_is_among_the_records_of_this_test() -> None:
    assert {type(record) for record in RECORDS} == set(RECORD_CLASSES.values())


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: f"{type(record).__name__}-{record.code[:4]}")
def test_a_record_of_every_kind_comes_back_as_it_was(ward: Store, record: Record) -> None:
    assert put(ward, record) == 1
    with ward() as unit:
        kept = unit.captured.get("W1", type(record), record.code)
        assert unit.captured.all("W1", type(record)) == (kept,)
    assert (kept.record, kept.revision, kept.by, kept.at) == (record, 1, "t", NOW)
    assert repr(type(kept.record)) == repr(type(record))
    assert {type(v) for v in vars(kept.record).values()} == {type(v) for v in vars(record).values()}


def test_dict_keys_and_moments_come_back_as_the_domain_has_them(ward: Store) -> None:
    put(ward, PLAN)
    with ward() as unit:
        plan = unit.captured.get("W1", StudyPlan, "plan-1").record
    assert [type(key) for key in plan.targets] == [MeasureKind, MeasureKind]
    assert plan.locked_at is not None
    assert plan.locked_at.tzinfo == ZoneInfo("Asia/Shanghai")
    assert plan.locked_at.microsecond == 123456


def test_a_record_that_would_not_come_back_is_refused(ward: Store) -> None:
    with pytest.raises(ValueError, match="must come back"):
        put(ward, replace(MAPPING, offsets=(ClockOffset(NOW, float("nan")),)))
    with pytest.raises(ValueError, match="not captured"):
        put(ward, Questionnaire("q", DAY, (), (), None, None))


def test_each_writing_gives_the_next_version_and_all_stay_readable(ward: Store) -> None:
    assert put(ward, activity()) == 1
    assert put(ward, activity(topic="二"), 1, by="head", reason="更正") == 2
    with ward() as unit:
        unit.captured.remove("W1", Activity, "t1", expected_revision=2, by="head", at=LATER, reason="重复")
        unit.commit()
    assert put(ward, activity(topic="三")) == 4
    with ward() as unit:
        history = unit.captured.history("W1", Activity, "t1")
        assert unit.captured.history("W2", Activity, "t1") == ()
        assert unit.captured.get("W1", Activity, "t1").record.topic == "三"
    told = [(v.revision, v.record and v.record.topic, v.by, v.at, v.reason) for v in history]
    assert told == [
        (1, "topic", "t", NOW, ""),
        (2, "二", "head", NOW, "更正"),
        (3, None, "head", LATER, "重复"),
        (4, "三", "t", NOW, ""),
    ]


def test_a_removed_record_is_found_no_more(ward: Store) -> None:
    put(ward, activity())
    with ward() as unit:
        unit.captured.remove("W1", Activity, "t1", expected_revision=1, by="t", at=NOW, reason="x")
        assert unit.captured.find("W1", Activity, "t1") is None
        assert unit.captured.all("W1", Activity) == ()
        with pytest.raises(NotFound):
            unit.captured.get("W1", Activity, "t1")


CONFLICTS = {
    "a code that is taken": ("t1", None, "taken by a record that head wrote"),
    "a version that is old": ("t1", 1, "head changed the record t1"),
    "a record that was removed": ("t2", 1, "head removed the record t2"),
    "a record that never was": ("t3", 1, "not there any more"),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_conflict_says_who_wrote_what_in_between(ward: Store, name: str) -> None:
    code, expected, words = CONFLICTS[name]
    put(ward, activity(1))
    put(ward, activity(1, topic="x"), 1, by="head")
    put(ward, activity(2))
    with ward() as unit:
        unit.captured.remove("W1", Activity, "t2", expected_revision=1, by="head", at=NOW, reason="")
        unit.commit()
    with pytest.raises(Conflict, match=words) as refused:
        put(ward, activity(topic="mine", code=code), expected)
    told = refused.value.message.fields
    assert told.get("at", NOW.astimezone(ZoneInfo("Asia/Shanghai"))).utcoffset() == timedelta(hours=8)
    with ward() as unit:
        assert "mine" not in [kept.record.topic for kept in unit.captured.all("W1", Activity)]


def test_removing_expects_the_version_that_was_seen(ward: Store) -> None:
    put(ward, activity())
    put(ward, activity(topic="x"), 1)
    with ward() as unit, pytest.raises(Conflict):
        unit.captured.remove("W1", Activity, "t1", expected_revision=1, by="t", at=NOW, reason="")


def test_of_many_writers_at_once_just_one_is_kept(ward: Store) -> None:
    put(ward, activity())
    outcomes: list[object] = []

    def write(number: int) -> None:
        try:
            outcomes.append(put(ward, activity(topic=str(number)), 1))
        except Conflict:
            outcomes.append("conflict")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["2", "conflict", "conflict", "conflict"]


def test_putting_many_leaves_equal_ones_alone(ward: Store) -> None:
    with ward() as unit:
        first = unit.captured.put_many("W1", [activity(n) for n in range(5)], by="t", at=NOW)
        before = unit.captured.revision("W1")
        same = unit.captured.put_many("W1", [activity(n) for n in range(5)], by="t", at=LATER)
        assert unit.captured.revision("W1") == before
        unit.captured.remove("W1", Activity, "t4", expected_revision=1, by="t", at=NOW, reason="")
        some = [activity(0), activity(1, topic="x"), activity(1, topic="y"), activity(4), *RECORDS[:2]]
        mixed = unit.captured.put_many("W1", some, by="u", at=LATER)
        topics = [(kept.record.topic, kept.revision, kept.by) for kept in unit.captured.all("W1", Activity)]
    assert (first, same, mixed) == (PutMany(5, 0, 0), PutMany(0, 0, 5), PutMany(3, 2, 1))
    assert topics == [
        *(("topic", 1, "t"), ("y", 3, "u"), ("topic", 1, "t"), ("topic", 1, "t")),
        ("topic", 3, "u"),
    ]


def test_records_come_in_the_order_of_day_and_code_and_of_a_span(ward: Store) -> None:
    days = [activity(n, day=DAY + timedelta(days=d)) for n, d in ((3, 0), (1, 2), (2, 0), (4, 9))]
    with ward() as unit:
        unit.captured.put_many("W1", days, by="t", at=NOW)
        everything = unit.captured.all("W1", Activity)
        some = unit.captured.all("W1", Activity, Period(DAY, DAY + timedelta(days=2)))
        assert unit.captured.all("W2", Activity) == ()
    assert [kept.record.code for kept in everything] == ["t2", "t3", "t1", "t4"]
    assert [kept.record.code for kept in some] == ["t2", "t3", "t1"]


def test_the_next_code_is_never_one_that_was_used(ward: Store) -> None:
    with ward() as unit:
        assert unit.captured.next_code("W1", Activity, "A26-") == "A26-0001"
        codes = ("A26-0009", "A26-x", "A27-0044", "A26-12a", "a26-0100", "A26_0500")
        unit.captured.put_many("W1", [activity(code=code) for code in codes], by="t", at=NOW)
        unit.captured.remove("W1", Activity, "A26-0009", expected_revision=1, by="t", at=NOW, reason="")
        assert unit.captured.next_code("W1", Activity, "A26-") == "A26-0010"
        assert unit.captured.next_code("W1", Activity, "A26_") == "A26_0501"
        unit.captured.put("W1", activity(code="A26-9999"), expected_revision=None, by="t", at=NOW)
        assert unit.captured.next_code("W1", Activity, "A26-") == "A26-10000"


def test_nothing_is_kept_without_a_commit(ward: Store) -> None:
    with ward() as unit:
        unit.captured.put("W1", activity(), expected_revision=None, by="t", at=NOW)
    with ward() as unit:
        assert unit.captured.all("W1", Activity) == ()
        assert unit.captured.revision("W1") == 0


def test_a_ward_must_be_known(ward: Store) -> None:
    with ward() as unit, pytest.raises(NotFound):
        unit.captured.put("none", activity(), expected_revision=None, by="t", at=NOW)


@pytest.mark.parametrize("body", ["", "{", "[]", '{"code":"t1"}', '{"code":"t1","day":"x","kind":"round"}'])
def test_a_body_that_is_no_such_record_is_said_in_words(ward: Store, body: str) -> None:
    put(ward, activity())
    with ward.engine.begin() as connection:
        connection.execute(sa.update(captured).values(body=body))
    with ward() as unit, pytest.raises(WardteamError, match=r"t1 .*can't be read") as told:
        unit.captured.all("W1", Activity)
    assert told.value.message.fields["kind"].value == "activity"


def test_two_newest_versions_are_impossible_even_for_the_database(ward: Store) -> None:
    put(ward, activity())
    with ward.engine.connect() as connection:
        row = dict(connection.execute(sa.select(captured)).mappings().one())
        with pytest.raises(Conflict):
            connection.execute(sa.insert(captured), {**row, "revision": 2})
