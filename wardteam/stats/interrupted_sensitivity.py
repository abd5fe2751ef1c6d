"""A named sensitivity beside an interrupted time series: least squares with Newey-West errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.interrupted import Reading
from wardteam.stats.interrupted_fits import SeriesData, SeriesFit, least_squares
from wardteam.stats.interrupted_points import GivenSeries
from wardteam.stats.interrupted_types import SeriesModel
from wardteam.stats.results import Result, check_level

REASON = Message("A sensitivity analysis beside the chosen model, never the main result.")
TOO_NARROW = Message(
    "Newey-West errors are too small in series of a few dozen points and alarm far more often than 5%."
)


def newey_west_series(
    values: Sequence[float | None],
    changeover: int,
    *,
    exposures: Sequence[float] | None = None,
    harmonics: int = 0,
    period: float = 12.0,
    per: float = 1.0,
    level: float = 0.95,
) -> tuple[Result, ...]:
    """Give trend, change of level, change of slope and effect at the last point, as differences.

    Least squares; covariance after Newey and West (1987) with floor(4 (n / 100)^(2/9)) lags, Bartlett
    weights and n / (n - k); t with n - k df. Arguments as for `interrupted_series`.
    """
    check_level(level)
    given = None if exposures is None else tuple(exposures)
    labels = tuple(str(position + 1) for position in range(len(values)))
    series = GivenSeries(labels, tuple(values), given, changeover, SeriesModel.LINEAR, harmonics, period)
    results = Reading(series, _fit(series.data(per)), level).results()
    return tuple(replace(result, warnings=(TOO_NARROW,)) for result in results)


def _fit(data: SeriesData) -> SeriesFit:
    beta, _, residuals = least_squares(data.response, data.design)
    n, k = data.design.shape
    scores = np.zeros((int(data.times[-1]) + 1, k))
    scores[data.times] = residuals[:, None] * data.design
    middle = scores.T @ scores
    lags = int(4 * (n / 100) ** (2 / 9))
    for lag in range(1, lags + 1):
        products = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (products + products.T)
    bread = np.linalg.inv(data.design.T @ data.design)
    return SeriesFit(
        method=methods.SEGMENTED_NEWEY_WEST,
        reason=REASON,
        beta=beta,
        covariance=bread @ middle @ bread * n / (n - k),
        residuals=residuals,
        df=float(n - k),
    )
