"""`wardteam serve`: the web pages on this computer."""

from __future__ import annotations

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Translator

TEXT = Message(
    "Show the web pages of the wards on this computer. They have no accounts yet, so that only "
    "this computer itself can open them. With --public, phones reach the questionnaire by its one-time "
    "code and call systems send live calls by token, at an address of their own."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [
        click.Option(
            ["--host"], default="127.0.0.1", show_default=True, help=say("Address of this computer itself.")
        ),
        click.Option(
            ["--port"],
            type=click.IntRange(0, 65535),
            default=8080,
            show_default=True,
            help=say("Port; 0 takes a free one."),
        ),
        click.Option(
            ["--public"], metavar="HOST:PORT", help=say("Address for questionnaires and live calls.")
        ),
    ]
    return options.command("serve", say, TEXT, run, params)


def run(session: Session, *, host: str, port: int, public: str | None) -> None:
    """Serve until Ctrl-C."""
    from wardteam.cli.serving import serve_pages

    with session.open() as installation:
        chosen = installation.config.public if public is None else public
        serve_pages(installation, session.screen, host, port, public=chosen)
