"""Shares of calls that come in clusters (several of one stay): intervals and differences that know them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wardteam.errors import Message
from wardteam.stats.distributions import t_quantile, t_tails
from wardteam.stats.results import Estimand, Interval, Method, Result, Unanswerable, check_level, fingerprint

CLUSTERED_SHARE = Method("clustered_share", Message("share with an interval between stays"))
CLUSTERED_DIFFERENCE = Method(
    "clustered_share_difference", Message("difference of shares with errors between stays"), "t"
)
SHARE_REASON = Message(
    "Calls of one stay are not independent: the error of the share is taken between stays."
)
FEW_STAYS = Message("A share of clustered calls needs two stays or more; got {stays}.")
NO_SCATTER = Message("The share is the same in every stay: there is no scatter to judge it by.")


@dataclass(frozen=True)
class ClusteredShare:
    """So many events among so many calls of each stay; shape (stays,) both."""

    events: tuple[int, ...]
    sizes: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.sizes) < 2:
            raise Unanswerable(Message(FEW_STAYS.text, stays=len(self.sizes)))
        if any(not 0 <= e <= n or n == 0 for e, n in zip(self.events, self.sizes, strict=True)):
            raise ValueError("a stay has one call or more, and no more events than calls")

    @property
    def value(self) -> float:
        """The share of all calls."""
        return sum(self.events) / sum(self.sizes)

    @property
    def variance(self) -> float:
        """Its variance as a ratio of the stays' sums, with m / (m - 1) (Cochran 1977, 6.4)."""
        events, sizes = np.array(self.events, dtype=float), np.array(self.sizes, dtype=float)
        m = len(sizes)
        return float(m / (m - 1) * np.sum((events - self.value * sizes) ** 2) / sizes.sum() ** 2)

    @property
    def df(self) -> float:
        """Stays less one."""
        return float(len(self.sizes) - 1)

    def figures(self) -> dict[str, object]:
        """Give the typed figures that the data hash is made from."""
        return {"events": list(self.events), "sizes": list(self.sizes)}


def clustered_share(share: ClusteredShare, *, level: float = 0.95) -> Result:
    """Give the share of calls with a logit interval from the scatter between stays, t with m - 1 df.

    >>> round(clustered_share(ClusteredShare((1, 2, 2), (2, 3, 4))).estimate, 4)
    0.5556
    """
    return Result(
        method=CLUSTERED_SHARE,
        estimand=Estimand.SHARE,
        estimate=share.value,
        interval=_interval(share, level),
        df=(share.df,),
        n=(sum(share.sizes),),
        missing=(0,),
        reason=SHARE_REASON,
        data_hash=fingerprint(groups=[share.figures()]),
    )


def clustered_share_difference(
    first: ClusteredShare, second: ClusteredShare, *, level: float = 0.95
) -> Result:
    """Compare two shares of clustered calls, second minus first.

    t = d / sqrt(v1 + v2) with m1 + m2 - 2 df; the interval joins both logit intervals after Newcombe
    (MOVER; Zou and Donner 2008).
    """
    difference = second.value - first.value
    error = math.sqrt(first.variance + second.variance)
    if error < 1e-12:
        raise Unanswerable(NO_SCATTER)
    one, two = _interval(first, level), _interval(second, level)
    below = math.hypot(second.value - two.low, one.high - first.value)
    above = math.hypot(two.high - second.value, first.value - one.low)
    df = first.df + second.df
    return Result(
        method=CLUSTERED_DIFFERENCE,
        estimand=Estimand.SHARE_DIFFERENCE,
        estimate=difference,
        interval=Interval(difference - below, difference + above, level),
        statistic=difference / error,
        df=(df,),
        p=t_tails(difference / error, df),
        n=(sum(first.sizes), sum(second.sizes)),
        missing=(0, 0),
        reason=SHARE_REASON,
        data_hash=fingerprint(groups=[first.figures(), second.figures()]),
    )


def share_by_stay(events: Sequence[bool], stays: Sequence[int]) -> ClusteredShare:
    """Count events and calls of each stay; `stays` are whole numbers, one a call."""
    _, place = np.unique(np.asarray(stays, dtype=np.int64), return_inverse=True)
    sizes = np.bincount(place)
    found = np.bincount(place, weights=np.asarray(events, dtype=float), minlength=len(sizes))
    return ClusteredShare(tuple(found.astype(int).tolist()), tuple(sizes.tolist()))


def _interval(share: ClusteredShare, level: float) -> Interval:
    check_level(level)
    p, error = share.value, math.sqrt(share.variance)
    if error < 1e-12:
        return Interval(p, p, level) if 0 < p < 1 else _at_the_edge(share, level)
    logit = math.log(p / (1 - p))
    margin = t_quantile(level, share.df) * error / (p * (1 - p))
    low, high = (1 / (1 + math.exp(-x)) for x in (logit - margin, logit + margin))
    return Interval(low, high, level)


def _at_the_edge(share: ClusteredShare, level: float) -> Interval:
    """Give the one-sided exact bound of a share of 0 or 1 with stays, not calls, as the sample."""
    bound = ((1 - level) / 2) ** (1 / len(share.sizes))
    return Interval(0.0, 1 - bound, level) if share.value == 0 else Interval(bound, 1.0, level)
