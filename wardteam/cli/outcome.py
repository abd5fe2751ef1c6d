"""A roster's outcome in words: how the solve went, shortage by name, what was granted, why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from wardteam.bootstrap.wiring import Installation
from wardteam.cli.screen import MOST_LINES, Screen
from wardteam.domain.calendar import Period
from wardteam.domain.roster import SolveRecord
from wardteam.errors import BadInput, Finding, Message, Stopped, WardteamError
from wardteam.services.ports import Job, JobStatus

if TYPE_CHECKING:
    from wardteam.services.roster_report import RosterReport

FIGURES: dict[str, Message] = {
    "nights_spread": Message("Most less fewest nights among those who may work nights"),
    "wishes_granted_percent": Message("Wishes granted, by points (%)"),
    "wishes_bound_percent": Message("The most that is possible, proven (%)"),
    "continuity_percent": Message("Owners' duties on which they hold their own beds (%)"),
    "shortage_nurses": Message("Nurses missing below the minimum"),
}


class NoRoster(WardteamError):
    """No roster exists under the hard rules, or none was found in time."""


def drafted_version(job: Job) -> int:
    """Give the version that a job stored; say why there is none.

    Raises
    ------
    WardteamError
        As the job failed, was stopped before its first roster, or proved that there is none.
    """
    from wardteam.jobs.plain import message_from

    result = job.result or {}
    version = result.get("version")
    if isinstance(version, int):
        return version
    findings = result.get("findings")
    if isinstance(findings, Sequence) and findings:
        raise BadInput(tuple(_finding(found) for found in findings))
    if result.get("error"):
        raise WardteamError(message_from(result["error"]))
    if job.status is JobStatus.CANCELLED:
        raise Stopped(Message("Stopped before the first roster was found; nothing was stored."))
    if result.get("clash"):
        raise NoRoster(message_from(result["clash"]))
    raise NoRoster(Message("No roster was found in this time, and none was proven impossible."))


def _finding(found: Mapping[str, object]) -> Finding:
    from wardteam.jobs.plain import message_from

    row = found.get("row")
    texts = {key: str(found.get(key) or "") for key in ("sheet", "column", "value")}
    problem = message_from(found.get("problem"))
    return Finding(str(found.get("file") or ""), problem, row=row if isinstance(row, int) else None, **texts)


def show_ways(screen: Screen, job: Job) -> None:
    """Say the ways out of a clash with their price."""
    from wardteam.jobs.plain import message_from

    ways = (job.result or {}).get("ways")
    if not isinstance(ways, Sequence) or not ways:
        return
    screen.line("Ways out, the cheapest first:")
    texts = {
        True: "{way} Price: {points} points.",
        False: "{way} Price: {points} points; another clash remains then.",
    }
    screen.list(
        [Message(texts[bool(w["is_enough"])], way=message_from(w["text"]), points=w["points"]) for w in ways]
    )


def show_outcome(
    screen: Screen, record: SolveRecord | None, report: RosterReport, *, most: int = MOST_LINES
) -> None:
    """Say how the solve went and what the roster is worth."""
    if record is not None:
        screen.record(record)
    figures = {**(record.figures if record else {}), **report.figures}
    rows = [
        (title, f"{figures[key]:.1f}".removesuffix(".0")) for key, title in FIGURES.items() if key in figures
    ]
    screen.table(("Figure", "Value"), rows, right=(1,))
    if report.hard:
        screen.warn("Hard rules broken: {count}", count=len(report.hard))
        screen.list(report.hard)
    if report.shortages:
        screen.warn("Short of staff: {count} places", count=len(report.shortages))
        screen.list(report.shortages, most=most)
    else:
        screen.good("Every shift has its minimum of nurses.")


def show_soft(screen: Screen, report: RosterReport) -> None:
    """Say what the soft rules cost, with an example of each."""
    headings = ("Rule", "Times", "Cost", "For example")
    rows = [(r.title, r.count, r.cost, r.examples[0] if r.examples else "") for r in report.soft]
    if rows:
        screen.table(headings, rows, right=(1, 2))
    if report.warnings:
        screen.line("Worth a look: {count}", count=len(report.warnings))
        screen.list(report.warnings, most=10)


def kept_record(installation: Installation, ward: str, purpose: str) -> SolveRecord | None:
    """Give the newest record of a purpose."""
    with installation.units() as unit:
        return unit.runs.latest(ward, purpose)


def stored_report(installation: Installation, ward: str, period: Period) -> RosterReport:
    """Check the newest version of a period."""
    from wardteam.services.roster_cases import check_stored

    return check_stored(installation.units, ward, period)
