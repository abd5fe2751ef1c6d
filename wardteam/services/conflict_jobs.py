"""A check for conflicts as a job: its order, and its report as the job's row keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wardteam.domain.calendar import Period
from wardteam.domain.roster import SolveStatus
from wardteam.errors import Message
from wardteam.services.kept_messages import message_from
from wardteam.services.ports import Job

if TYPE_CHECKING:
    from wardteam.services.conflicts import ConflictReport

CONFLICTS = "conflicts"
"""The kind of the job."""


@dataclass(frozen=True)
class Stand:
    """What a check was made of: it is stale where the book or the newest version is another one now."""

    revision: int
    version: int | None


@dataclass(frozen=True)
class KeptWay:
    """A way out as it was kept; `number` names it on a page."""

    number: int
    kinds: tuple[str, ...]
    text: Message
    points: int
    is_enough: bool
    cells: tuple[tuple[str, date], ...]


@dataclass(frozen=True)
class KeptLock:
    """A locked cell that breaks a hard rule, as it was kept."""

    staff_no: str
    day: date
    facts: tuple[Message, ...]


@dataclass(frozen=True)
class KeptReport:
    """A report as a job's row keeps it, fields as in `ConflictReport`; cost and bound are the shortage's."""

    stand: Stand
    verdict: str
    status: SolveStatus
    seconds: float
    cost: int | None
    bound: int | None
    facts: tuple[Message, ...]
    is_minimal: bool
    ways: tuple[KeptWay, ...]
    locks: tuple[KeptLock, ...]
    shortages: tuple[Message, ...]
    nurses_missing: int
    is_shortage_proven: bool


def conflict_parameters(period: Period, *, workers: int = 2) -> dict[str, object]:
    """Give the parameters of a job."""
    return {"first": period.first.isoformat(), "last": period.last.isoformat(), "workers": workers}


def period_of(job: Job) -> Period:
    """Give the period that a job is about."""
    first, last = (date.fromisoformat(str(job.parameters[key])) for key in ("first", "last"))
    return Period(first, last)


def to_keep(found: ConflictReport, stand: Stand) -> dict[str, object]:
    """Give a report as a job's result."""
    stage = next(iter(found.record.stages), None)
    return {
        "revision": stand.revision,
        "version": stand.version,
        "verdict": found.verdict,
        "status": found.record.status,
        "seconds": found.record.wall_seconds,
        "cost": stage and stage.objective,
        "bound": stage and stage.bound,
        "facts": found.facts,
        "is_minimal": found.is_minimal,
        "ways": [vars(way) for way in found.ways],
        "locks": [vars(lock) for lock in found.locks],
        "shortages": found.shortages,
        "nurses_missing": found.nurses_missing,
        "is_shortage_proven": found.is_shortage_proven,
    }


def kept_report(result: Mapping[str, object]) -> KeptReport:
    """Read a report back from a job's result."""
    cost, bound, version = (_number(result.get(key)) for key in ("cost", "bound", "version"))
    return KeptReport(
        stand=Stand(_number(result["revision"]) or 0, version),
        verdict=str(result["verdict"]),
        status=SolveStatus(str(result["status"])),
        seconds=float(str(result["seconds"])),
        cost=cost,
        bound=bound,
        facts=_messages(result["facts"]),
        is_minimal=result["is_minimal"] is True,
        ways=tuple(_way(number, way) for number, way in enumerate(_rows(result["ways"]))),
        locks=tuple(_lock(lock) for lock in _rows(result["locks"])),
        shortages=_messages(result["shortages"]),
        nurses_missing=_number(result["nurses_missing"]) or 0,
        is_shortage_proven=result["is_shortage_proven"] is True,
    )


def _way(number: int, way: Mapping[str, object]) -> KeptWay:
    return KeptWay(
        number,
        tuple(str(kind) for kind in _list(way["kinds"])),
        message_from(way["text"]),
        _number(way["points"]) or 0,
        way["is_enough"] is True,
        tuple((str(staff_no), date.fromisoformat(str(day))) for staff_no, day in _pairs(way["cells"])),
    )


def _lock(lock: Mapping[str, object]) -> KeptLock:
    day = date.fromisoformat(str(lock["day"]))
    return KeptLock(str(lock["staff_no"]), day, _messages(lock["facts"]))


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _rows(value: object) -> Iterable[Mapping[str, object]]:
    return (row for row in _list(value) if isinstance(row, Mapping))


def _pairs(value: object) -> Iterable[list[object]]:
    return (pair for pair in _list(value) if isinstance(pair, list))


def _messages(value: object) -> tuple[Message, ...]:
    return tuple(message_from(message) for message in _list(value))
