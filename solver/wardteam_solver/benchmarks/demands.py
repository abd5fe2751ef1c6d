"""What a generated ward asks for: as much of what its hidden roster has as the tightness says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import numpy as np

from wardteam.domain.beds import Stay
from wardteam.domain.calendar import Period
from wardteam.domain.defaults import DAY, EVENING, NIGHT, STRAIGHT
from wardteam.domain.ladder import ladder_level
from wardteam.domain.people import Level
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.rules import RuleSetting, Severity
from wardteam.domain.shifts import Demand, Post
from wardteam.domain.ward import WardBook
from wardteam.domain.wishes import Wish, WishKind

Cells = dict[CellKey, RosterCell]

LEAST = 2
SPARE_HOURS = 8
WISHES_A_NURSE = 2.7


class Tightness(StrEnum):
    """How little the hidden roster is left to spare."""

    LOOSE = "loose"
    TIGHT = "tight"
    VERY_TIGHT = "very tight"
    HARD = "hard minima"


@dataclass(frozen=True)
class _Counts:
    """Who stands where on one day of the hidden roster."""

    book: WardBook
    cells: Cells
    day: date

    def on(self, code: str) -> int:
        """Count the nurses on a shift."""
        return sum(cell.code == code for (_, day), cell in self.cells.items() if day == self.day)

    def fewest(self, post: Post) -> int:
        """Count a post's nurses in the team that has fewest of them."""
        counts = {team.number: 0 for team in self.book.teams}
        for membership in self.book.memberships:
            cell = self.cells.get((membership.staff_no, self.day))
            counts[membership.team] += cell is not None and cell.post is post
        return min(counts.values())


def demands_of(book: WardBook, cells: Cells, period: Period, tightness: Tightness) -> tuple[Demand, ...]:
    """Ask for each day's staff by the hidden roster."""
    return tuple(d for day in period for d in _of_day(_Counts(book, cells, day), tightness))


def _of_day(counts: _Counts, tightness: Tightness) -> Iterator[Demand]:
    is_loose = tightness in (Tightness.LOOSE, Tightness.HARD)
    days = (counts.day,)
    yield Demand(DAY.code, 1, 1, 1, days=days, post=Post.LEADER, per_team=True)
    fewest = counts.fewest(Post.RESPONSIBLE)
    least = LEAST if is_loose else fewest
    yield Demand(DAY.code, least, fewest, days=days, post=Post.RESPONSIBLE, per_team=True)
    for code in (STRAIGHT.code, EVENING.code, NIGHT.code):
        held = counts.on(code)
        most = held + 2 if is_loose else held
        yield Demand(code, LEAST if is_loose else held, held, most, days=days)
    if tightness is Tightness.VERY_TIGHT:
        yield Demand(DAY.code, counts.on(DAY.code), counts.on(DAY.code), days=days)


def settings_of(tightness: Tightness) -> tuple[RuleSetting, ...]:
    """Give the ward's rules: less overtime where it is tight, hard minima where it is said."""
    if tightness is Tightness.LOOSE:
        return ()
    if tightness is Tightness.HARD:
        return tuple(
            RuleSetting(code, Severity.HARD) for code in ("staffing", "double_staffing", "bed_capacity")
        )
    return (RuleSetting("overtime", parameters={"hours": SPARE_HOURS}),)


def stays_of(
    book: WardBook, cells: Cells, period: Period, *, is_tight: bool, rng: np.random.Generator
) -> tuple[Stay, ...]:
    """Put patients in most beds; no more of them need a level than the hidden roster can hold each day."""
    admitted = datetime.combine(period.first - timedelta(days=3), time(10), book.settings.zone)
    found = []
    for team in book.teams:
        levels = {level: _held(book, cells, period, team.number, level) for level in (Level.N2, Level.N1)}
        seniors = levels[Level.N2] if is_tight else min(levels[Level.N2], 2)
        others = max(seniors, levels[Level.N1] if is_tight else min(levels[Level.N1], 4))
        for place, bed in enumerate(_beds_of(book, team.number, period.first)):
            needed = Level.N2 if place < seniors else Level.N1 if place < others else Level.N0
            if needed is not Level.N0 or rng.random() < 0.9:
                grade = next(b.usual_grade for b in book.beds if b.code == bed)
                found.append(Stay(f"P{bed}", bed, grade, admitted, minimum_level=needed))
    return tuple(found)


def _beds_of(book: WardBook, team: int, on: date) -> list[str]:
    mates = {m.staff_no for m in book.memberships if m.team == team}
    return [bed.code for bed in book.beds if book.owner(bed.code, on) in mates]


def _held(book: WardBook, cells: Cells, period: Period, team: int, level: Level) -> int:
    """Give how many beds the team's nurses of a level can hold on their leanest day."""
    caps = book.settings.caps
    capacity = {Post.LEADER: caps.leader_cover_most, Post.RESPONSIBLE: caps.responsible_cover_most}
    able = [
        m.staff_no
        for m in book.memberships
        if m.team == team and ladder_level(book.nurse(m.staff_no), period.first) >= level
    ]
    return min(sum(capacity.get(cells[who, day].post, 0) for who in able) for day in period)


def wishes_of(book: WardBook, cells: Cells, period: Period, rng: np.random.Generator) -> tuple[Wish, ...]:
    """Wish for days off, weekends first, and for what the hidden roster has or has not."""
    days, found = tuple(period), dict[CellKey, Wish]()
    for _ in range(int(WISHES_A_NURSE * len(book.nurses))):
        who = book.nurses[int(rng.integers(len(book.nurses)))].staff_no
        day = days[int(rng.integers(len(days)))]
        points = int(rng.integers(1, 4))
        cell = cells[who, day]
        is_duty = any(cell.code == shift.code for shift in book.shifts)
        if is_duty and rng.random() < 0.3:
            found[who, day] = Wish(who, day, WishKind.ON, cell.code, points)
        elif not any(leave.staff_no == who and leave.includes(day) for leave in book.leaves):
            found[who, day] = Wish(who, day, WishKind.OFF, points=points)
    return tuple(found.values())
