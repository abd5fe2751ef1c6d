"""The models behind an interrupted time series: each gives coefficients, covariance, df and residuals."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.interrupted_types import SeriesModel
from wardteam.stats.loglinear import Array, fit_counts
from wardteam.stats.results import Method, Unanswerable

NO_SCATTER = Message(
    "The points do not scatter about the fitted course at all: there is no interval to give."
)
NO_ARIMA = Message("No ARIMA model settles on these points.")
ORDERS = ((0, 0, 0), (1, 0, 0), (2, 0, 0), (1, 0, 1))
"""Error processes that are tried, least first; AICc decides."""
REASONS = {
    SeriesModel.POISSON: Message(
        "Naive: counts are taken as Poisson; shown beside the quasi-Poisson model, never alone."
    ),
    SeriesModel.QUASI_POISSON: Message(
        "Counts with their exposure: Poisson regression, intervals widened by the dispersion of the points."
    ),
    SeriesModel.LINEAR: Message("Values: least squares, as if points did not depend on their neighbours."),
    SeriesModel.GLSAR: Message(
        "Values whose neighbours resemble each other: generalised least squares, autocorrelation by "
        "restricted maximum likelihood."
    ),
}
ARIMA_REASON = "Values whose neighbours resemble each other: ARIMA{order} errors, the order by AICc."


@dataclass(frozen=True)
class SeriesData:
    """The points with a value: time index (n), response (n), exposure (n), design (n x k)."""

    times: NDArray[np.int64]
    response: Array
    exposures: Array
    design: Array


@dataclass(frozen=True)
class SeriesFit:
    """A fitted model; `df` is None where the normal distribution is used.

    `residuals` are Pearson's (counts), raw (linear) or one-step innovations (GLSAR, ARIMA), at the points
    with a value.
    """

    method: Method
    reason: Message
    beta: Array
    covariance: Array
    residuals: Array
    df: float | None = None
    dispersion: float | None = None
    rho: float | None = None

    @property
    def is_log(self) -> bool:
        """Whether the coefficients are logarithms of ratios."""
        return self.dispersion is not None


def fit_series(model: SeriesModel, data: SeriesData) -> SeriesFit:
    """Fit one of the models.

    Raises
    ------
    Unanswerable
        If the points allow no such fit.
    """
    match model:
        case SeriesModel.POISSON | SeriesModel.QUASI_POISSON:
            return _counts(model, data)
        case SeriesModel.LINEAR:
            return _linear(data)
        case SeriesModel.GLSAR:
            return _autoregressive(data)
        case SeriesModel.ARIMA:
            return _arima(data)


def _counts(model: SeriesModel, data: SeriesData) -> SeriesFit:
    fit = fit_counts(data.response, data.exposures, data.design)
    residuals = fit.pearson_residuals(data.response)
    df = len(residuals) - data.design.shape[1]
    dispersion = float(residuals @ residuals) / df
    if dispersion < 1e-9:
        raise Unanswerable(NO_SCATTER)
    is_naive = model is SeriesModel.POISSON
    return SeriesFit(
        method=methods.SEGMENTED_POISSON if is_naive else methods.SEGMENTED_QUASI,
        reason=REASONS[model],
        beta=fit.beta,
        covariance=fit.covariance * (1.0 if is_naive else dispersion),
        residuals=residuals,
        df=None if is_naive else float(df),
        dispersion=dispersion,
    )


def _linear(data: SeriesData) -> SeriesFit:
    beta, covariance, residuals = least_squares(data.response, data.design)
    return SeriesFit(
        method=methods.SEGMENTED_LINEAR,
        reason=REASONS[SeriesModel.LINEAR],
        beta=beta,
        covariance=covariance,
        residuals=residuals,
        df=float(len(residuals) - len(beta)),
    )


def _autoregressive(data: SeriesData) -> SeriesFit:
    """Fit AR(1) errors with the gaps kept: the exact likelihood over rho, restricted (as nlme's corAR1)."""
    from scipy.optimize import minimize_scalar

    least_squares(data.response, data.design)
    found = minimize_scalar(
        lambda rho: -_restricted_likelihood(data, rho), bounds=(-0.98, 0.98), method="bounded"
    )
    rho = float(found.x)
    response, design = _whitened(data, rho)
    beta, covariance, residuals = least_squares(response, design)
    return SeriesFit(
        method=methods.SEGMENTED_GLSAR,
        reason=REASONS[SeriesModel.GLSAR],
        beta=beta,
        covariance=covariance,
        residuals=residuals,
        df=float(len(residuals) - len(beta)),
        rho=rho,
    )


def _arima(data: SeriesData) -> SeriesFit:
    """Fit the orders by maximum likelihood (statsmodels, gaps as missing); AICc takes one that settles."""
    from statsmodels.tsa.arima.model import ARIMA

    least_squares(data.response, data.design)
    span, k = int(data.times[-1]) + 1, data.design.shape[1]
    series, whole = np.full(span, np.nan), np.zeros((span, k))
    series[data.times], whole[data.times] = data.response, data.design
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # whether a model settles is judged here
        models = [ARIMA(series, exog=whole, order=order, trend="n") for order in ORDERS]
        fits = [fit for model in models if (fit := model.fit(cov_type="none")).mle_retvals["converged"]]
        for fitted in sorted(fits, key=lambda fit: float(fit.aicc)):
            covariance = np.asarray(fitted.cov_params_oim)[:k, :k]
            if np.all(np.diag(covariance) > 0):
                return _arima_fit(fitted, covariance, data)
    raise Unanswerable(NO_ARIMA)


def _arima_fit(fitted: Any, covariance: Array, data: SeriesData) -> SeriesFit:  # statsmodels has no types
    order = fitted.model.order
    return SeriesFit(
        method=methods.SEGMENTED_ARIMA,
        reason=Message(ARIMA_REASON, order=str(order)),
        beta=np.asarray(fitted.params)[: len(covariance)],
        covariance=covariance,
        residuals=np.asarray(fitted.filter_results.standardized_forecasts_error[0])[data.times],
        rho=float(fitted.arparams[0]) if order == (1, 0, 0) else None,
    )


def least_squares(response: Array, design: Array) -> tuple[Array, Array, Array]:
    """Give coefficients, their covariance and the residuals of ordinary least squares."""
    beta = np.asarray(np.linalg.lstsq(design, response, rcond=None)[0], dtype=np.float64)
    residuals = response - design @ beta
    variance = float(residuals @ residuals) / (len(response) - len(beta))
    if variance <= 1e-18 * max(1.0, float(np.max(response**2))):
        raise Unanswerable(NO_SCATTER)
    covariance = np.asarray(variance * np.linalg.inv(design.T @ design), dtype=np.float64)
    return beta, covariance, residuals


def _whitened(data: SeriesData, rho: float) -> tuple[Array, Array]:
    """Take from each point what the one before it foretells; a gap of g points counts as rho to the g.

    Each row has the variance of one innovation in units of the process' own variance.
    """
    joined = np.column_stack([data.response, data.design])
    fades = rho ** np.diff(data.times).astype(float)
    rest = joined[1:] - fades[:, None] * joined[:-1]
    white = np.vstack([joined[:1], rest / np.sqrt(1 - fades**2)[:, None]])
    return white[:, 0], white[:, 1:]


def _restricted_likelihood(data: SeriesData, rho: float) -> float:
    response, design = _whitened(data, rho)
    beta = np.linalg.lstsq(design, response, rcond=None)[0]
    squares = float(np.sum((response - design @ beta) ** 2))
    fades = rho ** np.diff(data.times).astype(float)
    log_determinant = float(np.sum(np.log(1 - fades**2)))
    information = float(np.linalg.slogdet(design.T @ design)[1])
    df = len(response) - len(beta)
    return -(df * math.log(squares) + log_determinant + information) / 2
