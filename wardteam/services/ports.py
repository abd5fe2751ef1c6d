"""What the services need from storage, queue and clock, as Protocols that bootstrap fills."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, Self

from wardteam.domain.beds import Cover, Zone
from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellChange, Roster, RosterStatus, SolveRecord
from wardteam.domain.ward import WardBook
from wardteam.services.quality_ports import Calls, Captured

Clock = Callable[[], datetime]
"""Gives the present moment, aware."""


@dataclass(frozen=True)
class StoredBook:
    """A ward's book with the revision it was read at; saving checks that nobody saved in between."""

    book: WardBook
    revision: int


class Books(Protocol):
    """Wards with everything dated in them."""

    def codes(self) -> tuple[str, ...]:
        """Give the codes of all wards."""
        ...

    def get(self, ward: str) -> StoredBook:
        """Read a ward's book; NotFound where there is none."""
        ...

    def save(self, book: WardBook, *, expected_revision: int | None, by: str, at: datetime) -> int:
        """Write a book and give its new revision; Conflict where somebody saved in between."""
        ...


class Photos(Protocol):
    """Nurses' photographs, by the key that the nurse's record names."""

    def get(self, ward: str, key: str) -> bytes | None:
        """Give the picture, or None."""
        ...

    def put(self, ward: str, key: str, picture: bytes) -> None:
        """Store a picture that has been checked and re-encoded."""
        ...


class Rosters(Protocol):
    """Rosters with their versions, changes and cover."""

    def periods(self, ward: str) -> tuple[Period, ...]:
        """Give the periods that have any roster, newest first."""
        ...

    def latest(self, ward: str, period: Period, status: RosterStatus | None = None) -> Roster | None:
        """Give the newest version, of one status if asked."""
        ...

    def version(self, ward: str, period: Period, version: int) -> Roster:
        """Give one version of a period's roster; NotFound where there is none."""
        ...

    def at(self, ward: str, day: date) -> Roster | None:
        """Give the roster that holds on a date: the published one, else the newest draft."""
        ...

    def add_draft(self, ward: str, roster: Roster, *, by: str, at: datetime) -> Roster:
        """Store a draft under the next version number and give it back with its number."""
        ...

    def publish(
        self,
        ward: str,
        period: Period,
        version: int,
        *,
        by: str,
        at: datetime,
        frozen_until: date | None = None,
    ) -> Roster:
        """Publish a draft and supersede what was published; Conflict where it is no draft.

        `frozen_until` None leaves the draft's own freeze line.
        """
        ...

    def record_changes(self, ward: str, period: Period, version: int, changes: Iterable[CellChange]) -> None:
        """Change cells of a version and keep the record; Conflict where an old cell differs."""
        ...

    def changes(self, ward: str, period: Period, version: int) -> tuple[CellChange, ...]:
        """Give the changes of a version in order."""
        ...

    def save_cover(
        self, ward: str, period: Period, version: int, covers: Iterable[Cover], zones: Iterable[Zone]
    ) -> None:
        """Replace the cover and zones of a version."""
        ...

    def cover(self, ward: str, period: Period, version: int) -> tuple[tuple[Cover, ...], tuple[Zone, ...]]:
        """Give the cover and zones of a version."""
        ...


class Runs(Protocol):
    """Records of solve runs."""

    def add(self, ward: str, record: SolveRecord, *, at: datetime) -> None:
        """Keep the record of a run."""
        ...

    def latest(self, ward: str, purpose: str) -> SolveRecord | None:
        """Give the newest record for a purpose."""
        ...


class JobStatus(StrEnum):
    """Where a background job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Job:
    """A background job's row. `progress` is what the screens show; `result` is set when it is done."""

    code: str
    kind: str
    ward: str
    parameters: Mapping[str, object]
    status: JobStatus
    attempt: int = 0
    lease_until: datetime | None = None
    heartbeat_at: datetime | None = None
    is_cancel_asked: bool = False
    progress: Mapping[str, object] | None = None
    result: Mapping[str, object] | None = None
    error: str = ""
    created_at: datetime | None = None


class Jobs(Protocol):
    """Rows of background jobs, with lease and heartbeat."""

    def add(self, kind: str, ward: str, parameters: Mapping[str, object], *, at: datetime) -> Job:
        """Queue a job."""
        ...

    def get(self, code: str) -> Job:
        """Read a job; NotFound where there is none."""
        ...

    def latest(self, ward: str, kind: str) -> Job | None:
        """Give the newest job of a ward and kind, or None."""
        ...

    def take(self, code: str, *, worker: str, at: datetime, lease_seconds: float) -> Job | None:
        """Lease a queued job, or a running one whose lease has expired; None where it can't be taken now."""
        ...

    def beat(
        self, code: str, *, worker: str, at: datetime, lease_seconds: float, progress: Mapping[str, object]
    ) -> bool:
        """Renew the lease and write progress; give whether cancelling was asked or the lease was lost."""
        ...

    def finish(
        self,
        code: str,
        *,
        worker: str,
        at: datetime,
        status: JobStatus,
        result: Mapping[str, object],
        error: str,
    ) -> None:
        """Close the job; a worker that lost its lease changes nothing."""
        ...

    def ask_cancel(self, code: str) -> None:
        """Ask a job to stop and keep its best so far."""
        ...

    def expired(self, *, at: datetime) -> tuple[Job, ...]:
        """Give the running jobs whose lease has run out."""
        ...

    def queued(self, *, before: datetime) -> tuple[Job, ...]:
        """Give the jobs queued before a moment that nobody has taken."""
        ...


class UnitOfWork(AbstractContextManager["UnitOfWork"], Protocol):
    """One transaction: nothing is kept unless `commit` is called."""

    books: Books
    photos: Photos
    rosters: Rosters
    runs: Runs
    calls: Calls
    captured: Captured
    jobs: Jobs

    def __enter__(self) -> Self: ...

    def commit(self) -> None:
        """Keep everything done in this unit."""
        ...


UnitOfWorkFactory = Callable[[], UnitOfWork]


class Progress(Protocol):
    """Told how a long run goes; answers whether to stop and keep the best so far."""

    def __call__(self, step: str, figures: Mapping[str, object]) -> bool:
        """Report a step with its figures; True asks to stop."""
        ...
