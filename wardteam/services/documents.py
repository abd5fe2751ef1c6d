"""What the documents show: roster sheet, noticeboard, pocket cards and the teams' report, as views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from wardteam.domain.beds import Cover
from wardteam.domain.documents import BoardBed, PocketCard, TeamsReport
from wardteam.domain.hours_account import hours_account
from wardteam.domain.plans import Move, TeamPlan
from wardteam.domain.roster import Roster
from wardteam.domain.teams import Team
from wardteam.domain.ward import WardBook
from wardteam.errors import Message, Named
from wardteam.services.beds import owner_caps
from wardteam.services.board_view import board_beds, board_team, noticeboard, nurse_card
from wardteam.services.sheet_view import (
    first_membership,
    legend,
    owned_beds,
    people_on_sheet,
    roster_sheet,
    sheet_cells,
    sheet_days,
)

__all__ = ["noticeboard", "pocket_card", "pocket_cards", "roster_sheet", "teams_report"]


def pocket_card(
    book: WardBook,
    roster: Roster,
    covers: Iterable[Cover],
    staff_no: str,
    *,
    made_at: datetime | None = None,
    posted: bool = False,
) -> PocketCard:
    """Lay out one nurse's own month; her own kinds of leave are hers to see, and not on a posted one.

    `mates` are, for each date, the names of those who work the same shift.
    """
    nurse, period = book.nurse(staff_no), roster.period
    membership = first_membership(book, nurse, period)
    team = None if membership is None else next((t for t in book.teams if t.number == membership.team), None)
    seen = replace(book, restrictions=()) if posted else book
    cells = sheet_cells(seen, roster, nurse, posted=posted)
    hours = hours_account(seen, nurse, period, roster.cells, opening_minutes=0)
    held = {cover.bed for cover in covers if cover.staff_no == staff_no and not cover.is_cover}
    owned = owned_beds(book, staff_no, period.first)
    return PocketCard(
        ward=book.ward,
        period=period,
        nurse=nurse_card(book, nurse, period.first, {}),
        team=team,
        beds=owned or tuple(sorted(held)),
        days=sheet_days(book.calendar, period),
        cells=cells,
        mates=tuple(_mates(book, roster, staff_no, day) for day in period),
        legend=legend(book, period, rows_cells=(cells,)),
        worked_minutes=hours.worked_minutes,
        standard_minutes=None if posted else hours.standard_minutes,
        made_at=made_at,
        holiday_minutes=0 if posted else hours.holiday_minutes,
    )


def pocket_cards(
    book: WardBook,
    roster: Roster,
    covers: Iterable[Cover],
    *,
    made_at: datetime | None = None,
    posted: bool = False,
) -> tuple[PocketCard, ...]:
    """Lay out the cards of everyone who has a cell in the roster, in the sheet's order."""
    known = tuple(covers)
    rostered = {staff_no for staff_no, _ in roster.cells}
    people = (n.staff_no for n in people_on_sheet(book, roster.period) if n.staff_no in rostered)
    return tuple(
        pocket_card(book, roster, known, staff_no, made_at=made_at, posted=posted) for staff_no in people
    )


def _mates(book: WardBook, roster: Roster, staff_no: str, day: date) -> tuple[str, ...]:
    own = roster.cell(staff_no, day)
    if own is None or own.code not in {shift.code for shift in book.shifts}:
        return ()
    others = (n for n in book.nurses if n.staff_no != staff_no)
    return tuple(n.name for n in others if (c := roster.cell(n.staff_no, day)) and c.code == own.code)


def teams_report(book: WardBook, plan: TeamPlan, *, photos: Mapping[str, bytes] | None = None) -> TeamsReport:
    """Lay out a proposal of teams: who stands where, whose beds, how even, why leaders qualify."""
    names = {n.staff_no: Named(n.name, n.name_en) for n in book.nurses}
    proposed = {m.staff_no: m for m in plan.memberships}
    cards = {
        s: replace(nurse_card(book, book.nurse(s), plan.on, photos or {}), role=m.role)
        for s, m in proposed.items()
    }
    teams = {team.number: team for team in book.teams}
    beds = _beds_by_team(book, plan, photos or {})
    return TeamsReport(
        ward=book.ward,
        on=plan.on,
        teams=tuple(
            board_team(
                teams.get(number, Team(number)),
                [cards[s] for s in plan.members(number)],
                beds.get(number, ()),
            )
            for number in plan.teams
        ),
        balance=plan.balance,
        reasons=plan.reasons,
        moves=_moves(plan.moves, names),
        record=plan.record,
        notes=plan.notes,
        unowned=beds.get(None, ()),
        caps=owner_caps(book, plan.on),
    )


def _beds_by_team(
    book: WardBook, plan: TeamPlan, photos: Mapping[str, bytes]
) -> dict[int | None, tuple[BoardBed, ...]]:
    """Gather the beds by their owner's team; under None are those that no team's nurse owns."""
    team_of = {m.staff_no: m.team for m in plan.memberships}
    gathered: dict[int | None, tuple[BoardBed, ...]] = {}
    for bed in board_beds(book, plan.on, photos):
        team = None if bed.owner is None else team_of.get(bed.owner.staff_no)
        gathered[team] = (*gathered.get(team, ()), bed)
    return gathered


def _moves(moves: Sequence[Move], names: Mapping[str, Named]) -> tuple[Message, ...]:
    return tuple(
        Message(
            "{nurse} moves from team {old} to team {new}.",
            nurse=names[move.staff_no],
            old=move.from_team,
            new=move.to_team,
        )
        for move in moves
    )
