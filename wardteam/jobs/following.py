"""Follows a job for somebody who waits for it; Ctrl-C asks it to stop and keeps the best so far."""

from __future__ import annotations

import time
from collections.abc import Callable

from wardteam.jobs.running import CLOSED
from wardteam.jobs.worker import Workshop
from wardteam.services.ports import Job

Tell = Callable[[Job], None]
"""Is told of a job whenever its status or progress has changed."""


def follow_job(workshop: Workshop, code: str, tell: Tell, *, poll_seconds: float = 0.2) -> Job:
    """Wait until a job is closed, and tell of every change; a second Ctrl-C stops waiting."""
    try:
        return _follow(workshop, code, tell, poll_seconds)
    except KeyboardInterrupt:
        workshop.cancel(code)
        return _follow(workshop, code, tell, poll_seconds)


def _follow(workshop: Workshop, code: str, tell: Tell, poll_seconds: float) -> Job:
    told: tuple[object, object] | None = None
    while True:
        with workshop.units() as unit:
            job = unit.jobs.get(code)
        if told != (job.status, job.progress):
            told = (job.status, job.progress)
            tell(job)
        if job.status in CLOSED:
            return job
        time.sleep(poll_seconds)
