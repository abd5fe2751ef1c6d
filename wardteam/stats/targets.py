"""One period against a target: a share, a rate, and times, each with its interval and a two-sided test."""

from __future__ import annotations

import math
from dataclasses import replace

from wardteam.errors import Message
from wardteam.stats.counts import Share
from wardteam.stats.distributions import t_quantile, t_tails
from wardteam.stats.proportions import wilson
from wardteam.stats.ratios import DailyCounts
from wardteam.stats.results import Estimand, Interval, Method, Result, Unanswerable, check_level, fingerprint
from wardteam.stats.samples import Sample
from wardteam.stats.single_rate import dispersion

SHARE_TARGET = Method("binomial_exact", Message("exact binomial test against a target"))
RATE_TARGET = Method("quasi_poisson_target", Message("quasi-Poisson test of a rate against a target"), "t")
TIME_TARGET = Method("log_t_target", Message("t-test of logarithms against a target"), "t")
SHARE_REASON = Message(
    "One share is held against a fixed target: Wilson's interval and the exact binomial test."
)
RATE_REASON = Message("One rate is held against a fixed target; its interval is widened by the dispersion.")
TIME_REASON = Message(
    "Each stay counts once, by its mean logarithm, and is held against the target's logarithm."
)
TOO_FEW = Message("A mean against a target needs two measurements; got {n}.")
ALL_ALIKE = Message("All measurements are the same: there is no scatter to judge the target by.")


def share_against(share: Share, target: float, *, level: float = 0.95) -> Result:
    """Hold a share against a target: Wilson's interval, exact binomial P (two-sided by likelihood, as R).

    >>> round(share_against(Share(682, 925), 0.75).p, 4)
    0.3825
    """
    from scipy.stats import binomtest

    if not 0 < target < 1:
        raise Unanswerable(Message("A share's target lies between 0 and 1; got {value}.", value=target))
    single = wilson(share, level=level)
    return Result(
        method=SHARE_TARGET,
        estimand=Estimand.SHARE,
        estimate=share.value,
        interval=single.interval,
        p=float(binomtest(share.events, share.n, target).pvalue),
        n=(share.n,),
        missing=(share.missing,),
        reason=SHARE_REASON,
        data_hash=fingerprint(groups=[share.figures()], target=float(target)),
    )


def rate_against(days: DailyCounts, target: float, *, per: float = 1.0, level: float = 0.95) -> Result:
    """Hold a rate per `per` units of exposure against a target on the log scale.

    log rate has the variance phi / events, phi the Pearson dispersion, 1 at least; t with points - 1 df.
    """
    check_level(level)
    if days.events == 0:
        raise Unanswerable(Message("A period has no event at all: its rate can't be held against a target."))
    error = math.sqrt(max(dispersion(days), 1.0) / days.events)
    base = Result(
        method=RATE_TARGET,
        estimand=Estimand.RATE,
        df=(float(len(days.counts) - 1),),
        n=(len(days.counts),),
        missing=(days.missing,),
        reason=RATE_REASON,
        data_hash=fingerprint(**days.figures(), target=float(target)),
    )
    return _on_logs(base, math.log(per * days.rate), error, target, level)


def logs_against(logs: Sample, target: float, *, level: float = 0.95) -> Result:
    """Hold a geometric mean against a target by a one-sample t-test of logarithms."""
    check_level(level)
    if logs.n < 2:
        raise Unanswerable(Message(TOO_FEW.text, n=logs.n))
    error = logs.sd / math.sqrt(logs.n)
    if error < 1e-12:
        raise Unanswerable(ALL_ALIKE)
    base = Result(
        method=TIME_TARGET,
        estimand=Estimand.GEOMETRIC_MEAN,
        df=(float(logs.n - 1),),
        n=(logs.n,),
        missing=(logs.missing,),
        reason=TIME_REASON,
        data_hash=fingerprint(**logs.figures(), target=float(target)),
    )
    return _on_logs(base, logs.mean, error, target, level)


def _on_logs(base: Result, mean: float, error: float, target: float, level: float) -> Result:
    if target <= 0:
        raise Unanswerable(Message("A target must be more than 0; got {value}.", value=target))
    df = base.df[0]
    t, margin = (mean - math.log(target)) / error, t_quantile(level, df) * error
    return replace(
        base,
        estimate=math.exp(mean),
        interval=Interval(math.exp(mean - margin), math.exp(mean + margin), level),
        statistic=t,
        p=t_tails(t, df),
    )
