"""Each measure of the comparison from its figures: describe, test the article's way, test the right way."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from wardteam.domain.study import ArrivalTest, BellTest, MeasureKind
from wardteam.errors import Message
from wardteam.stats.clusters import ClusteredSample, cluster_robust, gee
from wardteam.stats.comparison import (
    MEASURE_NAMES,
    Description,
    MeasureComparison,
    RateDescription,
    ShareDescription,
    TimeDescription,
)
from wardteam.stats.counts import Share
from wardteam.stats.exposure import RateModel, choose_rate_model, poisson_ratio
from wardteam.stats.means import levene, student, welch
from wardteam.stats.multiplicity import holm
from wardteam.stats.proportions import wilson
from wardteam.stats.ratios import (
    RATE_REASON,
    WEEKLY_REASON,
    DailyCounts,
    by_week_if_long,
    geometric_mean_ratio,
)
from wardteam.stats.results import Result, Unanswerable
from wardteam.stats.samples import Sample
from wardteam.stats.sentences import NO_DATA, WHY, WHY_ARRIVAL, sentence
from wardteam.stats.shares import compare_shares

R = TypeVar("R", bound=Result)
AS_THE_ARTICLE = Message("As the article did it; shown beside the right result, never alone.")
CALL_LEVEL = Message("Tests single calls as if they were independent: shown for comparison, never primary.")
CLUSTERED = "On average {calls} calls come from one stay; single calls are not independent."
MODEL_OF = {
    BellTest.QUASI_POISSON: RateModel.QUASI_POISSON,
    BellTest.NEGATIVE_BINOMIAL: RateModel.NEGATIVE_BINOMIAL,
}
NO_STAYS = Message("No call can be matched to a stay: only medians and rates are shown, no P.")


@dataclass(frozen=True)
class ArrivalTimes:
    """Arrival seconds of one period: all of them, and by stay where the stay is known."""

    seconds: tuple[float, ...]
    by_stay: Mapping[str, tuple[float, ...]]
    unmatched: int = 0

    def stay_logs(self) -> Sample:
        """Give one mean logarithm a stay; times below a second count as one second."""
        means = [
            math.fsum(math.log(max(s, 1.0)) for s in seconds) / len(seconds)
            for seconds in self.by_stay.values()
        ]
        return Sample(tuple(means), self.unmatched)

    def clustered(self) -> ClusteredSample:
        """Give single calls with the stay of each; times below a second count as one second."""
        values = tuple(max(s, 1.0) for seconds in self.by_stay.values() for s in seconds)
        stays = tuple(stay for stay, seconds in self.by_stay.items() for _ in seconds)
        return ClusteredSample(values, stays, self.unmatched)

    def geometric_mean(self, test: ArrivalTest) -> float | None:
        """Give the geometric mean that a test compares: of stays, or of single calls with a stay."""
        if not self.by_stay:
            return None
        if test is ArrivalTest.STAY_MEANS:
            return math.exp(self.stay_logs().mean)
        return statistics.geometric_mean(self.clustered().values)


def bells_measure(
    first: DailyCounts | None, second: DailyCounts | None, *, test: BellTest = BellTest.QUASI_POISSON
) -> MeasureComparison:
    """Compare bells per 100 patient-days: the article's t-test of daily counts, then the plan's model.

    Poisson's interval stands among the supporting results, as naive as the t-test.
    """
    if first is None or second is None:
        return _draft(MeasureKind.BELLS, None, None)
    attempt = _Attempt()
    points = by_week_if_long(first, second)
    naive = attempt(lambda: student(*(Sample.of(map(float, days.counts)) for days in (first, second))))
    right = attempt(lambda: choose_rate_model(*points, planned=MODEL_OF[test]))
    poisson = attempt(lambda: poisson_ratio(*points))
    if right is not None:
        attempt.remarks += (
            WEEKLY_REASON if points[0].width > 1 else RATE_REASON,
            Message("The dispersion of the counts is {value}.", value=f"{right.dispersion:.2f}"),
        )
    return replace(
        _draft(MeasureKind.BELLS, _rate(first), _rate(second)),
        naive=naive and replace(naive, reason=AS_THE_ARTICLE),
        right=right,
        supporting=(poisson,) if poisson else (),
        remarks=(*attempt.remarks, *(right.warnings if right else ())),
    )


def arrival_measure(
    first: ArrivalTimes, second: ArrivalTimes, *, test: ArrivalTest = ArrivalTest.STAY_MEANS
) -> MeasureComparison:
    """Compare arrival times: call-level tests as SPSS prints them, then the plan's test that knows stays."""
    if not first.seconds or not second.seconds:
        return _draft(MeasureKind.ARRIVAL, None, None)
    draft = _draft(MeasureKind.ARRIVAL, _times(first, test), _times(second, test))
    if not first.by_stay or not second.by_stay:
        return replace(draft, remarks=(NO_STAYS,))
    attempt = _Attempt()
    calls = Sample(first.seconds), Sample(second.seconds)
    naive = attempt(lambda: student(*calls))
    spss = (attempt(lambda: welch(*calls)), attempt(lambda: levene(calls)))
    median_centred = attempt(lambda: levene(calls, centre="median"))
    right = attempt(lambda: _by_stays(first, second, test))
    stays = len(first.by_stay) + len(second.by_stay)
    matched = sum(len(s) for times in (first, second) for s in times.by_stay.values())
    return replace(
        draft,
        why=WHY_ARRIVAL[test],
        naive=naive and replace(naive, reason=AS_THE_ARTICLE, warnings=(*naive.warnings, CALL_LEVEL)),
        right=right,
        supporting=tuple(replace(r, reason=CALL_LEVEL) for r in (*spss, median_centred) if r),
        remarks=(
            *attempt.remarks,
            *(naive.warnings if naive else ()),
            Message(CLUSTERED, calls=f"{matched / stays:.1f}"),
        ),
    )


