"""Ratios of two periods: bell rates by quasi-Poisson, skewed times by geometric means of stays."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.distributions import t_quantile, t_tails
from wardteam.stats.means import welch
from wardteam.stats.results import Estimand, Interval, Result, Unanswerable, check_level, fingerprint
from wardteam.stats.samples import Sample, finite_value, whole_count

FEW_POINTS = 12
WEEK = 7
WEEKLY_REASON = Message(
    "Neighbouring days resemble each other and counts scatter more than Poisson allows: bells are summed "
    "by week, and the interval is widened by the dispersion of the weeks."
)
RATE_REASON = Message(
    "Counts of a ward scatter more than Poisson allows: the interval is widened by the dispersion."
)
STAY_REASON = Message(
    "Several calls of one stay are not independent: each stay counts once, by its mean logarithm."
)
HARDLY_KNOWN = Message(
    "Fewer than {least} points in a period: the dispersion is hardly known.", least=FEW_POINTS
)
DAYS_ALIKE = (
    "Neighbouring days resemble each other (autocorrelation {value}): "
    "the interval is narrower than it should be."
)
WEEKS_ALIKE = (
    "Neighbouring weeks resemble each other (autocorrelation {value}), by a season or a trend: "
    "the interval is narrower than it should be."
)


@dataclass(frozen=True)
class DailyCounts:
    """Events of each day with that day's exposure (patient-days); `missing` days had no census.

    `width` is 1, or the number of days that were summed into each count.
    """

    counts: tuple[int, ...]
    exposures: tuple[float, ...]
    missing: int = 0
    width: int = 1

    def __post_init__(self) -> None:
        if len(self.counts) != len(self.exposures):
            raise ValueError(f"{len(self.counts)} counts stand against {len(self.exposures)} exposures")
        if len(self.counts) < 2:
            raise Unanswerable(Message("A rate needs two days or more; got {days}.", days=len(self.counts)))
        for count in self.counts:
            whole_count(count)
        for exposure in self.exposures:
            if finite_value(exposure) <= 0:
                raise Unanswerable(Message("Patient-days must be more than 0; got {value}.", value=exposure))

    @property
    def events(self) -> int:
        """All events together."""
        return sum(self.counts)

    @property
    def exposure(self) -> float:
        """All patient-days together."""
        return math.fsum(self.exposures)

    @property
    def rate(self) -> float:
        """Events per unit of exposure."""
        return self.events / self.exposure

    def pooled(self, width: int) -> DailyCounts:
        """Sum each run of `width` days, so that days that resemble their neighbours count together."""
        starts = range(0, len(self.counts), width)
        return DailyCounts(
            tuple(sum(self.counts[i : i + width]) for i in starts),
            tuple(math.fsum(self.exposures[i : i + width]) for i in starts),
            self.missing,
            width,
        )

    def residuals(self) -> list[float]:
        """Give the days' Pearson residuals about the period's own rate, in order of date."""
        expected = [self.rate * exposure for exposure in self.exposures]
        return [(c - e) / math.sqrt(e) for c, e in zip(self.counts, expected, strict=True)]

    def figures(self) -> dict[str, object]:
        """Give the typed figures that the data hash is made from."""
        return {"counts": list(self.counts), "exposures": list(self.exposures), "missing": self.missing}


@dataclass(frozen=True, kw_only=True)
class RateRatio(Result):
    """A rate ratio with the dispersion it was widened by and the residuals' first autocorrelation."""

    dispersion: float
    autocorrelation: float


def rate_ratio(first: DailyCounts, second: DailyCounts, *, level: float = 0.95) -> RateRatio:
    """Compare two rates, second over first, by quasi-Poisson regression on the period.

    log RR has the variance phi (1/Y1 + 1/Y2), phi = Pearson's chi-square / (days - 2); t with
    days - 2 df (McCullagh and Nelder 1989, as R's glm with family quasipoisson).
    """
    check_level(level)
    if first.events == 0 or second.events == 0:
        raise Unanswerable(Message("A period has no event at all: there is no ratio of rates."))
    residuals = (first.residuals(), second.residuals())
    df = len(first.counts) + len(second.counts) - 2
    dispersion = math.fsum(r * r for period in residuals for r in period) / df
    if dispersion < 1e-9:
        raise Unanswerable(Message("The daily rates do not scatter at all; their dispersion is unknown."))
    log_ratio = math.log(second.rate / first.rate)
    error = math.sqrt(dispersion * (1 / first.events + 1 / second.events))
    margin = t_quantile(level, df) * error
    follow_on = autocorrelation(residuals)
    return RateRatio(
        method=methods.QUASI_POISSON,
        estimand=Estimand.RATE_RATIO,
        estimate=math.exp(log_ratio),
        interval=Interval(math.exp(log_ratio - margin), math.exp(log_ratio + margin), level),
        statistic=log_ratio / error,
        df=(float(df),),
        p=t_tails(log_ratio / error, df),
        n=(len(first.counts), len(second.counts)),
        missing=(first.missing, second.missing),
        reason=RATE_REASON if first.width == 1 else WEEKLY_REASON,
        warnings=rate_warnings(first, second, follow_on),
        data_hash=fingerprint(groups=[first.figures(), second.figures()]),
        dispersion=dispersion,
        autocorrelation=follow_on,
    )


def geometric_mean_ratio(first: Sample, second: Sample, *, level: float = 0.95) -> Result:
    """Compare samples of logarithms, one value a stay: Welch's test, shown as a ratio of times."""
    logs = welch(first, second, level=level)
    if logs.estimate is None or logs.interval is None:
        raise ValueError("Welch's test always has an estimate and an interval")
    return Result(
        method=methods.WELCH_LOG,
        estimand=Estimand.GEOMETRIC_MEAN_RATIO,
        estimate=math.exp(logs.estimate),
        interval=Interval(math.exp(logs.interval.low), math.exp(logs.interval.high), level),
        statistic=logs.statistic,
        df=logs.df,
        p=logs.p,
        n=logs.n,
        missing=logs.missing,
        reason=STAY_REASON,
        data_hash=logs.data_hash,
    )


def autocorrelation(periods: tuple[list[float], list[float]]) -> float:
    """Give the first autocorrelation of residuals, no pair taken across the periods."""
    products = math.fsum(a * b for days in periods for a, b in itertools.pairwise(days))
    return products / math.fsum(r * r for days in periods for r in days)


def by_week_if_long(first: DailyCounts, second: DailyCounts) -> tuple[DailyCounts, DailyCounts]:
    """Sum both periods by week where each has 12 weeks or more; shorter periods stay as days."""
    if min(len(first.counts), len(second.counts)) < WEEK * FEW_POINTS:
        return first, second
    return first.pooled(WEEK), second.pooled(WEEK)


def rate_warnings(first: DailyCounts, second: DailyCounts, follow_on: float) -> tuple[Message, ...]:
    """Warn where the dispersion is hardly known or neighbouring points resemble each other."""
    found = []
    points = len(first.counts) + len(second.counts)
    if min(len(first.counts), len(second.counts)) < FEW_POINTS:
        found.append(HARDLY_KNOWN)
    if follow_on > 1.96 / math.sqrt(points):
        found.append(Message(DAYS_ALIKE if first.width == 1 else WEEKS_ALIKE, value=f"{follow_on:.2f}"))
    return tuple(found)
