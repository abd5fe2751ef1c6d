"""The months before last month's tail: rosters drawn week by week, so that they end as the tail begins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from wardteam.demo.history import RUN_IN, cells_of, draw_weeks
from wardteam.demo.tracks import DUTIES, POST_NIGHT, Track, make_tracks
from wardteam.domain.calendar import Period
from wardteam.domain.defaults import NIGHT
from wardteam.domain.people import Nurse
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.ward import WardBook

SPAN = Period(date(2026, 7, 20), RUN_IN.first - timedelta(days=1))
"""Whole weeks, and an even number of days: nights go in twos, and new ones begin with the run-in."""


def make_past_weeks(
    book: WardBook,
    nurses: tuple[Nurse, ...],
    following: Mapping[CellKey, RosterCell],
    rng: np.random.Generator,
) -> dict[CellKey, RosterCell]:
    """Draw the weeks up to `following` (the run-in and the tail) and give all of them together.

    Raises
    ------
    RuntimeError
        If no weeks were found in all draws.
    """
    joined = {nurse.staff_no: nurse.joined or date.min for nurse in nurses}
    tracks = draw_weeks(_begin(book, nurses, following), SPAN, joined, book.calendar, rng)
    return _joined(tracks, book, following)


def _begin(book: WardBook, nurses: tuple[Nurse, ...], following: Mapping[CellKey, RosterCell]) -> list[Track]:
    tracks = make_tracks(nurses, book.memberships, book.restrictions, book.leaves, book.calendar, SPAN)
    for track in tracks:
        track.last = SPAN.last
        track.after = tuple(following[track.number, day].code for day in RUN_IN)
        ahead = [day for day in RUN_IN if day.month == SPAN.last.month]
        track.worked[SPAN.last.month] = sum(following[track.number, day].code in DUTIES for day in ahead)
    return tracks


def _joined(
    tracks: list[Track], book: WardBook, following: Mapping[CellKey, RosterCell]
) -> dict[CellKey, RosterCell]:
    """Put both parts together; a rest behind a night at the seam is its post-night day."""
    cells: dict[CellKey, RosterCell] = dict(following) | cells_of(tracks, book.memberships)
    for track in tracks:
        if cells[track.number, SPAN.last].code == NIGHT.code:
            cells[track.number, RUN_IN.first] = RosterCell(POST_NIGHT)
    return cells
