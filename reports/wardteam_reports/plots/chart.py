"""Run and control charts: the course, stepped centre and limits by phase, signals, target, changeover."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from wardteam.stats.charts.types import ChartKind, ChartPoint
from wardteam.stats.plots import ChartPlot
from wardteam_reports.plots.axes import (
    EdgeLabel,
    changeover_line,
    edge_labels,
    edge_room,
    left_margin,
    points_of,
    time_axis,
    unit_label,
    value_axis,
    value_limits,
)
from wardteam_reports.plots.chart_marks import MarkedPoint, key_marks, mark_style, marked_points
from wardteam_reports.plots.lettering import text_width
from wardteam_reports.plots.look import ACCENT, BAND, EDGE, MUTED, TARGET, Canvas, Mark
from wardteam_reports.plots.words import figure_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DENSE = 60
SIGNAL_LINE = (0, (5, 2))
FROZEN = (0, (3, 2))


def draw_chart(plot: ChartPlot, canvas: Canvas) -> None:
    """Draw a run or control chart."""
    points = plot.chart.points
    marked = marked_points(plot.chart)
    foot = canvas.key([*_line_marks(plot, canvas), *key_marks(marked, canvas.t)])
    low, high = value_limits(_extent(plot), share=plot.is_share)
    labels = _labels(plot, canvas)
    axes = canvas.axes(
        left=left_margin(canvas, low, high, is_share=plot.is_share),
        right=edge_room(canvas, labels),
        bottom=foot + 2.9 * canvas.type,
        top=3.3 * canvas.type if plot.phases or plot.changeover else 1.9 * canvas.type,
    )
    axes.set_ylim(low, high)
    value_axis(axes.yaxis, is_share=plot.is_share)
    time_axis(axes, canvas, [point.label for point in points])
    _bands(axes, points)
    _centres(axes, plot)
    if plot.chart.target is not None:
        axes.axhline(plot.chart.target, color=TARGET, linewidth=0.9, linestyle=(0, (5, 2.5)))
    _course(axes, marked)
    _phase_names(axes, canvas, plot)
    edge_labels(axes, canvas, labels)
    unit_label(axes, canvas, canvas.say(plot.unit), up=2.3 if plot.phases or plot.changeover else 0.95)


def draw_spark(plot: ChartPlot, canvas: Canvas) -> None:
    """Draw the chart as a small line with its limits, signals and newest point, without words."""
    points = plot.chart.points
    axes = canvas.axes(left=3, right=5, bottom=3, top=3)
    axes.set_axis_off()
    axes.set_ylim(*value_limits(_extent(plot)))
    axes.set_xlim(-0.5, len(points) - 0.5)
    _bands(axes, points)
    _centres(axes, plot)
    if plot.chart.target is not None:
        axes.axhline(plot.chart.target, color=TARGET, linewidth=0.7, linestyle=(0, (4, 2)))
    marked = marked_points(plot.chart)
    kept = [mark for mark in marked if mark.shape != "x"]
    axes.plot([m.index for m in kept], [m.value for m in kept], color=MUTED, linewidth=0.7)
    for mark in kept[-1:]:
        axes.plot(mark.index, mark.value, clip_on=False, **_newest(mark))


def _newest(mark: MarkedPoint) -> dict[str, Any]:  # properties of a line
    if mark.signal is None:
        return {"marker": "o", "markersize": 3.2, "markerfacecolor": MUTED, "markeredgewidth": 0}
    return mark_style(mark.shape, mark.fill, scale=0.8)


def _extent(plot: ChartPlot) -> list[float]:
    found = [p.value for p in plot.chart.points]
    found += [v for p in plot.chart.points for v in (p.centre, p.lower, p.upper) if v is not None]
    return found if plot.chart.target is None else [*found, plot.chart.target]


def _phases(points: Sequence[ChartPoint]) -> list[list[int]]:
    return [list(group) for _, group in groupby(range(len(points)), key=lambda i: points[i].phase)]


def _bands(axes: Axes, points: Sequence[ChartPoint]) -> None:
    """Fill between the limits and draw them as steps, frozen ones dashed."""
    for group in _phases(points):
        for is_frozen, part in groupby(group, key=lambda i: points[i].is_frozen):
            indexes = list(part)
            style = FROZEN if is_frozen else "solid"
            lower = [points[i].lower for i in indexes]
            upper = [points[i].upper for i in indexes]
            for limits in (lower, upper):
                xs, ys = _steps(indexes, limits)
                axes.plot(xs, ys, color=EDGE, linewidth=0.7, linestyle=style)
            if None not in lower and None not in upper:
                xs, bottom = _steps(indexes, lower)
                axes.fill_between(xs, bottom, _steps(indexes, upper)[1], color=BAND, linewidth=0, zorder=0.5)


def _steps(indexes: Sequence[int], values: Sequence[float | None]) -> tuple[list[float], list[float]]:
    """Give a line that is level over each point and breaks where there is no value."""
    xs = [x for i in indexes for x in (i - 0.5, i + 0.5)]
    ys = [float("nan") if v is None else v for v in values for _ in range(2)]
    return xs, ys


def _centres(axes: Axes, plot: ChartPlot) -> None:
    """Draw each phase's centre line; dashed where the run tests tell of more than random variation."""
    signals = {test.phase for test in plot.chart.run_tests if test.is_signal}
    for group in _phases(plot.chart.points):
        points = [plot.chart.points[i] for i in group]
        xs, ys = _steps(group, [point.centre for point in points])
        style = SIGNAL_LINE if points[0].phase in signals else "solid"
        axes.plot(xs, ys, color=ACCENT, linewidth=1.1, linestyle=style)


