"""The ten measures of the dashboard by month or week over two years: counts, denominators, charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.calendar import Period
from wardteam.domain.study import MeasureKind
from wardteam.errors import Message
from wardteam.services.counted_records import (
    Window,
    days_of,
    due_actions,
    falls_in,
    judged_audits,
    rung_calls,
    timed_calls,
    unanswered_calls,
    waiting_calls,
)
from wardteam.services.quality_report.courses import WEEK, Course, CoursePoint, charted, months
from wardteam.stats.charts.types import Better, ChartKind
from wardteam.stats.comparison import MEASURE_NAMES
from wardteam.stats.counts import Share


class Measure(StrEnum):
    """What the dashboard and the monthly edition watch."""

    BELLS = "bells"
    INFUSION_BELLS = "infusion_bells"
    ARRIVAL = "arrival_median"
    WITHIN_TARGET = "within_target"
    UNANSWERED = "unanswered"
    SATISFACTION = "satisfaction"
    AWARENESS = "awareness"
    AUDITS = "audits_passed"
    FALLS = "falls"
    ACTIONS = "actions_on_time"


@dataclass(frozen=True)
class MeasureTraits:
    """How a measure is named, charted and judged; `per` is what a rate is told for (1 for shares)."""

    name: Message
    unit: Message
    kind: ChartKind
    better: Better
    per: float = 1.0
    plan: MeasureKind | None = None

    @property
    def is_share(self) -> bool:
        """Whether it is a share of its denominator."""
        return self.kind is ChartKind.PP


PER_100 = Message("per 100 patient-days")
OF_ALL = Message("share")
TRAITS: dict[Measure, MeasureTraits] = {
    Measure.BELLS: MeasureTraits(
        MEASURE_NAMES[MeasureKind.BELLS], PER_100, ChartKind.UP, Better.LOWER, 100, MeasureKind.BELLS
    ),
    Measure.INFUSION_BELLS: MeasureTraits(
        Message("Infusion calls"), PER_100, ChartKind.UP, Better.NEITHER, 100
    ),
    Measure.ARRIVAL: MeasureTraits(
        Message("Median arrival time"), Message("s"), ChartKind.I, Better.LOWER, plan=MeasureKind.ARRIVAL
    ),
    Measure.WITHIN_TARGET: MeasureTraits(
        Message("Reached within the target time"), OF_ALL, ChartKind.PP, Better.HIGHER
    ),
    Measure.UNANSWERED: MeasureTraits(
        Message("Calls that nobody came to"), OF_ALL, ChartKind.PP, Better.LOWER
    ),
    Measure.SATISFACTION: MeasureTraits(
        MEASURE_NAMES[MeasureKind.SATISFACTION],
        OF_ALL,
        ChartKind.PP,
        Better.HIGHER,
        plan=MeasureKind.SATISFACTION,
    ),
    Measure.AWARENESS: MeasureTraits(
        MEASURE_NAMES[MeasureKind.AWARENESS], OF_ALL, ChartKind.PP, Better.HIGHER, plan=MeasureKind.AWARENESS
    ),
    Measure.AUDITS: MeasureTraits(Message("Audits passed"), OF_ALL, ChartKind.PP, Better.HIGHER),
    Measure.FALLS: MeasureTraits(
        Message("Falls"), Message("per 1,000 patient-days"), ChartKind.UP, Better.LOWER, 1000
    ),
    Measure.ACTIONS: MeasureTraits(Message("Actions closed on time"), OF_ALL, ChartKind.PP, Better.HIGHER),
}


def measure_course(
    found: Window, measure: Measure, spans: Sequence[Period], *, is_weekly: bool = False
) -> Course:
    """Chart a measure over months or weeks; a new phase starts at the plan's changeover.

    Spans before the first record and after the last one are left out.
    """
    traits, changeover = TRAITS[measure], found.data.plan.changeover
    points = [
        CoursePoint(span, *_figures(found, measure, span), is_after=span.first >= changeover)
        for span in spans
    ]
    known = [place for place, point in enumerate(points) if point.value is not None]
    used = points[known[0] : known[-1] + 1] if known else []
    target = found.data.plan.targets.get(traits.plan) if traits.plan else None
    return charted(
        traits.kind,
        used,
        better=traits.better,
        target=target,
        multiplier=traits.per,
        labels=[label_of(point.days, is_weekly=is_weekly) for point in used],
    )


def month_spans(span: Period) -> tuple[Period, ...]:
    """Cut a span into its calendar months."""
    return months(span)


def week_spans(span: Period) -> tuple[Period, ...]:
    """Cut a span into calendar weeks from Monday; those that aren't whole are left out."""
    monday = span.first + timedelta(days=-span.first.weekday() % WEEK)
    count = ((span.last - monday).days + 1) // WEEK
    starts = (monday + timedelta(days=WEEK * n) for n in range(max(count, 0)))
    return tuple(Period(start, start + timedelta(days=WEEK - 1)) for start in starts)


