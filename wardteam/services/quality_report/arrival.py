"""Part 4, arrival times: their course, their distribution, and tests that know the stays of calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.study import Duration, MeasureKind
from wardteam.errors import Message
from wardteam.services.bell_log import CleanLog
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.charting import attempted, course_figure, refusal
from wardteam.services.quality_report.outcomes import outcome_table
from wardteam.services.quality_report.spss import spss_tables
from wardteam.services.quality_report.wording import (
    EMPTY,
    estimate_cell,
    median_words,
    number,
    p_cell,
    percent_words,
    period_words,
    statistic_figure,
    with_interval,
)
from wardteam.stats.clustered_shares import clustered_share, clustered_share_difference, share_by_stay
from wardteam.stats.comparison import MeasureComparison, TimeDescription
from wardteam.stats.counts import Share
from wardteam.stats.figures import p_words, share_figure
from wardteam.stats.plots import EcdfPlot, Steps
from wardteam.stats.ranks import hodges_lehmann, mann_whitney
from wardteam.stats.report import Block, Cell, Figure, Heading, Paragraph, Part, Table, Tone
from wardteam.stats.results import Result
from wardteam.stats.samples import Sample

MOST_STEPS = 200
SECONDS = Message("seconds")
COURSE_TITLES = {
    Duration.ANSWER: Message("Median time to the answer by week"),
    Duration.ARRIVAL: Message("Median arrival time by week"),
    Duration.CLEARING: Message("Median time to the clearing by week"),
}
ECDF_TITLE = Message("Share of calls reached by time")
TESTS_TITLE = Message("Arrival times of the two periods, by tests that know the stays")


class TimedCalls(NamedTuple):
    """Seconds of one period's timed calls with the stay of each, -1 where none is known."""

    seconds: NDArray[np.float64]
    stay: NDArray[np.int32]

    @property
    def with_stay(self) -> TimedCalls:
        """Only those whose stay is known."""
        known = self.stay >= 0
        return TimedCalls(self.seconds[known], self.stay[known])


def arrival_part(analysis: Analysis) -> Part:
    """Give course, distribution, SPSS-style tables, the plan's test, ranks, and the share within target."""
    measure = analysis.comparison.measure(MeasureKind.ARRIVAL)
    timed = [_timed(log, analysis.plan.duration) for log in analysis.logs]
    title = COURSE_TITLES[analysis.plan.duration]
    blocks: tuple[Block, ...] = (
        Paragraph((measure.sentence,), Tone.LEAD),
        course_figure(analysis.weekly_medians, analysis.plan, code="arrival", title=title, unit=SECONDS),
        *_ecdf(analysis, timed),
        *_tests(analysis, measure, timed),
        Heading(Message("How the calls ended")),
        outcome_table(analysis),
        Heading(Message("Calls reached within the time aimed at")),
        *_within_target(analysis, timed),
        Heading(Message("Call by call, as SPSS prints it (not primary)")),
        *spss_tables(analysis, measure),
    )
    return Part(4, Message("Arrival time"), blocks)


def _timed(log: CleanLog, duration: Duration) -> TimedCalls:
    mask = log.is_timed(duration)
    return TimedCalls(log.seconds(duration)[mask], log.calls.stay[mask])


def _ecdf(analysis: Analysis, timed: list[TimedCalls]) -> Iterator[Block]:
    plan = analysis.plan
    named = zip((plan.baseline.named, plan.intervention.named), timed, strict=True)
    series = tuple(_steps(name, calls.seconds) for name, calls in named if len(calls.seconds))
    if not series:
        yield refusal(ECDF_TITLE, None)
        return
    caption = Message(
        "n = {counts} calls; {baseline}, {intervention}; changeover {day}. Empirical distribution; the "
        "axis ends at the 99th percentile.",
        counts=tuple(steps.n for steps in series),
        baseline=period_words(plan.baseline),
        intervention=period_words(plan.intervention),
        day=plan.changeover.isoformat(),
    )
    words = tuple(
        Message(
            "{name}: half of {n} calls were reached within {median} s, nine in ten within {ninth} s.",
            name=steps.name,
            n=steps.n,
            median=number(_at(steps, 0.5), 0),
            ninth=number(_at(steps, 0.9), 0),
        )
        for steps in series
    )
    plot = EcdfPlot(series, SECONDS, plan.target_seconds)
    yield Figure("arrival_ecdf", plot, ECDF_TITLE, (caption,), words)


def _steps(name: object, seconds: NDArray[np.float64]) -> Steps:
    ordered = np.sort(seconds)
    last = max(1, int(np.ceil(0.99 * len(ordered))))
    picked = np.unique(np.linspace(0, last - 1, min(last, MOST_STEPS)).round().astype(int))
    share = (picked + 1) / len(ordered)
    return Steps(name, len(ordered), tuple(ordered[picked].tolist()), tuple(share.tolist()))  # type: ignore[arg-type]  # a name


