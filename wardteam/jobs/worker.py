"""Workers: threads that take jobs from the queue, and a reaper that sends lost jobs again."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import FrameType, TracebackType
from typing import Self

from wardteam.errors import Message, NotFound, WardteamError
from wardteam.jobs.heart import Pace
from wardteam.jobs.queue import JobQueue
from wardteam.jobs.running import Work, run_job
from wardteam.services.ports import Clock, Job, Progress, UnitOfWorkFactory

log = logging.getLogger(__name__)
IDLE_SECONDS = 0.2
REST_SECONDS = 2.0


@dataclass(frozen=True)
class Workshop:
    """Everything a worker needs; `handlers` by the kind of job are filled in by bootstrap."""

    units: UnitOfWorkFactory
    queue: JobQueue
    handlers: Mapping[str, Work]
    clock: Clock
    pace: Pace = Pace()

    def submit(self, kind: str, ward: str, parameters: Mapping[str, object]) -> Job:
        """Write a job's row, then send its code."""
        with self.units() as unit:
            job = unit.jobs.add(kind, ward, parameters, at=self.clock())
            unit.commit()
        self.queue.put(job.code)
        return job

    def cancel(self, code: str) -> None:
        """Ask a job to stop and keep its best so far."""
        with self.units() as unit:
            unit.jobs.ask_cancel(code)
            unit.commit()

    def send_lost_jobs(self) -> tuple[str, ...]:
        """Send jobs again whose worker died, or whose message was lost; give their codes."""
        if not self.queue.is_empty():
            return ()  # the workers are behind, and a code that waits may be one of these
        now = self.clock()
        patience = timedelta(seconds=2 * self.pace.lease_seconds)
        with self.units() as unit:
            lost = unit.jobs.expired(at=now) + unit.jobs.queued(before=now - patience)
        for job in lost:
            self.queue.put(job.code)
        return tuple(job.code for job in lost)


class LocalWorker:
    """One worker in threads of this process; leaving its block ends it, keeping the best so far."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
        self._halt = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, name="wardteam-worker", daemon=True),
            threading.Thread(target=self._reap, name="wardteam-reaper", daemon=True),
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the running job with its best so far, and take no other."""
        self._halt.set()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while not self._halt.is_set():
            try:
                was_busy = self._workshop.queue.work_off(self._deliver)
            except Exception:
                log.warning("the job queue can't be read", exc_info=True)
                was_busy = False
            if not was_busy:
                self._halt.wait(IDLE_SECONDS)
        self._workshop.queue.close()

    def _reap(self) -> None:
        while True:
            try:
                self._workshop.send_lost_jobs()
            except WardteamError:
                log.warning("lost jobs can't be looked for", exc_info=True)
            if self._halt.wait(self._workshop.pace.lease_seconds / 3):
                return

    def _deliver(self, code: str) -> float | None:
        shop = self._workshop
        try:
            delivery = run_job(
                shop.units, code, self._name, self._handle, clock=shop.clock, pace=shop.pace, halt=self._halt
            )
        except NotFound:
            log.warning("job %s is not in this database", code)
            return None
        return delivery.wait_seconds

    def _handle(self, job: Job, progress: Progress) -> Mapping[str, object]:
        handler = self._workshop.handlers.get(job.kind)
        if handler is None:
            raise WardteamError(Message("Nobody here knows jobs of the kind {kind}.", kind=job.kind))
        return handler(job, progress)


def work_until_told(workshop: Workshop) -> None:
    """Work in this process until SIGINT or SIGTERM; for a worker of its own beside Redis or PostgreSQL."""
    told = threading.Event()

    def tell(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    before = {number: signal.signal(number, tell) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with LocalWorker(workshop):
            told.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
