"""Bells by team against what the ward's own rates by nursing grade let expect (indirect standardisation)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.beds import NursingGrade
from wardteam.domain.calendar import Period
from wardteam.domain.teams import Team
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.services.bell_log import CleanLog
from wardteam.services.quality_data import QualityData

GRADES = tuple(NursingGrade)
WEEK = 7
LEAST_COVERED = 0.8
"""Share of the census that stays must account for; below it the beds' usual grades stand in for patients'."""
BY_STAYS = Message("Patient-days by team and nursing grade are those of the stays in each team's beds.")
BY_BEDS = Message(
    "The stays account for {percent}% of the bed-days only: the beds' usual nursing grades and the ward's "
    "occupancy stand in for the patients'."
)
FIRST_KNOWN = (
    "{beds} beds have no known owner at the beginning: until their first one they count as her team's."
)
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class TeamBells:
    """Bells by team, in the teams' own order: observed and expected, in all and by week.

    `apart` counts bells at beds of no team, or of no known grade. `notes` say what the case-mix rests on.
    """

    teams: tuple[Team, ...]
    observed: tuple[int, ...]
    expected: tuple[float, ...]
    weekly: tuple[tuple[tuple[int, ...], tuple[float, ...]], ...]
    apart: int
    notes: tuple[Message, ...]


def team_bells(data: QualityData, log: CleanLog, exposures: tuple[float, ...]) -> TeamBells | None:
    """Standardise the bells of a cleaned log; `exposures` are the patient-days of each date, 0 if unknown.

    expected = sum over grades of (ward's bells / ward's patient-days) x team's patient-days. None where
    the book has fewer than two teams, or no bed of theirs has a patient-day.
    """
    teams = tuple(sorted(data.book.teams, key=lambda team: team.number))
    owner, guessed = bed_teams(data.book, teams, log.span)
    grade, weight, note = _patients(data, log.span, np.array(exposures))
    days = _by_team_and_grade(owner, grade, weight, len(teams))
    if len(teams) < 2 or days.sum() == 0:
        return None
    counts, apart = _bells(data, log, owner, grade, weight)
    ward_days, ward_bells = days.sum(axis=(0, 1)), counts.sum(axis=(0, 1))
    rates = np.divide(ward_bells, ward_days, out=np.zeros(len(GRADES)), where=ward_days > 0)
    expected, observed = days @ rates, counts.sum(axis=2)
    return TeamBells(
        teams=teams,
        observed=tuple(int(n) for n in observed.sum(axis=1)),
        expected=tuple(float(e) for e in expected.sum(axis=1)),
        weekly=tuple(_weeks(observed[i], expected[i]) for i in range(len(teams))),
        apart=apart,
        notes=(note, Message(FIRST_KNOWN, beds=guessed)) if guessed else (note,),
    )


def bed_teams(book: WardBook, teams: tuple[Team, ...], span: Period) -> tuple[Ints, int]:
    """Give the place of the team that has each bed on each date: shape (beds, days), -1 for none.

    Before a bed's first known owner it counts as that owner's team's; the second value counts such beds.
    """
    place = {team.number: i for i, team in enumerate(teams)}
    bed = {b.code: i for i, b in enumerate(book.beds)}
    found = np.full((len(book.beds), len(span)), -1, dtype=np.int64)
    first_known: dict[int, tuple[date, int]] = {}
    for o in (o for o in book.ownerships if o.bed in bed):
        for m in (m for m in book.memberships if m.staff_no == o.staff_no and m.team in place):
            first, last = max(o.start, m.start), _earliest(o.end, m.end, date.max)
            if first <= last:
                known = (first, place[m.team])
                first_known[bed[o.bed]] = min(first_known.get(bed[o.bed], known), known)
                found[bed[o.bed], _within(span, first, last)] = place[m.team]
    before = {i: (day, team) for i, (day, team) in first_known.items() if day > span.first}
    for i, (day, team) in before.items():
        found[i, : (day - span.first).days] = team
    return found, len(before)


def _within(span: Period, first: date, last: date) -> slice:
    """Give the places of dates counted from the span's first; what lies outside of it falls away."""
    return slice(max((first - span.first).days, 0), max((last - span.first).days + 1, 0))


