"""The dashboard: every measure's newest figure and verdicts, its chart, and the rows behind each point."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, abort, render_template, request

from wardteam.domain.calendar import Period
from wardteam.domain.study import StudyPlan
from wardteam.errors import BadInput, Message
from wardteam.services.compare import BALANCE
from wardteam.services.counted_records import Window, window
from wardteam.services.dashboard import Dashboard, Tile, dashboard, point_figure
from wardteam.services.measure_series import TRAITS, Measure, span_of
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.courses import CoursePoint
from wardteam.services.rows_behind import PAGE, rows_behind
from wardteam.services.study_plans import aim_words
from wardteam.stats.charts.types import ChartPoint, Signal
from wardteam.stats.plots import Words
from wardteam_reports.plots.words import SIGNAL_WORDS, figure_words
from wardteam_web.context import ward, words
from wardteam_web.drawings import Drawings
from wardteam_web.staff import staff
from wardteam_web.views.records import ground_here

blueprint = Blueprint("quality", __name__)
NEITHER_PERIOD = Message("neither period")
NEXT_MEASURES = {Measure.BELLS: BALANCE}
"""What has to be said beside a measure."""


@blueprint.get("/quality/")
def show() -> str:
    """Show the dashboard, or what to do where there is no plan yet."""
    ground = ground_here()
    analysis = staff().analysis(ward().code)
    if analysis is None:
        return render_template("quality/no_plan.html", ground=ground)
    shown = _dashboard(analysis)
    return render_template(
        "quality/dashboard.html", ground=ground, shown=shown, plan=analysis.plan, aim=_aim,
        draw=Drawings(words()), is_weekly=_is_weekly(), has_records=shown.data_until is not None,
    )  # fmt: skip


@blueprint.get("/quality/<measure>/")
def course(measure: str) -> str:
    """Show one measure's chart with its points."""
    analysis, kind = _analysis(), _measure(measure)
    tile = _dashboard(analysis).tile(kind)
    return render_template(
        "quality/measure.html", tile=tile, points=_points(tile, analysis.plan), aim=_aim(tile),
        draw=Drawings(words()), is_weekly=_is_weekly(), plan=analysis.plan, remark=NEXT_MEASURES.get(kind),
        traits=TRAITS[kind],
    )  # fmt: skip


@blueprint.get("/quality/<measure>/<label>/")
def rows(measure: str, label: str) -> str:
    """Show the rows behind one point."""
    analysis, kind = _analysis(), _measure(measure)
    first = max(request.args.get("from", 0, type=int), 0)
    try:
        found = rows_behind(_window(analysis), kind, label, first=first)
    except BadInput:
        abort(404)
    tile = _dashboard(analysis, is_weekly=len(label) > len("2026-03")).tile(kind)
    point = tile.course.point(label)
    return render_template(
        "quality/rows.html", ground=ground_here(), tile=tile, found=found, step=PAGE,
        figure=point_figure(point, TRAITS[kind]) if point else None, point=point, plan=analysis.plan,
    )  # fmt: skip


@dataclass(frozen=True)
class PointLine:
    """One point of the table under a chart, newest first; `n` is its denominator."""

    label: str
    figure: Words
    n: str
    centre: str
    lower: str
    upper: str
    signals: tuple[str, ...]
    period: Words


def _points(tile: Tile, plan: StudyPlan) -> tuple[PointLine, ...]:
    charted = {point.label: point for point in tile.plot.chart.points} if tile.plot else {}
    pairs = zip(tile.course.labels, tile.course.points, strict=True)
    lines = [_line(tile, label, point, charted.get(label), plan) for label, point in pairs]
    return tuple(reversed(lines))


def _line(tile: Tile, label: str, point: CoursePoint, drawn: ChartPoint | None, plan: StudyPlan) -> PointLine:
    traits, t = TRAITS[tile.measure], words().t

    def bound(value: float | None) -> str:
        return "–" if value is None else figure_words(value, is_share=traits.is_share)

    signals: tuple[Signal, ...] = drawn.signals if drawn else ()
    return PointLine(
        label=label,
        figure=point_figure(point, traits),
        n="–" if point.denominator is None else f"{point.denominator:g}",
        centre=bound(drawn.centre if drawn else None),
        lower=bound(drawn.lower if drawn else None),
        upper=bound(drawn.upper if drawn else None),
        signals=tuple(t(SIGNAL_WORDS[signal]) for signal in signals),
        period=_period_words(span_of(label), plan, is_after=point.is_after),
    )


def _period_words(span: Period, plan: StudyPlan, *, is_after: bool) -> Words:
    """Name the plan's period in which a point lies, where it shares a date with it."""
    period = plan.intervention if is_after else plan.baseline
    is_within = span.first <= period.span.last and period.span.first <= span.last
    return period.named if is_within else NEITHER_PERIOD


def _aim(tile: Tile) -> Message | None:
    """Put a tile's target into words."""
    kind = TRAITS[tile.measure].plan
    return None if kind is None or tile.target is None else aim_words(kind, tile.target)


def _analysis() -> Analysis:
    found = staff().analysis(ward().code)
    return found if found is not None else abort(404)


def _measure(name: str) -> Measure:
    return Measure(name) if name in {measure.value for measure in Measure} else abort(404)


def _is_weekly() -> bool:
    return request.args.get("by") == "week"


def _dashboard(analysis: Analysis, *, is_weekly: bool | None = None) -> Dashboard:
    weekly = _is_weekly() if is_weekly is None else is_weekly
    key = (analysis.data, weekly)
    return staff().dashboards.get(key, lambda: dashboard(analysis, is_weekly=weekly))


def _window(analysis: Analysis) -> Window:
    return window(analysis.data, analysis.data.today - timedelta(days=1))
