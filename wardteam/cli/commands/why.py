"""`wardteam why`: why a nurse has what she has on a day, and what anything else would cost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.cli.way_lines import show_moves
from wardteam.domain.calendar import Period
from wardteam.errors import Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.services.why import Alternative, WhyThis

SECONDS = 2.0
TEXT = Message(
    "Say why a nurse has what she has on a day: the rules and wishes that bear on it, and for every other "
    "shift, or a day off, what breaks first and the cheapest way out with its price in points."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [
        click.Argument(["nurse"], metavar=say("NURSE")),
        click.Argument(["day"], type=options.DayType(say), metavar=say("DAY")),
        options.answer_seconds(say, SECONDS),
        options.period(say),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("why", say, TEXT, run, params)


def run(
    session: Session,
    *,
    nurse: str,
    day: date,
    seconds: float,
    period: Period | None,
    ward: str | None,
    as_json: bool,
) -> None:
    """Ask, and show the answer."""
    from wardteam.services.why import why_this

    with session.open() as installation:
        code = session.ward(installation, ward)
        workers = session.config.workers
        found = why_this(installation.units, code, period, nurse, day, seconds=seconds, workers=workers)
    if as_json:
        session.screen.json({"why": found})
    else:
        _show(session, found)


def _show(session: Session, found: WhyThis) -> None:
    from wardteam.services.why import STATUS_WORDS

    screen = session.screen
    screen.heading("{nurse}, {day}: {shift}", nurse=found.nurse, day=found.day, shift=found.name)
    screen.list(found.reasons)
    if found.missed:
        screen.line("What is missed here already, and paid for:")
        screen.list(found.missed)
    if found.rules:
        screen.line("Rules that bear on this day, and what would break them:")
        rows = [(rule.title, rule.severity, rule.weight or "", rule.by) for rule in found.rules]
        screen.table(("Rule", "Kind", "Points", "Broken by"), rows, right=(2,))
    screen.line("Instead, sorted by price:")
    others = [
        (other.name, STATUS_WORDS[other.status], "–", "")
        if other.way is None
        else (other.name, STATUS_WORDS[other.status], f"{other.way.points:+d}", len(other.way.people))
        for other in found.alternatives
    ]
    screen.table(("Instead", "Status", "Points", "People moved"), others, right=(2, 3))
    for other in found.alternatives:
        _show_alternative(session, other)


def _show_alternative(session: Session, other: Alternative) -> None:
    screen = session.screen
    screen.heading("{shift}", shift=other.name)
    screen.list((other.if_alone, other.text))
    if other.way is not None and len(other.way.moves) > 1:
        show_moves(screen, other.way)
