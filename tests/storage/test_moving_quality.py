"""Revision 0005 against a database that the schema before it made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from wardteam.domain.beds import NursingGrade
from wardteam.domain.calendar import Period
from wardteam.domain.calls import BellCall, CallReason
from wardteam.domain.census import PatientDays
from wardteam.domain.questionnaires import Invalid, ItemKind, QuestionnaireSheet, QuestionnaireVersion
from wardteam.domain.records import RECORD_CLASSES
from wardteam.domain.study import StudyPlan
from wardteam.storage import quality_tables
from wardteam.storage.engine import open_engine
from wardteam.storage.revisions import MIGRATIONS
from wardteam.storage.store import Store, create_store

Moved = Callable[[Callable[[sa.Connection], None]], Store]
SAVED = datetime(2026, 2, 1, 8, tzinfo=UTC)
PLACED = datetime(2025, 1, 5, 1, 2, 3, 456_000, tzinfo=UTC)
JANUARY, FEBRUARY = Period.month(2025, 1), Period.month(2025, 2)


def old_store(url: str) -> sa.Engine:
    """Make a database as revision 0004 left it, with a ward."""
    engine = open_engine(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes |= {"connection": connection, "metadata": quality_tables.METADATA}
        command.upgrade(config, "0004")
    return engine


def insert(connection: sa.Connection, table: str, *rows: dict[str, object]) -> None:
    found = sa.Table(table, sa.MetaData(), autoload_with=connection)
    utc = connection.dialect.name == "sqlite"
    for row in rows:
        plain = {
            name: value.replace(tzinfo=None) if utc and isinstance(value, datetime) else value
            for name, value in row.items()
        }
        connection.execute(sa.insert(found), plain)


def study(ward: str) -> dict[str, object]:
    periods = (("baseline", JANUARY, "对照期", 5, 4), ("intervention", FEBRUARY, "观察期", 2, 2))
    figures = {
        f"{which}_{name}": value
        for which, span, zh, issued, returned in periods
        for name, value in {
            "name": zh,
            "name_en": which,
            "first": span.first,
            "last": span.last,
            "issued": issued,
            "returned": returned,
        }.items()
    }
    return {"ward": ward, "revision": 3, **figures}


def call(position: int, code: str, **values: object) -> dict[str, object]:
    row: dict[str, object] = {"ward": "W1", "position": position, "code": code, "bed": "7", "reason": "pain"}
    moments = {"placed": PLACED, "answered": None, "arrived": PLACED + timedelta(seconds=90), "cleared": None}
    return row | moments | {"stay": "S1"} | values


def questionnaire(
    position: int, code: str, day: date, scores: list[int | None], known: list[bool | None], **values: object
) -> dict[str, object]:
    row: dict[str, object] = {"ward": "W1", "position": position, "code": code, "asked_on": day}
    items = {"satisfaction_items": scores, "knowledge_items": known}
    return row | items | {"is_satisfied": True, "is_aware": None, "is_valid": True} | values


def fill_quality(connection: sa.Connection) -> None:
    insert(connection, "quality_studies", study("W1"))
    insert(connection, "bell_calls", call(0, "C1"), call(1, "C2", arrived=None), call(2, "C1", bed="8"))
    days = [
        {"ward": "W1", "position": n, "day": date(2025, 1, 1 + n), "occupied": {"special": n, "III": 4}}
        for n in range(2)
    ]
    insert(connection, "patient_days", *days)
    asked, later = date(2025, 1, 9), date(2025, 2, 9)
    insert(
        connection,
        "questionnaires",
        questionnaire(0, "Q1", asked, [5, None], [True, False]),
        questionnaire(1, "Q2", asked, [4, None], [None, None], is_valid=False),
        questionnaire(2, "Q3", later, [4, 4], [True, True], is_valid=False),
        questionnaire(3, "Q3", later, [3, 3], [True, True]),
    )


@pytest.fixture
def moved(url: str) -> Iterator[Moved]:
    stores: list[Store] = []

    def move(fill: Callable[[sa.Connection], None]) -> Store:
        engine = old_store(url)
        with engine.begin() as connection:
            settings = {"caps": {}, "time_zone": "Asia/Shanghai"}
            ward = {"name": "", "name_en": "", "hospital": "", "hospital_en": "", "balance_measures": []}
            insert(connection, "wards", {"code": "W1", "revision": 1, "settings": settings, **ward})
            saved = {"ward": "W1", "revision": 1, "saved_by": "t", "saved_at": SAVED}
            insert(connection, "ward_revisions", saved)
            fill(connection)
        engine.dispose()
        stores.append(create_store(url))
        return stores[-1]

    yield move
    for store in stores:
        store.close()


def test_calls_move_with_their_moments_and_a_doubled_code_keeps_both(moved: Moved) -> None:
    store = moved(fill_quality)
    with store() as unit:
        kept = unit.calls.page("W1")
        span = unit.calls.span("W1")
    arrived = PLACED + timedelta(seconds=90)
    assert kept == (
        BellCall("C1", "7", CallReason.PAIN, PLACED, arrived=arrived, stay="S1"),
        BellCall("C1#2", "8", CallReason.PAIN, PLACED, arrived=arrived, stay="S1"),
        BellCall("C2", "7", CallReason.PAIN, PLACED, stay="S1"),
    )
    assert span is not None
    assert span.first == PLACED


def test_the_study_becomes_a_plan_that_is_not_locked(moved: Moved) -> None:
    store = moved(fill_quality)
    with store() as unit:
        kept = unit.captured.get("W1", StudyPlan, "plan-1")
    plan = kept.record
    assert (plan.baseline.span, plan.intervention.span) == (JANUARY, FEBRUARY)
    assert (plan.baseline.named.zh, plan.baseline.named.en) == ("对照期", "baseline")
    assert not plan.is_locked
    assert (kept.revision, kept.at) == (1, SAVED)


def test_patient_days_and_scored_questionnaires_move(moved: Moved) -> None:
    store = moved(fill_quality)
    with store() as unit:
        days = [kept.record for kept in unit.captured.all("W1", PatientDays)]
        version = unit.captured.get("W1", QuestionnaireVersion, "migrated-1").record
        sheets = {kept.record.code: kept.record for kept in unit.captured.all("W1", QuestionnaireSheet)}
    grades = [{NursingGrade.SPECIAL: n, NursingGrade.THIRD: 4} for n in range(2)]
    assert days == [PatientDays(date(2025, 1, 1 + n), grades[n]) for n in range(2)]
    assert [len(version.items_of(kind)) for kind in (ItemKind.LIKERT, ItemKind.KNOWLEDGE)] == [2, 2]
    assert sheets["Q1"].answers == (5, None, 1, 0)
    told = {code: (sheet.is_returned, sheet.invalid) for code, sheet in sheets.items()}
    assert told == {
        "Q1": (True, None),
        "Q2": (True, Invalid.TOO_FEW),
        "Q3": (True, Invalid.CONTRADICTORY),
        "Q3#3": (True, None),
        "baseline-0003": (True, None),
        "baseline-0004": (True, None),
        "baseline-0005": (False, None),
    }
    assert sheets["baseline-0003"].answers == (None,) * 4


def test_a_ward_without_quality_moves_too(moved: Moved) -> None:
    store = moved(lambda _: None)
    with store() as unit:
        assert unit.calls.span("W1") is None
        for kind in RECORD_CLASSES.values():
            assert unit.captured.all("W1", kind) == ()


def test_the_moved_database_goes_on_being_written(moved: Moved) -> None:
    store = moved(fill_quality)
    with store() as unit:
        unit.calls.take("W1", [BellCall("C9", "7", CallReason.PAIN, PLACED)])
        plan = unit.captured.get("W1", StudyPlan, "plan-1")
        unit.captured.put("W1", plan.record, expected_revision=1, by="t", at=SAVED)
        assert (unit.calls.revision("W1"), unit.captured.revision("W1")) == (2, 2)
        unit.commit()
