"""`wardteam cover`: who holds every bed on every day of a roster."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session, names_of
from wardteam.domain.calendar import Period
from wardteam.domain.plans import CoverPlan
from wardteam.domain.ward import WardBook
from wardteam.errors import Message, NotFound
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.bootstrap.wiring import Installation

TEXT = Message(
    "Say who holds every bed on every day of the newest roster: its owner, or a teammate as cover; and "
    "give the evening and night staff their zones. Made anew from the present patients."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [
        options.period(say),
        options.day(say, "--day", Message("Show the beds of this day.")),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("cover", say, TEXT, run, params)


def run(
    session: Session, *, period: Period | None, day: date | None, ward: str | None, as_json: bool
) -> None:
    """Make the cover and show it."""
    from wardteam.services.roster_cases import make_cover

    with session.open() as installation:
        book = session.book(installation, ward)
        span = _span(session, installation, book, period, day)
        plan = make_cover(installation.units, book.ward.code, span, clock=installation.clock)
    if as_json:
        session.screen.json({"plan": plan})
        return
    screen = session.screen
    screen.record(plan.record)
    covered = sum(cover.is_cover for cover in plan.covers)
    screen.line(
        "{held} beds held day by day, {covered} of them as cover", held=len(plan.covers), covered=covered
    )
    if day is not None:
        _show_day(session, book, plan, day)
    screen.list(plan.notes)


def _span(
    session: Session, installation: Installation, book: WardBook, period: Period | None, day: date | None
) -> Period:
    """Give the period that was named, else that of the day's roster, else the workbook's own."""
    if day is None or (period is not None and day in period):
        return session.period(book, period)
    with installation.units() as unit:
        roster = unit.rosters.at(book.ward.code, day) if period is None else None
    if roster is None:
        raise NotFound(Message("No roster covers {day}; name another with --day.", day=day))
    return roster.period


def _show_day(session: Session, book: WardBook, plan: CoverPlan, day: date) -> None:
    names = names_of(book)
    rows = [(cover.bed, names[cover.staff_no], cover.kind) for cover in plan.covers if cover.day == day]
    session.screen.table(("Bed", "Nurse", "How"), rows)
