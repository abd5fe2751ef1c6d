"""Paired measurements (配对): the t-test of the differences within pairs."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import replace

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.distributions import t_quantile, t_tails
from wardteam.stats.results import Estimand, Interval, Result, Unanswerable, check_level, fingerprint
from wardteam.stats.samples import Sample

PAIRED_REASON = Message("Both measurements come from the same pair: the differences within pairs are tested.")
TOO_FEW = Message("A paired t-test needs two complete pairs; got {complete} of {all}.")
NO_SPREAD = Message("All pairs differ by the same amount; a t-test has nothing to measure it against.")
INCOMPLETE = Message("{count} pairs lack a member and are left out.")


def paired_t(first: Sequence[float | None], second: Sequence[float | None], *, level: float = 0.95) -> Result:
    """Test the mean difference within pairs, second less first; None and NaN are missing.

    t = mean / (s / sqrt(n)) of the n differences, n - 1 df (Student 1908). `n` counts complete
    pairs, `missing` the others.

    >>> round(paired_t([1.0, 2.0, 3.0], [2.0, 4.0, 6.0]).statistic, 4)
    3.4641
    """
    check_level(level)
    differences, complete = _differences(first, second)
    n, missing = len(complete), len(first) - len(complete)
    error = differences.sd / math.sqrt(n)
    largest = max(abs(value) for pair in complete for value in pair)
    if error <= 10 * sys.float_info.epsilon * largest:
        raise Unanswerable(NO_SPREAD)
    margin = t_quantile(level, n - 1) * error
    t = differences.mean / error
    result = Result(
        method=methods.PAIRED,
        estimand=Estimand.MEAN_DIFFERENCE,
        estimate=differences.mean,
        interval=Interval(differences.mean - margin, differences.mean + margin, level),
        statistic=t,
        df=(float(n - 1),),
        p=t_tails(t, n - 1),
        n=(n,),
        missing=(missing,),
        reason=PAIRED_REASON,
        data_hash=fingerprint(pairs=[list(pair) for pair in complete], missing=missing),
    )
    return replace(result, warnings=(Message(INCOMPLETE.text, count=missing),)) if missing else result


def _differences(
    first: Sequence[float | None], second: Sequence[float | None]
) -> tuple[Sample, list[tuple[float, float]]]:
    if len(first) != len(second):
        raise ValueError(f"pairs need as many first as second values, got {len(first)} and {len(second)}")
    complete = [
        (float(a), float(b))
        for a, b in zip(first, second, strict=True)
        if a is not None and b is not None and not math.isnan(a) and not math.isnan(b)
    ]
    if len(complete) < 2:
        raise Unanswerable(Message(TOO_FEW.text, complete=len(complete), all=len(first)))
    for side in zip(*complete, strict=True):
        Sample(side)
    return Sample(tuple(b - a for a, b in complete)), complete
