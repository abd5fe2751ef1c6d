"""`wardteam whynot`: what granting a refused wish would have taken."""

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
    from wardteam.services.own_why_not import OwnRefusal
    from wardteam.services.why_not import WhyNot

SECONDS = 4.0
TEXT = Message(
    "Say for each wish that was not granted what it would have taken: who would have to change, which rule "
    "would cost more, and what decided it. All refused wishes of the period, or those of one nurse or day."
)
OWN = Message("As the nurse may read it: without other nurses' names and anybody's reasons.")


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [
        click.Argument(["nurse"], metavar=say("NURSE"), required=False),
        click.Argument(["day"], type=options.DayType(say), metavar=say("DAY"), required=False),
        click.Option(["--own"], is_flag=True, help=say(OWN)),
        options.answer_seconds(say, SECONDS),
        options.period(say),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("whynot", say, TEXT, run, params)


def run(
    session: Session,
    *,
    nurse: str | None,
    day: date | None,
    own: bool,
    seconds: float,
    period: Period | None,
    ward: str | None,
    as_json: bool,
) -> None:
    """Ask, and show the answer."""
    from wardteam.services.own_why_not import own_why_not
    from wardteam.services.why_not import why_not
    from wardteam.services.why_scene import scene_of

    if own and nurse is None:
        raise click.UsageError(session.say("Whose reading? Name the nurse for --own."))
    with session.open() as installation:
        code, workers = session.ward(installation, ward), session.config.workers
        if own and nurse is not None:
            scene = scene_of(installation.units, code, period)
            refusals = own_why_not(scene, nurse, day, seconds=seconds, workers=workers)
            _show_own(session, refusals, as_json=as_json)
            return
        found = why_not(installation.units, code, period, nurse, day, seconds=seconds, workers=workers)
    if as_json:
        session.screen.json({"whynot": found})
    else:
        _show(session, found)


def _show(session: Session, found: WhyNot) -> None:
    screen = session.screen
    screen.line("Wishes asked: {asked}, granted: {granted}", asked=found.asked, granted=found.granted)
    if not found.refused:
        screen.good("Every wish is granted.")
    for wish in found.refused:
        screen.heading("{nurse}: {wish}", nurse=wish.nurse, wish=wish.wish)
        screen.list((wish.decision, wish.text))
        if wish.if_alone:
            screen.line("If only her own day changed:")
            screen.list(wish.if_alone)
        if wish.way is not None:
            show_moves(screen, wish.way)


def _show_own(session: Session, refusals: tuple[OwnRefusal, ...], *, as_json: bool) -> None:
    screen = session.screen
    if as_json:
        screen.json({"whynot": refusals})
        return
    if not refusals:
        screen.good("Every wish is granted.")
    for refusal in refusals:
        screen.heading(refusal.wish)
        screen.list((refusal.decision, *refusal.if_alone, refusal.text))
