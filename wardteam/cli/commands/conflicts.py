"""`wardteam conflicts`: whether the ward's data allow a roster, and where not, why, with ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session, names_of
from wardteam.domain.calendar import Period
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.services.conflicts import ConflictReport, ToldWay

TEXT = Message(
    "Check whether the ward's data as they stand allow a roster: people, leave, locked cells, rules and "
    "minimum staff. Where they don't, a smallest set of what clashes is named with ways out and their "
    "price; where staff is short, where and why. The exit code is 1 where no roster exists or none is known."
)
NONE = 1


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [
        options.period(say),
        click.Option(["--workers"], type=click.IntRange(1, 64), help=say("Threads of the search.")),
        click.Option(["--prices"], is_flag=True, help=say("Show what each kind of way out costs, and why.")),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("conflicts", say, TEXT, run, params)


def run(
    session: Session,
    *,
    period: Period | None,
    workers: int | None,
    prices: bool,
    ward: str | None,
    as_json: bool,
) -> int:
    """Check, and show what was found."""
    from wardteam.services.conflict_cases import ward_conflicts

    with session.open() as installation:
        book = session.book(installation, ward)
        found = ward_conflicts(
            installation.units,
            book.ward.code,
            session.period(book, period),
            workers=workers or session.config.workers,
            clock=installation.clock,
        )
    if as_json:
        session.screen.json({"conflicts": found})
    else:
        _show(session, book, found)
        if prices:
            _show_prices(session)
    return 0 if found.verdict.value in ("possible", "short") else NONE


def _show(session: Session, book: WardBook, found: ConflictReport) -> None:
    from wardteam.services.conflicts import CLASH_HEADS

    screen = session.screen
    screen.record(found.record)
    say = screen.good if found.verdict.value == "possible" else screen.warn
    say(found.words.text, **found.words.fields)
    names = names_of(book)
    for lock in found.locks:
        text = "The locked cell of {nurse} on {day} can't stand: {facts}."
        screen.line(text, nurse=names[lock.staff_no], day=lock.day, facts=lock.facts)
    screen.list(found.shortages)
    if found.facts:
        screen.line(CLASH_HEADS[found.verdict, found.is_minimal].text)
        screen.list(found.facts)
    if found.ways:
        screen.line("Ways out, the cheapest first:")
        screen.list([_way(way) for way in found.ways])


def _way(way: ToldWay) -> Message:
    text = "{way} Price: {points} points."
    if not way.is_enough:
        text = "{way} Price: {points} points; another clash remains then."
    return Message(text, way=way.text, points=way.points)


def _show_prices(session: Session) -> None:
    from wardteam.services.conflicts import way_prices

    rows = [(price.unit, price.points, price.reason) for price in way_prices()]
    session.screen.table(("Way out", "Price (points)", "Reason"), rows, right=(1,))
