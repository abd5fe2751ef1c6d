"""The noncentral t: its probabilities, and the interval of a noncentrality behind effect sizes and power."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from wardteam.stats.distributions import normal_quantile

PANELS = 4000


def noncentral_t_below(t: float, df: float, noncentrality: float) -> float:
    """Give P(T <= t) of the noncentral t.

    T = (Z + noncentrality) / s with s² a chi-square over its df, so that P is the mean of
    Phi(t s - noncentrality) over s; Simpson's rule within 12 standard deviations of s. Unlike series
    it holds for any df and noncentrality.
    """
    from scipy.special import ndtr

    nodes, weights = _nodes(df)
    return float(np.clip(weights @ ndtr(t * nodes - noncentrality), 0.0, 1.0))


def noncentrality_interval(t: float, df: float, level: float) -> tuple[float, float]:
    """Give the noncentralities that leave (1 - level) / 2 above and below the observed t.

    Steiger and Fouladi (1997); found by bisection about the normal approximation.
    """
    tail = (1 - level) / 2
    return _noncentrality(t, df, 1 - tail), _noncentrality(t, df, tail)


def _noncentrality(t: float, df: float, below: float) -> float:
    reach = 2 * (normal_quantile(0.999999) + 1) * math.sqrt(1 + t * t / df)
    low, high = t - reach, t + reach
    for _ in range(100):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (middle, high) if noncentral_t_below(t, df, middle) > below else (low, middle)
    return (low + high) / 2


def _nodes(df: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give values of s = sqrt(chi-square / df) and Simpson's weights that sum to 1."""
    reach = 12 / math.sqrt(2 * df)
    nodes = np.linspace(max(1e-12, 1 - reach), 1 + reach, PANELS + 1)
    logs = (df - 1) * np.log(nodes) - df * (nodes**2 - 1) / 2
    weights = np.exp(logs - logs.max())
    weights[1:-1:2] *= 4
    weights[2:-1:2] *= 2
    return nodes, weights / weights.sum()
