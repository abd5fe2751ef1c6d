"""One day of a past roster: blocks of nights and evenings, each team's posts, then the rest by turns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from wardteam.demo.tracks import DUTIES, MOST_RUN, OFF, POST_NIGHT, Track
from wardteam.domain.defaults import DAY, EVENING, NIGHT, STRAIGHT

NIGHT_BLOCK = (NIGHT.code, NIGHT.code, POST_NIGHT, OFF, OFF)
EVENING_BLOCK = (EVENING.code, EVENING.code, OFF)
ONE_DAY = (DAY.code,)
STAFF_WANTED = (29, 23)
"""Nurses on duty on a working day and on another."""
HOLDERS = 2
"""Responsible nurses whom each team needs on each day shift, beside its leader."""
TEAMS = range(1, 6)
_FEWEST_FIRST = {NIGHT.code: 4.0, EVENING.code: 2.5, STRAIGHT.code: 1.0}
"""How strongly those who had fewest of a shift come first."""


class NoStaff(Exception):  # no error: the signal to draw again
    """Nobody is left who may take a shift; the days have to be drawn again."""


def plan_day(tracks: list[Track], day: date, rng: np.random.Generator, *, is_working_day: bool) -> int:
    """Enter everybody's day and count the teams' posts left empty; NoStaff for a shift without a senior."""
    for track in tracks:
        code = track.leave.get(day) or (track.queue.pop(0) if track.queue else "")
        if code:
            track.write(day, code)
    noise = dict(zip((t.number for t in tracks), rng.random(len(tracks)).tolist(), strict=True))
    _start_block(tracks, day, NIGHT_BLOCK, 2, noise)
    _start_block(tracks, day, EVENING_BLOCK, 2 if day.weekday() >= 4 or not is_working_day else 3, noise)
    _start_block(tracks, day, (STRAIGHT.code,), 2, noise)
    missing = _staff_teams(tracks, day, noise)
    _fill_day_shift(tracks, day, STAFF_WANTED[not is_working_day], noise)
    for track in _open(tracks, day):
        track.write(day, OFF)
    return missing


def _open(tracks: Iterable[Track], day: date) -> list[Track]:
    return [track for track in tracks if day not in track.cells]


def _start_block(
    tracks: list[Track], day: date, block: tuple[str, ...], wanted: int, noise: dict[str, float]
) -> None:
    """Fill a double-staffed shift: a senior first, then those who had fewest of it."""
    code = block[0]
    going_on = [track for track in tracks if track.cells.get(day) == code]
    starting: list[Track] = []
    able = [t for t in _open(tracks, day) if t.is_free_for(day, block)]
    while len(going_on) + len(starting) < wanted:
        fit = [t for t in able if t not in starting and _may_join(t, going_on, starting, day, code)]
        if not fit:
            raise NoStaff
        turn = {t.number: _turn(t, tracks, day, block) + noise[t.number] for t in fit}
        chosen = max(fit, key=lambda t: turn[t.number])
        chosen.write(day, code)
        chosen.queue = list(block[1:])
        starting.append(chosen)


def _may_join(track: Track, going_on: list[Track], starting: list[Track], day: date, code: str) -> bool:
    """Ask for the senior and the preceptor among those who start with her: the others leave before her."""
    if track.is_day_only and code in (EVENING.code, NIGHT.code):
        return False
    if not any(t.skill(day).is_senior for t in starting):
        return track.skill(day).is_senior
    has_preceptor = any(t.is_preceptor for t in starting)
    is_only_beginner = not any(t.skill(day).is_beginner for t in going_on + starting)
    return not track.skill(day).is_beginner or (has_preceptor and is_only_beginner)


def _team_missing(tracks: list[Track], leaving: Track, day: date, block: tuple[str, ...]) -> int:
    """Count the posts that her team can't fill without her, today and on the days of the block."""
    if not leaving.skill(day).may_lead and not leaving.skill(day).may_hold:
        return 0
    own = [t for t in tracks if t.team == leaving.team and t is not leaving]
    today = [t for t in _open(own, day) if t.is_free_for(day, ONE_DAY)]
    missing = -2 * min(_spare(today, day), 0)
    for ahead in range(1, len(block)):
        missing -= min(_spare([t for t in own if not t.is_promised(day, ahead)], day), 0)
    return missing


