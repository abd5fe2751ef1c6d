"""`wardteam swap`: a nurse offers duties, a colleague accepts, the head nurse approves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.domain.swaps import Swap, SwapDuty
from wardteam.errors import BadInput, Finding, Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.bootstrap.wiring import Installation
    from wardteam.domain.ward import WardBook
    from wardteam.services.swaps import SwapStep

TEXT = Message(
    "Swaps of duties in a published roster. The rules are checked before each step; who acts is believed "
    "as --as says, and kept with the step."
)
PARTNERS = Message("Rank the colleagues who could take a nurse's duties, and what each would give in return.")
OFFER = Message("Offer one's own duties: to everybody or to some, for nothing or for other duties.")
ACCEPT = Message("Accept an offer, with the duties that one gives in return.")
REFUSE = Message("Refuse an offer that was made to oneself, or any as head nurse with a reason.")
WITHDRAW = Message("Withdraw one's own offer.")
APPROVE = Message("Approve an accepted swap as head nurse: the roster changes with it.")
LIST = Message("List the open swaps, or all of them.")


def build(say: Translator) -> click.Command:
    """Give the group in the language's words."""
    group = options.group("swap", say, TEXT)
    ends = [options.ward(say), options.as_json(say)]
    days = click.Option(
        ["--day", "days"], type=options.DayType(say), multiple=True, required=True,
        help=say("Date of an offered duty; may be repeated."),
    )  # fmt: skip
    takes = click.Option(
        ["--take", "takes"], type=options.DayType(say), multiple=True,
        help=say("Date of a duty that is given in return; may be repeated."),
    )  # fmt: skip
    asks = click.Option(
        ["--ask", "asks"], multiple=True, metavar="DATE=SHIFT",
        help=say("Duty wanted in return, such as 2026-12-08=DAY; may be repeated, any of them will do."),
    )  # fmt: skip
    to = click.Option(
        ["--to"], multiple=True, help=say("Staff number of a colleague who is asked; everybody by default.")
    )
    reason = click.Option(["--reason"], default="", help=say("Why; both nurses can read it."))
    who = click.Option(["--as", "by"], required=True, help=say("Staff number of the nurse who acts."))
    head = click.Option(["--as", "by"], help=say("Who decides; who is logged in by default."))
    nurse = click.Argument(["staff_no"], metavar=say("STAFF_NO"))
    code = click.Argument(["code"], metavar=say("CODE"))
    every = click.Option(["--all", "every"], is_flag=True, help=say("Closed ones too."))
    for name, text, run, params in (
        ("partners", PARTNERS, run_partners, [nurse, days]),
        ("offer", OFFER, run_offer, [who, days, asks, to]),
        ("accept", ACCEPT, run_accept, [code, who, takes]),
        ("refuse", REFUSE, run_refuse, [code, head, reason]),
        ("withdraw", WITHDRAW, run_withdraw, [code, who]),
        ("approve", APPROVE, run_approve, [code, head]),
        ("list", LIST, run_list, [every]),
    ):
        group.add_command(options.command(name, say, text, run, [*params, *ends]))
    return group


def run_partners(
    session: Session, *, staff_no: str, days: tuple[date, ...], ward: str | None, as_json: bool
) -> None:
    """Rank who could take the duties."""
    from wardteam.cli.swap_lines import show_proposals
    from wardteam.services.swaps import partners_of

    with session.open() as installation:
        book = _book_with(session, installation, ward, staff_no)
        clock = installation.clock
        _, found = partners_of(installation.units, book.ward.code, staff_no, days, clock=clock)
    if as_json:
        session.screen.json({"partners": found})
    else:
        show_proposals(session.screen, book, found)


def run_offer(
    session: Session,
    *,
    by: str,
    days: tuple[date, ...],
    asks: tuple[str, ...],
    to: tuple[str, ...],
    ward: str | None,
    as_json: bool,
) -> None:
    """Offer duties."""
    from wardteam.cli.swap_lines import show_proposals
    from wardteam.services.swaps import offer

    with session.open() as installation:
        book = _book_with(session, installation, ward, by, *to)
        wanted = _asks(book, asks)
        step = offer(
            installation.units, book.ward.code, staff_no=by, days=days, asks=wanted, to=to, by=by,
            clock=installation.clock,
        )  # fmt: skip
    if _told(session, step, as_json=as_json):
        return
    session.screen.good("Offered as {code}. These colleagues could accept it:", code=step.swap.code)
    show_proposals(session.screen, book, step.proposals)


