"""Runs one job: takes its lease, works while the heart beats, and closes it with what came out."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wardteam.errors import BadInput, Message, Stopped, WardteamError
from wardteam.jobs.heart import Heart, Pace
from wardteam.jobs.plain import plain
from wardteam.services.ports import Clock, Job, JobStatus, Progress, UnitOfWorkFactory

log = logging.getLogger(__name__)

Work = Callable[[Job, Progress], Mapping[str, object]]
"""Does a job's work; told to stop, it gives its best so far."""

MOST_ATTEMPTS = 3
CLOSED = (JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED)
UNEXPECTED = Message("The job ended with an unexpected error; the log has the details.")
GIVEN_UP = Message("The job's worker was lost {count} times; the job was given up.", count=MOST_ATTEMPTS)


@dataclass(frozen=True)
class Delivery:
    """How the delivery of a job ended; `wait_seconds` is set where another worker still holds it."""

    job: Job
    wait_seconds: float | None = None


@dataclass(frozen=True)
class _Outcome:
    status: JobStatus
    result: Mapping[str, object]
    error: Message | None = None


def run_job(
    units: UnitOfWorkFactory,
    code: str,
    worker: str,
    work: Work,
    *,
    clock: Clock,
    pace: Pace | None = None,
    halt: threading.Event | None = None,
) -> Delivery:
    """Run a job if it can be taken now; `halt` ends it early, keeping the best so far.

    A job that another living worker holds isn't skipped: the delivery says how long to wait.
    """
    pace = pace or Pace()
    with units() as unit:
        job = unit.jobs.take(code, worker=worker, at=clock(), lease_seconds=pace.lease_seconds)
        unit.commit()
    if job is None:
        return _not_taken(units, code, clock=clock)
    heart = Heart(units, job, worker=worker, clock=clock, pace=pace, halt=halt)
    with heart:
        outcome = _outcome(job, heart, work)
    _close(units, job, worker, outcome, heart, clock=clock)
    with units() as unit:
        return Delivery(unit.jobs.get(code))


def _not_taken(units: UnitOfWorkFactory, code: str, *, clock: Clock) -> Delivery:
    with units() as unit:
        job = unit.jobs.get(code)
    if job.status in CLOSED or job.lease_until is None:
        return Delivery(job)
    return Delivery(job, max((job.lease_until - clock()).total_seconds(), 0.0))


def _outcome(job: Job, heart: Heart, work: Work) -> _Outcome:
    if job.attempt > MOST_ATTEMPTS:
        return _Outcome(JobStatus.FAILED, {}, GIVEN_UP)
    if job.is_cancel_asked:
        return _Outcome(JobStatus.CANCELLED, {})
    try:
        result = work(job, heart)
    except Stopped as stopped:
        return _Outcome(JobStatus.CANCELLED, {}, stopped.message)
    except BadInput as bad:
        findings = [plain(vars(finding)) for finding in bad.findings]
        return _Outcome(JobStatus.FAILED, {"findings": findings}, bad.message)
    except WardteamError as error:
        return _Outcome(JobStatus.FAILED, {}, error.message)
    except Exception:
        log.exception("job %s (%s) failed", job.code, job.kind)
        return _Outcome(JobStatus.FAILED, {}, UNEXPECTED)
    return _Outcome(JobStatus.CANCELLED if heart.stop.is_set() else JobStatus.DONE, result)


def _close(
    units: UnitOfWorkFactory, job: Job, worker: str, outcome: _Outcome, heart: Heart, *, clock: Clock
) -> None:
    result = {key: plain(value) for key, value in outcome.result.items()}
    if outcome.error is not None:
        result["error"] = plain(outcome.error)
    heart.last_beat()
    with units() as unit:
        unit.jobs.finish(
            job.code,
            worker=worker,
            at=clock(),
            status=outcome.status,
            result=result,
            error="" if outcome.error is None else str(outcome.error),
        )
        unit.commit()
