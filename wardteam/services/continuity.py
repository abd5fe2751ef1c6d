"""Continuity (责任护士连续性): how much of their own beds' time the owners hold themselves.

This is the one place that says what is counted; the benchmark and its page read it.

*Own days.* A bed-day is held by its owner where the day's cover names her. It is set against the bed-days
that the same counts of shifts would allow: her evenings and nights are what fairness gives her, so they stay
hers; every other duty that she has, straight-through duties included, could have been one at her beds, for
nothing in the rules caps the responsible nurses of a day. So the allowed bed-days are, owner by owner, her
duties of the day kind times her beds. A duty on which she is there but holds the beds of others, or lacks the
level that her own patient asks for, is counted as missed.

*Occupied bed-days.* Of all occupied bed-days of the period, owners' nights, days off and leave included, the
share on which the owner holds the bed: what the patient sees.

*The cover's maximum.* Given who stands in which post, the most beds that owners can hold in any cover that
keeps caps, levels and teams as well as can be: for each day a flow of least cost, by an algorithm that shares
nothing with the cover's own model (`wardteam_solver.cover.most_owned`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wardteam.domain.beds import Cover, HolderKind
from wardteam.domain.roster import Roster
from wardteam.domain.shifts import ShiftKind
from wardteam.domain.ward import WardBook
from wardteam.services.cover import day_cases
from wardteam_solver.cover import DayCase, most_owned
from wardteam_solver.matrix import Grid
from wardteam_solver.problem import Problem


@dataclass(frozen=True)
class Continuity:
    """Counts of bed-days: held by their owners, allowed, occupied, held and occupied, held at the most.

    `short_days` are days on which another cover would have left owners more of their own beds.
    """

    held: int
    allowed: int
    occupied: int
    held_occupied: int
    most: int
    short_days: int

    @property
    def day_percent(self) -> float:
        """Give the share of the bed-days that the same counts of shifts would allow, in percent."""
        return 100.0 * self.held / self.allowed if self.allowed else 100.0

    @property
    def occupied_percent(self) -> float | None:
        """Give the share of the occupied bed-days that owners hold, in percent; None where there are none."""
        return 100.0 * self.held_occupied / self.occupied if self.occupied else None


def continuity(book: WardBook, roster: Roster, covers: Iterable[Cover]) -> Continuity:
    """Count a roster's continuity under a cover of all its days."""
    owned = {(cover.day, cover.bed) for cover in covers if cover.kind is HolderKind.OWNER}
    by_day = {shift.code for shift in book.shifts if shift.is_duty and shift.kind is ShiftKind.DAY}
    allowed = occupied = held_occupied = most = short_days = 0
    for case in day_cases(book, roster):
        here = _on(case, roster, by_day)
        lying = {(case.day, bed.code) for bed in case.beds if bed.is_occupied}
        best = most_owned(case)
        allowed += here
        occupied += len(lying)
        held_occupied += len(lying & owned)
        most += best
        short_days += sum(day == case.day for day, _ in owned) < best
    return Continuity(len(owned), allowed, occupied, held_occupied, most, short_days)


def _on(case: DayCase, roster: Roster, codes: set[str]) -> int:
    """Count the beds whose owner is on one of these shifts."""
    cells = (roster.cell(owner, case.day) for owner in case.owners.values())
    return sum(cell is not None and cell.code in codes for cell in cells)


def continuity_percent(problem: Problem, grid: Grid) -> float:
    """Give the share of all the owners' duties, evenings and nights included, that are at their own beds.

    Read from the roster alone, before there is a cover.
    """
    holding = frozenset().union(*(problem.with_post(post) for post in problem.capacity))
    held = worked = 0
    for nurse, beds in problem.owned_beds.items():
        duties = [int(option) for option in grid[nurse] if int(option) in problem.duty]
        worked += beds * len(duties)
        held += beds * sum(option in holding for option in duties)
    return 100.0 * held / worked if worked else 0.0
