"""Invented bed-stays of a study period: the patients whose calls and midnights are counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.beds import NursingGrade
from wardteam.domain.calendar import Period
from wardteam.domain.census import PatientDays

GRADES = tuple(NursingGrade)
GRADE_SHARES = (0.03, 0.25, 0.51, 0.21)
MEDIAN_DAYS = 8.0
SPREAD_OF_DAYS = 0.6
EMPTY_CHANCE = 0.56
"""Chance that a bed stands empty on each further day after a discharge: about 8% of all bed-days."""


@dataclass(frozen=True)
class BedStays:
    """Stays as parallel arrays; days count from the period's first, `until` is the day of discharge."""

    bed: NDArray[np.int64]
    since: NDArray[np.int64]
    until: NDArray[np.int64]
    grade: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.bed)


def make_bed_stays(days: int, beds: int, rng: np.random.Generator) -> BedStays:
    """Fill each bed with one stay after another from before the period to its end."""
    turns = days // 4 + 12
    lengths = np.maximum(np.rint(rng.lognormal(np.log(MEDIAN_DAYS), SPREAD_OF_DAYS, (beds, turns))), 1)
    gaps = rng.geometric(1 - EMPTY_CHANCE, (beds, turns)) - 1
    leads = rng.integers(0, 15, (beds, 1))
    until = np.cumsum(lengths + gaps, axis=1).astype(np.int64) - gaps - leads
    since = until - lengths.astype(np.int64)
    bed = np.broadcast_to(np.arange(beds)[:, None], until.shape)
    is_inside = (until > 0) & (since < days)
    grade = rng.choice(len(GRADES), size=int(is_inside.sum()), p=GRADE_SHARES)
    return BedStays(
        bed=bed[is_inside],
        since=np.maximum(since[is_inside], 0),
        until=np.minimum(until[is_inside], days),
        grade=grade,
    )


def midnight_census(stays: BedStays, span: Period) -> tuple[PatientDays, ...]:
    """Count the occupied beds by grade at the midnight that ends each date."""
    change = np.zeros((len(span) + 1, len(GRADES)), dtype=np.int64)
    np.add.at(change, (stays.since, stays.grade), 1)
    np.subtract.at(change, (stays.until, stays.grade), 1)
    counts = change.cumsum(axis=0)[: len(span)]
    return tuple(
        PatientDays(span.first + timedelta(days=i), {g: int(n) for g, n in zip(GRADES, row, strict=True)})
        for i, row in enumerate(counts)
    )
