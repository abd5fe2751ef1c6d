"""Part 3, call bells: their course per 100 patient-days, infusion calls apart, and how the rates compare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wardteam.domain.study import MeasureKind
from wardteam.errors import Message
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.charting import attempted, course_figure, refusal
from wardteam.services.quality_report.wording import (
    estimate_cell,
    mean_words,
    number,
    p_cell,
    statistic_figure,
    with_interval,
)
from wardteam.stats.comparison import MeasureComparison, RateDescription
from wardteam.stats.exposure import choose_rate_model, rate_difference
from wardteam.stats.figures import p_words, share_figure
from wardteam.stats.plots import Words
from wardteam.stats.ratios import DailyCounts, by_week_if_long
from wardteam.stats.report import Block, Cell, Heading, Paragraph, Part, Table, Tone
from wardteam.stats.results import Interval, Result

PER = 100.0
BY_DAYS = Message("calls per 100 patient-days")
BY_HOURS = Message("calls per 100 infusion hours")
BELLS_TITLE = Message("Call bells per 100 patient-days by week")
INFUSION_TITLE = Message("Infusion calls by week")
RATES_TITLE = Message("Call bells of the two periods, by every analysis")


def bells_part(analysis: Analysis) -> Part:
    """Give the course, the rates with every analysis, the infusion calls and the balancing measures."""
    measure = analysis.comparison.measure(MeasureKind.BELLS)
    infusion_unit = BY_HOURS if analysis.has_infusion_hours else BY_DAYS
    blocks: tuple[Block, ...] = (
        Paragraph((measure.sentence,), Tone.LEAD),
        course_figure(analysis.weekly_bells, analysis.plan, code="bells", title=BELLS_TITLE, unit=BY_DAYS),
        *_rates(analysis, measure),
        Heading(Message("Infusion calls, counted apart")),
        *_infusion(analysis),
        course_figure(
            analysis.weekly_infusion, analysis.plan, code="infusion", title=INFUSION_TITLE, unit=infusion_unit
        ),
        Heading(Message("Balancing measure: calls that nobody came to")),
        *_outcomes(analysis),
    )
    return Part(3, Message("Call bells"), blocks)


def _rates(analysis: Analysis, measure: MeasureComparison) -> Iterator[Block]:
    before, after = measure.baseline, measure.intervention
    if not isinstance(before, RateDescription) or not isinstance(after, RateDescription):
        yield refusal(RATES_TITLE, None)
        return
    names = (analysis.plan.baseline.named, analysis.plan.intervention.named)
    header = (Message("Analysis"), *names, Message("Estimate (95% CI)"), Message("Statistic"), "P")
    rates, daily = _both(before, after, is_daily=False), _both(before, after, is_daily=True)
    lines = [(result, rates) for result in (measure.right, _difference(analysis)) if result]
    lines += [(result, rates) for result in measure.supporting]
    lines += [(measure.naive, daily)] if measure.naive else []
    rows = tuple(
        (
            Cell.of(result.method.name),
            *cells,
            estimate_cell(result),
            Cell.of(statistic_figure(result), value=result.statistic),
            p_cell(result.p),
        )
        for result, cells in lines
    )
    notes = (
        Message(
            "Calls per 100 patient-days (calls/patient-days); the t-test compares calls a day, mean (SD). "
            "The first line is the plan's analysis; Poisson and the t-test are naive and stand here for "
            "comparison only."
        ),
        measure.why,
    )
    yield Table("rates", RATES_TITLE, header, rows, notes, (1, 2, 3, 4, 5))
    yield Paragraph(measure.remarks, Tone.NOTE)


def _both(before: RateDescription, after: RateDescription, *, is_daily: bool) -> tuple[Cell, Cell]:
    first, second = (_rate_cell(one, is_daily=is_daily) for one in (before, after))
    return first, second


def _rate_cell(rate: RateDescription, *, is_daily: bool) -> Cell:
    if is_daily:
        return Cell.of(mean_words(rate.daily_mean, rate.daily_sd), value=rate.daily_mean)
    return Cell.of(f"{rate.per_100:.1f} ({rate.events}/{rate.patient_days:.0f})", value=rate.per_100)


def _difference(analysis: Analysis) -> Result | None:
    first, second = analysis.bells
    if first is None or second is None:
        return None
    found, _ = attempted(lambda: rate_difference(*by_week_if_long(first, second)))
    return None if found is None else _per_100(found)


def _per_100(result: Result) -> Result:
    if result.estimate is None or result.interval is None:
        return result
    interval = Interval(PER * result.interval.low, PER * result.interval.high, result.interval.level)
    return replace(result, estimate=PER * result.estimate, interval=interval)


def _infusion(analysis: Analysis) -> Iterator[Paragraph]:
    first, second = analysis.infusion
    if first is None or second is None:
        yield refusal(INFUSION_TITLE, None)
        return
    ratio, why_not = attempted(lambda: choose_rate_model(*by_week_if_long(first, second)))
    yield Paragraph((_infusion_rates(first, second, by_hours=analysis.has_infusion_hours),))
    if ratio is None or ratio.p is None:
        yield refusal(INFUSION_TITLE, why_not)
        return
    words = Message("Rate ratio {ratio}; exploratory: {p}.", ratio=with_interval(ratio), p=p_words(ratio.p))
    yield Paragraph((words, ratio.reason), Tone.NOTE)


def _infusion_rates(first: DailyCounts, second: DailyCounts, *, by_hours: bool) -> Words:
    before, after = (number(PER * one.rate, 1) for one in (first, second))
    if by_hours:
        return Message(
            "Infusion calls: {before} per 100 infusion hours in the baseline and {after} in the "
            "intervention period.",
            before=before,
            after=after,
        )
    return Message(
        "Infusion calls: {before} per 100 patient-days in the baseline and {after} in the intervention "
        "period; infusion hours are not known for both.",
        before=before,
        after=after,
    )


def _outcomes(analysis: Analysis) -> Iterator[Block]:
    shares = analysis.comparison.unanswered
    if shares is None:
        yield refusal(Message("Balancing measure: calls that nobody came to"), None)
        return
    words = Message(
        "Calls that nobody came to: {before} in the baseline and {after} in the intervention period. "
        "Calls of one patient resemble each other; no test is made of single calls.",
        before=share_figure(shares[0]),
        after=share_figure(shares[1]),
    )
    yield Paragraph((words,))