def label_of(span: Period, *, is_weekly: bool) -> str:
    """Name a point: its first date for a week, 2026-03 for (a part of) a month."""
    return span.first.isoformat() if is_weekly else f"{span.first:%Y-%m}"


def span_of(label: str) -> Period:
    """Give the dates of a point by its label; ValueError where it is none."""
    if len(label) == len("2026-03"):
        year, month = label.split("-")
        return Period.month(int(year), int(month))
    first = date.fromisoformat(label)
    return Period(first, first + timedelta(days=WEEK - 1))


Figures = tuple[float | None, float | None]


def _figures(found: Window, measure: Measure, span: Period) -> Figures:
    return _READERS[measure](found, span)


def _rate(*, is_infusion: bool) -> Callable[[Window, Period], Figures]:
    def read(found: Window, span: Period) -> Figures:
        total = float(np.array(found.records.exposures())[days_of(found, span)].sum())
        if not total or not len(found.records.log.calls):
            return None, None
        return float(rung_calls(found, span, is_infusion=is_infusion).sum()), total

    return read


def _arrival(found: Window, span: Period) -> Figures:
    seconds = _timed(found, span)
    return (float(np.median(seconds)), float(len(seconds))) if len(seconds) else (None, None)


def _on_target(found: Window, span: Period) -> Figures:
    seconds = _timed(found, span)
    if not len(seconds):
        return None, None
    return float((seconds <= found.data.plan.target_seconds).sum()), float(len(seconds))


def _timed(found: Window, span: Period) -> NDArray[np.float64]:
    return found.records.log.seconds(found.data.plan.duration)[timed_calls(found, span)]


def _unanswered(found: Window, span: Period) -> Figures:
    waiting = waiting_calls(found, span)
    never = unanswered_calls(found, span)
    return (float(never.sum()), float(waiting.sum())) if waiting.any() else (None, None)


def _asked(kind: MeasureKind) -> Callable[[Window, Period], Figures]:
    return lambda found, span: _of_share(found.records.asked.within(span).share(kind))


def _audits(found: Window, span: Period) -> Figures:
    passed = [passed for _, passed in judged_audits(found, span)]
    return _of_share(Share.of(passed)) if passed else (None, None)


def _falls(found: Window, span: Period) -> Figures:
    total = float(sum(day.total for day in found.records.census.values() if day.day in span))
    return (float(len(falls_in(found, span))), total) if total else (None, None)


def _actions(found: Window, span: Period) -> Figures:
    """Count the actions due in a span by whether they were done by then."""
    due = due_actions(found, span)
    return _of_share(Share.of([bool(a.is_on_time) for a in due])) if due else (None, None)


def _of_share(share: Share | None) -> Figures:
    return (None, None) if share is None else (float(share.events), float(share.n))


_READERS: dict[Measure, Callable[[Window, Period], Figures]] = {
    Measure.BELLS: _rate(is_infusion=False),
    Measure.INFUSION_BELLS: _rate(is_infusion=True),
    Measure.ARRIVAL: _arrival,
    Measure.WITHIN_TARGET: _on_target,
    Measure.UNANSWERED: _unanswered,
    Measure.SATISFACTION: _asked(MeasureKind.SATISFACTION),
    Measure.AWARENESS: _asked(MeasureKind.AWARENESS),
    Measure.AUDITS: _audits,
    Measure.FALLS: _falls,
    Measure.ACTIONS: _actions,
}