def _by_stays(first: ArrivalTimes, second: ArrivalTimes, test: ArrivalTest) -> Result:
    if test is ArrivalTest.STAY_MEANS:
        return geometric_mean_ratio(first.stay_logs(), second.stay_logs())
    compared = cluster_robust if test is ArrivalTest.CLUSTER_ROBUST else gee
    return compared(first.clustered(), second.clustered(), scale="log")


def share_measure(kind: MeasureKind, first: Share | None, second: Share | None) -> MeasureComparison:
    """Compare two shares: Pearson as the article, then the test that the table asks for."""
    if first is None or second is None:
        return _draft(kind, None, None)
    whole = compare_shares(first, second)
    naive = whole.by_code("pearson_chi2")
    return replace(
        _draft(kind, _share(first), _share(second)),
        naive=naive and replace(naive, reason=AS_THE_ARTICLE),
        right=whole.chosen,
        supporting=whole.beside,
        remarks=(*whole.unanswered, *(w for result in whole.beside for w in result.warnings)),
    )


def conclude(measures: Sequence[MeasureComparison], primary: MeasureKind) -> tuple[MeasureComparison, ...]:
    """Mark the primary measure, adjust the others by Holm, and word each outcome."""
    secondary = {m.kind: m.right.p for m in measures if m.kind is not primary and m.right}
    tested = {kind: p for kind, p in secondary.items() if p is not None}
    adjusted = dict(zip(tested, holm(list(tested.values())), strict=True))
    marked = [replace(m, is_primary=m.kind is primary, holm_p=adjusted.get(m.kind)) for m in measures]
    return tuple(replace(m, sentence=sentence(m)) for m in marked)


class _Attempt:
    """Runs tests one by one and keeps the words of those that have no answer."""

    def __init__(self) -> None:
        self.remarks: list[Message] = []

    def __call__(self, test: Callable[[], R]) -> R | None:
        try:
            return test()
        except Unanswerable as refusal:
            if refusal.message not in self.remarks:
                self.remarks.append(refusal.message)
            return None


def _draft(
    kind: MeasureKind, baseline: Description | None, intervention: Description | None
) -> MeasureComparison:
    return MeasureComparison(
        kind=kind,
        is_primary=False,
        baseline=baseline,
        intervention=intervention,
        naive=None,
        right=None,
        supporting=(),
        sentence=Message(NO_DATA, measure=MEASURE_NAMES[kind]),
        why=WHY[kind],
    )


def _rate(days: DailyCounts) -> RateDescription:
    counts = Sample.of(map(float, days.counts))
    return RateDescription(
        events=days.events,
        patient_days=days.exposure,
        days=len(days.counts),
        missing_days=days.missing,
        daily_mean=counts.mean,
        daily_sd=counts.sd,
    )


def _times(times: ArrivalTimes, test: ArrivalTest) -> TimeDescription:
    calls = Sample(times.seconds)
    low, middle, high = calls.quartiles
    return TimeDescription(
        calls=calls.n,
        stays=len(times.by_stay),
        mean=calls.mean,
        sd=calls.sd,
        median=middle,
        lower_quartile=low,
        upper_quartile=high,
        geometric_mean=times.geometric_mean(test),
        is_skewed=calls.is_skewed,
    )


def _share(share: Share) -> ShareDescription:
    interval = wilson(share).interval
    if interval is None:
        raise ValueError("a share always has a Wilson interval")
    return ShareDescription(share, interval)
