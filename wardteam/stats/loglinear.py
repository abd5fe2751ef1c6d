"""Log-linear regression of counts with an exposure: Poisson and negative binomial, by Fisher scoring."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardteam.errors import Message
from wardteam.stats.results import Unanswerable

Array = NDArray[np.float64]
STEPS = 100
LARGEST_STEP = 4.0
NO_FIT = Message("The model does not settle on these counts: too few events for what it asks.")


@dataclass(frozen=True)
class CountFit:
    """A fitted model: `beta` (k), its covariance without dispersion (k x k), the expected counts (n)."""

    beta: Array
    covariance: Array
    expected: Array

    def pearson_residuals(self, counts: Array, alpha: float = 0.0) -> Array:
        """Give (y - mu) / sd(y), sd² = mu + alpha mu²."""
        spread: Array = (counts - self.expected) / np.sqrt(self.expected * (1 + alpha * self.expected))
        return spread


def fit_counts(counts: Array, exposures: Array, design: Array, *, alpha: float = 0.0) -> CountFit:
    """Fit log(mu / exposure) = design @ beta, variance mu + alpha mu² (alpha 0: Poisson).

    Fisher scoring (McCullagh and Nelder 1989, 2.5), the steps bounded; `design` is n x k of full rank.

    Raises
    ------
    Unanswerable
        If the estimates run away, as where a part of the series has no event.
    """
    beta = _start(counts, exposures, design)
    for _ in range(STEPS):
        expected = exposures * np.exp(np.clip(design @ beta, -700, 600))
        weights = expected / (1 + alpha * expected)
        information = design.T @ (weights[:, None] * design)
        score = design.T @ ((counts - expected) / (1 + alpha * expected))
        step = _solved(information, score)
        largest = float(np.max(np.abs(design @ step)))
        if largest < 1e-10:
            return CountFit(beta, _solved(information, np.eye(len(beta))), expected)
        beta = beta + step * min(1.0, LARGEST_STEP / largest)
    raise Unanswerable(NO_FIT)


def _start(counts: Array, exposures: Array, design: Array) -> Array:
    smoothed = np.log((counts + 0.5) / exposures)
    return np.asarray(np.linalg.lstsq(design, smoothed, rcond=None)[0], dtype=np.float64)


def _solved(matrix: Array, right: Array) -> Array:
    if not np.all(np.isfinite(matrix)) or np.linalg.cond(matrix) > 1e14:
        raise Unanswerable(NO_FIT)
    return np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)
