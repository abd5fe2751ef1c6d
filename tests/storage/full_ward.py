"""A ward with something in every table, and what a unit of work reads back of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.storage.random_books import RandomBooks
from wardteam.domain.beds import Cover, HolderKind, NursingGrade, Zone
from wardteam.domain.calendar import Period
from wardteam.domain.quality import (
    BellCall,
    CallReason,
    PatientDays,
    QualityRecords,
    Questionnaire,
    StudyPeriod,
)
from wardteam.domain.roster import CellChange, Roster, RosterCell, SolveRecord, SolveStatus, StageResult
from wardteam.domain.shifts import Post
from wardteam.storage.store import Store

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
MARCH = Period.month(2026, 3)
FIRST = MARCH.first
DAY = RosterCell("DAY", Post.LEADER, is_locked=True)
ROSTER = Roster(MARCH, {("001", FIRST): DAY, ("002", FIRST): RosterCell("NIGHT")}, frozen_until=FIRST)
CHANGE = CellChange("001", FIRST, DAY, None, by="head", at=NOW, reason="病假")
COVER = (Cover(FIRST, "1", "001", HolderKind.OWNER), Cover(FIRST, "2", "002", HolderKind.DEPUTY, True))
ZONES = (Zone(FIRST, "NIGHT", "002", ("1", "2")),)
STAGES = (
    StageResult("shortage", SolveStatus.OPTIMAL, 0, 0, 0.25, 0.5),
    StageResult("wishes", SolveStatus.FEASIBLE, 10**12, None, 1.5, 3.0),
)
RUN = SolveRecord("roster", SolveStatus.FEASIBLE, STAGES, 1.75, 3.5, 7, 2, None, {"granted": 0.875})


def records(calls: int = 3) -> QualityRecords:
    return QualityRecords(
        StudyPeriod("对照期", "baseline", Period.month(2025, 1)),
        StudyPeriod("观察期", "intervention", Period.month(2025, 2)),
        tuple(
            BellCall(f"C{i}", "1", CallReason.INFUSION, NOW + timedelta(seconds=i), None, NOW, stay="S")
            for i in range(calls)
        ),
        (PatientDays(date(2025, 1, 1), {NursingGrade.SPECIAL: 1, NursingGrade.THIRD: 0}),),
        (Questionnaire("Q1", date(2025, 1, 2), (5, None), (True, None), None, False, is_valid=False),),
        (200, 201),
        (199, 200),
    )


def fill(store: Store) -> None:
    with store() as unit:
        unit.books.save(RandomBooks(33).book(), expected_revision=None, by="t", at=NOW)
        unit.photos.put("W1", "face", b"\x00\xffpicture")
        unit.rosters.add_draft("W1", ROSTER, by="t", at=NOW)
        unit.rosters.publish("W1", MARCH, 1, by="head", at=NOW)
        unit.rosters.record_changes("W1", MARCH, 1, [CHANGE])
        unit.rosters.save_cover("W1", MARCH, 1, COVER, ZONES)
        unit.runs.add("W1", RUN, at=NOW)
        unit.quality.save("W1", records())
        unit.commit()


def everything(store: Store) -> list[object]:
    with store() as unit:
        return [
            [unit.books.get(code) for code in unit.books.codes()],
            unit.photos.get("W1", "face"),
            unit.rosters.latest("W1", MARCH) if unit.rosters.periods("W1") else None,
            unit.rosters.changes("W1", MARCH, 1) if unit.rosters.periods("W1") else (),
            unit.rosters.cover("W1", MARCH, 1) if unit.rosters.periods("W1") else (),
            unit.runs.latest("W1", "roster"),
            unit.quality.get("W1"),
        ]
