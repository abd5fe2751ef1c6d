"""`wardteam roster`: makes a period's roster as a job, shows its best so far, and may publish it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.errors import Message, WardteamError
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.bootstrap.wiring import Installation
    from wardteam.services.ports import Job

SECONDS = 60.0
TEXT = Message(
    "Make the roster of a period: 7 to 42 days, all rules of the ward, shortage first, then fairness, "
    "wishes and quality. It runs as a job; Ctrl-C ends it and keeps the best so far as a draft. Locked "
    "cells of the last draft stay."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [
        options.period(say),
        click.Option(
            ["--seconds"],
            type=click.FloatRange(min=1),
            default=SECONDS,
            show_default=True,
            help=say("Time for the search."),
        ),
        click.Option(["--workers"], type=click.IntRange(1, 64), help=say("Threads of the search.")),
        options.seed(say),
        click.Option(["--unlock"], is_flag=True, help=say("Unlock the locked cells that break a hard rule.")),
        click.Option(["--publish"], is_flag=True, help=say("Publish the roster if it may be.")),
        click.Option(
            ["--confirm-shortage"], is_flag=True, help=say("Publish it with the shortage that is shown.")
        ),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("roster", say, TEXT, run, params)


def run(
    session: Session,
    *,
    period: Period | None,
    seconds: float,
    workers: int | None,
    seed: int,
    unlock: bool,
    publish: bool,
    confirm_shortage: bool,
    ward: str | None,
    as_json: bool,
) -> None:
    """Run the job, show what came out, and publish it if that was asked."""
    from wardteam.cli.job_view import run_roster_job
    from wardteam.cli.publishing import publish_newest

    with session.open() as installation:
        book = session.book(installation, ward)
        span, code = session.period(book, period), book.ward.code
        job = run_roster_job(
            installation,
            session.screen,
            code,
            span,
            seconds=seconds,
            seed=seed,
            workers=workers or session.config.workers,
            unlock=unlock,
            by=session.user,
            is_quiet=as_json,
        )
        version = _version(session, installation, code, job, is_shown=not as_json)
        _show(session, installation, code, span, version, as_json=as_json)
        if publish:
            publish_newest(
                session, installation, code, span, version, is_confirmed=confirm_shortage, is_quiet=as_json
            )


def _version(session: Session, installation: Installation, ward: str, job: Job, *, is_shown: bool) -> int:
    """Give the stored version; where there is none, show how the solve ended before the reason is raised."""
    from wardteam.cli.outcome import drafted_version, kept_record, show_ways

    try:
        return drafted_version(job)
    except WardteamError:
        record = kept_record(installation, ward, "roster")
        if is_shown and record is not None and (job.result or {}).get("status"):
            session.screen.record(record)
        if is_shown:
            show_ways(session.screen, job)
        if is_shown and (job.result or {}).get("clash"):
            session.screen.line("`wardteam conflicts` says more; on the pages it stands beside the roster.")
        raise


def _show(
    session: Session, installation: Installation, ward: str, period: Period, version: int, *, as_json: bool
) -> None:
    from wardteam.cli.outcome import kept_record, show_outcome, show_soft, stored_report

    record = kept_record(installation, ward, "roster")
    report = stored_report(installation, ward, period)
    if as_json:
        session.screen.json({"version": version, "record": record, "report": report})
        return
    show_outcome(session.screen, record, report)
    show_soft(session.screen, report)
    session.screen.good("Stored as draft, version {version}.", version=version)
