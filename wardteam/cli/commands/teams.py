"""`wardteam teams`: responsibility teams, with their balance and the reasons for each leader."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session, names_of
from wardteam.errors import Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.domain.plans import TeamPlan
    from wardteam.domain.ward import WardBook

TEXT = Message(
    "Divide the nurses into responsibility teams: even in number, title, level, education, years and "
    "ability, with as few moves as possible from today's teams."
)
FROM = Message("First date of the teams; the first date of the period by default.")


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    params = [
        options.day(say, "--on", FROM),
        click.Option(["--dry-run"], is_flag=True, help=say("Show the proposal without applying it.")),
        options.seed(say),
        options.ward(say),
        options.out(say, Message("Write the report with its charts into this PDF file too.")),
        options.as_json(say),
    ]
    return options.command("teams", say, TEXT, run, params)


def run(
    session: Session,
    *,
    on: date | None,
    dry_run: bool,
    seed: int,
    ward: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Plan, show and (unless it is a trial) apply."""
    from wardteam.services.roster_cases import make_teams

    with session.open() as installation:
        book = session.book(installation, ward)
        start = on or session.period(book, None).first
        units, clock = installation.units, installation.clock
        plan = make_teams(
            units, book.ward.code, on=start, by=session.user, clock=clock, apply=not dry_run, seed=seed
        )
        if out is not None:
            _write(session, book, plan, out)
    if as_json:
        session.screen.json({"plan": plan, "is_applied": not dry_run})
    else:
        _show(session, book, plan, is_applied=not dry_run)


def _show(session: Session, book: WardBook, plan: TeamPlan, *, is_applied: bool) -> None:
    screen = session.screen
    names = names_of(book)
    screen.record(plan.record)
    rows = [
        (team, names[members[0]], tuple(names[staff_no] for staff_no in members[1:]))
        for team in plan.teams
        if (members := plan.members(team))
    ]
    screen.table(("Team", "Leader", "Deputy first, then members"), rows)
    balance = [
        (row.attribute, *(f"{f:.{row.decimals}f}" for f in row.figures), f"{row.spread:.{row.decimals}f}")
        for row in plan.balance
    ]
    numbered = [Message("Team {number}", number=team) for team in plan.teams]
    headings: list[str | Message] = ["Attribute", *numbered, "Spread"]
    screen.table(headings, balance, right=range(1, len(plan.teams) + 2))
    for staff_no, reasons in plan.reasons.items():
        screen.line("{name}:", name=names[staff_no])
        screen.list(reasons)
    for move in plan.moves:
        screen.line(
            "{nurse} moves from team {old} to team {new}.",
            nurse=names[move.staff_no],
            old=move.from_team,
            new=move.to_team,
        )
    screen.list(plan.notes)
    _close(session, is_applied=is_applied)


def _close(session: Session, *, is_applied: bool) -> None:
    if is_applied:
        session.screen.good("Applied.")
    else:
        session.screen.warn("A trial: nothing was changed.")


def _write(session: Session, book: WardBook, plan: TeamPlan, out: Path) -> None:
    from wardteam.bootstrap.wiring import now
    from wardteam.cli.writing import write_file
    from wardteam.services.documents import teams_report
    from wardteam_reports.teams_sheet import teams_pdf

    made_at = now().astimezone(book.settings.zone)
    write_file(out, teams_pdf(teams_report(book, plan), language=session.language, made_at=made_at))
