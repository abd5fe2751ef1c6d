"""The stored roster that questions are asked about, laid out once, and what is asked read from words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.calendar import Period
from wardteam.domain.roster import Roster, RosterStatus
from wardteam.domain.shifts import LeaveKind
from wardteam.domain.ward import WardBook
from wardteam.errors import BadInput, Finding, Message, Named, NotFound
from wardteam.services.carried import past_rosters
from wardteam.services.laid_out import laid_out
from wardteam.services.ledger import with_ledger
from wardteam.services.ports import UnitOfWorkFactory
from wardteam.services.problem import grid_from, helping_teams, rostered
from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.problem import OFF, Problem
from wardteam_solver.words import post_name, shift_name

DAY_OFF = LeaveKind.OFF.value


class NoSuchRoster(NotFound):
    """A question named a roster that isn't there: a mistake in the question."""

    exit_code = 2


@dataclass(frozen=True)
class Scene:
    """A ward's roster with its limits laid out; locks don't stand in the limits but in `kept`."""

    book: WardBook
    roster: Roster
    matrix: Matrix
    grid: Grid

    @property
    def problem(self) -> Problem:
        """The roster's problem."""
        return self.matrix.problem

    def kept(self, asked: date | None = None) -> NDArray[np.bool_]:
        """Give the cells that don't move: locked ones, and days up to the freeze line.

        A question about a frozen day is about what might have been planned: then no day is frozen.
        """
        kept = np.zeros(self.grid.shape, dtype=np.bool_)
        index = {person.key: n for n, person in enumerate(self.problem.people)}
        for (staff_no, day), cell in self.roster.cells.items():
            if cell.is_locked and staff_no in index and day in self.roster.period:
                kept[index[staff_no], (day - self.problem.first).days] = True
        frozen = self.roster.frozen_until
        if frozen is not None and asked is not None and asked > frozen:
            kept[:, : max(0, (frozen - self.problem.first).days + 1)] = True
        return kept

    def nurse(self, given: str) -> int:
        """Give the index of a nurse by staff number or name.

        Raises
        ------
        BadInput
            If nobody of that name is rostered, or several are.
        """
        found = [n for n, person in enumerate(self.problem.people) if given in _names(person)]
        if len(found) == 1:
            return found[0]
        text = "A nurse of this roster was expected, by staff number or name."
        if found:
            text = "Several nurses have this name; give the staff number."
        raise BadInput((Finding("NURSE", Message(text), value=given),))

    def day(self, given: date) -> int:
        """Give the index of a day; BadInput where the roster doesn't cover it."""
        period = self.roster.period
        if given in period:
            return (given - period.first).days
        text = "A day from {first} to {last} was expected: the roster covers no other."
        problem = Message(text, first=period.first.isoformat(), last=period.last.isoformat())
        raise BadInput((Finding("DAY", problem, value=given.isoformat()),))

    def option_name(self, option: int) -> Named | Message:
        """Give the name of an option's shift, or of a day off."""
        if option == OFF:
            return Message("day off")
        return shift_name(self.problem, self.problem.shift_of(option).code)

    def option_with_post(self, option: int) -> Named | Message:
        """Give the name of an option's shift with its post, where it has one."""
        post = "" if option == OFF else self.problem.options[option][1]
        if not post:
            return self.option_name(option)
        return Message("{shift} ({post})", shift=self.option_name(option), post=post_name(post))

    def option_code(self, option: int) -> str:
        """Give the code of an option's shift; `off` for none."""
        return DAY_OFF if option == OFF else self.problem.shift_of(option).code


def scene_of(
    units: UnitOfWorkFactory, ward: str, period: Period | None = None, *, version: int | None = None
) -> Scene:
    """Read a stored roster over its rules.

    Parameters
    ----------
    period
        The book's own period, else the newest with a roster, unless one is named.
    version
        A version; else the published one, else the newest draft.

    Raises
    ------
    NoSuchRoster
        If there is none.
    """
    with units() as unit:
        stored = unit.books.get(ward)
        past = past_rosters(unit, ward)
        periods = unit.rosters.periods(ward)
        chosen = period or stored.book.period or next(iter(periods), None)
        if chosen is None:
            raise NoSuchRoster(Message("There is no roster yet; make one first."))
        held = (unit.rosters.latest(ward, chosen, RosterStatus.PUBLISHED), unit.rosters.latest(ward, chosen))
    roster = next((r for r in held if r is not None and version in (None, r.version)), None)
    if roster is None or not rostered(stored.book, chosen):
        text = "There is no such roster for {first} to {last}."
        raise NoSuchRoster(Message(text, first=chosen.first, last=chosen.last))
    book = with_ledger(stored.book, past, chosen)
    matrix = laid_out(book, chosen, helping_teams(roster.cells))
    return Scene(book, roster, matrix, grid_from(matrix.problem, roster.cells))


def _names(person: object) -> tuple[str, ...]:
    return tuple(filter(None, (getattr(person, name) for name in ("key", "name", "name_en"))))
