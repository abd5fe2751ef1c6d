"""`wardteam notice`: what changed since a roster was published, and for whom; to be printed and signed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.errors import BadInput, Finding, Message, Named
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.domain.documents import SheetCell
    from wardteam.domain.notices import ChangeNotice

TEXT = Message(
    "Say what changed since a roster was published, and for whom: one line for each nurse and date. With "
    "--out it is written as PDF, with a column to sign. It is a notice to post: kinds of leave and reasons "
    "don't appear on it."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    since = "From this date on, or compared with this version; since publishing by default."
    internal = "For the head nurse alone: with kinds of leave and reasons."
    params = [
        options.period(say),
        click.Option(["--since"], metavar=say("DATE|VERSION"), help=say(since)),
        click.Option(
            ["--internal"],
            is_flag=True,
            help=say(internal),
        ),
        options.out(say, Message("Write it into this PDF file.")),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("notice", say, TEXT, run, params)


def run(
    session: Session,
    *,
    period: Period | None,
    since: str | None,
    internal: bool,
    out: Path | None,
    ward: str | None,
    as_json: bool,
) -> None:
    """Lay the notice out, show it, and write it if that was asked."""
    from wardteam.cli.writing import write_file
    from wardteam.services.change_notice import change_notice, notice_pdf

    moment = _since(since)
    if out is not None and out.suffix.lower() != ".pdf":
        problem = Message("A file name that ends in .pdf was expected.")
        raise BadInput((Finding("--out", problem, value=str(out)),))
    with session.open() as installation:
        book = session.book(installation, ward)
        span = session.period(book, period)
        units, code, now = installation.units, book.ward.code, installation.clock()
        notice = change_notice(units, code, span, since=moment, posted=not internal, now=now)
    if out is not None:
        write_file(out, notice_pdf(notice, session.language))
    if as_json:
        session.screen.json({"notice": notice})
        return
    _show(session, notice)
    if out is not None:
        session.screen.good("Written: {file}", file=str(out))


def _since(given: str | None) -> date | int | None:
    if given is None:
        return None
    if given.isdecimal():
        return int(given)
    try:
        return date.fromisoformat(given)
    except ValueError as wrong:
        problem = Message("A date such as 2026-12-01, or the number of a version, was expected.")
        raise BadInput((Finding("--since", problem, value=given),)) from wrong


def _show(session: Session, notice: ChangeNotice) -> None:
    if not notice.nurses:
        session.screen.good("Nothing has changed.")
        return
    headings = ("Name", "Date", "Old shift", "New shift", "Decided", "Reason")
    rows = [
        (
            Named(*nurse.name),
            day.day,
            _shown(day.old),
            _shown(day.new),
            "" if day.decided_at is None else f"{day.decided_at:%Y-%m-%d %H:%M}",
            day.reason,
        )
        for nurse in notice.nurses
        for day in nurse.days
    ]
    posted = notice.is_posted
    session.screen.table(headings[: 5 if posted else 6], [row[: 5 if posted else 6] for row in rows])


def _shown(cell: SheetCell | None) -> Named | Message:
    """Give the symbol, and the team that she helps where the symbol alone would tell of no change."""
    if cell is None:
        return Named("–")
    symbol = Named(*cell.symbol)
    if not any(cell.helps):
        return symbol
    return Message("{shift}, helps {team}", shift=symbol, team=Named(*cell.helps))
