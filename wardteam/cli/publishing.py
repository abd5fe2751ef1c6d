"""Publishing a draft from the command line: its shortage is shown and must be confirmed by name."""

from __future__ import annotations

import click

from wardteam.bootstrap.wiring import Installation
from wardteam.cli.outcome import stored_report
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period


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
    from wardteam.services.roster_cases import publish

    if not is_confirmed and not is_quiet and session.is_interactive():
        is_confirmed = _is_confirmed(session, installation, ward, period)
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


def _is_confirmed(session: Session, installation: Installation, ward: str, period: Period) -> bool:
    report = stored_report(installation, ward, period)
    if report.hard or not report.shortages:
        return False
    session.screen.warn("Short of staff: {count} places", count=len(report.shortages))
    session.screen.list(report.shortages, most=len(report.shortages))
    return click.confirm(session.say("Publish the roster with this shortage?"))
