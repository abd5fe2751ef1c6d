"""Bells and arrival medians as even series, and their fits before and after the changeover."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from wardteam.domain.study import StudyPlan
from wardteam.errors import Message
from wardteam.services.compare import REVERSED
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.charting import attempted
from wardteam.services.quality_report.courses import WEEK, Course, CoursePoint, months
from wardteam.services.quality_report.wording import with_interval
from wardteam.stats.figures import p_words
from wardteam.stats.interrupted import interrupted_series
from wardteam.stats.interrupted_types import InterruptedSeries, SeriesModel

YEAR_OF_WEEKS = 52.18
YEAR_OF_MONTHS = 12.0
PER = 100.0
MOST_OF_A_YEAR = 10
"""Calendar months that must be seen before a season is modelled."""
LONG_SERIES = 80
BELLS_APART = (
    "Against its own earlier course the bell rate at the end of the series was {effect} times what would "
    "have come had that course gone on ({p}); this is associated with the change, not shown to be caused "
    "by it."
)
BELLS_UNCLEAR = (
    "Against its own earlier course the bell rate at the end of the series was {effect} times what would "
    "have come had that course gone on ({p}): whether the rate left that course can't be told."
)
MEDIANS_APART = (
    "Against its own earlier course the weekly median arrival time at the end of the series differed by "
    "{effect} s ({p}); this is associated with the change, not shown to be caused by it."
)
MEDIANS_UNCLEAR = (
    "Against its own earlier course the weekly median arrival time at the end of the series differed by "
    "{effect} s ({p}): whether it left that course can't be told."
)
Fitted = tuple[InterruptedSeries | None, Message | None]


@dataclass(frozen=True)
class Points:
    """A series in even steps: labels, figures, exposures; None where nothing is known, gaps included."""

    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    exposures: tuple[float, ...]
    changeover: int


def bells_series(analysis: Analysis) -> Fitted:
    """Fit the bells by week, or give the words of the refusal."""
    points = weekly_points(analysis.weekly_bells, analysis.plan)
    return _unless_reversed(analysis.plan, lambda: fit_rates(points, waves=harmonics(points)))


def medians_series(analysis: Analysis) -> Fitted:
    """Fit the weekly median arrival times, or give the words of the refusal."""
    points = weekly_points(analysis.weekly_medians, analysis.plan)
    return _unless_reversed(analysis.plan, lambda: fit_values(points, points.values, harmonics(points)))


def bells_words(series: InterruptedSeries) -> Message:
    """Say how the bells ended against their earlier course."""
    return _worded(BELLS_APART, BELLS_UNCLEAR, series)


def medians_words(series: InterruptedSeries) -> Message:
    """Say how the arrival medians ended against their earlier course."""
    return _worded(MEDIANS_APART, MEDIANS_UNCLEAR, series)


def _worded(apart: str, unclear: str, series: InterruptedSeries) -> Message:
    effect = series.effect_at_end
    if effect.p is None:
        raise ValueError("the effect at the end of a series has P")
    text = apart if effect.is_significant else unclear
    return Message(text, effect=with_interval(effect), p=p_words(effect.p))


def _unless_reversed(plan: StudyPlan, fit: Callable[[], InterruptedSeries]) -> Fitted:
    return (None, REVERSED) if plan.intervention.span.first < plan.baseline.span.first else attempted(fit)


def weekly_points(course: Course, plan: StudyPlan) -> Points:
    """Put a course's weeks on one even axis: the weeks between the periods stand as unknown ones."""
    between = plan.intervention.span.first - plan.baseline.span.last - timedelta(days=1)
    gap = max(0, round(between.days / WEEK))
    firsts = [plan.baseline.span.last + timedelta(days=1 + WEEK * n) for n in range(gap)]
    before = [point for point in course.points if not point.is_after]
    after = [point for point in course.points if point.is_after]
    return Points(
        labels=(*(p.label for p in before), *(day.isoformat() for day in firsts), *(p.label for p in after)),
        values=(*map(_value, before), *(None for _ in firsts), *map(_value, after)),
        exposures=(*map(_exposure, before), *(1.0 for _ in firsts), *map(_exposure, after)),
        changeover=len(before) + gap,
    )


def monthly_points(analysis: Analysis) -> Points:
    """Sum bells and patient-days by calendar month; months between the periods stand as unknown ones."""
    counts: dict[str, list[float]] = {}
    for side in analysis.records:
        daily = zip(side.period.span, side.exposures(), side.daily_bells(), strict=True)
        for day, exposure, bells in daily:
            found = counts.setdefault(f"{day:%Y-%m}", [0.0, 0.0])
            if exposure > 0:
                found[0], found[1] = found[0] + bells, found[1] + exposure
    plan = analysis.plan
    whole = months(replace(plan.baseline.span, last=plan.intervention.span.last))
    labels = tuple(f"{month.first:%Y-%m}" for month in whole)
    known = [counts.get(label, [0.0, 0.0]) for label in labels]
    return Points(
        labels=labels,
        values=tuple(n if exposure > 0 else None for n, exposure in known),
        exposures=tuple(exposure or 1.0 for _, exposure in known),
        changeover=labels.index(f"{plan.changeover:%Y-%m}"),
    )


def _value(point: CoursePoint) -> float | None:
    return point.value


def _exposure(point: CoursePoint) -> float:
    return point.denominator or 1.0


def harmonics(points: Points) -> int:
    """Model yearly waves where most of the year was seen: two of them in long series, else one.

    Periods of the same few months leave season and changeover impossible to tell apart.
    """
    known = [label for label, value in zip(points.labels, points.values, strict=True) if value is not None]
    if len({label[5:7] for label in known}) < MOST_OF_A_YEAR:
        return 0
    return 2 if len(known) >= LONG_SERIES else 1


def fit_rates(points: Points, *, waves: int, period: float = YEAR_OF_WEEKS) -> InterruptedSeries:
    """Fit counts with their exposures, quasi-Poisson; Unanswerable where they are too few."""
    return interrupted_series(
        points.labels,
        points.values,
        points.changeover,
        exposures=points.exposures,
        model=SeriesModel.QUASI_POISSON,
        harmonics=waves,
        period=period,
        per=PER,
    )


def fit_values(points: Points, values: Sequence[float | None], waves: int) -> InterruptedSeries:
    """Fit values of any kind, GLSAR; Unanswerable where they are too few."""
    return interrupted_series(
        points.labels,
        values,
        points.changeover,
        model=SeriesModel.GLSAR,
        harmonics=waves,
        period=YEAR_OF_WEEKS,
    )
