"""`wardteam check`: a roster sheet, edited or not, against the ward's rules; violations in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.domain.roster import Roster
    from wardteam.services.roster_report import RosterReport

TEXT = Message(
    "Check a roster sheet that this program wrote, edited since or not, against the ward's rules, and "
    "say each violation in words. The exit code is 1 where a hard rule is broken."
)
BROKEN = 1


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [options.file_to_read(say), options.ward(say), options.as_json(say)]
    return options.command("check", say, TEXT, run, params)


def run(session: Session, *, file: Path, ward: str | None, as_json: bool) -> int:
    """Check it."""
    from wardteam.cli.outcome import show_outcome, show_soft
    from wardteam.exchange.roster_back import read_roster_xlsx
    from wardteam.services.roster_report import check_cells

    with session.open() as installation:
        book = session.book(installation, ward)
    found = read_roster_xlsx(
        file.read_bytes(), file.name, nurses=book.nurses, shifts=book.shifts, leaves=book.leaves
    )
    report = check_cells(book, found.roster.period, found.roster.cells)
    if as_json:
        session.screen.json(_answer(found.roster, report))
    else:
        show_outcome(session.screen, None, report)
        show_soft(session.screen, report)
        _verdict(session, report)
    return BROKEN if report.hard else 0


def _verdict(session: Session, report: RosterReport) -> None:
    if report.hard:
        session.screen.warn("Hard rules are broken; this roster can't be published.")
    else:
        session.screen.good("Every hard rule is kept.")


def _answer(roster: Roster, report: RosterReport) -> dict[str, object]:
    return {
        "first": roster.period.first,
        "last": roster.period.last,
        "is_valid": report.is_valid,
        "report": report,
    }
