"""Two Poisson rates compared exactly, for the few events that no dispersion can be known from."""

from __future__ import annotations

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.dispersion import follow_on, pearson_dispersion
from wardteam.stats.ratios import DailyCounts, RateRatio
from wardteam.stats.results import Estimand, Interval, Unanswerable, check_level, fingerprint

NO_EVENT = Message("Neither period has an event: there are no rates to compare.")
EXACT_REASON = Message(
    "Few events: given them all, the second period's share of them is binomial and tested exactly."
)
ASSUMES_POISSON = Message(
    "The exact test takes the counts as Poisson; so few events can hardly show whether they scatter more."
)
SCATTERS = "The counts scatter {value} times as much as Poisson allows: Poisson alarms too often."
FIRST_EMPTY = Message("The first period has no event: the ratio of the rates has no value, only P is given.")


def exact_rate_ratio(first: DailyCounts, second: DailyCounts, *, level: float = 0.95) -> RateRatio:
    """Compare two Poisson rates by the exact conditional test (Przyborowski and Wilenski 1940).

    Given Y1 + Y2, Y2 is binomial with share T2 / (T1 + T2) where the rates are equal; two-sided P by the
    likelihood of the outcomes, interval after Clopper and Pearson (as R's poisson.test).

    Raises
    ------
    Unanswerable
        If neither period has an event.
    """
    check_level(level)
    events = first.events + second.events
    if events == 0:
        raise Unanswerable(NO_EVENT)
    from scipy.stats import binomtest

    test = binomtest(second.events, events, second.exposure / (first.exposure + second.exposure))
    bounds = test.proportion_ci(level, method="exact")
    scatter, is_open = pearson_dispersion(first, second), first.events == 0
    return RateRatio(
        method=methods.POISSON_EXACT,
        estimand=Estimand.RATE_RATIO,
        estimate=None if is_open else second.rate / first.rate,
        interval=None if is_open else _interval(bounds.low, bounds.high, first, second, level),
        p=min(1.0, float(test.pvalue)),
        n=(len(first.counts), len(second.counts)),
        missing=(first.missing, second.missing),
        reason=EXACT_REASON,
        warnings=_warnings(scatter, is_open=is_open),
        data_hash=fingerprint(groups=[first.figures(), second.figures()]),
        dispersion=scatter,
        autocorrelation=follow_on(first, second),
    )


def _interval(low: float, high: float, first: DailyCounts, second: DailyCounts, level: float) -> Interval:
    per = first.exposure / second.exposure
    return Interval(float(low / (1 - low) * per), float(high / (1 - high) * per), level)


def _warnings(scatter: float, *, is_open: bool) -> tuple[Message, ...]:
    found = [ASSUMES_POISSON]
    if scatter > 1:
        found.append(Message(SCATTERS, value=f"{scatter:.1f}"))
    return (*found, FIRST_EMPTY) if is_open else tuple(found)
