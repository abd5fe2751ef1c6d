"""A running job's heart: a side thread that renews the lease, writes progress and hears of cancelling."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from wardteam.errors import WardteamError
from wardteam.jobs.plain import plain
from wardteam.services.ports import Clock, Job, UnitOfWorkFactory

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """How long a lease lasts, how often it is renewed, and how often cancelling is looked for."""

    lease_seconds: float = 30.0
    beat_seconds: float = 5.0
    poll_seconds: float = 0.2


class Heart:
    """Beats for one job while its work runs; it is the work's `Progress`.

    `stop` is set when the work should end with its best so far: cancelling was asked, the worker
    shuts down (`halt`), or the lease was lost.
    """

    def __init__(
        self,
        units: UnitOfWorkFactory,
        job: Job,
        *,
        worker: str,
        clock: Clock,
        pace: Pace,
        halt: threading.Event | None = None,
    ) -> None:
        self.stop = threading.Event()
        self._units, self._job, self._worker = units, job, worker
        self._clock, self._pace, self._halt = clock, pace, halt or threading.Event()
        self._progress: Mapping[str, object] = job.progress or {}
        self._written = self._progress
        self._beaten_at = clock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"heart-{job.code}", daemon=True)

    def __call__(self, step: str, figures: Mapping[str, object]) -> bool:
        """Note how far the work is, and say whether it should stop; cheap enough for any loop."""
        self._progress = {"step": step, "figures": plain(figures)}
        return self.stop.is_set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def last_beat(self) -> None:
        """Write the last progress, if it isn't written yet."""
        if self._progress != self._written:
            self._beat()

    def _run(self) -> None:
        while not self._ended.wait(self._pace.poll_seconds):
            try:
                is_to_stop = self._halt.is_set() or self._look()
            except WardteamError:
                # A busy or restarting database; the lease outlasts several such moments.
                log.warning("job %s: the heartbeat was missed", self._job.code, exc_info=True)
                continue
            if is_to_stop:
                self.stop.set()

    def _look(self) -> bool:
        waited = (self._clock() - self._beaten_at).total_seconds()
        if waited >= self._pace.beat_seconds or self._progress != self._written:
            return self._beat()
        with self._units() as unit:
            return unit.jobs.get(self._job.code).is_cancel_asked

    def _beat(self) -> bool:
        progress, now = self._progress, self._clock()
        with self._units() as unit:
            is_to_stop = unit.jobs.beat(
                self._job.code,
                worker=self._worker,
                at=now,
                lease_seconds=self._pace.lease_seconds,
                progress=progress,
            )
            unit.commit()
        self._written, self._beaten_at = progress, now
        return is_to_stop
