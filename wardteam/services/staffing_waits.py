"""Waiting time against staffing: by nurses on duty at the call, and by owner of the bed or cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.beds import Cover
from wardteam.domain.calendar import Period
from wardteam.domain.census import PatientDays
from wardteam.errors import Message
from wardteam.services.call_columns import CallColumns
from wardteam.services.call_days import day_places, midnights
from wardteam.services.duty_hours import HOUR, DutyHours, Floats
from wardteam.stats.clustered_lines import clustered_geometric_mean, clustered_ratio
from wardteam.stats.results import Result, Unanswerable

BAND_HOURS = 2
LEAST_CALLS = 50
LEAST_STAYS = 10
LEAST_WAIT = 1.0
"""Arrivals within the second of the call count as one second, so that they have a logarithm."""

NO_BOTH = Message("There are not enough calls both at beds held by their owner and at beds held by cover.")


@dataclass(frozen=True)
class WaitAt:
    """The geometric mean wait, in seconds, of calls with so many nurses on duty (`fewest` to `most`)."""

    nurses: float
    fewest: int
    most: int
    calls: int
    stays: int
    wait: Result


@dataclass(frozen=True)
class CoverWaits:
    """Day-shift waits at beds held by their owner and by cover: ratios are cover over owner.

    `adjusted` allows for two-hour bands and the nurses on duty.
    """

    owner: WaitAt
    cover: WaitAt
    ratio: Result
    adjusted: Result | None


@dataclass(frozen=True, eq=False)
class Waits:
    """Answered calls that belong to a stay and fall where the rosters say who was on duty.

    `day` holds dates as ordinals, `bed` places in `beds` (-1 where there is none).
    """

    beds: tuple[str, ...]
    seconds: Floats
    stay: NDArray[np.int64]
    nurses: Floats
    hour: NDArray[np.int64]
    day: NDArray[np.int64]
    bed: NDArray[np.int64]
    moments: Floats

    def __len__(self) -> int:
        return len(self.seconds)

    def picked(self, mask: NDArray[np.bool_]) -> Waits:
        """Give those under the mask."""
        columns = ("seconds", "stay", "nurses", "hour", "day", "bed", "moments")
        return replace(self, **{name: getattr(self, name)[mask] for name in columns})


def waits(calls: CallColumns, duty: DutyHours) -> Waits:
    """Collect the calls whose wait, stay and staffing are known."""
    nurses = duty.nurses_at(calls.placed)
    known = np.isfinite(calls.arrived) & (calls.stay >= 0) & np.isfinite(nurses)
    rows = calls.rows(known)
    span = duty.span or Period(date(2000, 1, 1), date(2000, 1, 1))
    place = day_places(rows, span)
    return Waits(
        beds=calls.beds,
        seconds=np.maximum(rows.arrived - rows.placed, LEAST_WAIT),
        stay=rows.stay.astype(np.int64),
        nurses=nurses[known],
        hour=((rows.placed - midnights(span, calls.zone)[place]) // HOUR).clip(0, 23).astype(np.int64),
        day=place + span.first.toordinal(),
        bed=rows.bed.astype(np.int64),
        moments=rows.placed,
    )


def wait_by_nurses(found: Waits) -> tuple[WaitAt, ...]:
    """Give the mean wait by nurses on duty; numbers with few calls or stays join their neighbours."""
    groups = [found.picked((found.nurses >= low) & (found.nurses <= high)) for low, high in _bins(found)]
    return tuple(point for point in map(_point, groups) if point is not None)


def wait_per_nurse(found: Waits, patient_days: Sequence[PatientDays]) -> Result:
    """Give the ratio of waits for one nurse more, with the same two-hour band and as many patients.

    Raises
    ------
    Unanswerable
        Where staffing never varies apart from the hour of the day, or too few calls are there.
    """
    census = {day.day.toordinal(): float(day.total) for day in patient_days}
    patients = np.array([census.get(day, np.nan) for day in found.day.tolist()], dtype=np.float64)
    known = np.isfinite(patients)
    used, present = found.picked(known), patients[known]
    varying = (present,) if len(present) and np.ptp(present) > 0 else ()
    terms = np.column_stack((used.nurses, *varying, _bands(used.hour)))
    return clustered_ratio(used.seconds, terms, used.stay, of=0, missing=int((~known).sum()))


def owner_and_cover(found: Waits, duty: DutyHours, covers: Sequence[Cover]) -> CoverWaits:
    """Compare waits at beds held by cover with those held by the owner, during the shifts that hold beds.

    Raises
    ------
    Unanswerable
        Where there are no calls of one of the two.
    """
    place = {bed: i for i, bed in enumerate(found.beds)}
    holders = {(c.day.toordinal(), place[c.bed]): float(c.is_cover) for c in covers if c.bed in place}
    keys = zip(found.day.tolist(), found.bed.tolist(), strict=True)
    by_cover = np.array([holders.get(key, np.nan) for key in keys], dtype=np.float64)
    mask = np.isfinite(by_cover) & _while_beds_are_held(found, duty)
    used, is_cover = found.picked(mask), by_cover[mask]
    ones = np.ones(len(used))
    ratio = clustered_ratio(used.seconds, np.column_stack((is_cover, ones)), used.stay, of=0)
    owner, cover = _point(used.picked(is_cover == 0)), _point(used.picked(is_cover == 1))
    if owner is None or cover is None:
        raise Unanswerable(NO_BOTH)
    adjusted = _adjusted(used, is_cover)
    return CoverWaits(owner, cover, ratio, adjusted)


def _adjusted(used: Waits, is_cover: Floats) -> Result | None:
    terms = np.column_stack((is_cover, used.nurses, _bands(used.hour)))
    try:
        return clustered_ratio(used.seconds, terms, used.stay, of=0)
    except Unanswerable:
        return None


def _while_beds_are_held(found: Waits, duty: DutyHours) -> NDArray[np.bool_]:
    days = [date.fromordinal(day) for day in np.unique(found.day).tolist()]
    held = np.zeros(len(found), dtype=np.bool_)
    for shift in (shift for shift in duty.shifts if shift.holds_beds):
        for first, last in duty.windows(shift, days):
            held |= (found.moments >= first) & (found.moments < last)
    return held


def _bands(hour: NDArray[np.int64]) -> Floats:
    """Give one column for each two-hour band in which calls were rung; together they are the constant."""
    band = hour // BAND_HOURS
    columns: Floats = (band[:, None] == np.unique(band)[None, :]).astype(np.float64)
    return columns


def _bins(found: Waits) -> list[tuple[int, int]]:
    bins: list[tuple[int, int]] = []
    low: int | None = None
    for nurses in sorted(set(found.nurses.astype(int).tolist())):
        low = nurses if low is None else low
        if _is_enough(found.picked((found.nurses >= low) & (found.nurses <= nurses))):
            bins.append((low, nurses))
            low = None
    if low is not None:
        most = int(found.nurses.max())
        bins = [*bins[:-1], (bins[-1][0], most)] if bins else [(low, most)]
    return bins


def _is_enough(group: Waits) -> bool:
    return len(group) >= LEAST_CALLS and len(np.unique(group.stay)) >= LEAST_STAYS


def _point(group: Waits) -> WaitAt | None:
    try:
        wait = clustered_geometric_mean(group.seconds, group.stay)
    except Unanswerable:
        return None
    return WaitAt(
        nurses=round(float(group.nurses.mean()), 1),
        fewest=int(group.nurses.min()),
        most=int(group.nurses.max()),
        calls=len(group),
        stays=len(np.unique(group.stay)),
        wait=wait,
    )
