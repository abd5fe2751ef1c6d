"""A ward with something in every table, and what a unit of work reads back of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count

from tests.storage.random_books import RandomBooks
from wardteam.domain.beds import Cover, HolderKind, Zone
from wardteam.domain.calendar import Period
from wardteam.domain.calls import BellCall, CallReason
from wardteam.domain.questionnaires import Mode, QuestionnaireSheet
from wardteam.domain.roster import CellChange, Roster, RosterCell, SolveRecord, SolveStatus, StageResult
from wardteam.domain.shifts import Post
from wardteam.domain.ward import WardBook
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


def calls(number: int = 3, *, seconds: int = 1) -> tuple[BellCall, ...]:
    return tuple(
        BellCall(
            f"C{i}",
            "1",
            CallReason.INFUSION,
            NOW + timedelta(seconds=i * seconds),
            None,
            NOW,
            stay="S",
            staff="001",
        )
        for i in range(number)
    )


def sheet(number: int) -> QuestionnaireSheet:
    return QuestionnaireSheet(f"Q{number}", FIRST, "v1", Mode.QR, FIRST, (5, None, 1), note="甲\n😀")


@cache
def full_book() -> WardBook:
    """Give a random book that has something in every list and table."""
    books = (RandomBooks(seed).book() for seed in count())
    return next(
        b for b in books if all(vars(b).values()) and b.calendar.holidays and any(b.balances.values())
    )


def fill(store: Store) -> None:
    with store() as unit:
        unit.books.save(full_book(), expected_revision=None, by="t", at=NOW)
        unit.photos.put("W1", "face", b"\x00\xffpicture")
        unit.rosters.add_draft("W1", ROSTER, by="t", at=NOW)
        unit.rosters.publish("W1", MARCH, 1, by="head", at=NOW)
        unit.rosters.record_changes("W1", MARCH, 1, [CHANGE])
        unit.rosters.save_cover("W1", MARCH, 1, COVER, ZONES)
        unit.runs.add("W1", RUN, at=NOW)
        unit.calls.take("W1", calls())
        unit.captured.put_many("W1", [sheet(1), sheet(2)], by="t", at=NOW)
        unit.captured.put(
            "W1", replace(sheet(1), note="2"), expected_revision=1, by="head", at=NOW, reason="核对"
        )
        unit.captured.remove(
            "W1", QuestionnaireSheet, "Q2", expected_revision=1, by="t", at=NOW, reason="重复"
        )
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
            unit.calls.page("W1"),
            unit.captured.all("W1", QuestionnaireSheet),
            unit.captured.history("W1", QuestionnaireSheet, "Q2"),
            (unit.calls.revision("W1"), unit.captured.revision("W1")),
        ]
