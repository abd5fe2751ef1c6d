"""Interrupted time series: what was observed, what was fitted, and what would have gone on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardteam.stats.interrupted_types import SeriesPoint
from wardteam.stats.plots import AcfPlot, SeriesPlot
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
from wardteam_reports.plots.look import ACCENT, ACCENT_SOFT, EDGE, MUTED, SECOND, Canvas, Mark
from wardteam_reports.svg import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COUNTERFACTUAL = (0, (4, 2))


def draw_series(plot: SeriesPlot, canvas: Canvas) -> None:
    """Draw an interrupted time series with its counterfactual."""
    points = plot.series.points
    t = canvas.t
    foot = canvas.key(_key(canvas))
    low, high = value_limits(_extent(points))
    labels = _labels(points, canvas)
    axes = canvas.axes(
        left=left_margin(canvas, low, high, is_share=False),
        right=edge_room(canvas, labels),
        bottom=foot + 2.9 * canvas.type,
        top=3.3 * canvas.type,
    )
    axes.set_ylim(low, high)
    value_axis(axes.yaxis, is_share=False)
    time_axis(axes, canvas, [point.label for point in points])
    _courses(axes, points)
    first = next((i for i, point in enumerate(points) if point.is_after), None)
    if first is not None:
        changeover_line(axes, first - 0.5)
        x = points_of(axes, (first - 0.5, low))[0]
        y = axes.get_position().y1 * canvas.height + 0.8 * canvas.type
        canvas.write(x, y, t("changeover"), color=MUTED, ha="center")
    edge_labels(axes, canvas, labels)
    unit_label(axes, canvas, canvas.say(plot.unit), up=2.3)


def draw_acf(plot: AcfPlot, canvas: Canvas) -> None:
    """Draw the residuals' autocorrelation by lag with its 95% limits."""
    if canvas.width_name != "narrow":
        canvas.set_height(0.8 * canvas.height)
    reach = max(*(abs(value) for value in plot.acf), 1.25 * plot.limit, 0.2) * 1.12
    words = EdgeLabel(plot.limit, canvas.t("95% limit"))
    axes = canvas.axes(
        left=left_margin(canvas, -reach, reach, is_share=False),
        right=edge_room(canvas, [words]),
        bottom=3.4 * canvas.type,
        top=2.0 * canvas.type,
    )
    axes.set_ylim(-reach, reach)
    axes.set_xlim(0.3, len(plot.acf) + 0.7)
    axes.axhspan(-plot.limit, plot.limit, facecolor=ACCENT_SOFT, edgecolor="none")
    axes.axhline(0, color=INK, linewidth=0.6)
    for limit in (plot.limit, -plot.limit):
        axes.axhline(limit, color=EDGE, linewidth=0.8, linestyle=(0, (4, 2)))
    for lag, value in enumerate(plot.acf, start=1):
        colour = SECOND if abs(value) > plot.limit else ACCENT
        axes.plot((lag, lag), (0, value), color=colour, linewidth=2.2)
        axes.plot(lag, value, marker="s" if colour == SECOND else "o", markersize=3.6, color=colour)
    value_axis(axes.yaxis, is_share=False)
    value_axis(axes.xaxis, is_share=False, most=8, is_whole=True)
    axes.set_xlabel(canvas.t("lag, in points of the series"), fontsize=canvas.type, labelpad=2)
    edge_labels(axes, canvas, [words])
    unit_label(axes, canvas, canvas.t("autocorrelation of the residuals"))


def _key(canvas: Canvas) -> list[Mark]:
    t = canvas.t
    dot = {"marker": "o", "markersize": 3, "markerfacecolor": MUTED, "markeredgewidth": 0}
    return [
        Mark(t("observed"), dot),
        Mark(t("fitted, with 95% band"), {"linestyle": "solid", "color": ACCENT, "linewidth": 1.6}),
        Mark(
            t("expected without the change"),
            {"linestyle": COUNTERFACTUAL, "color": SECOND, "linewidth": 1.2},
        ),
    ]


def _extent(points: tuple[SeriesPoint, ...]) -> list[float]:
    found = [value for p in points for value in (p.observed, p.low, p.high, p.counterfactual)]
    return [value for value in found if value is not None]


def _courses(axes: Axes, points: tuple[SeriesPoint, ...]) -> None:
    for is_after in (False, True):
        part = [(i, point) for i, point in enumerate(points) if point.is_after is is_after]
        xs = [i for i, _ in part]
        low, high = [p.low for _, p in part], [p.high for _, p in part]
        axes.fill_between(xs, low, high, color=ACCENT_SOFT, linewidth=0)
        axes.plot(xs, [p.fitted for _, p in part], color=ACCENT, linewidth=1.5, zorder=3)
    seen = [(i, p.observed) for i, p in enumerate(points) if p.observed is not None]
    axes.plot(
        [i for i, _ in seen], [v for _, v in seen], linestyle="none", marker="o", markersize=2.6,
        markerfacecolor=MUTED, markeredgewidth=0, zorder=2.5,
    )  # fmt: skip
    other = [
        (i, p.counterfactual) for i, p in enumerate(points) if p.is_after and p.counterfactual is not None
    ]
    axes.plot(
        [i for i, _ in other], [v for _, v in other], color=SECOND, linewidth=1.2,
        linestyle=COUNTERFACTUAL, zorder=3,
    )  # fmt: skip


def _labels(points: tuple[SeriesPoint, ...], canvas: Canvas) -> list[EdgeLabel]:
    last = points[-1]
    found = [EdgeLabel(last.fitted, canvas.t("fitted"))]
    if last.counterfactual is not None:
        found.append(EdgeLabel(last.counterfactual, canvas.t("expected")))
    return found
