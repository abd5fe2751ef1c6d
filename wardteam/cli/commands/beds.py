"""`wardteam beds`: every bed's owner, or what doesn't fit and by how much."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session, names_of
from wardteam.errors import Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.domain.plans import BedPlan
    from wardteam.domain.ward import WardBook

TEXT = Message(
    "Give every bed an owner: rooms to teams, then beds to leaders and responsible nurses, with even "
    "workload and today's owners kept where possible."
)
FROM = Message("Date of the census and first date of the ownership; the first date of the period by default.")


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [
        options.day(say, "--on", FROM),
        click.Option(["--dry-run"], is_flag=True, help=say("Show the proposal without applying it.")),
        options.seed(say),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("beds", say, TEXT, run, params)


def run(
    session: Session, *, on: date | None, dry_run: bool, seed: int, ward: str | None, as_json: bool
) -> None:
    """Plan, show and (unless it is a trial) apply."""
    from wardteam.services.roster_cases import make_beds

    with session.open() as installation:
        book = session.book(installation, ward)
        start = on or session.period(book, None).first
        units, clock = installation.units, installation.clock
        plan = make_beds(
            units, book.ward.code, on=start, by=session.user, clock=clock, apply=not dry_run, seed=seed
        )
    if as_json:
        session.screen.json({"plan": plan, "is_applied": not dry_run})
    else:
        _show(session, book, plan, is_applied=not dry_run)


def _show(session: Session, book: WardBook, plan: BedPlan, *, is_applied: bool) -> None:
    screen = session.screen
    names = names_of(book)
    screen.record(plan.record)
    rows = [
        (owner.team, names[owner.staff_no], owner.post, owner.beds, owner.patients, owner.load)
        for owner in plan.owners
    ]
    screen.table(("Team", "Owner", "Post", "Beds", "Patients", "Workload"), rows, right=(4, 5))
    screen.line("Beds whose owner changes: {count}", count=len(plan.changes))
    if not plan.is_fitting:
        screen.warn("The beds and the nurses don't fit:")
    screen.list(plan.notes)
    if is_applied:
        screen.good("Applied.")
    else:
        screen.warn("A trial: nothing was changed.")
