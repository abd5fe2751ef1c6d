"""Comparing two means: Welch (primary), Student beside it, and Levene's test of the spreads."""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Sequence
from typing import Literal

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.distributions import f_tail, t_quantile, t_tails
from wardteam.stats.results import Estimand, Interval, Method, Result, Unanswerable, check_level, fingerprint
from wardteam.stats.samples import Group, Sample

WELCH_REASON = Message("Welch's test is the primary test of means and is never chosen by Levene's outcome.")
STUDENT_REASON = Message("Shown because articles and SPSS print it; it assumes equal variances.")
LEVENE_REASON = Message("Shown as SPSS does; it chooses nothing.")
NO_SPREAD = Message("All measurements are the same; a t-test has nothing to compare them with.")
TOO_FEW = Message("A t-test needs two measurements in each group; got {first} and {second}.")
ONE_CONSTANT = Message("All measurements of one group are the same; read the result with care.")
SKEWED = Message("The measurements are skewed (s is more than half the mean): a mean describes them badly.")


def welch(first: Group, second: Group, *, level: float = 0.95) -> Result:
    """Compare two means without assuming equal variances (Welch 1947).

    t = (x̄2 - x̄1) / sqrt(s1²/n1 + s2²/n2), df after Welch-Satterthwaite.

    >>> from wardteam.stats.samples import Summary
    >>> round(welch(Summary(0.75, 1.78901, 10), Summary(2.33, 2.002249, 10)).df[0], 3)
    17.776
    """
    parts = [group.sd**2 / group.n for group in _checked(first, second)]
    error = math.sqrt(math.fsum(parts))
    _refuse_no_spread(first, second, error)
    shares = [part / math.fsum(parts) for part in parts]
    df = 1 / math.fsum(s**2 / (g.n - 1) for s, g in zip(shares, (first, second), strict=True))
    return _t_result(first, second, error=error, df=df, method=methods.WELCH, level=level)


def student(first: Group, second: Group, *, level: float = 0.95) -> Result:
    """Compare two means under equal variances (Student 1908), df = n1 + n2 - 2."""
    _checked(first, second)
    df = first.n + second.n - 2
    pooled = ((first.n - 1) * first.sd**2 + (second.n - 1) * second.sd**2) / df
    error = math.sqrt(pooled * (1 / first.n + 1 / second.n))
    _refuse_no_spread(first, second, error)
    return _t_result(first, second, error=error, df=df, method=methods.STUDENT, level=level)


def levene(groups: Sequence[Sample], *, centre: Literal["mean", "median"] = "mean") -> Result:
    """Compare the spreads of two or more samples (Levene 1960; median: Brown and Forsythe 1974)."""
    if len(groups) < 2 or any(group.n < 2 for group in groups):
        raise Unanswerable(Message("Levene's test needs two groups of two measurements or more."))
    distances = [_distances(group, centre) for group in groups]
    everything = [d for group in distances for d in group]
    n, k = len(everything), len(groups)
    grand = math.fsum(everything) / n
    means = [math.fsum(group) / len(group) for group in distances]
    between = math.fsum(len(g) * (m - grand) ** 2 for g, m in zip(distances, means, strict=True)) / (k - 1)
    within = math.fsum((d - m) ** 2 for g, m in zip(distances, means, strict=True) for d in g) / (n - k)
    if math.sqrt(within) <= 10 * sys.float_info.epsilon * max(everything):
        raise Unanswerable(Message("Levene's test has no spread to compare."))
    f = between / within
    return Result(
        method=methods.LEVENE_MEAN if centre == "mean" else methods.LEVENE_MEDIAN,
        statistic=f,
        df=(k - 1, n - k),
        p=f_tail(f, k - 1, n - k),
        n=tuple(group.n for group in groups),
        missing=tuple(group.missing for group in groups),
        reason=LEVENE_REASON,
        data_hash=fingerprint(groups=[group.figures() for group in groups]),
    )


def _distances(group: Sample, centre: Literal["mean", "median"]) -> list[float]:
    middle = group.mean if centre == "mean" else statistics.median(group.values)
    return [abs(value - middle) for value in group.values]


def _checked(first: Group, second: Group) -> tuple[Group, Group]:
    if first.n < 2 or second.n < 2:
        raise Unanswerable(Message(TOO_FEW.text, first=first.n, second=second.n))
    return first, second


def _refuse_no_spread(first: Group, second: Group, error: float) -> None:
    if error <= 10 * sys.float_info.epsilon * max(abs(first.mean), abs(second.mean)):
        raise Unanswerable(NO_SPREAD)


def _t_result(
    first: Group, second: Group, *, error: float, df: float, method: Method, level: float
) -> Result:
    check_level(level)
    difference = second.mean - first.mean
    margin = t_quantile(level, df) * error
    return Result(
        method=method,
        estimand=Estimand.MEAN_DIFFERENCE,
        estimate=difference,
        interval=Interval(difference - margin, difference + margin, level),
        statistic=difference / error,
        df=(df,),
        p=t_tails(difference / error, df),
        n=(first.n, second.n),
        missing=(first.missing, second.missing),
        reason=STUDENT_REASON if method is methods.STUDENT else WELCH_REASON,
        warnings=_warnings(first, second),
        data_hash=fingerprint(groups=[first.figures(), second.figures()]),
    )


def _warnings(first: Group, second: Group) -> tuple[Message, ...]:
    found = []
    if first.sd == 0 or second.sd == 0:
        found.append(ONE_CONSTANT)
    if any(isinstance(group, Sample) and group.is_skewed for group in (first, second)):
        found.append(SKEWED)
    return tuple(found)