def run_accept(
    session: Session, *, code: str, by: str, takes: tuple[date, ...], ward: str | None, as_json: bool
) -> None:
    """Accept an offer."""
    from wardteam.cli.swap_lines import show_effect
    from wardteam.services.swaps import accept

    with session.open() as installation:
        book = _book_with(session, installation, ward, by)
        units, here = installation.units, book.ward.code
        step = accept(
            units, here, code, staff_no=by, takes=takes, by=by, clock=installation.clock,
            expected_revision=_revision(installation, here, code),
        )  # fmt: skip
    if not _told(session, step, as_json=as_json):
        session.screen.good("{code} is accepted, and waits for the head nurse.", code=code)
        if step.effect is not None:
            show_effect(session.screen, step.effect)


def run_refuse(
    session: Session, *, code: str, by: str | None, reason: str, ward: str | None, as_json: bool
) -> None:
    """Refuse an offer or an accepted swap."""
    from wardteam.services.swaps import refuse

    with session.open() as installation:
        here = session.ward(installation, ward)
        step = refuse(
            installation.units, here, code, reason=reason, by=by or session.user, clock=installation.clock,
            expected_revision=_revision(installation, here, code),
        )  # fmt: skip
    if not _told(session, step, as_json=as_json):
        session.screen.good("{code}: {state}.", code=code, state=step.swap.state)


def run_withdraw(session: Session, *, code: str, by: str, ward: str | None, as_json: bool) -> None:
    """Withdraw an offer."""
    from wardteam.services.swaps import withdraw

    with session.open() as installation:
        here = session.ward(installation, ward)
        revision = _revision(installation, here, code)
        units, clock = installation.units, installation.clock
        step = withdraw(units, here, code, expected_revision=revision, by=by, clock=clock)
    if not _told(session, step, as_json=as_json):
        session.screen.good("{code}: {state}.", code=code, state=step.swap.state)


def run_approve(session: Session, *, code: str, by: str | None, ward: str | None, as_json: bool) -> None:
    """Approve a swap and change the roster."""
    from wardteam.cli.swap_lines import show_effect
    from wardteam.services.swaps import approve

    with session.open() as installation:
        here = session.ward(installation, ward)
        revision = _revision(installation, here, code)
        units, clock = installation.units, installation.clock
        step = approve(units, here, code, expected_revision=revision, by=by or session.user, clock=clock)
    if not _told(session, step, as_json=as_json):
        session.screen.good("{code} is approved, and the roster is changed.", code=code)
        if step.effect is not None:
            show_effect(session.screen, step.effect)


def run_list(session: Session, *, every: bool, ward: str | None, as_json: bool) -> None:
    """List swaps."""
    from wardteam.cli.swap_lines import show_list
    from wardteam.services.swap_standing import list_swaps

    with session.open() as installation:
        book = session.book(installation, ward)
        listed = list_swaps(installation.units, book.ward.code, clock=installation.clock)
    shown = [one for one in listed if every or one.is_open]
    if as_json:
        session.screen.json({"swaps": shown})
    else:
        show_list(session.screen, book, shown)


def _told(session: Session, step: SwapStep, *, as_json: bool) -> bool:
    from wardteam.cli.swap_lines import plain_effect

    if as_json:
        answer = {"swap": step.swap, "revision": step.revision, "partners": step.proposals}
        session.screen.json({**answer, "effect": plain_effect(step.effect)})
    return as_json


def _book_with(session: Session, installation: Installation, ward: str | None, *staff_nos: str) -> WardBook:
    """Give the book; every staff number that nobody has is named."""
    book = session.book(installation, ward)
    known = {nurse.staff_no for nurse in book.nurses}
    problem = Message("A staff number of the ward was expected.")
    unknown = tuple(Finding("", problem, value=one) for one in staff_nos if one not in known)
    if unknown:
        raise BadInput(unknown)
    return book


def _asks(book: WardBook, given: tuple[str, ...]) -> tuple[SwapDuty, ...]:
    found, wrong = [], []
    codes = {shift.code for shift in book.shifts}
    for text in given:
        day, _, code = text.partition("=")
        try:
            duty = SwapDuty(date.fromisoformat(day.strip()), code.strip())
        except ValueError:
            duty = None
        if duty is None or duty.code not in codes:
            problem = Message("A date and a shift such as 2026-12-08=DAY were expected; shifts: {codes}.",
                              codes=tuple(sorted(codes)))  # fmt: skip
            wrong.append(Finding("--ask", problem, value=text))
        else:
            found.append(duty)
    if wrong:
        raise BadInput(tuple(wrong))
    return tuple(found)


def _revision(installation: Installation, ward: str, code: str) -> int:
    with installation.units() as unit:
        return unit.captured.get(ward, Swap, code).revision
