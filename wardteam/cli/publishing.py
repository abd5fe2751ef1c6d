"""Publishing a draft from the command line: its shortage is shown and must be confirmed by name."""

from __future__ import annotations

import click

from wardteam.bootstrap.wiring import Installation
from wardteam.cli.outcome import stored_report
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.errors import Conflict, Message


def publish_newest(
    session: Session,
    installation: Installation,
    ward: str,
    period: Period,
    version: int,
    *,
    is_confirmed: bool,
    is_quiet: bool = False,
) -> None:
    """Publish a version; a shortage is named, and asked about where somebody can be asked."""
    from wardteam.services.roster_cases import draft_to_publish, publish

    draft_to_publish(installation.units, ward, period, version)
    if not is_quiet:
        is_confirmed = _is_confirmed(session, installation, ward, period, is_confirmed=is_confirmed)
    roster = publish(
        installation.units,
        ward,
        period,
        version,
        by=session.user,
        clock=installation.clock,
        confirmed_shortages=is_confirmed,
    )
    if not is_quiet:
        session.screen.good("Version {version} is published.", version=roster.version)


def _is_confirmed(
    session: Session, installation: Installation, ward: str, period: Period, *, is_confirmed: bool
) -> bool:
    """Name what stands against publishing; a shortage may be confirmed here."""
    report = stored_report(installation, ward, period)
    if report.hard:
        session.screen.list(report.hard, most=len(report.hard))
        raise Conflict(
            Message("The roster breaks {count} hard rules; it can't be published.", count=len(report.hard))
        )
    if not report.shortages:
        return is_confirmed
    count = len(report.shortages)
    session.screen.warn("Short of staff: {count} places", count=count)
    session.screen.list(report.shortages, most=count)
    if is_confirmed or (
        session.is_interactive() and click.confirm(session.say("Publish the roster with this shortage?"))
    ):
        return True
    text = "The roster is short of staff in {count} places; --confirm-shortage publishes it all the same."
    raise Conflict(Message(text, count=count))
