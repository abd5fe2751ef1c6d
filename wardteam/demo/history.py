"""Last month's tail: four weeks of a plausible roster that keeps the hard rules, built week by week.

Evenings and nights are worked in blocks of two with their days off behind them (P P O, N N X O O);
they begin only where enough of each team are left for its posts. Where a week cannot be staffed, it is
drawn again, and after some draws the week before it too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from wardteam.demo.cast import TAIL
from wardteam.demo.day_plan import NoStaff, plan_day
from wardteam.demo.mending import mend
from wardteam.demo.posts import day_posts
from wardteam.demo.tracks import OFF, Track, make_tracks
from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.people import Nurse, Restriction
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.shifts import Leave, Post
from wardteam.domain.teams import Membership

RUN_IN = Period(date(2026, 10, 26), TAIL.last)
"""Built from a week earlier, so that the tail does not begin with everybody rested."""
RESTED = 4
"""Seniors, and others, who begin the run-in with a day off or two."""
TRIES = 3
"""Draws of one week before the week ahead of it is drawn again."""
MOST_DRAWS = 400


def make_history(
    nurses: tuple[Nurse, ...],
    memberships: tuple[Membership, ...],
    restrictions: tuple[Restriction, ...],
    leaves: Iterable[Leave],
    calendar: Calendar,
    rng: np.random.Generator,
) -> dict[CellKey, RosterCell]:
    """Build the tail and the week before it for all ward nurses, with a post for each day shift.

    Raises
    ------
    RuntimeError
        If no weeks were found in all draws.
    """
    tracks = make_tracks(nurses, memberships, restrictions, leaves, calendar, RUN_IN)
    _rest_first(tracks, rng)
    return cells_of(draw_weeks(tracks, RUN_IN, {}, calendar, rng), memberships)


def _rest_first(tracks: list[Track], rng: np.random.Generator) -> None:
    """Begin with days off for some of several teams: the days before end with their nights and evenings."""
    day = RUN_IN.first
    able = [t for t in tracks if not t.is_day_only and not t.is_kept_free(day - timedelta(days=1))]
    mixed = [able[i] for i in rng.permutation(len(able))]
    for is_senior in (True, False):
        fit = [t for t in mixed if t.skill(day).is_senior == is_senior and not t.skill(day).is_beginner]
        first_of_team = {t.team: t for t in reversed(fit)}
        chosen = [t for t in fit if first_of_team[t.team] is t][:RESTED]
        for place, track in enumerate(chosen):
            track.queue = [OFF] * (1 + place % 2)


def draw_weeks(
    tracks: list[Track],
    span: Period,
    joined: dict[str, date],
    calendar: Calendar,
    rng: np.random.Generator,
) -> list[Track]:
    """Draw the weeks of a span, one after another; a nurse has cells from the date that she joined."""
    states = [tracks]
    for _ in range(MOST_DRAWS):
        first = span.first + timedelta(days=7 * (len(states) - 1))
        if first > span.last:
            mend(states[-1], span)
            return states[-1]
        week = Period(first, min(first + timedelta(days=6), span.last))
        drawn = _draw(states[-1], week, joined, calendar, rng)
        if drawn is not None:
            states.append(drawn)
        elif len(states) > 1:
            states.pop()
    raise RuntimeError(f"no weeks were found in {MOST_DRAWS} draws")


def _draw(
    tracks: list[Track], week: Period, joined: dict[str, date], calendar: Calendar, rng: np.random.Generator
) -> list[Track] | None:
    """Draw a week some times and give the draw with the fewest posts left empty; None without any."""
    best, fewest = None, math.inf
    for _ in range(TRIES):
        trial = [track.copy() for track in tracks]
        missing = 0
        try:
            for day in week:
                here = [track for track in trial if joined.get(track.number, day) <= day]
                missing += plan_day(here, day, rng, is_working_day=calendar.is_working_day(day))
        except NoStaff:
            continue
        if missing < fewest:
            best, fewest = trial, missing
        if not missing:
            break
    return best


def cells_of(tracks: list[Track], memberships: tuple[Membership, ...]) -> dict[CellKey, RosterCell]:
    """Give the cells of the tracks' days, with a post for each day shift."""
    codes = {(track.number, day): code for track in tracks for day, code in track.cells.items()}
    skills = {track.number: track.skills for track in tracks}
    posts = day_posts(codes, skills, memberships)
    return {key: RosterCell(code, posts.get(key, Post.NONE)) for key, code in codes.items()}
