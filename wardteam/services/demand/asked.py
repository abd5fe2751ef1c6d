"""What each shift is asked to have on a kind of day: its rows of demand, its clock, and its floor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.shifts import DayKind, Demand, Post, Segment, Shift
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.services.day_demands import demands_on
from wardteam.services.duty_hours import segments_on
from wardteam.services.problem import is_summer

SLOTS = 48
SLOT_MINUTES = 30
LOOK_AHEAD_DAYS = 400
DOUBLE = 2
DOUBLE_STAFFED = Message("Double-staffed: at least 2.")
STAYS_STAFFED = Message("A shift that is asked for has at least one nurse.")
BEDS_FLOOR = (
    "Beds: a team has up to {beds} beds; within the cover caps they take {nurses} bed-holding nurses a team."
)


@dataclass(frozen=True)
class ShiftAsk:
    """One shift's demand on a kind of day.

    `row` is the row whose numbers are proposed and edited; `fixed` are the nurses of other rows (leaders),
    all teams together; `teams` is 1 unless the row's numbers are for each team.
    """

    shift: Shift
    row: Demand
    fixed: int
    teams: int
    segments: tuple[Segment, ...]

    def nurses(self, number: int) -> int:
        """Give the nurses on the shift in all, where the row asks for this number."""
        return self.fixed + number * self.teams

    def number(self, nurses: int) -> int:
        """Give the row's number that brings at least so many nurses in all."""
        return max(ceil((nurses - self.fixed) / self.teams), 0)

    @property
    def hours(self) -> float:
        """Paid hours of one nurse."""
        return self.shift.minutes / 60

    @property
    def slots(self) -> NDArray[np.bool_]:
        """On which of the clock's 48 half-hours the shift is on, whichever date they fall on."""
        on = self._on
        return np.asarray(on[:SLOTS] | on[SLOTS:])

    @property
    def same_day(self) -> NDArray[np.bool_]:
        """In which of the clock's 24 hours the shift is on on its column's own date."""
        return np.asarray(self._on[:SLOTS].reshape(-1, 2).any(axis=1))

    @property
    def next_day(self) -> NDArray[np.bool_]:
        """In which of the clock's 24 hours the shift is on on the date after its column's."""
        return np.asarray(self._on[SLOTS:].reshape(-1, 2).any(axis=1))

    @property
    def _on(self) -> NDArray[np.bool_]:
        starts = np.arange(2 * SLOTS) * SLOT_MINUTES
        on = np.zeros(2 * SLOTS, dtype=np.bool_)
        for segment in self.segments:
            on |= (segment.start_minute <= starts) & (starts + SLOT_MINUTES <= segment.end_minute)
        return on


def next_day_of(book: WardBook, kind: DayKind, today: date) -> date | None:
    """Give the next date of a kind, within about a year."""
    ahead = (today + timedelta(days=i) for i in range(1, LOOK_AHEAD_DAYS))
    return next((day for day in ahead if book.calendar.kind(day) is kind), None)


def asked_on(book: WardBook, day: date) -> tuple[ShiftAsk, ...]:
    """Give the demand of each duty shift that is asked for on a date, in the book's order of shifts."""
    demands = demands_on(book, day)
    teams = max(len(book.teams), 1)
    found = []
    for shift in book.shifts:
        rows = [d for d in demands if d.shift == shift.code and d.post is not Post.ASSISTANT and not d.team]
        row = _edited(rows)
        if row is None or not shift.is_duty:
            continue
        posts = (d for d in rows if d is not row and d.post is Post.LEADER)
        fixed = sum(d.minimum * (teams if d.per_team else 1) for d in posts)
        segments = segments_on(shift, is_summer=is_summer(book, day))
        found.append(ShiftAsk(shift, row, fixed, teams if row.per_team else 1, segments))
    return tuple(found)


def floor_of(book: WardBook, ask: ShiftAsk, *, is_wished: bool) -> tuple[int, Message]:
    """Give the fewest nurses that a shift has in all, whatever patients and calls ask for, and why."""
    if ask.row.per_team and ask.shift.holds_beds:
        beds = ceil(len(book.beds) / ask.teams)
        caps = book.settings.caps
        leader = caps.leader_base[1] if is_wished else caps.leader_cover_most
        each = caps.responsible_base[1] if is_wished else caps.responsible_cover_most
        leaders = ask.fixed // ask.teams
        number = max(ceil((beds - leader * leaders) / each), 1)
        return ask.nurses(number), Message(BEDS_FLOOR, beds=beds, nurses=number + leaders)
    if ask.shift.is_double_staffed:
        return DOUBLE, DOUBLE_STAFFED
    return 1, STAYS_STAFFED


def _edited(rows: Iterable[Demand]) -> Demand | None:
    """Choose the row that is proposed and edited: responsible nurses, else the shift's own number."""
    rows = tuple(rows)
    order = (Post.RESPONSIBLE, Post.NONE, Post.LEADER)
    return next((row for post in order for row in rows if row.post is post), None)
