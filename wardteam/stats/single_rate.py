"""One rate with its interval: events of days against the days' exposures, scattering as days do."""

from __future__ import annotations

import math

from wardteam.errors import Message
from wardteam.stats.distributions import t_quantile
from wardteam.stats.ratios import DailyCounts
from wardteam.stats.results import Estimand, Interval, Method, Result, check_level, fingerprint

SINGLE_RATE = Method("quasi_poisson_rate", Message("rate with a quasi-Poisson interval"))
SINGLE_RATE_REASON = Message(
    "Days scatter more than Poisson allows: the interval is widened by their dispersion, and never narrower "
    "than Poisson's."
)


def single_rate(days: DailyCounts, *, per: float = 1.0, level: float = 0.95) -> Result:
    """Give events per `per` units of exposure with an interval from the scatter of the days.

    log rate has the variance phi / events, phi = Pearson's chi-square / (days - 1) and at least 1; t with
    days - 1 df (McCullagh and Nelder 1989). Without any event the interval ends at the exact Poisson
    limit, -ln(alpha / 2) / exposure.
    """
    check_level(level)
    return Result(
        method=SINGLE_RATE,
        n=(len(days.counts),),
        missing=(days.missing,),
        reason=SINGLE_RATE_REASON,
        data_hash=fingerprint(**days.figures()),
        estimand=Estimand.RATE,
        estimate=per * days.rate,
        interval=_interval(days, per, level),
        df=(float(len(days.counts) - 1),),
    )


def dispersion(days: DailyCounts) -> float:
    """Give Pearson's chi-square over its df; 0 where nothing happened."""
    if days.events == 0:
        return 0.0
    return math.fsum(r * r for r in days.residuals()) / (len(days.counts) - 1)


def _interval(days: DailyCounts, per: float, level: float) -> Interval:
    if days.events == 0:
        return Interval(0.0, -per * math.log((1 - level) / 2) / days.exposure, level)
    df = len(days.counts) - 1
    margin = t_quantile(level, df) * math.sqrt(max(dispersion(days), 1.0) / days.events)
    return Interval(per * days.rate * math.exp(-margin), per * days.rate * math.exp(margin), level)
