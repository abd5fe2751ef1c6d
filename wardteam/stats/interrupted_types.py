"""What an interrupted time series gives: effects, fitted and counterfactual courses, residuals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wardteam.errors import Message
from wardteam.stats.results import Result


class SeriesModel(StrEnum):
    """The models of an interrupted time series."""

    POISSON = "poisson"
    QUASI_POISSON = "quasi_poisson"
    LINEAR = "linear"
    GLSAR = "glsar"
    ARIMA = "arima"


@dataclass(frozen=True)
class SeriesPoint:
    """One point of the series on the scale that is drawn (a rate per unit of exposure, or the value)."""

    label: str
    observed: float | None
    fitted: float
    low: float
    high: float
    counterfactual: float | None
    is_after: bool


@dataclass(frozen=True)
class InterruptedSeries:
    """A fitted interrupted time series.

    `level` and `slope` are the changes at the changeover: ratios (Poisson models) or differences;
    `slope` is per point, `trend` the slope before. `effect_at_end` compares fitted and counterfactual at
    the last point. `acf` starts at lag 1, `acf_limit` is its 95% limit; `durbin_watson` is None for
    Poisson models.
    """

    model: SeriesModel
    trend: Result
    level: Result
    slope: Result
    effect_at_end: Result
    points: tuple[SeriesPoint, ...]
    harmonics: int
    dispersion: float | None
    acf: tuple[float, ...]
    acf_limit: float
    durbin_watson: float | None
    rho: float | None
    warnings: tuple[Message, ...]
    reason: Message
    data_hash: str
