"""`wardteam demand`: the staff that patients and calls ask for, beside what is asked for now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.errors import BadInput, Finding, Message, Named
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.bootstrap.wiring import Installation
    from wardteam.domain.demand_decisions import DemandDecision
    from wardteam.services.demand.types import DemandLine, DemandProposal, KindProposal

TEXT = Message(
    "Propose the staff of each shift and kind of day from the patients' nursing grades and the arrival of "
    "calls, with its uncertainty, beside what is asked for now; --accept writes it into the ward's demand."
)
FIGURES: tuple[tuple[str, Message], ...] = (
    ("target_minutes", Message("Minutes that a call may wait for a free nurse; 5 by default.")),
    ("chance", Message("Share of calls that may wait longer; 0.1 by default.")),
    ("weeks", Message("Weeks before today that are looked at; 8 by default.")),
    ("call_minutes", Message("Minutes with a patient who called; from the call log by default.")),
    ("care_minutes", Message("Minutes of a piece of planned care that is not broken off; 5 by default.")),
    ("direct_share", Message("Share of a nurse's paid time that is care at the patient; 0.6 by default.")),
    ("evening_share", Message("Care of an evening shift as a share of the day's; 0.3 by default.")),
    ("night_share", Message("Care of a night shift as a share of the day's; 0.2 by default.")),
)
NO_SUCH_SHIFT = "One of these was expected: {shifts}."


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    only = "With --accept: only this shift (EVENING) or line (EVENING-weekend); may be repeated."
    params: list[click.Parameter] = [
        *(
            click.Option(
                [f"--{name.replace('_', '-')}"], type=int if name == "weeks" else float, help=say(text)
            )
            for name, text in FIGURES
        ),
        click.Option(["--accept"], is_flag=True, help=say("Write the proposal into the ward's demand.")),
        click.Option(["--only"], multiple=True, metavar="SHIFT", help=say(only)),
        click.Option(["--put-back"], metavar="CODE", help=say("Bring back what stood before this decision.")),
        click.Option(["--reason"], default="", help=say("Why it is changed.")),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("demand", say, TEXT, run, params)


def run(
    session: Session,
    *,
    accept: bool,
    only: tuple[str, ...],
    put_back: str | None,
    reason: str,
    ward: str | None,
    as_json: bool,
    **figures: float | None,
) -> None:
    """Show the proposal, and write it if asked."""
    _refuse_mixed(accept=accept, only=only, put_back=put_back)
    with session.open() as installation:
        code = session.ward(installation, ward)
        if put_back is not None:
            decision: DemandDecision | None = _put_back(session, installation, code, put_back, reason)
            proposal = None
        else:
            proposal = _proposal(installation, code, figures)
            lines = _chosen(proposal, only)
            decision = _accept(session, installation, proposal, lines, reason) if accept else None
    if as_json:
        session.screen.json({"proposal": proposal, "decision": decision})
        return
    if proposal is not None:
        _show(session, proposal)
    if decision is not None:
        _say_decision(session, decision)
    elif not accept:
        session.screen.warn("A proposal: nothing was changed. `wardteam demand --accept` writes it.")


def _refuse_mixed(*, accept: bool, only: tuple[str, ...], put_back: str | None) -> None:
    if put_back is not None and (accept or only):
        raise BadInput(
            (Finding("--put-back", Message("Either --accept or --put-back was expected, not both.")),)
        )
    if only and not accept:
        raise BadInput((Finding("--only", Message("--only goes with --accept.")),))


def _proposal(installation: Installation, code: str, figures: dict[str, float | None]) -> DemandProposal:
    from wardteam.services.demand.assumptions import read_assumptions
    from wardteam.services.demand.proposal import propose_demand
    from wardteam.services.proposed_plan import standing_plan
    from wardteam.services.quality_data import read_quality

    assumed = read_assumptions(figures)
    with installation.units() as unit:
        zone = unit.books.get(code).book.settings.zone
    today = installation.clock().astimezone(zone).date()
    data = read_quality(installation.units, code, today=today, otherwise=standing_plan(today))
    return propose_demand(data, assumed)


def _chosen(proposal: DemandProposal, only: tuple[str, ...]) -> tuple[DemandLine, ...]:
    """Give the lines that are meant: all that change, or those named by shift or by line."""
    known = {line.ask.shift.code for line in proposal.lines} | {line.key for line in proposal.lines}
    wrong = tuple(
        Finding("--only", Message(NO_SUCH_SHIFT, shifts=tuple(sorted(known))), value=name)
        for name in only
        if name not in known
    )
    if wrong:
        raise BadInput(wrong)
    return tuple(
        line
        for line in proposal.lines
        if line.is_changed and (not only or line.key in only or line.ask.shift.code in only)
    )


def _accept(
    session: Session,
    installation: Installation,
    proposal: DemandProposal,
    lines: tuple[DemandLine, ...],
    reason: str,
) -> DemandDecision:
    from wardteam.services.demand.accept import DemandEdit, decide_demand

    return decide_demand(
        installation.units,
        proposal.ward,
        [DemandEdit(line.ask.shift.code, line.kind, line.minimum, line.wished) for line in lines],
        expected_revision=proposal.revision,
        by=session.user,
        clock=installation.clock,
        reason=reason,
        data_hash=proposal.data_hash,
    )


def _put_back(
    session: Session, installation: Installation, ward: str, code: str, reason: str
) -> DemandDecision:
    from wardteam.services.demand.accept import put_back

    with installation.units() as unit:
        revision = unit.books.get(ward).revision
    return put_back(
        installation.units,
        ward,
        code,
        expected_revision=revision,
        by=session.user,
        clock=installation.clock,
        reason=reason,
    )


def _show(session: Session, proposal: DemandProposal) -> None:
    screen = session.screen
    first, last = proposal.span.first.isoformat(), proposal.span.last.isoformat()
    screen.line("From {first} to {last}.", first=first, last=last)
    for kind in proposal.kinds:
        screen.heading("{kind}: {days} days with a call log", kind=kind.kind, days=kind.day_count)
        headings = ("Shift", "Now", "Proposed", "Range in all", "Why")
        screen.table(headings, [_row(line) for line in kind.lines])
        _waits(session, kind)
        screen.list(kind.notes)
    _hours(session, proposal)
    screen.list(proposal.notes)


def _row(line: DemandLine) -> tuple[object, ...]:
    row, shift = line.ask.row, line.ask.shift
    name = Named(shift.name, shift.name_en)
    need = line.need
    return (
        Message("{shift}, for each team", shift=name) if row.per_team else name,
        f"{row.minimum} / {row.wished}",
        f"{line.minimum} / {line.wished}",
        f"{need.nurses} ({need.low}–{need.high})",  # a range's own dash
        need.reasons[0] if need.reasons else "",
    )


def _waits(session: Session, kind: KindProposal) -> None:
    shares = [kind.present.overall, kind.proposed.overall]
    if shares[0] is None or shares[1] is None:
        return
    session.screen.line(
        "Calls that would wait too long for a free nurse: {now} with what is asked for now, {then} as "
        "proposed (minimum staff, mean over the day's calls).",
        now=f"{100 * shares[0]:.1f}%",
        then=f"{100 * shares[1]:.1f}%",
    )


def _hours(session: Session, proposal: DemandProposal) -> None:
    from wardteam.services.demand.affordable import weekly_words

    session.screen.heading("Hours of an ordinary week")
    session.screen.list(weekly_words(proposal.weekly))


def _say_decision(session: Session, decision: DemandDecision) -> None:
    session.screen.good(
        "Kept as {code}: {count} lines. Rosters made from now on follow it; `wardteam demand --put-back "
        "{code}` brings back what stood before.",
        code=decision.code,
        count=len(decision.changes),
    )
