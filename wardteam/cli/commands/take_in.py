"""`wardteam import`: the ward's workbook, or an ordinary roster as history; shown before it is applied."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.errors import BadInput, Conflict, Finding, Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.bootstrap.wiring import Installation
    from wardteam.services.book import Imported

TEXT = Message(
    "Read the ward's workbook, show what it would change, and apply it when you agree. With --history, "
    "read an ordinary Excel or WPS roster (.xlsx or .xls) as history instead. Nothing is changed unless "
    "the whole file is good."
)
Nights = Literal["evening", "morning"]


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    nights = "How a roster books nights: under the date of the evening, or of the morning they end on."
    params = [
        options.file_to_read(say),
        click.Option(["--history"], is_flag=True, help=say("The file is an ordinary roster of the past.")),
        click.Option(["--nights"], type=click.Choice(("evening", "morning")), help=say(nights)),
        options.ward(say),
        options.yes(say),
        options.as_json(say),
    ]
    return options.command("import", say, TEXT, run, params)


def run(
    session: Session,
    *,
    file: Path,
    history: bool,
    nights: Nights | None,
    ward: str | None,
    yes: bool,
    as_json: bool,
) -> int:
    """Show the changes, ask, and apply them; where nobody agreed, that is no success."""
    booked = _nights(session, nights) if history else None
    with session.open(is_new=True) as installation:
        reading = _Reading(session, installation, file, ward, booked)
        found = reading.read(None)
        if not as_json:
            _show(session, found)
        if found.changes and (yes or _is_agreed(session)):
            found = reading.read(found)
    if as_json:
        session.screen.json(_answer(found))
    elif found.revision is not None:
        session.screen.good("Applied.")
    if found.revision is not None or not found.changes:
        return 0
    if session.is_interactive():
        session.screen.warn("Nothing was changed.")
    else:
        click.echo(session.say("Nothing was changed; --yes applies the changes."), err=True)
    return Conflict.exit_code


class _Reading:
    """One file, read once to be shown and once more to be applied."""

    def __init__(
        self,
        session: Session,
        installation: Installation,
        file: Path,
        ward: str | None,
        nights: Nights | None,
    ) -> None:
        self._session = session
        self._installation = installation
        self._file = file
        self._data = file.read_bytes()
        self._ward = ward
        self._nights = nights

    def read(self, confirmed: Imported | None) -> Imported:
        """Compare the file with the ward; with what was confirmed, apply it."""
        from wardteam.services.book import import_book, import_history
        from wardteam_reports.fonts import glyphs

        units, clock, by = self._installation.units, self._installation.clock, self._session.user
        is_applied = confirmed is not None
        if self._nights is None:
            return import_book(
                units,
                self._data,
                self._file.name,
                by=by,
                clock=clock,
                apply=is_applied,
                glyphs=glyphs(),
                confirmed=confirmed,
            )
        return import_history(
            units,
            self._data,
            self._file.name,
            ward=self._session.ward(self._installation, self._ward),
            nights_booked_on=self._nights,
            by=by,
            clock=clock,
            apply=is_applied,
            confirmed=confirmed,
        )


def _nights(session: Session, given: Nights | None) -> Nights:
    """Ask how nights are booked; where nobody can be asked, it must be said."""
    if given is not None:
        return given
    if not session.is_interactive():
        problem = Message("Say how the roster books nights: --nights evening or --nights morning.")
        raise BadInput((Finding("--nights", problem),))
    question = (
        "Under which date does the roster book a night: that of its evening, or of the morning it ends on?"
    )
    answer = click.prompt(session.say(question), type=click.Choice(("evening", "morning")))
    return "morning" if answer == "morning" else "evening"


def _is_agreed(session: Session) -> bool:
    return session.is_interactive() and click.confirm(session.say("Apply these changes?"))


def _show(session: Session, found: Imported) -> None:
    screen = session.screen
    if found.warnings:
        screen.warn("Worth a look: {count}", count=len(found.warnings))
        screen.findings(found.warnings)
    if found.changes:
        screen.line("What changes:")
        screen.list(found.changes, most=60)
    else:
        screen.line("The file changes nothing.")


def _answer(found: Imported) -> dict[str, object]:
    return {
        "ward": found.book.ward.code,
        "changes": found.changes,
        "warnings": found.warnings,
        "is_applied": found.revision is not None,
        "revision": found.revision,
    }
