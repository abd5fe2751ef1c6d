"""`wardteam publish`: publishes the newest draft of a period."""

from __future__ import annotations

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.errors import Message
from wardteam.i18n import Translator

TEXT = Message(
    "Publish the newest draft of a period. A roster that breaks a hard rule is never published; one "
    "that is short of staff only after a confirmation."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [
        options.period(say),
        click.Option(["--version"], type=int, help=say("Version of the draft; the newest by default.")),
        click.Option(
            ["--confirm-shortage"], is_flag=True, help=say("Publish it with the shortage that is shown.")
        ),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("publish", say, TEXT, run, params)


def run(
    session: Session,
    *,
    period: Period | None,
    version: int | None,
    confirm_shortage: bool,
    ward: str | None,
    as_json: bool,
) -> None:
    """Publish it."""
    from wardteam.cli.publishing import publish_newest
    from wardteam.services.roster_cases import stored_roster

    with session.open() as installation:
        book = session.book(installation, ward)
        span, code = session.period(book, period), book.ward.code
        chosen = version or stored_roster(installation.units, code, span).version
        publish_newest(
            session, installation, code, span, chosen, is_confirmed=confirm_shortage, is_quiet=as_json
        )
    if as_json:
        session.screen.json({"ward": code, "first": span.first, "last": span.last, "version": chosen})
