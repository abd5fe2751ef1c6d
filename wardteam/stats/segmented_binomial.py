"""Segmented negative binomial regression: the sensitivity analysis of an interrupted series of counts."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from wardteam.errors import Message
from wardteam.stats.dispersion import estimate_alpha
from wardteam.stats.distributions import chi2_tail, normal_quantile
from wardteam.stats.loglinear import Array, fit_counts
from wardteam.stats.results import Estimand, Interval, Method, Result, Unanswerable, check_level, fingerprint

SEGMENTED_BINOMIAL = Method(
    "segmented_negative_binomial", Message("segmented negative binomial regression"), "z"
)
BINOMIAL_REASON = Message(
    "A sensitivity analysis: the counts' variance grows with the square of their mean (NB2), alpha by "
    "maximum likelihood."
)
LEAST_ASIDE = 3
ONE_SIDED = "A segmented model needs {least} points on each side; got {before} and {after}."


def segmented_negative_binomial(
    counts: Sequence[float | None],
    exposures: Sequence[float],
    changeover: int,
    *,
    harmonics: int = 0,
    period: float = 12.0,
    level: float = 0.95,
) -> Result:
    """Give the effect at the last point: fitted rate over counterfactual, with Wald's interval.

    log(mu / exposure) = b0 + b1 t + b2 after + b3 (t - T0) after + harmonics; the effect is
    exp(b2 + b3 (T - T0)) at the last point T. None is a point without a value.

    Raises
    ------
    Unanswerable
        If a side has fewer than 3 points or no event, or the model does not settle.
    """
    check_level(level)
    known = [place for place, count in enumerate(counts) if count is not None]
    before = sum(place < changeover for place in known)
    figures = np.array([counts[place] for place in known], dtype=float)
    exposure = np.array([exposures[place] for place in known], dtype=float)
    _check(figures, before)
    times = np.array(known, dtype=float)
    design = _design(times, changeover, harmonics, period)
    log_effect, error = _effect(figures, exposure, design, float(times[-1]) - changeover)
    margin = normal_quantile(level) * error
    return Result(
        method=SEGMENTED_BINOMIAL,
        estimand=Estimand.EFFECT_RATIO,
        estimate=math.exp(log_effect),
        interval=Interval(math.exp(log_effect - margin), math.exp(log_effect + margin), level),
        statistic=log_effect / error,
        p=chi2_tail((log_effect / error) ** 2),
        n=(before, len(known) - before),
        missing=(changeover - before, len(counts) - changeover - (len(known) - before)),
        reason=BINOMIAL_REASON,
        data_hash=fingerprint(counts=figures.tolist(), exposures=exposure.tolist(), places=known),
    )


def _check(figures: Array, before: int) -> None:
    after = len(figures) - before
    if min(before, after) < LEAST_ASIDE:
        raise Unanswerable(Message(ONE_SIDED, least=LEAST_ASIDE, before=before, after=after))
    if not figures[:before].sum() or not figures[before:].sum():
        raise Unanswerable(
            Message("A side of the changeover has no event at all: there is no ratio of rates.")
        )


def _effect(figures: Array, exposure: Array, design: Array, since: float) -> tuple[float, float]:
    """Give b2 + b3 (T - T0) and its error."""
    alpha, _ = estimate_alpha(figures, exposure, design)
    fit = fit_counts(figures, exposure, design, alpha=alpha)
    contrast = np.zeros(design.shape[1])
    contrast[2:4] = 1.0, since
    return float(contrast @ fit.beta), math.sqrt(float(contrast @ fit.covariance @ contrast))


def _design(times: Array, changeover: int, harmonics: int, period: float) -> Array:
    after = (times >= changeover).astype(float)
    columns = [np.ones_like(times), times, after, (times - changeover) * after]
    for wave in range(1, harmonics + 1):
        angle = 2 * np.pi * wave * times / period
        columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)
