"""Plan responsibility teams for a ward's book, and write a plan into the book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from wardteam.domain.people import RestrictionKind
from wardteam.domain.plans import Move, TeamPlan
from wardteam.domain.teams import Membership, Team
from wardteam.domain.ward import WardBook
from wardteam.errors import BadInput, Finding, Message
from wardteam_solver.lexicographic import SolveLimits
from wardteam_solver.teams import TeamCase, balance_teams, reasons_for, team_case

LONG_LEAVE_DAYS = 28
"""Who is away at least this long from the plan's date neither leads nor deputises."""


def plan_teams(
    book: WardBook, *, on: date, seed: int = 0, workers: int = 1, time_limit: float = 20
) -> TeamPlan:
    """Propose teams from a date on; the book is not changed.

    Raises
    ------
    BadInput
        If the ward has fewer than two nurses for each team.
    """
    staff = book.staff(on)
    count = book.settings.team_count
    if count < 1 or len(staff) < 2 * count:
        problem = Message(
            "{teams} teams need at least two nurses each; the ward has {count}.",
            teams=count,
            count=len(staff),
        )
        raise BadInput((Finding(book.ward.code, problem),))
    return balance_teams(_case(book, on), SolveLimits(seed, workers, time_limit))


def apply_teams(book: WardBook, plan: TeamPlan, on: date) -> WardBook:
    """Give the book with the plan's memberships from `on`; those that change end the day before.

    Who keeps team and role keeps the membership as it stands.
    """
    kept, same = list[Membership](), set[str]()
    planned = {m.staff_no: m for m in plan.memberships}
    for membership in book.memberships:
        wanted = planned.get(membership.staff_no)
        if wanted is None or (membership.end is not None and membership.end < on):
            kept.append(membership)
        elif _is_same(membership, wanted, on):
            kept.append(replace(membership, end=None, is_pinned=wanted.is_pinned))
            same.add(membership.staff_no)
        elif membership.start < on:
            kept.append(replace(membership, end=on - timedelta(days=1)))
    new = tuple(replace(m, start=on) for m in plan.memberships if m.staff_no not in same)
    return replace(book, teams=_teams(book, plan), memberships=(*kept, *new))


def moves_into(book: WardBook, on: date) -> tuple[Move, ...]:
    """Give the moves into the teams of a date: who stood in another team until her present one began."""
    moves = []
    for now in (m for m in book.memberships if m.holds(on)):
        eve = now.start - timedelta(days=1)
        last = next((m for m in book.memberships if m.staff_no == now.staff_no and m.end == eve), None)
        if last is not None and last.team != now.team:
            moves.append(Move(now.staff_no, last.team, now.team))
    return tuple(moves)


def standing_reasons(book: WardBook, on: date) -> Mapping[str, tuple[Message, ...]]:
    """Say why the leaders and deputies of a date qualify, against the teams before the newest change."""
    staff = {nurse.staff_no for nurse in book.staff(on)}
    holding = tuple(m for m in book.memberships if m.holds(on) and m.staff_no in staff)
    began = max((m.start for m in holding), default=on)
    before = tuple(m for m in holding if m.start < began)
    return reasons_for(_case(replace(book, memberships=before), on), holding)


def _is_same(today: Membership, wanted: Membership, on: date) -> bool:
    return today.holds(on) and (today.team, today.role) == (wanted.team, wanted.role)


def _teams(book: WardBook, plan: TeamPlan) -> tuple[Team, ...]:
    known = {team.number for team in book.teams}
    new = (Team(number) for number in plan.teams if number not in known)
    return tuple(sorted((*book.teams, *new), key=lambda team: team.number))


def _case(book: WardBook, on: date) -> TeamCase:
    numbers = sorted(team.number for team in book.teams)
    numbers += [n for n in range(1, book.settings.team_count + 1) if n not in numbers]
    return team_case(
        book.staff(on),
        on=on,
        teams=tuple(numbers[: book.settings.team_count]),
        memberships=book.memberships,
        pairs=book.pairs,
        unavailable=_long_away(book, on),
        supervised=_supervised(book, on),
    )


def _long_away(book: WardBook, on: date) -> set[str]:
    until = on + timedelta(days=LONG_LEAVE_DAYS - 1)
    return {leave.staff_no for leave in book.leaves if leave.includes(on) and leave.end >= until}


def _supervised(book: WardBook, on: date) -> set[str]:
    return {r.staff_no for r in book.restrictions if r.kind is RestrictionKind.SUPERVISED and r.holds(on)}