def _earliest(*days: date | None) -> date:
    return min(day for day in days if day is not None)


def _patients(data: QualityData, span: Period, exposures: Floats) -> tuple[Ints, Floats, Message]:
    """Give grade and patient-days (0 or 1, or the occupancy) of each bed and date."""
    grade = _of_stays(data, span)
    weight = ((grade >= 0) & (exposures > 0)).astype(np.float64)
    covered = weight.sum() / exposures.sum() if exposures.sum() else 0.0
    if covered >= LEAST_COVERED:
        return grade, weight, BY_STAYS
    usual = np.array([GRADES.index(bed.usual_grade) for bed in data.book.beds], dtype=np.int64)
    beds = max(len(usual), 1)
    note = Message(BY_BEDS.text, percent=f"{100 * covered:.0f}")
    return np.repeat(usual[:, None], len(span), axis=1), np.tile(exposures / beds, (len(usual), 1)), note


def _of_stays(data: QualityData, span: Period) -> Ints:
    """Give the grade of the patient in each bed at each date's closing midnight, -1 where it was empty."""
    bed = {b.code: i for i, b in enumerate(data.book.beds)}
    zone = data.book.settings.zone
    grade = np.full((len(bed), len(span)), -1, dtype=np.int64)
    for stay in (s for s in data.book.stays if s.bed in bed):
        first = (stay.admitted.astimezone(zone).date() - span.first).days
        after = len(span)
        if stay.discharged is not None:
            after = (stay.discharged.astimezone(zone).date() - span.first).days
        grade[bed[stay.bed], max(first, 0) : max(after, 0)] = GRADES.index(stay.grade)
    return grade


def _by_team_and_grade(owner: Ints, grade: Ints, weight: Floats, teams: int) -> Floats:
    days = owner.shape[1]
    found = np.zeros((max(teams, 1), days, len(GRADES)))
    bed, day = np.nonzero((owner >= 0) & (grade >= 0))
    np.add.at(found, (owner[bed, day], day, grade[bed, day]), weight[bed, day])
    return found


def _bells(data: QualityData, log: CleanLog, owner: Ints, grade: Ints, weight: Floats) -> tuple[Floats, int]:
    """Count bells by team, day and grade; the stay's grade goes before that of the bed's patient."""
    calls, day = log.calls.rows(log.is_bell), log.day[log.is_bell]
    bed = _places(calls.beds, {b.code: i for i, b in enumerate(data.book.beds)})[calls.bed]
    grades = {stay.code: GRADES.index(stay.grade) for stay in data.book.stays}
    own = _places(calls.stays, grades)[calls.stay]
    counted_day = weight.sum(axis=0) > 0
    which = np.where(own >= 0, own, grade[bed, day]) if len(calls) else own
    team = owner[bed, day] if len(calls) else own
    known = (bed >= 0) & (team >= 0) & (which >= 0) & counted_day[day]
    found = np.zeros((int(owner.max(initial=0)) + 1, owner.shape[1], len(GRADES)))
    np.add.at(found, (team[known], day[known], which[known]), 1)
    return _padded(found, len(data.book.teams)), int((counted_day[day] & ~known).sum())


def _padded(found: Floats, teams: int) -> Floats:
    missing = teams - len(found)
    return np.concatenate((found, np.zeros((missing, *found.shape[1:])))) if missing > 0 else found


def _places(names: tuple[str, ...], places: Mapping[str, int]) -> Ints:
    """Give each name's place, and -1 at the end, where the place -1 (no name) finds it."""
    return np.array([*(places.get(name, -1) for name in names), -1], dtype=np.int64)


def _weeks(observed: Floats, expected: Floats) -> tuple[tuple[int, ...], tuple[float, ...]]:
    starts = np.arange(0, len(observed), WEEK)
    counts, hoped = np.add.reduceat(observed, starts), np.add.reduceat(expected, starts)
    known = hoped > 0
    return tuple(int(n) for n in counts[known]), tuple(float(e) for e in hoped[known])
