"""The points of an interrupted time series as given: checked, counted, and laid out as a design."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from wardteam.errors import Message
from wardteam.stats.interrupted_fits import SeriesData
from wardteam.stats.interrupted_guards import guard_design
from wardteam.stats.interrupted_types import SeriesModel
from wardteam.stats.loglinear import Array
from wardteam.stats.results import Unanswerable, fingerprint
from wardteam.stats.samples import finite_value, whole_count

LEAST_ASIDE = 3
COUNTED = frozenset({SeriesModel.POISSON, SeriesModel.QUASI_POISSON})
OUTSIDE = "The changeover must lie inside the series of {n} points; got point {point}."
TOO_FEW = (
    "An interrupted time series needs {least} points on each side of the changeover; got {before} before "
    "and {after} after it."
)
BAD_EXPOSURE = "Every point needs an exposure of more than 0; got {value} at {label}."
TOO_MANY_TERMS = "{n} points cannot carry a model of {terms} terms: use fewer harmonics."
SIDE_EMPTY = Message("One side of the changeover has no event at all: there is no ratio of rates.")


@dataclass(frozen=True)
class GivenSeries:
    """Points in order; a value that is None or NaN is missing. `changeover` is the first point after."""

    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    exposures: tuple[float, ...] | None
    changeover: int
    model: SeriesModel
    harmonics: int
    period: float

    def __post_init__(self) -> None:
        if len(self.labels) != len(self.values) or len(self.values) != len(self.exposures or self.values):
            raise ValueError(f"{len(self.labels)} labels need as many values and exposures")
        if self.harmonics < 0 or not self.period > 0:
            raise ValueError(f"harmonics need a period above 0, got {self.harmonics} and {self.period}")
        if not 0 < self.changeover < len(self.values):
            raise Unanswerable(Message(OUTSIDE, n=len(self.values), point=self.changeover + 1))
        if min(self.n) < LEAST_ASIDE:
            raise Unanswerable(Message(TOO_FEW, least=LEAST_ASIDE, before=self.n[0], after=self.n[1]))
        self._check_points()
        if sum(self.n) <= self.terms or np.linalg.matrix_rank(self.design[list(self.times)]) < self.terms:
            raise Unanswerable(Message(TOO_MANY_TERMS, n=sum(self.n), terms=self.terms))

    def _check_points(self) -> None:
        for time in self.times:
            value, exposure = self.values[time], self.exposure(time)
            if value is not None:
                finite_value(value)
            if not 0 < exposure < math.inf:
                raise Unanswerable(Message(BAD_EXPOSURE, value=exposure, label=self.labels[time]))
        if self.model in COUNTED:
            counts = {time: whole_count(_as_whole(self.values[time])) for time in self.times}
            if not all(
                any(c for t, c in counts.items() if (t < self.changeover) is s) for s in (True, False)
            ):
                raise Unanswerable(SIDE_EMPTY)

    @property
    def times(self) -> tuple[int, ...]:
        """Indices of the points that have a value."""
        return tuple(i for i, v in enumerate(self.values) if v is not None and not math.isnan(v))

    @property
    def n(self) -> tuple[int, int]:
        """Points with a value before and after the changeover."""
        before = sum(time < self.changeover for time in self.times)
        return before, len(self.times) - before

    @property
    def missing(self) -> tuple[int, int]:
        """Points without a value before and after the changeover."""
        return self.changeover - self.n[0], len(self.values) - self.changeover - self.n[1]

    @property
    def terms(self) -> int:
        """Number of coefficients."""
        return 4 + 2 * self.harmonics

    @property
    def design(self) -> Array:
        """Lay out all points: 1, t - T0, after, (t - T0) after, then sine and cosine of each harmonic."""
        from_changeover = np.arange(len(self.values), dtype=float) - self.changeover
        is_after = (from_changeover >= 0).astype(float)
        columns = [np.ones_like(from_changeover), from_changeover, is_after, from_changeover * is_after]
        for harmonic in range(1, self.harmonics + 1):
            angle = 2 * math.pi * harmonic * from_changeover / self.period
            columns += [np.sin(angle), np.cos(angle)]
        return np.column_stack(columns)

    def exposure(self, time: int) -> float:
        """Give a point's exposure, 1 where none are given."""
        return float(self.exposures[time]) if self.exposures is not None else 1.0

    def data(self, per: float) -> SeriesData:
        """Give the points with a value, ready to fit: counts, or values per unit of exposure."""
        times = np.array(self.times)
        values = np.array([self.values[time] for time in self.times], dtype=float)
        exposures = np.array([self.exposure(time) for time in self.times])
        response = values if self.model in COUNTED else per * values / exposures
        return SeriesData(times, response, exposures, self.design[times])

    def observed(self, time: int, per: float) -> float | None:
        """Give a point's value as it is drawn: per so many units of exposure."""
        value = self.values[time]
        return None if value is None or math.isnan(value) else float(per * value / self.exposure(time))

    def warnings(self) -> tuple[Message, ...]:
        """Warn of what the points allow badly."""
        return guard_design(
            *self.n,
            sum(self.missing),
            span=len(self.values),
            harmonics=self.harmonics,
            period=self.period,
        )

    @property
    def data_hash(self) -> str:
        """SHA-256 of the figures; missing ones stand as null."""
        known = set(self.times)
        return fingerprint(
            values=[float(v) if v is not None and i in known else None for i, v in enumerate(self.values)],
            exposures=[self.exposure(time) for time in self.times],
            changeover=self.changeover,
        )


def _as_whole(value: float | None) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value