def _line_marks(plot: ChartPlot, canvas: Canvas) -> list[Mark]:
    """Explain the broken lines that occur: a centre with more than random variation, frozen limits."""
    marks = []
    if any(test.is_signal for test in plot.chart.run_tests):
        style = {"linestyle": SIGNAL_LINE, "color": ACCENT, "linewidth": 1.1}
        marks.append(Mark(canvas.t("runs or crossings not random"), style))
    if any(point.is_frozen for point in plot.chart.points):
        marks.append(
            Mark(canvas.t("limits from the baseline"), {"linestyle": FROZEN, "color": EDGE, "linewidth": 0.8})
        )
    return marks


def _course(axes: Axes, marked: Sequence[MarkedPoint]) -> None:
    kept = [mark for mark in marked if mark.shape != "x"]
    axes.plot([m.index for m in kept], [m.value for m in kept], color=MUTED, linewidth=0.8, zorder=2.5)
    scale = 0.8 if len(marked) > DENSE else 1.0
    looks = dict.fromkeys((mark.shape, mark.fill) for mark in marked)
    for shape, fill in looks:
        group = [mark for mark in marked if (mark.shape, mark.fill) == (shape, fill)]
        style = mark_style(shape, fill, scale=scale)
        order = 3 if shape == "." else 3.5
        axes.plot([m.index for m in group], [m.value for m in group], linestyle="none", zorder=order, **style)


def _labels(plot: ChartPlot, canvas: Canvas) -> list[EdgeLabel]:
    last = plot.chart.points[-1]
    t = canvas.t
    is_run = plot.chart.kind is ChartKind.RUN
    found = []
    if last.upper is not None:
        words = t("upper limit {figure}", figure=_figure(last.upper, plot))
        found.append(EdgeLabel(last.upper, words))
    if last.centre is not None:
        figure = _figure(last.centre, plot)
        words = t("median {figure}", figure=figure) if is_run else t("mean {figure}", figure=figure)
        found.append(EdgeLabel(last.centre, words))
    if last.lower is not None:
        words = t("lower limit {figure}", figure=_figure(last.lower, plot))
        found.append(EdgeLabel(last.lower, words))
    if plot.chart.target is not None:
        words = t("target {figure}", figure=_figure(plot.chart.target, plot))
        found.append(EdgeLabel(plot.chart.target, words))
    return found


def _figure(value: float, plot: ChartPlot) -> str:
    return figure_words(value, is_share=plot.is_share)


def _phase_names(axes: Axes, canvas: Canvas, plot: ChartPlot) -> None:
    """Name the phases above the chart with their centre, and mark the changeover."""
    points = plot.chart.points
    found = [i for i, point in enumerate(points) if point.label == plot.changeover]
    if found:
        changeover_line(axes, found[0] - 0.5)
    y = axes.get_position().y1 * canvas.height + 0.8 * canvas.type
    free_from = 0.0
    for group in _phases(points):
        x = points_of(axes, (group[0] - 0.5, 0))[0]
        text = _phase_words(plot, canvas, points[group[0]], is_after=bool(found) and group[0] == found[0])
        if text:
            x = max(min(x, canvas.width - text_width(text, canvas.type) - 2), free_from)
            canvas.write(x + 1, y, text, color=MUTED)
            free_from = x + text_width(text, canvas.type) + 6


def _phase_words(plot: ChartPlot, canvas: Canvas, point: ChartPoint, *, is_after: bool) -> str:
    name = canvas.say(plot.phases[point.phase]) if point.phase < len(plot.phases) else ""
    if not name and is_after:
        name = canvas.t("changeover")
    if point.centre is None or not name or point.phase == plot.chart.points[-1].phase:
        return name
    return canvas.t("{name}: {words}", name=name, words=_figure(point.centre, plot))
