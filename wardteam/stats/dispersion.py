"""How much the counts of two periods scatter beyond Poisson, and how much neighbours resemble each other."""

from __future__ import annotations

import math

import numpy as np

from wardteam.stats.loglinear import Array, fit_counts
from wardteam.stats.ratios import DailyCounts, autocorrelation

HIGHEST_LOG_ALPHA = 5.0
LOWEST_LOG_ALPHA = -14.0


def pearson_dispersion(first: DailyCounts, second: DailyCounts) -> float:
    """Give Pearson's chi-square of both periods about their own rates / (points - 2); 1 for Poisson."""
    df = len(first.counts) + len(second.counts) - 2
    return math.fsum(r * r for days in _residuals(first, second) for r in days) / df


def follow_on(first: DailyCounts, second: DailyCounts) -> float:
    """Give the first autocorrelation of the residuals, 0 where nothing scatters."""
    residuals = _residuals(first, second)
    return autocorrelation(residuals) if any(r for days in residuals for r in days) else 0.0


def estimate_alpha(counts: Array, exposures: Array, design: Array) -> tuple[float, float]:
    """Give alpha of the variance mu + alpha mu² by maximum likelihood, and twice the gain over Poisson.

    The coefficients are profiled out; alpha is 0 where the counts scatter no more than Poisson.
    """
    from scipy.optimize import minimize_scalar

    def loss(log_alpha: float) -> float:
        alpha = math.exp(log_alpha)
        fit = fit_counts(counts, exposures, design, alpha=alpha)
        return -log_likelihood(counts, fit.expected, alpha)

    poisson = log_likelihood(counts, fit_counts(counts, exposures, design).expected, 0.0)
    found = minimize_scalar(
        loss, bounds=(LOWEST_LOG_ALPHA, HIGHEST_LOG_ALPHA), method="bounded", options={"xatol": 1e-8}
    )
    gain = 2 * (-float(found.fun) - poisson)
    return (math.exp(float(found.x)), gain) if gain > 1e-6 else (0.0, 0.0)


def log_likelihood(counts: Array, expected: Array, alpha: float) -> float:
    """Give the log-likelihood of counts under NB2 with variance mu + alpha mu² (alpha 0: Poisson)."""
    from scipy.special import gammaln, xlogy

    if alpha == 0:
        return float(np.sum(xlogy(counts, expected) - expected - gammaln(counts + 1)))
    size = 1 / alpha
    terms = gammaln(counts + size) - gammaln(size) - gammaln(counts + 1)
    terms += xlogy(counts, alpha * expected) - (counts + size) * np.log1p(alpha * expected)
    return float(np.sum(terms))


def _residuals(first: DailyCounts, second: DailyCounts) -> tuple[list[float], list[float]]:
    before, after = (period.residuals() if period.events else [] for period in (first, second))
    return before, after
