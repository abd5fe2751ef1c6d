"""A roster job on the screen: it runs in this process, shows its best so far, and Ctrl-C keeps that."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING

from wardteam.bootstrap.job_handlers import ROSTER, roster_parameters
from wardteam.bootstrap.wiring import Installation, open_workshop
from wardteam.cli.screen import Screen
from wardteam.domain.calendar import Period
from wardteam.errors import Message
from wardteam.services.ports import Job

if TYPE_CHECKING:
    from rich.live import Live
    from rich.text import Text

STAGES = ("shortage", "fairness", "wishes", "quality")
LINE_EVERY_SECONDS = 10
"""Where there is no terminal, a line of progress comes no oftener than this."""


def run_roster_job(
    installation: Installation,
    screen: Screen,
    ward: str,
    period: Period,
    *,
    seconds: float,
    seed: int,
    workers: int,
    unlock: bool = False,
    by: str,
    is_quiet: bool = False,
) -> Job:
    """Queue a roster job, work on it, and follow it to its end; the first Ctrl-C keeps the best so far."""
    from wardteam.jobs.following import follow_job
    from wardteam.jobs.worker import LocalWorker

    given = roster_parameters(period, seconds=seconds, seed=seed, workers=workers, by=by, unlock=unlock)
    with open_workshop(installation) as workshop, LocalWorker(workshop), ExitStack() as stack:
        job = workshop.submit(ROSTER, ward, given)
        if is_quiet:
            return follow_job(workshop, job.code, lambda _: None)
        view = JobView(screen, seconds)
        stack.enter_context(view)
        return follow_job(workshop, job.code, view.tell)


class JobView:
    """The live line on a terminal; elsewhere a line of the best so far, but not too often."""

    def __init__(
        self, screen: Screen, seconds: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._screen = screen
        self._seconds = seconds
        self._clock = clock
        self._started = clock()
        self._told_at: float | None = None
        self._figures: Mapping[str, object] = {}
        self._live: Live | None = None

    def __enter__(self) -> JobView:
        if self._screen.console.is_terminal:
            from rich.live import Live

            self._live = Live(
                get_renderable=self._line,
                console=self._screen.console,
                refresh_per_second=4,
                transient=True,
            )
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()

    def tell(self, job: Job) -> None:
        """Take the job's newest progress."""
        figures = (job.progress or {}).get("figures")
        if not isinstance(figures, Mapping) or not figures or figures == self._figures:
            return
        self._figures = figures
        now = self._clock()
        if self._live is None and (self._told_at is None or now - self._told_at >= LINE_EVERY_SECONDS):
            self._told_at = now
            text = "  after {seconds} s, points against the roster (fewer is better): {costs}"
            self._screen.line(text, seconds=figures.get("seconds", 0), costs=self._costs())

    def _costs(self) -> tuple[Message, ...]:
        return tuple(
            Message("{stage} {cost}", stage=Message(stage), cost=self._figures[stage])
            for stage in STAGES
            if stage in self._figures
        )

    def _line(self) -> Text:
        from rich.text import Text

        elapsed = f"{self._clock() - self._started:.0f}"
        if not self._figures:
            text = "{elapsed} of {seconds} s: looking for the first valid roster"
            return Text(self._screen.say(text, elapsed=elapsed, seconds=f"{self._seconds:g}"), style="cyan")
        text = "{elapsed} of {seconds} s, best so far: {costs} (Ctrl-C keeps it)"
        fields = {"elapsed": elapsed, "seconds": f"{self._seconds:g}", "costs": self._costs()}
        return Text(self._screen.say(text, **fields), style="cyan")
