"""Last month's tail: four weeks of a plausible roster that keeps the hard rules, built day by day.

Evenings and nights are worked in blocks of two with their days off behind them (P P O, N N X O O);
the rest of each day's staff is drawn from those whose turn it is. Where a day cannot be staffed,
the whole tail is drawn again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from wardteam.demo.cast import TAIL
from wardteam.domain.calendar import Period
from wardteam.domain.defaults import DAY, EVENING, NIGHT, STRAIGHT
from wardteam.domain.ladder import ladder_level
from wardteam.domain.people import Level, Nurse, Restriction, RestrictionKind
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.shifts import Leave, LeaveKind, Post
from wardteam.domain.teams import Membership, Role

RUN_IN = Period(date(2026, 10, 26), TAIL.last)
"""Built from a week earlier, so that the tail does not begin with everybody rested."""
OFF, POST_NIGHT = LeaveKind.OFF.value, LeaveKind.POST_NIGHT.value
NIGHT_BLOCK = (NIGHT.code, NIGHT.code, POST_NIGHT, OFF, OFF)
EVENING_BLOCK = (EVENING.code, EVENING.code, OFF)
MOST_RUN = 6
STAFF_WANTED = (29, 23)
"""Nurses on duty on a weekday and on a weekend day."""
ATTEMPTS = 200
_FEWEST_FIRST = {NIGHT.code: 4.0, EVENING.code: 2.5, STRAIGHT.code: 2.5}
"""How strongly those who had fewest of a shift come first."""


class _NoStaff(Exception):
    """Nobody is left who may take a shift; the tail has to be drawn again."""


@dataclass
class _Track:
    """One nurse's weeks while they are being built."""

    number: str
    team: int
    rank: int
    is_senior: bool
    is_preceptor: bool
    is_first_year: bool
    is_day_only: bool
    leave: dict[date, str]
    free_weekend: int
    cells: dict[date, str] = field(default_factory=dict)
    queue: list[str] = field(default_factory=list)
    run: int = 0
    rest: int = 2
    weekends_worked: int = 0

    def counted(self, *codes: str) -> int:
        """Count her days with any of these codes."""
        return sum(code in codes for code in self.cells.values())

    def write(self, day: date, code: str) -> None:
        """Enter a day and keep the lengths of her runs of work and rest."""
        self.cells[day] = code
        is_work = code in (DAY.code, STRAIGHT.code, EVENING.code, NIGHT.code)
        self.run = self.run + 1 if is_work else 0
        self.rest = 0 if is_work or code == POST_NIGHT else self.rest + 1
        if day.weekday() == 5:
            self.weekends_worked = self.weekends_worked + 1 if is_work else 0

    def is_free_for(self, day: date, block: tuple[str, ...]) -> bool:
        """Whether a block may begin: no leave in it, no run too long, her own free weekend untouched."""
        days = [day + timedelta(days=i) for i in range(len(block))]
        busy = [d for d, code in zip(days, block, strict=True) if code != OFF]
        work = sum(code not in (OFF, POST_NIGHT) for code in block)
        is_hers = any(d.weekday() >= 5 and _week(d) % 4 == self.free_weekend for d in busy)
        return self.run + work <= MOST_RUN and not is_hers and not any(d in self.leave for d in days)


def make_history(
    nurses: tuple[Nurse, ...],
    memberships: tuple[Membership, ...],
    restrictions: tuple[Restriction, ...],
    leaves: Iterable[Leave],
    rng: np.random.Generator,
) -> dict[CellKey, RosterCell]:
    """Build the tail's cells for all ward nurses, with a post for each day shift.

    Raises
    ------
    RuntimeError
        If no tail was found in all attempts.
    """
    known = tuple(leaves)
    for _ in range(ATTEMPTS):
        tracks = _tracks(nurses, memberships, restrictions, known, rng)
        try:
            for day in RUN_IN:
                _plan_day(tracks, day, rng)
        except _NoStaff:
            continue
        return _cells(tracks, memberships)
    raise RuntimeError(f"no tail was found in {ATTEMPTS} attempts")


def _week(day: date) -> int:
    return day.isocalendar().week


def _tracks(
    nurses: tuple[Nurse, ...],
    memberships: tuple[Membership, ...],
    restrictions: tuple[Restriction, ...],
    leaves: tuple[Leave, ...],
    rng: np.random.Generator,
) -> list[_Track]:
    teams = {m.staff_no: m.team for m in memberships}
    barred = (RestrictionKind.PREGNANCY, RestrictionKind.NURSING_MOTHER)
    day_only = {r.staff_no for r in restrictions if r.kind in barred}
    weekends = rng.permutation(np.arange(len(nurses)) % 4)
    return [
        _Track(
            number=nurse.staff_no,
            team=teams.get(nurse.staff_no, 0),
            rank=nurse.title.rank * 10 + ladder_level(nurse, RUN_IN.first),
            is_senior=ladder_level(nurse, RUN_IN.first) >= Level.N2,
            is_preceptor=nurse.is_preceptor,
            is_first_year=nurse.service_years(TAIL.last) < 1,
            is_day_only=nurse.staff_no in day_only,
            leave={
                d: leave.kind.value
                for leave in leaves
                if leave.staff_no == nurse.staff_no
                for d in RUN_IN
                if leave.includes(d)
            },
            free_weekend=int(weekend),
        )
        for nurse, weekend in zip(nurses, weekends, strict=True)
    ]


