"""`wardteam repair`: ranked ways to mend the roster in force, and applying one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.domain.shifts import LeaveKind
from wardteam.errors import BadInput, Finding, Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.bootstrap.wiring import Installation
    from wardteam.services.repair import Proposal

TEXT = Message(
    "Somebody is off, or more nurses are needed: up to five ways to mend the roster in force, the fewest "
    "people disturbed first. Nothing is changed unless --apply names one of them."
)
SECONDS = 6.0
NO_WAY = 1
KINDS = tuple(kind.value for kind in LeaveKind if kind not in (LeaveKind.OFF, LeaveKind.POST_NIGHT))


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    absent = Message("Who is off, by number or name; today if no date is given. May be repeated.")
    surge = Message("More nurses needed on a shift of a day, in one team if named. May be repeated.")
    resigned = Message("Who leaves the ward, and her first day away. May be repeated.")
    kind = Message("Why they are off, for the ward's book alone.")
    params = [
        click.Option(["--absent"], multiple=True, metavar="WHO[:FROM[/SHIFT][..TO]]", help=say(absent)),
        click.Option(["--surge"], multiple=True, metavar="DAY:SHIFT[/TEAM]:+N", help=say(surge)),
        click.Option(["--resigned"], multiple=True, metavar="WHO:DAY", help=say(resigned)),
        click.Option(["--kind"], type=click.Choice(KINDS), default="sick", show_default=True, help=say(kind)),
        click.Option(["--apply", "chosen"], type=click.IntRange(1, 5), help=say("Apply this way.")),
        click.Option(["--reason"], default="", help=say("The reason that is kept with each changed cell.")),
        click.Option(["--unlock"], is_flag=True, help=say("Locked cells may change too.")),
        click.Option(["--unfreeze"], is_flag=True, help=say("Days before the freeze line may change too.")),
        options.answer_seconds(say, SECONDS),
        options.seed(say),
        options.period(say, Message("Which roster, where several hold the days.")),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("repair", say, TEXT, run, params)


def run(
    session: Session,
    *,
    absent: tuple[str, ...],
    surge: tuple[str, ...],
    resigned: tuple[str, ...],
    kind: str,
    chosen: int | None,
    reason: str,
    unlock: bool,
    unfreeze: bool,
    seconds: float,
    seed: int,
    period: Period | None,
    ward: str | None,
    as_json: bool,
) -> int:
    """Propose, and apply if asked."""
    from wardteam.services.repair import propose_repairs
    from wardteam.services.repair_reading import read_event

    if chosen is not None and not reason.strip():
        raise BadInput((Finding("--reason", Message("Applying a way needs a reason.")),))
    with session.open() as installation:
        book = session.book(installation, ward)
        today = installation.clock().astimezone(book.settings.zone).date()
        leave = LeaveKind(kind)
        named = {"absent": absent, "surge": surge, "resigned": resigned}
        event = read_event(book, **named, kind=leave, today=today)
        proposal = propose_repairs(
            installation.units,
            book.ward.code,
            event,
            clock=installation.clock,
            period=period,
            seconds=seconds,
            seed=seed,
            workers=session.config.workers,
            unlock=unlock,
            unfreeze=unfreeze,
        )
        if chosen is not None:
            asked = {"unlock": unlock, "unfreeze": unfreeze}
            _apply(session, installation, book.ward.code, proposal, chosen, reason=reason, **asked)
    return _show(session, proposal, chosen, as_json=as_json)


def _apply(
    session: Session,
    installation: Installation,
    ward: str,
    proposal: Proposal,
    chosen: int,
    *,
    reason: str,
    unlock: bool,
    unfreeze: bool,
) -> None:
    from wardteam.services.repair import apply_repair

    if chosen > len(proposal.options):
        problem = Message("There are only {count} ways.", count=len(proposal.options))
        raise BadInput((Finding("--apply", problem, value=str(chosen)),))
    option = proposal.options[chosen - 1]
    apply_repair(
        installation.units,
        ward,
        proposal.period,
        proposal.version,
        proposal.event,
        option.cells,
        expected=option.expected,
        reason=reason,
        by=session.user,
        clock=installation.clock,
        unlock=unlock,
        unfreeze=unfreeze,
    )


def _show(session: Session, proposal: Proposal, chosen: int | None, *, as_json: bool) -> int:
    from wardteam.cli.repair_lines import plain, show

    if as_json:
        session.screen.json({**plain(proposal), "applied": chosen})
    else:
        show(session.screen, proposal)
        if chosen is not None:
            session.screen.good("Way {number} has been applied.", number=chosen)
    return 0 if proposal.options else NO_WAY
