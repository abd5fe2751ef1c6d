"""Finds the stay that a call came from by its bed and moment, for many thousands of stays at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.beds import Stay
from wardteam.services.call_columns import CallColumns

ONE_BED = 1e10
"""More seconds than any moment has, so that bed and moment sort as one number."""


def with_stays(calls: CallColumns, stays: Sequence[Stay]) -> CallColumns:
    """Give each call that names no stay the one in its bed at its moment, if there is one.

    Where stays overlap in a bed, the one admitted last among those that still lasted is taken.
    """
    bed_place = {bed: place for place, bed in enumerate(calls.beds)}
    known = [stay for stay in stays if stay.bed in bed_place]
    nameless = np.flatnonzero((calls.stay < 0) & (calls.bed >= 0))
    if not known or not len(nameless):
        return calls
    known.sort(key=lambda stay: (bed_place[stay.bed], stay.admitted))
    found = _found(known, bed_place, calls.bed[nameless], calls.placed[nameless])
    places = dict(zip(calls.stays, range(len(calls.stays)), strict=True))
    place_of = np.array([places.setdefault(s.code, len(places)) for s in known], dtype=np.int32)
    stay = calls.stay.copy()
    stay[nameless] = np.where(found >= 0, place_of[found], -1)
    return replace(calls, stays=tuple(places), stay=stay)


def _found(
    stays: Sequence[Stay], bed_place: dict[str, int], bed: NDArray[np.int32], placed: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Give each call's place among stays sorted by bed and admission, -1 where none held the bed."""
    beds = np.array([bed_place[stay.bed] for stay in stays])
    keys = beds * ONE_BED + np.array([stay.admitted.timestamp() for stay in stays])
    until = np.array([s.discharged.timestamp() if s.discharged else np.inf for s in stays])
    reach = _latest_so_far(beds, until)
    candidate = np.searchsorted(keys, bed * ONE_BED + placed, side="right") - 1
    found = np.full(len(placed), -1, dtype=np.int64)
    open_calls = np.arange(len(placed))
    while len(open_calls):
        at = candidate[open_calls]
        is_possible = (at >= 0) & (beds[at] == bed[open_calls]) & (reach[at] > placed[open_calls])
        open_calls, at = open_calls[is_possible], at[is_possible]
        holds = until[at] > placed[open_calls]
        found[open_calls[holds]] = at[holds]
        open_calls = open_calls[~holds]
        candidate[open_calls] -= 1
    return found


def _latest_so_far(beds: NDArray[np.int64], until: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the latest discharge of this stay and all earlier ones of its bed."""
    latest = until.copy()
    for first, after in zip(*_runs(beds), strict=True):
        latest[first:after] = np.maximum.accumulate(until[first:after])
    return latest


def _runs(beds: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    starts = np.flatnonzero(np.r_[True, beds[1:] != beds[:-1]])
    return starts, np.r_[starts[1:], len(beds)]
