"""A small ward in a store of its own, and files of an invented call system."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from wardteam.domain.beds import Bed, Room
from wardteam.domain.people import Education, Nurse, Title
from wardteam.domain.teams import Team
from wardteam.domain.ward import Ward, WardBook, WardSettings
from wardteam.storage.store import Store, create_store

NOW = datetime(2026, 6, 30, 4, tzinfo=UTC)
TODAY = date(2026, 6, 30)
HEADINGS = "呼叫编号,病房,床号,呼叫类型,呼叫时间,应答时间,到达时间,复位时间,处理护士"


def clock() -> datetime:
    return NOW


def nurse(number: str, name: str) -> Nurse:
    return Nurse(
        number, name, date(1990, 1, 1), Title.NURSE, date(2015, 1, 1), date(2012, 1, 1), Education.BACHELOR
    )


def small_ward(zone: str = "Asia/Shanghai") -> WardBook:
    return WardBook(
        Ward("W1", "测试病区", "Test ward"),
        WardSettings(time_zone=zone),
        nurses=(nurse("001", "甲一"), nurse("002", "乙二"), nurse("003", "丙三")),
        rooms=(Room("301", 1),),
        beds=tuple(Bed(f"{number:02d}", "301") for number in range(1, 7)),
        teams=(Team(1, "一组", "Team 1"), Team(2, "二组", "Team 2")),
    )


@cache
def _empty() -> bytes:
    """Give a new database, so that its tables are made only once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite3"
        create_store(f"sqlite:///{path}", clock=clock).close()
        return path.read_bytes()


@contextmanager
def opened(folder: Path, book: WardBook | None = None, *, name: str = "ward.sqlite3") -> Iterator[Store]:
    """Open a new store that holds a small ward."""
    path = folder / name
    path.write_bytes(_empty())
    store = create_store(f"sqlite:///{path}", clock=clock)
    try:
        with store() as unit:
            unit.books.save(book or small_ward(), expected_revision=None, by="test", at=NOW)
            unit.commit()
        yield store
    finally:
        store.close()


def call_line(code: object = "1", bed: str = "01", placed: str = "2026-01-05 08:00:00", *later: str) -> str:
    """Write a row of a call system's file."""
    answered, arrived, cleared = (*later, "", "", "")[:3]
    return f"{code},301,{bed},输液,{placed},{answered},{arrived},{cleared},001"


def log(folder: Path, *lines: str, headings: str = HEADINGS, encoding: str = "utf-8") -> Path:
    """Write a call system's file."""
    path = folder / "calls.csv"
    path.write_bytes("\n".join((headings, *lines, "")).encode(encoding))
    return path
