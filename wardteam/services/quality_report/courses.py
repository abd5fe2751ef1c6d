"""The course of each measure over the plan's periods: its points, the days behind each, and its chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar

import numpy as np

from wardteam.domain.calendar import Period
from wardteam.domain.study import Duration, MeasureKind
from wardteam.errors import Message
from wardteam.services.bell_log import Mask
from wardteam.services.period_records import PeriodRecords
from wardteam.stats.charts.control import control_chart
from wardteam.stats.charts.types import Better, ChartKind, ControlChart
from wardteam.stats.results import Unanswerable

PER = 100.0
WEEK = 7
NO_POINT = Message("Nothing was recorded that a chart could show.")
BETTER = {
    MeasureKind.BELLS: Better.LOWER,
    MeasureKind.ARRIVAL: Better.LOWER,
    MeasureKind.SATISFACTION: Better.HIGHER,
    MeasureKind.AWARENESS: Better.HIGHER,
}
T = TypeVar("T")


@dataclass(frozen=True)
class CoursePoint:
    """One point: the days behind it, the count or value, and its denominator (None where nothing is known).

    Rates: calls and patient-days (or infusion-hours); medians: seconds and timed calls; shares:
    those with the outcome and those who answered.
    """

    days: Period
    value: float | None
    denominator: float | None
    is_after: bool

    @property
    def label(self) -> str:
        """The first day of a week, or the month: `2026-03-02`, `2026-03`."""
        return self.days.first.isoformat()


@dataclass(frozen=True)
class Course:
    """A measure's points in order, and the chart made of them or why there is none.

    `changeover` is the place of the first point after it. A chart leaves out points without a value;
    its labels are those of the points.
    """

    kind: ChartKind
    points: tuple[CoursePoint, ...]
    labels: tuple[str, ...]
    chart: ControlChart | None
    why_not: Message | None
    multiplier: float = 1.0

    @property
    def changeover(self) -> int:
        """The place of the first point of the intervention period."""
        return sum(not point.is_after for point in self.points)

    @property
    def changeover_label(self) -> str:
        """The label of the first charted point of the intervention, empty where a side has none."""
        charted = {point.label for point in self.chart.points} if self.chart else set()
        after = zip(self.labels, self.points, strict=True)
        return next((label for label, p in after if p.is_after and label in charted), "")

    def point(self, label: str) -> CoursePoint | None:
        """Give the point of a label, for the rows behind it."""
        return dict(zip(self.labels, self.points, strict=True)).get(label)


def weeks(span: Period) -> tuple[Period, ...]:
    """Cut a span into weeks from its first day; the last may be shorter."""
    starts = range(0, len(span), WEEK)
    firsts = (span.first + timedelta(days=n) for n in starts)
    return tuple(Period(first, min(first + timedelta(days=WEEK - 1), span.last)) for first in firsts)


def months(span: Period) -> tuple[Period, ...]:
    """Cut a span into calendar months; the first and the last may be shorter."""
    found = sorted({(day.year, day.month) for day in span})
    whole = (Period.month(year, month) for year, month in found)
    return tuple(Period(max(m.first, span.first), min(m.last, span.last)) for m in whole)


def rate_course(
    sides: Sequence[PeriodRecords],
    masks: Sequence[Mask],
    exposures: Sequence[Sequence[float]],
    *,
    target: float | None,
    better: Better,
) -> Course:
    """Chart calls under each side's mask per 100 of an exposure by week (U'), rebased at the changeover.

    `exposures` has one figure a day of each side; days of 0 count neither calls nor exposure.
    """
    points: list[CoursePoint] = []
    for is_after, (side, mask, exposure) in enumerate(zip(sides, masks, exposures, strict=True)):
        span = side.period.span
        known = np.array(exposure) > 0
        counts = np.bincount(side.log.day[mask], minlength=len(span)) * known
        for place, week in enumerate(weeks(span)):
            within = slice(place * WEEK, place * WEEK + len(week))
            total = float(np.sum(np.array(exposure)[within]))
            value = float(counts[within].sum()) if total > 0 else None
            points.append(CoursePoint(week, value, total or None, bool(is_after)))
    return charted(ChartKind.UP, points, better=better, target=target, multiplier=PER)


def median_course(
    sides: Sequence[PeriodRecords], duration: Duration, kind: ChartKind, *, target: float | None
) -> Course:
    """Chart the weekly median of the plan's duration: a run chart, or its limits (I)."""
    points: list[CoursePoint] = []
    for is_after, side in enumerate(sides):
        timed = side.log.is_timed(duration)
        seconds, week_of = side.log.seconds(duration)[timed], side.log.day[timed] // WEEK
        for place, week in enumerate(weeks(side.period.span)):
            these = seconds[week_of == place]
            value = float(np.median(these)) if len(these) else None
            points.append(CoursePoint(week, value, float(len(these)) or None, bool(is_after)))
    return charted(kind, points, better=Better.LOWER, target=target)


def share_course(sides: Sequence[PeriodRecords], measure: MeasureKind, *, target: float | None) -> Course:
    """Chart a share of the valid questionnaires by month of issue (P')."""
    points: list[CoursePoint] = []
    for is_after, side in enumerate(sides):
        for month in months(side.period.span):
            share = side.asked.within(month).share(measure)
            value = None if share is None else float(share.events)
            points.append(
                CoursePoint(month, value, None if share is None else float(share.n), bool(is_after))
            )
    labels = [f"{point.days.first:%Y-%m}" for point in points]
    if len(set(labels)) < len(labels):
        labels = [point.label for point in points]
    return charted(ChartKind.PP, points, better=Better.HIGHER, target=target, labels=labels)


def charted(
    kind: ChartKind,
    points: Sequence[CoursePoint],
    *,
    better: Better,
    target: float | None,
    multiplier: float = 1.0,
    labels: Sequence[str] = (),
) -> Course:
    """Make the chart of points; a new phase starts at the changeover where both sides have a point."""
    names = tuple(labels or (point.label for point in points))
    course = Course(kind, tuple(points), names, None, NO_POINT, multiplier)
    known = [point.value is not None for point in points]
    if not any(known):
        return course
    at = course.changeover
    rebase = (at,) if any(known[:at]) and any(known[at:]) else ()
    try:
        chart = control_chart(
            kind,
            names,
            [point.value for point in points],
            denominators=[point.denominator for point in points],
            better=better,
            target=target,
            rebase=rebase,
            multiplier=multiplier,
        )
    except Unanswerable as refusal:
        return replace(course, why_not=refusal.message)
    return replace(course, chart=chart, why_not=None)
