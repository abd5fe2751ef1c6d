"""A hidden roster that keeps every hard rule, built day by day without any solver."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from wardteam.domain.calendar import Period
from wardteam.domain.defaults import DAY, EVENING, NIGHT, STRAIGHT
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.shifts import LeaveKind, Post
from wardteam.domain.teams import Role
from wardteam.domain.ward import WardBook
from wardteam_solver.benchmarks.tracks import ONE_DAY, Track, make_track

TAIL_DAYS = 28
ATTEMPTS = 200
FARTHEST_BACK = 9
LEAST_RESPONSIBLE = 2
LARGE_WARD = 48

Cells = dict[CellKey, RosterCell]


class NobodyLeft(Exception):
    """A place that must be filled found nobody; the roster is drawn again."""


def hidden_roster(book: WardBook, period: Period, rng: np.random.Generator) -> Cells:
    """Build four weeks of tail and the period; every cell of the nurses is written.

    Where a day can't be filled, the days before it are drawn again, more of them each time.

    Raises
    ------
    NobodyLeft
        If no roster was found in all attempts.
    """
    tracks = _tracks(book, period, rng)
    days, kept, failures = tuple(known_days(period)), [_saved(tracks)], 0
    while len(kept) <= len(days):
        day = days[len(kept) - 1]
        try:
            _Day(tracks, day, rng, is_large=len(tracks) >= LARGE_WARD).fill()
        except NobodyLeft:
            failures += 1
            if failures == ATTEMPTS:
                raise
            del kept[max(1, len(kept) - failures % FARTHEST_BACK) :]
            _restore(tracks, kept[-1])
            continue
        kept.append(_saved(tracks))
    return _cells(book, tracks, period)


def _tracks(book: WardBook, period: Period, rng: np.random.Generator) -> list[Track]:
    """Lay out all nurses; teammates next to each other in rank have different weekends free."""
    seen: dict[int, int] = {}
    tracks = []
    for nurse in book.nurses:
        membership = book.membership(nurse.staff_no, period.first)
        team = 0 if membership is None else membership.team
        place = seen.setdefault(team, int(rng.integers(4)))
        tracks.append(make_track(book, nurse, period, place % 4))
        seen[team] = place + 1
    return tracks


Saved = list[tuple[dict[date, RosterCell | None], int]]


def _saved(tracks: list[Track]) -> Saved:
    return [(dict(track.cells), track.minutes) for track in tracks]


def _restore(tracks: list[Track], saved: Saved) -> None:
    for track, (cells, minutes) in zip(tracks, saved, strict=True):
        track.cells, track.minutes = dict(cells), minutes


def known_days(period: Period) -> Period:
    """Give the tail and the period as one span."""
    return Period(period.first - timedelta(days=TAIL_DAYS), period.last)


@dataclass
class _Day:
    """One day while its places are filled, the scarce ones first."""

    tracks: list[Track]
    day: date
    rng: np.random.Generator
    is_large: bool

    def fill(self) -> None:
        """Fill nights, evenings, the teams' posts, straight-through, and then whoever lags behind."""
        more = int(self.is_large and self.rng.random() < 0.5)
        weekday = int(self.day.weekday() < 5)
        self._staff(NIGHT.code, 2 + more, int(self.rng.choice((2, 2, 3))))
        self._staff(EVENING.code, 2 + more * weekday, int(self.rng.choice((1, 2, 2))))
        for team in sorted({t.team for t in self.tracks}):
            self._give_leader(team)
        self._staff(STRAIGHT.code, 2 + more * weekday, 1)
        for team in sorted({t.team for t in self.tracks}):
            self._give_responsible(team)
        self._add_more()

    def _staff(self, code: str, wanted: int, length: int) -> None:
        """Fill a shift: a senior first, a learner only beside a preceptor."""
        while len(here := [t for t in self.tracks if t.on(code, self.day)]) < wanted or not any(
            t.is_senior for t in here
        ):
            has_senior = any(t.is_senior for t in here)
            may_learn = has_senior and length == 1 and any(t.is_preceptor for t in here)
            may_learn = may_learn and code != NIGHT.code and not any(t.is_supervised for t in here)

            def suits(track: Track, *, others: bool = has_senior, learners: bool = may_learn) -> bool:
                if track.is_supervised:
                    return learners
                return (track.is_senior or others) and not self._is_last_leader(track)

            self._best(self.tracks, suits, code, length).give(RosterCell(code), self.day, length)

    def _is_last_leader(self, track: Track) -> bool:
        mates = [t for t in self.tracks if t.team == track.team and t.may_lead]
        if any(self._leads(t) for t in mates):
            return False
        return track.may_lead and sum(t.may(DAY.code, self.day) for t in mates) <= 1

    def _leads(self, track: Track) -> bool:
        cell = track.cells.get(self.day)
        return cell is not None and cell.post is Post.LEADER

    def _give_leader(self, team: int) -> None:
        mates = [t for t in self.tracks if t.team == team and t.may_lead]
        heads = [t for t in mates if t.role is Role.LEADER and t.may(DAY.code, self.day)]
        chosen = self._best(heads or mates, lambda _: True, DAY.code, 1)
        chosen.give(RosterCell(DAY.code, Post.LEADER), self.day)

    def _give_responsible(self, team: int) -> None:
        mates = [
            t for t in self.tracks if t.team == team and t.role is not Role.LEADER and not t.is_supervised
        ]
        for _ in range(LEAST_RESPONSIBLE):
            chosen = self._best(mates, lambda _: True, DAY.code, 1)
            chosen.give(RosterCell(DAY.code, Post.RESPONSIBLE), self.day)

    def _add_more(self) -> None:
        """Give a day shift to those who lag behind, learners only beside a preceptor."""
        may_learn = any(t.is_preceptor and t.on(DAY.code, self.day) for t in self.tracks)
        for track in self.tracks:
            lags = track.behind(self.day) > 0.5 and track.keeps_weekend(self.day)
            if track.role is Role.LEADER or not lags or not track.may(DAY.code, self.day):
                continue
            if not track.is_supervised:
                track.give(RosterCell(DAY.code, Post.RESPONSIBLE), self.day)
            elif may_learn:
                track.give(RosterCell(DAY.code, Post.ASSISTANT), self.day)

    def _best(self, tracks: Iterable[Track], suits: Callable[[Track], bool], code: str, length: int) -> Track:
        """Choose who lags behind most and had the shift least, with some chance."""
        able = [t for t in tracks if t.may(code, self.day, length) and suits(t)]
        if not able:
            raise NobodyLeft
        share = 0.0 if code == DAY.code else 1.5
        marks = [
            t.behind(self.day)
            - share * t.count(code)
            - 4 * (t.role is Role.LEADER and code != DAY.code)
            - 4 * t.prefers_off(self.day)
            + self.rng.random()
            for t in able
        ]
        return able[int(np.argmax(marks))]


def _cells(book: WardBook, tracks: list[Track], period: Period) -> Cells:
    cells: Cells = {}
    kinds = {
        (leave.staff_no, leave.start + i * ONE_DAY): leave.kind
        for leave in book.leaves
        for i in range((leave.end - leave.start).days + 1)
    }
    for track in tracks:
        for day in known_days(period):
            before = track.cells.get(day - ONE_DAY)
            ends_night = before is not None and before.code == NIGHT.code
            free = kinds.get((track.staff_no, day), LeaveKind.POST_NIGHT if ends_night else LeaveKind.OFF)
            cells[track.staff_no, day] = track.cells.get(day) or RosterCell(free.value)
    return cells