def lacking(team: list[Track], day: date) -> int:
    """Count a team's posts that these nurses on its day shift can't fill."""
    skills = [t.skill(day) for t in team]
    leading = sum(skill.may_lead for skill in skills)
    only_leading = any(skill.may_lead and not skill.may_hold for skill in skills)
    holding = sum(skill.may_hold for skill in skills) - (1 if leading and not only_leading else 0)
    return max(1 - leading, 0) + max(HOLDERS - holding, 0)


def _spare(team: list[Track], day: date) -> int:
    """Count those left when one leads and two hold posts; below zero where the posts can't be filled."""
    skills = [t.skill(day) for t in team]
    leading = sum(skill.may_lead for skill in skills)
    only_leading = any(skill.may_lead and not skill.may_hold for skill in skills)
    holding = sum(skill.may_hold for skill in skills) - (0 if only_leading else 1)
    return min(leading - 1, holding - HOLDERS)


def _turn(track: Track, tracks: list[Track], day: date, block: tuple[str, ...]) -> float:
    """Say how much it is her turn: fewer of the shift so far, teams and leaders with some to spare."""
    own = [t for t in tracks if t.team == track.team and t is not track and not t.is_promised(day, 1)]
    spare = min(_spare(own, day), 2) if track.team else 2
    score = _readiness(track, day) - _FEWEST_FIRST[block[0]] * track.taken[block[0]]
    score -= 10.0 * _team_missing(tracks, track, day, block)
    return score + 2.0 * spare - 1.0 * track.skill(day).is_senior


def _readiness(track: Track, day: date) -> float:
    """Say how well duty fits her day: behind in days, within a run, rested two days, weekends in turn."""
    worked = track.worked.total()
    score = (len(track.cells) - track.away) * 5 / 7 - worked
    score += 2.5 if 1 <= track.strain <= 4 else 0.0
    score -= 3.0 if track.strain == 5 or track.rest == 1 else 0.0
    if day.weekday() == 5:
        score -= 2.5 * track.weekends_worked
        score -= 2.0 if track.strain >= 5 else 0.0
    if day.weekday() == 6:
        score += 3.0 if track.strain else -3.0
    return score


def _staff_teams(tracks: list[Track], day: date, noise: dict[str, float]) -> int:
    """Give each team someone to lead and two more who may hold beds; count the posts left empty."""
    able = _by_readiness(tracks, day, noise)
    missing = 0
    for team in TEAMS:
        own = [t for t in able if t.team == team]
        leading = [t for t in own if t.skill(day).may_lead]
        lead = sorted(leading, key=lambda t: t.skill(day).may_hold)[:1] if len(leading) > 2 else leading[:1]
        holding = [t for t in own if t not in lead and t.skill(day).may_hold]
        holding.sort(key=lambda t: t.skill(day).may_lead)
        for track in (*lead, *holding[:HOLDERS]):
            track.write(day, DAY.code)
        missing += 1 - len(lead) + HOLDERS - len(holding[:HOLDERS])
    return missing


def _fill_day_shift(tracks: list[Track], day: date, wanted: int, noise: dict[str, float]) -> None:
    """Fill the day shift up to the wanted number of staff on duty, as far as tomorrow allows."""
    on_duty = sum(t.cells.get(day) in DUTIES for t in tracks)
    for track in _by_readiness(tracks, day, noise):
        if on_duty < wanted and _is_spared(tracks, track, day):
            track.write(day, DAY.code)
            on_duty += 1


def _is_spared(tracks: list[Track], track: Track, day: date) -> bool:
    """Whether the days ahead can be staffed though she works today: enough of her team are fresh then."""
    if not track.team or not track.strain:
        return True
    own = [t for t in tracks if t.team == track.team and t is not track]
    for ahead in range(1, 5):
        fresh = [t for t in own if not t.is_promised(day, ahead) and _strain(t, day) + ahead <= MOST_RUN]
        if track.strain + 1 + ahead <= MOST_RUN and not track.is_promised(day, ahead):
            fresh.append(track)
        if _spare(fresh, day) < 0:
            return False
    return True


def _strain(track: Track, day: date) -> int:
    """Give her days without rest so far, none if today isn't settled yet: she may rest then."""
    return track.strain if day in track.cells else 0


def _by_readiness(tracks: list[Track], day: date, noise: dict[str, float]) -> list[Track]:
    able = [t for t in _open(tracks, day) if t.is_free_for(day, ONE_DAY)]
    return sorted(able, key=lambda t: _readiness(t, day) + noise[t.number], reverse=True)
