"""Estimates from shares, each with its interval: Wilson, Newcombe, Woolf, number needed to treat, phi."""

from __future__ import annotations

import math
from dataclasses import replace

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.counts import Share
from wardteam.stats.distributions import normal_quantile
from wardteam.stats.results import Estimand, Interval, Result, Unanswerable, check_level, fingerprint

INTERVAL_REASON = Message("An interval always stands beside P.")
SMALL_CHANCE = 1e-12


def wilson(share: Share, *, level: float = 0.95) -> Result:
    """Give a share with Wilson's score interval (1927)."""
    low, high = wilson_bounds(share, level)
    return Result(
        method=methods.WILSON,
        estimand=Estimand.SHARE,
        estimate=share.value,
        interval=Interval(low, high, level),
        n=(share.n,),
        missing=(share.missing,),
        reason=INTERVAL_REASON,
        data_hash=fingerprint(groups=[share.figures()]),
    )


def newcombe_difference(first: Share, second: Share, *, level: float = 0.95) -> Result:
    """Give the difference of two shares with Newcombe's hybrid score interval (1998, method 10).

    >>> d = newcombe_difference(Share(48, 80), Share(56, 70))
    >>> [round(x, 4) for x in (d.estimate, d.interval.low, d.interval.high)]
    [0.2, 0.0524, 0.3339]
    """
    low1, high1 = wilson_bounds(first, level)
    low2, high2 = wilson_bounds(second, level)
    difference = second.value - first.value
    below = math.hypot(second.value - low2, high1 - first.value)
    above = math.hypot(high2 - second.value, first.value - low1)
    return Result(
        method=methods.NEWCOMBE,
        estimand=Estimand.SHARE_DIFFERENCE,
        estimate=difference,
        interval=Interval(difference - below, difference + above, level),
        n=(first.n, second.n),
        missing=(first.missing, second.missing),
        reason=INTERVAL_REASON,
        data_hash=fingerprint(groups=[first.figures(), second.figures()]),
    )


def odds_ratio(first: Share, second: Share, *, level: float = 0.95) -> Result:
    """Give the odds ratio, second over first, with Woolf's interval (1955).

    Raises
    ------
    Unanswerable
        If a cell of the table is 0.
    """
    check_level(level)
    cells = (second.events, second.others, first.events, first.others)
    if 0 in cells:
        raise Unanswerable(Message("A cell of the table is 0: the odds ratio has no Woolf interval."))
    ratio = (second.events * first.others) / (second.others * first.events)
    factor = math.exp(normal_quantile(level) * math.sqrt(math.fsum(1 / cell for cell in cells)))
    return replace(
        newcombe_difference(first, second, level=level),
        method=methods.WOOLF,
        estimand=Estimand.ODDS_RATIO,
        estimate=ratio,
        interval=Interval(ratio / factor, ratio * factor, level),
    )


def number_needed_to_treat(first: Share, second: Share, *, level: float = 0.95) -> Result:
    """Give 1 / difference with Newcombe's bounds inverted (Altman 1998); negative means harm.

    The outcome is taken as wished for (satisfied, aware). Where the difference may be 0 the
    interval runs from benefit through infinity to harm.
    """
    difference = newcombe_difference(first, second, level=level)
    if difference.interval is None or difference.estimate is None:
        raise ValueError("a difference of shares always has an estimate and an interval")
    low, high = difference.interval.low, difference.interval.high
    number = replace(difference, method=methods.NUMBER_NEEDED, estimand=Estimand.NUMBER_NEEDED, estimate=None)
    if difference.estimate:
        number = replace(number, estimate=1 / difference.estimate)
    if low > 0 or high < 0:
        return replace(number, interval=Interval(1 / high, 1 / low, level))
    outer = Interval(
        1 / min(low, -SMALL_CHANCE), 1 / max(high, SMALL_CHANCE), level, is_through_infinity=True
    )
    warning = Message(
        "The difference may be 0: the number needed runs from {benefit} (benefit) through infinity "
        "to {harm} (harm).",
        benefit=f"{outer.high:.1f}",
        harm=f"{-outer.low:.1f}",
    )
    return replace(number, interval=outer, warnings=(warning,))


def risk_ratio(first: Share, second: Share, *, level: float = 0.95) -> Result:
    """Give the ratio of two shares, second over first, with Katz' interval (1978).

    log RR has the variance 1/y1 - 1/n1 + 1/y2 - 1/n2.

    Raises
    ------
    Unanswerable
        If a group has nobody with the outcome, or both groups have it all.
    """
    check_level(level)
    if 0 in (first.events, second.events):
        raise Unanswerable(Message("A group has nobody with the outcome: the risk ratio has no interval."))
    if first.others == second.others == 0:
        raise Unanswerable(Message("Everybody gave the same answer: there is no association to measure."))
    ratio = second.value / first.value
    variance = math.fsum(1 / share.events - 1 / share.n for share in (first, second))
    factor = math.exp(normal_quantile(level) * math.sqrt(variance))
    return replace(
        newcombe_difference(first, second, level=level),
        method=methods.KATZ,
        estimand=Estimand.RISK_RATIO,
        estimate=ratio,
        interval=Interval(ratio / factor, ratio * factor, level),
    )


def phi_coefficient(first: Share, second: Share, *, level: float = 0.95) -> Result:
    """Give phi of the 2 x 2 table, positive where the second share is higher.

    The interval joins Wilson's bounds of both shares by squaring and adding (Zou and Donner 2008), as
    Newcombe's does for the difference.
    """
    if (first.events + second.events) * (first.others + second.others) == 0:
        raise Unanswerable(Message("Everybody gave the same answer: there is no association to measure."))
    low1, high1 = wilson_bounds(first, level)
    low2, high2 = wilson_bounds(second, level)
    p1, p2, weights = first.value, second.value, (first.n, second.n)
    phi = _phi(p1, p2, weights)
    below = math.hypot(phi - _phi(p1, low2, weights), phi - _phi(high1, p2, weights))
    above = math.hypot(_phi(p1, high2, weights) - phi, _phi(low1, p2, weights) - phi)
    return replace(
        newcombe_difference(first, second),
        method=methods.PHI,
        estimand=Estimand.PHI,
        estimate=phi,
        interval=Interval(max(-1.0, phi - below), min(1.0, phi + above), level),
        reason=Message("An effect size beside the chi-square test."),
    )


def _phi(p1: float, p2: float, weights: tuple[int, int]) -> float:
    first, second = (weight / sum(weights) for weight in weights)
    share = first * p1 + second * p2
    return (p2 - p1) * math.sqrt(first * second / (share * (1 - share)))


def wilson_bounds(share: Share, level: float) -> tuple[float, float]:
    """Give the bounds of Wilson's score interval."""
    check_level(level)
    z = normal_quantile(level)
    middle = share.events + z * z / 2
    spread = z * math.sqrt(share.events * share.others / share.n + z * z / 4)
    low = 0.0 if share.events == 0 else (middle - spread) / (share.n + z * z)
    high = 1.0 if share.others == 0 else (middle + spread) / (share.n + z * z)
    return low, high
