"""`wardteam prices`: what each rule costs the roster, at whom, and what asking less of it would gain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.errors import Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.services.rule_prices import RulePrices

TEXT = Message(
    "Show what each rule costs the roster in points, at which nurses, and with --seconds what one unit less "
    "of each binding rule would gain."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [
        click.Option(
            ["--seconds"],
            type=click.FloatRange(min=0),
            default=0,
            show_default=True,
            help=say("Time for the gains; 0 leaves them out."),
        ),
        options.seed(say),
        options.period(say),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("prices", say, TEXT, run, params)


def run(
    session: Session, *, seconds: float, seed: int, period: Period | None, ward: str | None, as_json: bool
) -> None:
    """Count, and show the tables."""
    from wardteam.services.rule_prices import rule_prices

    with session.open() as installation:
        code, workers = session.ward(installation, ward), session.config.workers
        found = rule_prices(installation.units, code, period, seconds=seconds, workers=workers, seed=seed)
    if as_json:
        session.screen.json({"prices": found})
    else:
        _show(session, found)


def _show(session: Session, found: RulePrices) -> None:
    screen = session.screen
    screen.line("The roster costs {points} points.", points=found.total)
    titles = {rule.rule: rule.title for rule in found.rules}
    rows = [
        (
            rule.title,
            rule.severity,
            Message(rule.stage),
            rule.weight or "",
            rule.count,
            rule.binding,
            rule.points,
        )
        for rule in found.rules
    ]
    headings = ("Rule", "Kind", "Stage", "Points each", "Breaches", "Limits at their edge", "Points")
    screen.table(headings, rows, right=(3, 4, 5, 6))
    nurses = [
        (nurse.nurse or Message("the ward as a whole"), nurse.points,
         tuple(Message("{rule} {points}", rule=titles[code], points=p) for code, p in nurse.by_rule.items()))
        for nurse in found.nurses
    ]  # fmt: skip
    screen.table(("Nurse", "Points", "By rule"), nurses, right=(1,))
    if found.gains:
        screen.line("What one unit less of a rule gains, against the best roster known:")
        known = {True: Message("proven"), False: Message("at least")}
        gains = [(gain.title, gain.at_once, gain.points, known[gain.is_proven]) for gain in found.gains]
        screen.table(("Rule", "At once", "Gain", "Known"), gains, right=(1, 2))
