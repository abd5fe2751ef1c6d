"""Two rates of which only the totals are known: the exact conditional test, and a plain warning."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.exact_rates import NO_EVENT
from wardteam.stats.results import Estimand, Interval, Result, Unanswerable, check_level, fingerprint
from wardteam.stats.samples import finite_value, whole_count

TOTALS_REASON = Message(
    "Only one row a group: given all events, the second group's share of them is binomial and tested exactly."
)
NO_RATIO = Message("One group has no event: the ratio of the rates has no value.")
SCATTER_UNKNOWN = Message(
    "Totals can't show whether the counts scatter more than Poisson, as a ward's counts do: P may be far too "
    "small and the interval far too narrow. Give one row a day or week."
)


@dataclass(frozen=True)
class Total:
    """All events of a group with its whole exposure."""

    events: int
    exposure: float

    def __post_init__(self) -> None:
        whole_count(self.events)
        if finite_value(self.exposure) <= 0:
            raise Unanswerable(Message("Patient-days must be more than 0; got {value}.", value=self.exposure))

    @property
    def rate(self) -> float:
        """Events per unit of exposure."""
        return self.events / self.exposure


def exact_totals_ratio(first: Total, second: Total, *, level: float = 0.95) -> Result:
    """Compare two totals by the exact conditional test (Przyborowski and Wilenski 1940), as R's poisson.test.

    The ratio is second over first, its interval after Clopper and Pearson.

    Raises
    ------
    Unanswerable
        If one of the groups has no event: there is no ratio with an interval.
    """
    check_level(level)
    if first.events == 0 or second.events == 0:
        raise Unanswerable(NO_EVENT if first.events == second.events else NO_RATIO)
    from scipy.stats import binomtest

    share = second.exposure / (first.exposure + second.exposure)
    test = binomtest(second.events, first.events + second.events, share)
    bounds, per = test.proportion_ci(level, method="exact"), first.exposure / second.exposure
    low, high = (float(bound / (1 - bound) * per) for bound in (bounds.low, bounds.high))
    return Result(
        method=methods.POISSON_EXACT,
        estimand=Estimand.RATE_RATIO,
        estimate=second.rate / first.rate,
        interval=Interval(low, high, level),
        p=min(1.0, float(test.pvalue)),
        n=(1, 1),
        missing=(0, 0),
        reason=TOTALS_REASON,
        warnings=(SCATTER_UNKNOWN,),
        data_hash=fingerprint(groups=[[t.events, float(t.exposure)] for t in (first, second)]),
    )