def _at(steps: Steps, share: float) -> float:
    place = int(np.searchsorted(np.array(steps.share), share - 1e-9))
    return steps.x[min(place, len(steps.x) - 1)]


def _tests(analysis: Analysis, measure: MeasureComparison, timed: list[TimedCalls]) -> Iterator[Block]:
    before, after = measure.baseline, measure.intervention
    if not isinstance(before, TimeDescription) or not isinstance(after, TimeDescription):
        yield refusal(TESTS_TITLE, None)
        return
    names = (analysis.plan.baseline.named, analysis.plan.intervention.named)
    header = (Message("Analysis"), *names, Message("Estimate (95% CI)"), Message("Statistic"), "P")
    rows = [_row(Message("Median [Q1, Q3] of all calls, s"), (_quartiles(before), _quartiles(after)), None)]
    if measure.right is not None:
        cells = (_geometric(before), _geometric(after))
        rows.append(_row(measure.right.method.name, cells, measure.right))
    medians = [_stay_medians(calls.with_stay) for calls in timed]
    if all(medians):
        first, second = (Sample(tuple(values)) for values in medians)
        cells = (_median(first), _median(second))
        for make in (hodges_lehmann, mann_whitney):
            result, _ = attempted(lambda make=make: make(first, second))  # type: ignore[misc]  # a loop's own
            if result is not None:
                rows.append(_row(result.method.name, cells, result))
    notes = (
        Message(
            "Geometric means in s, with the stays or calls they rest on; ratio of geometric means. Ranks "
            "compare one median a stay: the shift is in s, the Mann-Whitney estimate is the probability "
            "that a stay of the intervention waits longer."
        ),
        measure.why,
    )
    yield Table("arrival_tests", TESTS_TITLE, header, tuple(rows), notes, (1, 2, 3, 4, 5))
    yield Paragraph(measure.remarks, Tone.NOTE)


def _row(name: Message, cells: tuple[Cell, Cell], result: Result | None) -> tuple[Cell, ...]:
    if result is None:
        return (Cell.of(name), *cells, EMPTY, EMPTY, EMPTY)
    statistic = Cell.of(statistic_figure(result), value=result.statistic)
    return (Cell.of(name), *cells, estimate_cell(result), statistic, p_cell(result.p))


def _quartiles(times: TimeDescription) -> Cell:
    words = median_words(times.lower_quartile, times.median, times.upper_quartile)
    return Cell.of(words, f"n={times.calls}", value=times.median)


def _geometric(times: TimeDescription) -> Cell:
    if times.geometric_mean is None:
        return EMPTY
    return Cell.of(
        number(times.geometric_mean), Message("{stays} stays", stays=times.stays), value=times.geometric_mean
    )


def _median(stays: Sample) -> Cell:
    return Cell.of(
        number(stays.quartiles[1], 0), Message("{stays} stays", stays=stays.n), value=stays.quartiles[1]
    )


def _stay_medians(calls: TimedCalls) -> list[float]:
    if not len(calls.stay):
        return []
    order = np.argsort(calls.stay, kind="stable")
    starts = np.flatnonzero(np.diff(calls.stay[order], prepend=-1))
    return [float(np.median(group)) for group in np.split(calls.seconds[order], starts)[1:]]


def _within_target(analysis: Analysis, timed: list[TimedCalls]) -> Iterator[Paragraph]:
    aim = analysis.plan.target_seconds
    counted = [(int((calls.seconds <= aim).sum()), len(calls.seconds)) for calls in timed]
    if not all(n for _, n in counted):
        yield refusal(Message("Calls reached within the time aimed at"), None)
        return
    before, after = (share_figure(Share(*pair)) for pair in counted)
    yield Paragraph(
        (
            Message(
                "Within {seconds} s: {before} of the calls in the baseline and {after} in the "
                "intervention period.",
                seconds=f"{aim:g}",
                before=before,
                after=after,
            ),
        )
    )
    yield _clustered(aim, [calls.with_stay for calls in timed])


def _clustered(aim: float, timed: list[TimedCalls]) -> Paragraph:
    shares, why_not = attempted(lambda: [share_by_stay(c.seconds <= aim, c.stay) for c in timed])  # type: ignore[arg-type]  # arrays
    if shares is None:
        no_stays = Message(
            "Without known stays there is no interval and no test: single calls are not independent."
        )
        return Paragraph((no_stays,), Tone.NOTE) if why_not else refusal(ECDF_TITLE, why_not)
    first, second = shares
    difference, refused = attempted(lambda: clustered_share_difference(first, second))
    if difference is None or difference.p is None:
        return refusal(Message("Calls reached within the time aimed at"), refused)
    return Paragraph(
        (
            Message(
                "Of calls with a known stay: {before} and {after}; difference {difference} percentage "
                "points, {p} (exploratory).",
                before=percent_words(clustered_share(first)),
                after=percent_words(clustered_share(second)),
                difference=with_interval(difference),
                p=p_words(difference.p),
            ),
            difference.reason,
        )
    )
