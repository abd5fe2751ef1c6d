"""What a swap is judged against: the rules laid out, the roster as it stands, what may still change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from wardteam.domain.roster import CellKey, Roster, RosterCell
from wardteam.domain.shifts import Post
from wardteam.domain.swaps import SwapDuty
from wardteam.domain.ward import WardBook
from wardteam.services.freeze import frozen_until, has_started
from wardteam.services.laid_out import laid_out
from wardteam.services.problem import cells_from, grid_from, helping_teams
from wardteam_solver.check import Checker, Verdict
from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.problem import OFF, Problem
from wardteam_solver.trial import CellChoice, Trials


@dataclass(frozen=True)
class SwapScene:
    """A roster over its rules, at a moment by the ward's clock."""

    book: WardBook
    roster: Roster
    now: datetime
    matrix: Matrix
    grid: Grid

    @property
    def problem(self) -> Problem:
        """The period as the engine sees it."""
        return self.matrix.problem

    @cached_property
    def trials(self) -> Trials:
        """What changes of the roster would do."""
        return Trials(self.matrix, self.grid)

    @cached_property
    def before(self) -> Verdict:
        """The roster as it stands, against the rules."""
        return Checker(self.matrix).check(self.grid)

    @cached_property
    def _index(self) -> dict[str, int]:
        return {person.key: n for n, person in enumerate(self.problem.people)}

    def nurse(self, staff_no: str) -> int | None:
        """Give the index of a nurse of the roster, None where she is not in it."""
        return self._index.get(staff_no)

    def day(self, day: date) -> int:
        """Give the index of a date."""
        return (day - self.problem.first).days

    def may_change(self, nurse: int, day: int) -> bool:
        """Whether a nurse's day may be exchanged: in the period, not over, not locked, no granted leave."""
        if day not in self.problem.days or day in self.problem.people[nurse].leave:
            return False
        on = self.problem.date_of(day)
        cell = self.roster.cell(self.problem.people[nurse].key, on)
        is_locked = cell is not None and cell.is_locked
        return not is_locked and not is_over(self.book, self.roster, cell, on, self.now)

    def duty(self, nurse: int, day: int) -> SwapDuty | None:
        """Give what a nurse has on a day, on call included; None where she has nothing."""
        option = int(self.grid[nurse, day])
        if option == OFF:
            return None
        shift, post = self.problem.options[option]
        return SwapDuty(self.problem.date_of(day), self.problem.shifts[shift].code, Post(post))

    def changed(self, choices: Iterable[CellChoice]) -> Grid:
        """Give the grid with these cells."""
        grid = self.grid.copy()
        for nurse, day, option in choices:
            grid[nurse, day] = option
        return grid

    def cells(self, choices: Iterable[CellChoice]) -> Mapping[CellKey, RosterCell]:
        """Give the roster's cells that these choices change, the days after nights included."""
        chosen = tuple(choices)
        after = cells_from(self.problem, self.changed(chosen), {})
        keys = [
            (self.problem.people[n].key, self.problem.date_of(d))
            for n, day, _ in chosen
            for d in (day, day + 1)
            if d in self.problem.days
        ]
        cells = self.roster.cells
        return {key: after[key] for key in sorted(set(keys)) if _plain(cells.get(key)) != after[key]}


def _plain(cell: RosterCell | None) -> RosterCell | None:
    return None if cell is None else RosterCell(cell.code, cell.post)


def is_over(book: WardBook, roster: Roster, cell: RosterCell | None, day: date, now: datetime) -> bool:
    """Whether a cell no longer changes: its day is frozen, or its shift has begun."""
    return day <= frozen_until(roster, now.date()) or has_started(book, cell, day, now)


def scene_of(book: WardBook, roster: Roster, now: datetime) -> SwapScene:
    """Lay out a ward's rules over a roster."""
    matrix = laid_out(book, roster.period, helping_teams(roster.cells))
    grid = grid_from(matrix.problem, roster.cells)
    return SwapScene(book, roster, now.astimezone(book.settings.zone), matrix, grid)
