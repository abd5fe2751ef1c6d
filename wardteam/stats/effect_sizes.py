"""Standardised differences of two means: Cohen's d and Hedges' g with noncentral-t intervals."""

from __future__ import annotations

import math
import sys
from dataclasses import replace

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.noncentral import noncentrality_interval
from wardteam.stats.results import Estimand, Interval, Result, Unanswerable, check_level, fingerprint
from wardteam.stats.samples import Group

EFFECT_REASON = Message("The difference in standard deviations: an effect size beside the test of means.")
TOO_FEW = Message("A standardised difference needs two measurements in each group; got {first} and {second}.")
NO_SPREAD = Message("All measurements are the same; there is no standard deviation to measure by.")


def cohen_d(first: Group, second: Group, *, level: float = 0.95) -> Result:
    """Give Cohen's d, second less first over the pooled s, with its noncentral-t interval.

    d = (x̄2 - x̄1) / s with s² = ((n1 - 1) s1² + (n2 - 1) s2²) / (n1 + n2 - 2) (Cohen 1988); the
    interval after Steiger and Fouladi (1997). Works from raw values or from mean, s and n.

    >>> from wardteam.stats.samples import Summary
    >>> round(cohen_d(Summary(0.75, 1.78901, 10), Summary(2.33, 2.002249, 10)).estimate, 4)
    0.8322
    """
    check_level(level)
    if first.n < 2 or second.n < 2:
        raise Unanswerable(Message(TOO_FEW.text, first=first.n, second=second.n))
    df = first.n + second.n - 2
    pooled = math.sqrt(((first.n - 1) * first.sd**2 + (second.n - 1) * second.sd**2) / df)
    if pooled <= 10 * sys.float_info.epsilon * max(abs(first.mean), abs(second.mean)):
        raise Unanswerable(NO_SPREAD)
    d = (second.mean - first.mean) / pooled
    scale = math.sqrt(1 / first.n + 1 / second.n)
    low, high = noncentrality_interval(d / scale, df, level)
    return Result(
        method=methods.COHEN_D,
        estimand=Estimand.STANDARDISED_DIFFERENCE,
        estimate=d,
        interval=Interval(low * scale, high * scale, level),
        df=(float(df),),
        n=(first.n, second.n),
        missing=(first.missing, second.missing),
        reason=EFFECT_REASON,
        data_hash=fingerprint(groups=[first.figures(), second.figures()]),
    )


def hedges_g(first: Group, second: Group, *, level: float = 0.95) -> Result:
    """Give Hedges' g: Cohen's d and its interval freed of the bias of small samples.

    g = J d with the exact J = Gamma(df / 2) / (sqrt(df / 2) Gamma((df - 1) / 2)) (Hedges 1981).
    """
    d = cohen_d(first, second, level=level)
    if d.estimate is None or d.interval is None:
        raise ValueError("Cohen's d always has an estimate and an interval")
    factor = bias_factor(first.n + second.n - 2)
    return replace(
        d,
        method=methods.HEDGES_G,
        estimate=factor * d.estimate,
        interval=Interval(factor * d.interval.low, factor * d.interval.high, level),
    )


def bias_factor(df: float) -> float:
    """Give Hedges' J, below 1 and near it in large samples; df of 2 or more."""
    return math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2)
