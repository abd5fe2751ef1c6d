"""What may mislead in an interrupted time series: too few points, seasons, neighbours that resemble."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wardteam.errors import Message
from wardteam.stats.distributions import chi2_tail
from wardteam.stats.figures import p_figure

ENOUGH_POINTS = 50
ENOUGH_ASIDE = 12
FEW_IN_ALL = "The series has {n} points; below about {least} an interrupted time series is weak."
FEW_ASIDE = (
    "Points before the changeover: {before}, after it: {after}; below {least} on a side a slope is "
    "hardly known."
)
POINTS_MISSING = "Points without a value: {missing}; they are left out, and the gaps are kept."
NO_SEASON = Message(
    "The series spans more than a year and no season is modelled: a season may look like an effect."
)
SHORT_SEASON = Message("The series spans less than two years: season and trend can hardly be told apart.")
NEIGHBOURS = (
    "Residuals of neighbouring points resemble each other (autocorrelation {value}, limit {limit}): the "
    "intervals are narrower than they should be."
)
RESEMBLING = (
    "The residuals are autocorrelated over {lags} lags (Ljung-Box P{relation}): the intervals may be "
    "narrower than they should be."
)


def autocorrelations(residuals: NDArray[np.float64], times: NDArray[np.int64]) -> tuple[float, ...]:
    """Give the residual autocorrelation from lag 1, about 10 log10(n) lags; gaps give no pair."""
    n = len(residuals)
    series = np.full(int(times[-1] - times[0]) + 1, np.nan)
    series[times - times[0]] = residuals - residuals.mean()
    total = float(np.nansum(series**2))
    lags = min(n - 2, max(1, int(10 * math.log10(n))))
    return tuple(float(np.nansum(series[:-lag] * series[lag:])) / total for lag in range(1, lags + 1))


def durbin_watson(residuals: NDArray[np.float64], times: NDArray[np.int64]) -> float:
    """Give Durbin and Watson's statistic (1950), about 2 where neighbours do not resemble each other."""
    is_next = np.diff(times) == 1
    return float(np.sum(np.diff(residuals)[is_next] ** 2) / np.sum(residuals**2))


def guard_design(
    before: int, after: int, missing: int, *, span: int, harmonics: int, period: float
) -> tuple[Message, ...]:
    """Warn of few points, of missing ones, and of seasons that are not or hardly modelled."""
    found = []
    if before + after < ENOUGH_POINTS:
        found.append(Message(FEW_IN_ALL, n=before + after, least=ENOUGH_POINTS))
    if min(before, after) < ENOUGH_ASIDE:
        found.append(Message(FEW_ASIDE, before=before, after=after, least=ENOUGH_ASIDE))
    if missing:
        found.append(Message(POINTS_MISSING, missing=missing))
    if not harmonics and span > period:
        found.append(NO_SEASON)
    if harmonics and span < 2 * period:
        found.append(SHORT_SEASON)
    return tuple(found)


def guard_residuals(acf: Sequence[float], limit: float, n: int) -> tuple[Message, ...]:
    """Warn where the first autocorrelation passes its limit, or all together do (Ljung and Box 1978)."""
    if acf[0] > limit:
        return (Message(NEIGHBOURS, value=f"{acf[0]:.2f}", limit=f"{limit:.2f}"),)
    p = chi2_tail(n * (n + 2) * math.fsum(r * r / (n - k) for k, r in enumerate(acf, start=1)), len(acf))
    if p < 0.05:
        return (Message(RESEMBLING, lags=len(acf), relation=p_figure(p)),)
    return ()
