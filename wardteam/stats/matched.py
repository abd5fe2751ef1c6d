"""Paired yes/no answers: McNemar's test, the difference of paired shares, odds of the discordant pairs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.counts import Share
from wardteam.stats.distributions import chi2_tail
from wardteam.stats.proportions import INTERVAL_REASON, wilson_bounds
from wardteam.stats.results import Estimand, Interval, Result, Unanswerable, check_level, fingerprint
from wardteam.stats.samples import whole_count

FEW_DISCORDANT = 25
CHOOSE_EXACT = "Pairs that differ: {discordant}, fewer than {least}: McNemar's exact test."
CHOOSE_CORRECTED = "Pairs that differ: {discordant}, {least} or more: McNemar's corrected test."
NO_PAIR = Message("There is no pair with both answers.")
NONE_DIFFERS = Message("No pair differs between first and second: McNemar's test has nothing to test.")
ONE_WAY = Message("All pairs that differ do so in one direction: their odds ratio has no finite interval.")


@dataclass(frozen=True)
class _Pairs:
    both: int
    first_only: int
    second_only: int
    neither: int
    missing: int

    def __post_init__(self) -> None:
        for count in self.cells:
            whole_count(count)
        whole_count(self.missing)
        if self.n == 0:
            raise Unanswerable(NO_PAIR)
        if self.discordant == 0:
            raise Unanswerable(NONE_DIFFERS)

    @property
    def cells(self) -> tuple[int, int, int, int]:
        return self.both, self.first_only, self.second_only, self.neither

    @property
    def n(self) -> int:
        return sum(self.cells)

    @property
    def discordant(self) -> int:
        return self.first_only + self.second_only

    @property
    def data_hash(self) -> str:
        return fingerprint(pairs=[int(c) for c in self.cells], missing=int(self.missing))


def mcnemar(
    both: int, first_only: int, second_only: int, neither: int, *, missing: int = 0, level: float = 0.95
) -> Result:
    """Test paired shares (McNemar 1947), with the difference second minus first and its interval.

    Fewer than 25 discordant pairs: exact binomial test; else (|b - c| - 1)² / (b + c), 1 df, as R's
    mcnemar.test. `missing` counts pairs without one of the answers. The interval is Newcombe's for
    paired shares (1998, Statistics in Medicine 17:2635-2650, method 10).

    Raises
    ------
    Unanswerable
        If there is no pair, or none differs.
    """
    check_level(level)
    pairs = _Pairs(both, first_only, second_only, neither, missing)
    is_exact = pairs.discordant < FEW_DISCORDANT
    chi2 = max(0, abs(first_only - second_only) - 1) ** 2 / pairs.discordant
    return Result(
        method=methods.MCNEMAR_EXACT if is_exact else methods.MCNEMAR_CORRECTED,
        estimand=Estimand.SHARE_DIFFERENCE,
        estimate=(second_only - first_only) / pairs.n,
        interval=_paired_interval(pairs, level),
        statistic=None if is_exact else chi2,
        df=() if is_exact else (1.0,),
        p=_exact_p(pairs) if is_exact else chi2_tail(chi2),
        n=(pairs.n,),
        missing=(missing,),
        reason=Message(
            CHOOSE_EXACT if is_exact else CHOOSE_CORRECTED, discordant=pairs.discordant, least=FEW_DISCORDANT
        ),
        data_hash=pairs.data_hash,
    )


def discordant_odds_ratio(
    both: int, first_only: int, second_only: int, neither: int, *, missing: int = 0, level: float = 0.95
) -> Result:
    """Give the conditional odds ratio second_only / first_only with its exact interval.

    The bounds are those of Clopper and Pearson for second_only of all discordant pairs, as odds (Breslow
    and Day 1980, 5.2).
    """
    check_level(level)
    pairs = _Pairs(both, first_only, second_only, neither, missing)
    if 0 in (first_only, second_only):
        raise Unanswerable(ONE_WAY)
    from scipy.stats import binomtest

    bounds = binomtest(second_only, pairs.discordant).proportion_ci(level, method="exact")
    low, high = (float(share / (1 - share)) for share in (bounds.low, bounds.high))
    return Result(
        method=methods.DISCORDANT_ODDS,
        estimand=Estimand.ODDS_RATIO,
        estimate=second_only / first_only,
        interval=Interval(low, high, level),
        n=(pairs.n,),
        missing=(missing,),
        reason=INTERVAL_REASON,
        data_hash=pairs.data_hash,
    )


def _exact_p(pairs: _Pairs) -> float:
    from scipy.stats import binomtest

    return min(1.0, float(binomtest(pairs.second_only, pairs.discordant).pvalue))


def _paired_interval(pairs: _Pairs, level: float) -> Interval:
    first = Share(pairs.both + pairs.first_only, pairs.n)
    second = Share(pairs.both + pairs.second_only, pairs.n)
    low1, high1 = wilson_bounds(first, level)
    low2, high2 = wilson_bounds(second, level)
    phi = _paired_phi(pairs, first, second)
    difference = second.value - first.value
    below = _joined(second.value - low2, high1 - first.value, phi)
    above = _joined(high2 - second.value, first.value - low1, phi)
    return Interval(difference - below, difference + above, level)


def _joined(one: float, other: float, phi: float) -> float:
    return math.sqrt(max(0.0, one * one - 2 * phi * one * other + other * other))


def _paired_phi(pairs: _Pairs, first: Share, second: Share) -> float:
    """Give the correlation of the answers, a positive one corrected for continuity by n / 2."""
    margin = first.events * first.others * second.events * second.others
    product = pairs.both * pairs.neither - pairs.first_only * pairs.second_only
    if margin == 0:
        return 0.0
    if product > 0:
        return max(0.0, product - pairs.n / 2) / math.sqrt(margin)
    return product / math.sqrt(margin)