def _plan_day(tracks: list[_Track], day: date, rng: np.random.Generator) -> None:
    for track in tracks:
        code = track.leave.get(day) or (track.queue.pop(0) if track.queue else "")
        if code:
            track.write(day, code)
    is_weekend = day.weekday() >= 5
    _start_block(tracks, day, NIGHT_BLOCK, 2, rng)
    _start_block(tracks, day, EVENING_BLOCK, 2 if day.weekday() >= 4 else 3, rng)
    _staff_teams(tracks, day, rng)
    _start_block(tracks, day, (STRAIGHT.code,), 2, rng)
    _fill_day_shift(tracks, day, STAFF_WANTED[is_weekend], rng)
    for track in _open(tracks, day):
        track.write(day, OFF)


def _open(tracks: list[_Track], day: date) -> list[_Track]:
    return [track for track in tracks if day not in track.cells]


def _start_block(
    tracks: list[_Track], day: date, block: tuple[str, ...], wanted: int, rng: np.random.Generator
) -> None:
    """Fill a double-staffed shift: a senior first, then those who had fewest of it."""
    code = block[0]
    going_on = [track for track in tracks if track.cells.get(day) == code]
    starting: list[_Track] = []
    while len(going_on) + len(starting) < wanted:
        able = [
            t
            for t in _open(tracks, day)
            if t.is_free_for(day, block) and _may_join(t, going_on, starting, code)
        ]
        if not able:
            raise _NoStaff
        noise = rng.random(len(able))
        chosen = max(zip(able, noise, strict=True), key=lambda pair: _turn(pair[0], day, code) + pair[1])[0]
        chosen.write(day, code)
        chosen.queue = list(block[1:])
        starting.append(chosen)


def _may_join(track: _Track, going_on: list[_Track], starting: list[_Track], code: str) -> bool:
    """Ask for the senior and the preceptor among those who start with her: the others leave before her."""
    if track.is_day_only and code in (EVENING.code, NIGHT.code):
        return False
    if not any(t.is_senior for t in starting):
        return track.is_senior
    has_preceptor = any(t.is_preceptor for t in starting)
    is_only_beginner = not any(t.is_first_year for t in going_on + starting)
    return not track.is_first_year or (has_preceptor and is_only_beginner)


def _turn(track: _Track, day: date, code: str) -> float:
    """Say how much it is her turn: fewer of the shift so far, some juniors spared the seniors' place."""
    return _readiness(track, day) - _FEWEST_FIRST[code] * track.counted(code) - 1.0 * track.is_senior


def _readiness(track: _Track, day: date) -> float:
    """Say how well duty fits her day: behind in days, within a run, rested two days, weekends in turn."""
    passed = len(track.cells)
    worked = passed - track.counted(OFF, POST_NIGHT, *(kind.value for kind in LeaveKind))
    score = (passed - len(set(track.leave) & set(track.cells))) * 5 / 7 - worked
    score += 2.5 if 1 <= track.run <= 4 else 0.0
    score -= 3.0 if track.run == 5 or track.rest == 1 else 0.0
    if day.weekday() == 5:
        score -= 2.5 * track.weekends_worked
        score -= 2.0 if track.run >= 5 else 0.0
    if day.weekday() == 6:
        score += 3.0 if track.run else -3.0
    return score


def _staff_teams(tracks: list[_Track], day: date, rng: np.random.Generator) -> None:
    """Give each team someone to lead and two more on the day shift."""
    able = _by_readiness(tracks, day, rng)
    for team in range(1, 6):
        own = [t for t in able if t.team == team]
        lead = [t for t in own if t.is_senior][:1]
        for track in lead + [t for t in own if t not in lead][: 3 - len(lead)]:
            track.write(day, DAY.code)


def _fill_day_shift(tracks: list[_Track], day: date, wanted: int, rng: np.random.Generator) -> None:
    """Fill the day shift up to the wanted number of staff on duty."""
    on_duty = sum(t.run > 0 for t in tracks if day in t.cells)
    for track in _by_readiness(tracks, day, rng)[: max(wanted - on_duty, 0)]:
        track.write(day, DAY.code)


def _by_readiness(tracks: list[_Track], day: date, rng: np.random.Generator) -> list[_Track]:
    able = [t for t in _open(tracks, day) if t.is_free_for(day, (DAY.code,))]
    noise = dict(zip((t.number for t in able), rng.random(len(able)), strict=True))
    return sorted(able, key=lambda t: _readiness(t, day) + noise[t.number], reverse=True)


def _cells(tracks: list[_Track], memberships: tuple[Membership, ...]) -> dict[CellKey, RosterCell]:
    leading = {m.staff_no: list(Role).index(m.role) for m in memberships}
    cells = {}
    for day in TAIL:
        on_day = [t for t in tracks if t.cells[day] == DAY.code]
        on_day.sort(key=lambda t: (leading.get(t.number, 3), -t.rank))
        leaders = {team: next((t.number for t in on_day if t.team == team), "") for team in range(1, 6)}
        for track in tracks:
            post = Post.LEADER if track.number in leaders.values() else Post.RESPONSIBLE
            code = track.cells[day]
            cells[track.number, day] = RosterCell(code, post if code == DAY.code else Post.NONE)
    return cells
