"""Fill posts that a draw left empty: one of the team works that day and rests on another."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from wardteam.demo.day_plan import TEAMS, lacking
from wardteam.demo.tracks import BUSY, MOST_RUN, OFF, POST_NIGHT, Track
from wardteam.domain.calendar import Period
from wardteam.domain.defaults import DAY, EVENING, STRAIGHT

REACH = 7
"""Days before and behind an empty post among which another day of rest is looked for."""


def mend(tracks: list[Track], span: Period) -> None:
    """Fill the teams' empty posts on the days of a span as far as the rules for each nurse allow."""
    for team in TEAMS:
        own = [track for track in tracks if track.team == team]
        for day in span:
            for track in own:
                if not _missing(own, day):
                    break
                if track.cells.get(day) == OFF and not track.is_kept_free(day):
                    _try(track, own, day, span)
                elif track.cells.get(day) == STRAIGHT.code:
                    _exchange(track, own, tracks, day)


def _exchange(track: Track, own: list[Track], tracks: list[Track], day: date) -> None:
    """Let her change the straight-through shift for the day shift of one whom another team can spare."""
    before = _missing(own, day)
    track.cells[day] = DAY.code
    if _missing(own, day) < before:
        for other in tracks:
            is_able = other.skill(day).is_senior >= track.skill(day).is_senior
            is_able = is_able and other.is_preceptor >= track.is_preceptor
            if other.team == track.team or other.cells.get(day) != DAY.code or not is_able:
                continue
            theirs = [one for one in tracks if one.team == other.team]
            wanting = _missing(theirs, day) if other.team else 0
            other.cells[day] = STRAIGHT.code
            if not other.skill(day).is_beginner and (not other.team or _missing(theirs, day) <= wanting):
                return
            other.cells[day] = DAY.code
    track.cells[day] = STRAIGHT.code


def _try(track: Track, own: list[Track], day: date, span: Period) -> None:
    """Let her work on the day if that helps, with another day of rest instead where she needs it."""
    before = _missing(own, day)
    track.cells[day] = DAY.code
    if _missing(own, day) < before:
        if track.counted(day.month) <= track.most[day.month] and _keeps_rules(track, day):
            return
        for step in range(1, REACH + 1):
            for other in (day - timedelta(days=step), day + timedelta(days=step)):
                if _may_give(track, own, other, day, span):
                    return
    track.cells[day] = OFF


def _may_give(track: Track, own: list[Track], other: date, day: date, span: Period) -> bool:
    """Let her rest on another day where her team can spare her and her rules are kept; say whether."""
    if other not in span or other.month != day.month or track.cells.get(other) != DAY.code:
        return False
    before = _missing(own, other)
    track.cells[other] = OFF
    if _missing(own, other) <= before and _keeps_rules(track, day):
        return True
    track.cells[other] = DAY.code
    return False


def _missing(own: list[Track], day: date) -> int:
    return lacking([track for track in own if track.cells.get(day) == DAY.code], day)


def _keeps_rules(track: Track, day: date) -> bool:
    """Whether the days around one keep the longest run, the rest behind evenings and behind nights."""
    first = day - timedelta(days=REACH)
    row = [track.code(first + timedelta(days=i)) for i in range(2 * REACH + 1)]
    run = 0
    for code in row:
        run = run + 1 if code in BUSY else 0
        if run > MOST_RUN:
            return False
    is_early = (DAY.code, STRAIGHT.code)
    return not any(
        (one == EVENING.code and following in is_early) or (one == POST_NIGHT and following in BUSY)
        for one, following in pairwise(row)
    )
