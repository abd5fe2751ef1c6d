"""The quality dashboard: each measure's newest figure, verdicts and chart; what is overdue or missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from wardteam.domain.calendar import Period
from wardteam.errors import Message
from wardteam.services.asked import asked_in
from wardteam.services.control import ActionLine, action_summary
from wardteam.services.counted_records import Window, window
from wardteam.services.measure_series import (
    TRAITS,
    Measure,
    MeasureTraits,
    measure_course,
    month_spans,
    week_spans,
)
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.courses import Course, CoursePoint
from wardteam.stats.charts.types import Assurance, Variation
from wardteam.stats.comparison import QuestionnaireFlow
from wardteam.stats.counts import Share
from wardteam.stats.figures import share_figure
from wardteam.stats.plots import ChartPlot, Words

NO_RECORDS = Message("no records")
GAP_DAYS = 92
"""How many days back the dashboard names gaps in the call log."""


@dataclass(frozen=True)
class Tile:
    """One measure: its newest point's label and figure, verdicts, and the chart or why there is none."""

    measure: Measure
    name: Message
    label: str
    figure: Words
    variation: Variation
    assurance: Assurance
    target: float | None
    plot: ChartPlot | None
    why_not: Message | None
    course: Course


@dataclass(frozen=True)
class Dashboard:
    """The ward's quality at a glance. `asked` are this month's questionnaires; `gaps` days without a call."""

    today: date
    tiles: tuple[Tile, ...]
    open_actions: tuple[ActionLine, ...]
    asked: QuestionnaireFlow
    gaps: tuple[date, ...]
    data_until: date | None

    @property
    def overdue(self) -> tuple[ActionLine, ...]:
        """The open actions whose due date has passed."""
        return tuple(line for line in self.open_actions if line.is_overdue)

    def tile(self, measure: Measure) -> Tile:
        """Give one measure's tile."""
        return next(tile for tile in self.tiles if tile.measure is measure)


def dashboard(analysis: Analysis, *, is_weekly: bool = False) -> Dashboard:
    """Lay out the dashboard as of yesterday, its charts by month or by week."""
    data = analysis.data
    found = window(data, data.today - timedelta(days=1))
    spans = week_spans(found.span) if is_weekly else month_spans(found.span)
    recent = data.today - timedelta(days=GAP_DAYS)
    month = Period(data.today.replace(day=1), data.today)
    return Dashboard(
        today=data.today,
        tiles=tuple(tile(found, measure, spans, is_weekly=is_weekly) for measure in Measure),
        open_actions=action_summary(data.actions, data.today).open,
        asked=asked_in(data.sheets, data.versions, month).flow,
        gaps=tuple(day for day in found.records.gaps if day >= recent),
        data_until=_until(found),
    )


def tile(found: Window, measure: Measure, spans: tuple[Period, ...], *, is_weekly: bool = False) -> Tile:
    """Make one measure's tile over spans of dates."""
    traits, course = TRAITS[measure], measure_course(found, measure, spans, is_weekly=is_weekly)
    newest = next((point for point in reversed(course.points) if point.value is not None), None)
    target = found.data.plan.targets.get(traits.plan) if traits.plan else None
    chart = course.chart
    unknown = Assurance.UNKNOWN if target is not None else Assurance.NO_TARGET
    return Tile(
        measure=measure,
        name=traits.name,
        label=course.labels[course.points.index(newest)] if newest else "",
        figure=point_figure(newest, traits) if newest else NO_RECORDS,
        variation=chart.variation if chart else Variation.UNKNOWN,
        assurance=chart.assurance if chart else unknown,
        target=target,
        plot=_plot(course, traits, found),
        why_not=course.why_not,
        course=course,
    )


def point_figure(point: CoursePoint, traits: MeasureTraits) -> Words:
    """Print a point's figure: a share with its counts, a rate or a time with its unit."""
    if point.value is None:
        return NO_RECORDS
    if traits.is_share:
        return share_figure(Share(round(point.value), round(point.denominator or 0)))
    rate = point.value
    if traits.per != 1 and point.denominator:
        rate = traits.per * point.value / point.denominator
    return Message("{figure} {unit}", figure=f"{rate:.1f}", unit=traits.unit)


def _plot(course: Course, traits: MeasureTraits, found: Window) -> ChartPlot | None:
    if course.chart is None:
        return None
    plan = found.data.plan
    sides = [point.is_after for point in course.points]
    before = (plan.baseline.named,) if False in sides else ()
    after = (plan.intervention.named,) if True in sides else ()
    return ChartPlot(
        course.chart,
        traits.unit,
        phases=(*before, *after),
        changeover=course.changeover_label if before and after else "",
        is_share=traits.is_share,
    )


def _until(found: Window) -> date | None:
    """Give the newest date with any record, today's own aside."""
    data = found.data
    days = [
        *(day.day for day in data.patient_days[-1:]),
        *(audit.day for audit in data.audits[-1:]),
        *(sheet.day for sheet in data.sheets[-1:]),
    ]
    if len(found.records.log.calls):
        days.append(found.span.first + timedelta(days=int(found.records.log.day[-1])))
    return max(days, default=None)
