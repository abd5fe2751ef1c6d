"""Reads the past from the store: the rosters that the ledger counts, and the book as a period finds it."""

from __future__ import annotations

from wardteam.domain.calendar import Period
from wardteam.domain.roster import RosterStatus
from wardteam.domain.ward import WardBook
from wardteam.services.ledger import with_ledger
from wardteam.services.ports import UnitOfWork
from wardteam.services.stretches import PastRoster


def past_rosters(unit: UnitOfWork, ward: str) -> tuple[PastRoster, ...]:
    """Give the published roster of every period with its changes, newest first."""
    found = []
    for period in unit.rosters.periods(ward):
        roster = unit.rosters.latest(ward, period, RosterStatus.PUBLISHED)
        if roster is not None:
            found.append(PastRoster(roster, unit.rosters.changes(ward, period, roster.version)))
    return tuple(found)


def carried_book(unit: UnitOfWork, ward: str, period: Period) -> WardBook:
    """Give a ward's book as a period finds it: with what the published rosters before it carry over.

    Whoever plans, checks, repairs or shows a roster reads this one, so that all see the same balances.
    It is never saved.
    """
    return with_ledger(unit.books.get(ward).book, past_rosters(unit, ward), period)
