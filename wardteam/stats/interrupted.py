"""Interrupted time series: change of level and slope at a changeover, and what would have come without it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wardteam.errors import Message
from wardteam.stats.distributions import normal_quantile, normal_tails, t_quantile, t_tails
from wardteam.stats.exact_rates import SCATTERS
from wardteam.stats.interrupted_fits import SeriesFit, fit_series
from wardteam.stats.interrupted_guards import autocorrelations, durbin_watson, guard_residuals
from wardteam.stats.interrupted_points import GivenSeries
from wardteam.stats.interrupted_types import InterruptedSeries, SeriesModel, SeriesPoint
from wardteam.stats.loglinear import NO_FIT, Array
from wardteam.stats.results import Estimand, Interval, Result, Unanswerable, check_level

LARGEST_LOG = 200.0
RATIOS = (Estimand.TREND_RATIO, Estimand.LEVEL_RATIO, Estimand.SLOPE_RATIO, Estimand.EFFECT_RATIO)
DIFFERENCES = (
    Estimand.TREND_DIFFERENCE,
    Estimand.LEVEL_DIFFERENCE,
    Estimand.SLOPE_DIFFERENCE,
    Estimand.EFFECT_DIFFERENCE,
)
Estimate = tuple[float, float, float]


def interrupted_series(
    labels: Sequence[str],
    counts_or_values: Sequence[float | None],
    changeover: int,
    *,
    exposures: Sequence[float] | None = None,
    model: SeriesModel = SeriesModel.QUASI_POISSON,
    harmonics: int = 0,
    period: float = 12.0,
    per: float = 1.0,
    level: float = 0.95,
) -> InterruptedSeries:
    """Fit level and slope before and after a changeover (Bernal, Cummins and Gasparrini 2017).

    y(t) = b0 + b1 (t - T0) + b2 after + b3 (t - T0) after + harmonics, on the log scale with the exposure as
    offset for the Poisson models; t is the point's index, T0 the changeover, so that b2 is the change at
    the changeover itself.

    Parameters
    ----------
    labels, counts_or_values, exposures
        One for each point in order; None where a point has no value. Counts for the Poisson models; for the
        others values, or events that are divided by their exposure.
    changeover
        Index of the first point after the changeover.
    harmonics, period
        Pairs of sine and cosine, and how many points a year has.
    per
        Rates are drawn, and differences given, per so many units of exposure.

    Raises
    ------
    Unanswerable
        If a side has fewer than 3 points, the changeover lies outside, or a figure is impossible.
    """
    check_level(level)
    given = None if exposures is None else tuple(exposures)
    values = tuple(counts_or_values)
    series = GivenSeries(tuple(labels), values, given, changeover, model, harmonics, period)
    return _fitted(series, per, level)


@dataclass(frozen=True)
class Reading:
    """What a fitted model says of a series, at a level of confidence."""

    series: GivenSeries
    fit: SeriesFit
    level: float

    def results(self) -> list[Result]:
        """Give the trend before, the changes of level and slope, and the effect at the last point."""
        last = self.series.times[-1] - self.series.changeover
        contrasts = ((0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (0, 0, 1, last))
        estimands = RATIOS if self.fit.is_log else DIFFERENCES
        return [self._result(c, e) for c, e in zip(contrasts, estimands, strict=True)]

    def points(self, per: float) -> tuple[SeriesPoint, ...]:
        """Give all points with fitted course, band and counterfactual, per so many units of exposure."""
        scale = per if self.fit.is_log else 1.0
        design = self.series.design
        without = design.copy()
        without[:, 2:4] = 0
        return tuple(
            self._point(time, design[time], without[time], scale, per) for time in range(len(design))
        )

    def _point(self, time: int, row: Array, without: Array, scale: float, per: float) -> SeriesPoint:
        is_after = time >= self.series.changeover
        fitted, low, high = (scale * figure for figure in self._estimate(row))
        return SeriesPoint(
            label=self.series.labels[time],
            observed=self.series.observed(time, per),
            fitted=fitted,
            low=low,
            high=high,
            counterfactual=scale * self._natural(float(without @ self.fit.beta)) if is_after else None,
            is_after=is_after,
        )

    def _result(self, contrast: tuple[float, ...], estimand: Estimand) -> Result:
        row = np.zeros(len(self.fit.beta))
        row[: len(contrast)] = contrast
        estimate, low, high = self._estimate(row)
        statistic = float(row @ self.fit.beta) / self._error(row)
        df = self.fit.df
        return Result(
            method=self.fit.method,
            estimand=estimand,
            estimate=estimate,
            interval=Interval(low, high, self.level),
            statistic=statistic,
            df=() if df is None else (df,),
            p=normal_tails(statistic) if df is None else t_tails(statistic, df),
            n=self.series.n,
            missing=self.series.missing,
            reason=self.fit.reason,
            data_hash=self.series.data_hash,
        )

    def _estimate(self, row: Array) -> Estimate:
        """Give a combination of the coefficients with its interval (delta method on the log scale)."""
        df = self.fit.df
        quantile = normal_quantile(self.level) if df is None else t_quantile(self.level, df)
        middle, margin = float(row @ self.fit.beta), quantile * self._error(row)
        low, high = self._natural(middle - margin), self._natural(middle + margin)
        return self._natural(middle), low, high

    def _error(self, row: Array) -> float:
        return math.sqrt(float(row @ self.fit.covariance @ row))

    def _natural(self, value: float) -> float:
        if not self.fit.is_log:
            return value
        if abs(value) > LARGEST_LOG:
            raise Unanswerable(NO_FIT)
        return math.exp(value)


def _fitted(series: GivenSeries, per: float, level: float) -> InterruptedSeries:
    data = series.data(per)
    fit = fit_series(series.model, data)
    reading = Reading(series, fit, level)
    acf, limit = autocorrelations(fit.residuals, data.times), 1.96 / math.sqrt(len(data.times))
    trend, change, slope, effect = reading.results()
    return InterruptedSeries(
        model=series.model,
        trend=trend,
        level=change,
        slope=slope,
        effect_at_end=effect,
        points=reading.points(per),
        harmonics=series.harmonics,
        dispersion=fit.dispersion,
        acf=acf,
        acf_limit=limit,
        durbin_watson=None if fit.is_log else durbin_watson(fit.residuals, data.times),
        rho=fit.rho,
        warnings=(*series.warnings(), *_scatter(fit), *guard_residuals(acf, limit, len(data.times))),
        reason=fit.reason,
        data_hash=series.data_hash,
    )


def _scatter(fit: SeriesFit) -> tuple[Message, ...]:
    if fit.df is None and fit.dispersion is not None and fit.dispersion > 1:
        return (Message(SCATTERS, value=f"{fit.dispersion:.1f}"),)
    return ()
