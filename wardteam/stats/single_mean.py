"""One mean with its interval, where there is nothing to compare it with."""

from __future__ import annotations

import math

from wardteam.errors import Message
from wardteam.stats.distributions import t_quantile
from wardteam.stats.proportions import INTERVAL_REASON
from wardteam.stats.results import Estimand, Interval, Method, Result, Unanswerable, check_level, fingerprint
from wardteam.stats.samples import Group

SINGLE_MEAN = Method("mean", Message("mean with its t interval"))


def single_mean(group: Group, *, level: float = 0.95) -> Result:
    """Give x̄ ± t s / sqrt(n), t with n - 1 df.

    >>> from wardteam.stats.samples import Summary
    >>> [round(x, 3) for x in (single_mean(Summary(10.0, 2.0, 25)).interval.low, 10 - 2.0639 * 0.4)]
    [9.174, 9.174]
    """
    check_level(level)
    if group.n < 2:
        raise Unanswerable(
            Message("An interval of a mean needs two measurements or more; got {n}.", n=group.n)
        )
    margin = t_quantile(level, group.n - 1) * group.sd / math.sqrt(group.n)
    return Result(
        method=SINGLE_MEAN,
        n=(group.n,),
        missing=(group.missing,),
        reason=INTERVAL_REASON,
        data_hash=fingerprint(groups=[group.figures()]),
        estimand=Estimand.MEAN,
        estimate=group.mean,
        interval=Interval(group.mean - margin, group.mean + margin, level),
    )
