"""Keeps the rows of background jobs; each step is one guarded UPDATE, so no two workers share a job."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from wardteam.errors import Message, NotFound
from wardteam.services.ports import Job, JobStatus
from wardteam.storage.record_tables import jobs
from wardteam.storage.shelves import Row

FIELDS = (
    "code",
    "kind",
    "ward",
    "parameters",
    "status",
    "attempt",
    "lease_until",
    "heartbeat_at",
    "is_cancel_asked",
    "progress",
    "result",
    "error",
    "created_at",
)


class SqlJobs:
    """The jobs of all wards."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, kind: str, ward: str, parameters: Mapping[str, object], *, at: datetime) -> Job:
        """Queue a job."""
        row: Row = {"code": secrets.token_hex(8), "kind": kind, "ward": ward, "parameters": parameters}
        row |= {"status": JobStatus.QUEUED, "attempt": 0, "worker": "", "is_cancel_asked": False}
        self._connection.execute(sa.insert(jobs), {**row, "error": "", "created_at": at})
        return self.get(row["code"])

    def get(self, code: str) -> Job:
        """Read a job; NotFound where there is none."""
        found = self._jobs(jobs.c.code == code)
        if not found:
            raise NotFound(Message("There is no job {code}.", code=code))
        return found[0]

    def latest(self, ward: str, kind: str) -> Job | None:
        """Give the newest job of a ward and kind, or None."""
        found = self._jobs((jobs.c.ward == ward) & (jobs.c.kind == kind))
        return found[-1] if found else None

    def take(self, code: str, *, worker: str, at: datetime, lease_seconds: float) -> Job | None:
        """Lease a queued job, or a running one whose lease has expired; None where it can't be taken now."""
        is_lost = (jobs.c.status == JobStatus.RUNNING) & (jobs.c.lease_until < at)
        done = self._change(
            (jobs.c.code == code) & ((jobs.c.status == JobStatus.QUEUED) | is_lost),
            status=JobStatus.RUNNING,
            worker=worker,
            attempt=jobs.c.attempt + 1,
            lease_until=at + timedelta(seconds=lease_seconds),
            heartbeat_at=at,
        )
        return self.get(code) if done else None

    def beat(
        self, code: str, *, worker: str, at: datetime, lease_seconds: float, progress: Mapping[str, object]
    ) -> bool:
        """Renew the lease and write progress; give whether cancelling was asked or the lease was lost."""
        lease = at + timedelta(seconds=lease_seconds)
        is_ours = self._change(
            _is_held(code, worker), lease_until=lease, heartbeat_at=at, progress=dict(progress)
        )
        return not is_ours or self.get(code).is_cancel_asked

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
        values = {"status": status, "result": dict(result), "error": error}
        self._change(_is_held(code, worker), lease_until=None, closed_at=at, **values)

    def ask_cancel(self, code: str) -> None:
        """Ask a job to stop and keep its best so far; one that nobody has begun is closed at once."""
        job = self.get(code)
        self._change((jobs.c.code == job.code), is_cancel_asked=True)
        is_waiting = (jobs.c.code == job.code) & (jobs.c.status == JobStatus.QUEUED)
        self._change(is_waiting, status=JobStatus.CANCELLED, result={})

    def expired(self, *, at: datetime) -> tuple[Job, ...]:
        """Give the running jobs whose lease has run out."""
        return self._jobs((jobs.c.status == JobStatus.RUNNING) & (jobs.c.lease_until < at))

    def queued(self, *, before: datetime) -> tuple[Job, ...]:
        """Give the jobs queued before a moment that nobody has taken."""
        return self._jobs((jobs.c.status == JobStatus.QUEUED) & (jobs.c.created_at < before))

    def _jobs(self, condition: sa.ColumnElement[bool]) -> tuple[Job, ...]:
        chosen = sa.select(*(jobs.c[name] for name in FIELDS)).where(condition)
        rows = self._connection.execute(chosen.order_by(jobs.c.created_at, jobs.c.code)).mappings()
        return tuple(Job(**row) for row in rows)

    def _change(self, condition: sa.ColumnElement[bool], **values: object) -> bool:
        return bool(self._connection.execute(sa.update(jobs).where(condition).values(**values)).rowcount)


def _is_held(code: str, worker: str) -> sa.ColumnElement[bool]:
    return (jobs.c.code == code) & (jobs.c.status == JobStatus.RUNNING) & (jobs.c.worker == worker)
