"""Part 6, change over time: interrupted series of bells and arrival, what would have come, sensitivity."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from wardteam.domain.study import StudyPlan
from wardteam.errors import Message
from wardteam.services.compare import REVERSED
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.charting import attempted, refusal
from wardteam.services.quality_report.series import (
    PER,
    YEAR_OF_MONTHS,
    YEAR_OF_WEEKS,
    Points,
    bells_series,
    bells_words,
    fit_rates,
    fit_values,
    harmonics,
    medians_series,
    medians_words,
    monthly_points,
    weekly_points,
)
from wardteam.services.quality_report.wording import (
    estimate_cell,
    number,
    p_cell,
    period_words,
    with_interval,
)
from wardteam.stats.interrupted_types import InterruptedSeries
from wardteam.stats.plots import AcfPlot, ForestLine, ForestPlot, SeriesPlot, Words
from wardteam.stats.report import Block, Cell, Figure, Heading, Paragraph, Part, Table, Tone
from wardteam.stats.results import Result
from wardteam.stats.segmented_binomial import segmented_negative_binomial

SERIES_TITLE = Message("Bells by week: fitted, and as they would have gone on")
SENSITIVITY_TITLE = Message("The effect at the end under other models")
ACF_TITLE = Message("Residual autocorrelation by lag in weeks")
MEDIAN_TITLE = Message("Median arrival times by week: level and slope")
MAIN_MODEL = Message("Quasi-Poisson by week with a season")
PLAIN_MODEL = Message("Quasi-Poisson by week without a season")


def trend_part(analysis: Analysis) -> Part:
    """Give the series of bells with its table, residuals and sensitivity, then arrival medians."""
    plan = analysis.plan
    if plan.intervention.span.first < plan.baseline.span.first:
        return Part(6, Message("Change over time"), (refusal(SERIES_TITLE, REVERSED),))
    points = weekly_points(analysis.weekly_bells, plan)
    series, why_not = bells_series(analysis)
    blocks: list[Block] = []
    if series is None:
        blocks.append(refusal(SERIES_TITLE, why_not))
    else:
        blocks += [*_lead(series), _series_figure(plan, points, series), _effects(series)]
        blocks += [*_notes(series), _acf_figure(plan, series), *_sensitivity(analysis, points)]
    blocks += [Heading(MEDIAN_TITLE), *_medians(analysis)]
    return Part(6, Message("Change over time"), tuple(blocks))


def _lead(series: InterruptedSeries) -> Iterator[Paragraph]:
    changes = Message(
        "At the changeover the rate changed by the factor {level}, and its course by the factor {slope} a "
        "week.",
        level=with_interval(series.level),
        slope=with_interval(series.slope, 3),
    )
    yield Paragraph((changes, bells_words(series)), Tone.LEAD)


def _series_figure(plan: StudyPlan, points: Points, series: InterruptedSeries) -> Figure:
    last = series.points[-1]
    caption = Message(
        "n = {n} weeks; {baseline}, {intervention}; changeover {day}. Segmented quasi-Poisson regression "
        "with {harmonics} yearly waves; dashed: the counterfactual.",
        n=sum(point.observed is not None for point in series.points),
        baseline=period_words(plan.baseline),
        intervention=period_words(plan.intervention),
        day=plan.changeover.isoformat(),
        harmonics=series.harmonics,
    )
    words = Message(
        "At the last week, {label}, the fitted rate is {fitted} and the counterfactual {expected} per 100 "
        "patient-days.",
        label=last.label,
        fitted=number(last.fitted),
        expected="–" if last.counterfactual is None else number(last.counterfactual),
    )
    label = points.labels[points.changeover]
    plot = SeriesPlot(series, Message("calls per 100 patient-days"), label)
    return Figure("trend", plot, SERIES_TITLE, (caption,), (words,))


def _effects(series: InterruptedSeries) -> Table:
    rows = (
        (Message("Trend before, a week"), series.trend, 4),
        (Message("Change of level at the changeover"), series.level, 2),
        (Message("Change of slope, a week"), series.slope, 4),
        (Message("Effect at the end, against the counterfactual"), series.effect_at_end, 2),
    )
    notes = (Message("Ratios of rates (95% CI). The model: {reason}", reason=series.reason),)
    return Table(
        "trend",
        Message("Level and slope of the bells"),
        (Message("Term"), Message("Ratio (95% CI)"), "P"),
        tuple(
            (Cell.of(name), estimate_cell(result, digits), p_cell(result.p)) for name, result, digits in rows
        ),
        notes,
        (1, 2),
    )


def _notes(series: InterruptedSeries) -> Iterator[Paragraph]:
    if series.warnings:
        yield Paragraph(series.warnings, Tone.NOTE)


def _acf_figure(plan: StudyPlan, series: InterruptedSeries) -> Figure:
    beyond = [lag for lag, value in enumerate(series.acf, start=1) if abs(value) > series.acf_limit]
    caption = Message(
        "n = {n} weeks; {baseline}, {intervention}; changeover {day}. Limits at ±{limit} (95%).",
        n=sum(point.observed is not None for point in series.points),
        baseline=period_words(plan.baseline),
        intervention=period_words(plan.intervention),
        day=plan.changeover.isoformat(),
        limit=number(series.acf_limit, 2),
    )
    words: Words = Message("No lag lies beyond the limits.")
    if beyond:
        words = Message("Lags beyond the limits: {lags}.", lags=tuple(map(str, beyond)))
    return Figure(
        "trend_acf", AcfPlot(series.acf, series.acf_limit), ACF_TITLE, (caption,), (words,), is_half=True
    )


def _sensitivity(analysis: Analysis, points: Points) -> Iterator[Block]:
    found: list[tuple[Message, Result]] = []
    refused: list[Message] = []
    for name, make in _models(analysis, points):
        effect, why_not = attempted(make)
        if effect is not None:
            found.append((name, effect))
        elif why_not is not None:
            refused.append(Message("{name}: {words}", name=name, words=why_not))
    if found:
        header = (Message("Model"), Message("Effect at the end, ratio (95% CI)"), "P")
        rows = tuple((Cell.of(name), estimate_cell(effect), p_cell(effect.p)) for name, effect in found)
        yield Table("sensitivity", SENSITIVITY_TITLE, header, rows, tuple(refused), (1, 2))
        yield _forest(analysis.plan, found)


def _models(analysis: Analysis, points: Points) -> Iterator[tuple[Message, Callable[[], Result]]]:
    waves = harmonics(points)
    if waves:
        yield MAIN_MODEL, lambda: fit_rates(points, waves=waves).effect_at_end
    yield PLAIN_MODEL, lambda: fit_rates(points, waves=0).effect_at_end
    yield (
        Message("Quasi-Poisson by month"),
        lambda: fit_rates(monthly_points(analysis), waves=0, period=YEAR_OF_MONTHS).effect_at_end,
    )
    yield (
        Message("Logarithms of weekly rates, autoregressive errors (GLSAR)"),
        lambda: _log_rates(points, waves),
    )
    yield (
        Message("Negative binomial by week"),
        lambda: segmented_negative_binomial(
            points.values, points.exposures, points.changeover, harmonics=waves, period=YEAR_OF_WEEKS
        ),
    )


def _log_rates(points: Points, waves: int) -> Result:
    """Fit the logarithms of the rates with GLSAR; the effect as a ratio. Weeks without a call are unknown."""
    pairs = zip(points.values, points.exposures, strict=True)
    logs = [math.log(PER * n / exposure) if n else None for n, exposure in pairs]
    effect = fit_values(points, logs, waves).effect_at_end
    if effect.estimate is None or effect.interval is None:
        return effect
    interval = replace(
        effect.interval, low=math.exp(effect.interval.low), high=math.exp(effect.interval.high)
    )
    return replace(effect, estimate=math.exp(effect.estimate), interval=interval)


def _forest(plan: StudyPlan, found: Sequence[tuple[Message, Result]]) -> Figure:
    lines = tuple(
        ForestLine(
            name, effect.estimate, effect.interval.low, effect.interval.high, number(effect.estimate, 2)
        )
        for name, effect in found
        if effect.estimate is not None and effect.interval is not None
    )
    caption = Message(
        "n = {n} models of the same weeks; {baseline}, {intervention}; changeover {day}. Ratio to the "
        "counterfactual at the end, 95% CI.",
        n=len(lines),
        baseline=period_words(plan.baseline),
        intervention=period_words(plan.intervention),
        day=plan.changeover.isoformat(),
    )
    words = tuple(
        Message("{name}: {words}", name=name, words=with_interval(effect)) for name, effect in found
    )
    plot = ForestPlot(lines, 1.0, Message("ratio to the counterfactual"), is_log=True)
    return Figure("sensitivity_forest", plot, SENSITIVITY_TITLE, (caption,), words, is_half=True)


def _medians(analysis: Analysis) -> Iterator[Block]:
    series, why_not = medians_series(analysis)
    if series is None:
        yield refusal(MEDIAN_TITLE, why_not)
        return
    yield Paragraph((medians_words(series),))
    rows = (
        (Message("Trend before, a week"), series.trend),
        (Message("Change of level at the changeover"), series.level),
        (Message("Change of slope, a week"), series.slope),
        (Message("Effect at the end, against the counterfactual"), series.effect_at_end),
    )
    notes = (
        Message("Differences in seconds (95% CI). The model: {reason}", reason=series.reason),
        *series.warnings,
    )
    yield Table(
        "arrival_trend",
        MEDIAN_TITLE,
        (Message("Term"), Message("Seconds (95% CI)"), "P"),
        tuple((Cell.of(name), estimate_cell(result), p_cell(result.p)) for name, result in rows),
        notes,
        (1, 2),
    )
