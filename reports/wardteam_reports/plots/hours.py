"""Values by the hour of the day over the nurses on duty, and estimates over an ordered exposure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardteam.stats.plots import Bar, CurvePlot, HoursPlot
from wardteam_reports.plots.axes import grid, left_margin, unit_label, value_axis, value_limits
from wardteam_reports.plots.lettering import text_width
from wardteam_reports.plots.look import ACCENT, ACCENT_SOFT, EDGE, MUTED, Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STAFF_SHARE = 0.24


def draw_hours(plot: HoursPlot, canvas: Canvas) -> None:
    """Draw the values of 24 hours with intervals, and under them the nurses on duty as steps."""
    low, high = value_limits(_extent(plot.values), from_zero=True)
    top_of_staff = 1.15 * max((*plot.staff, 1.0))
    left = max(
        left_margin(canvas, low, high, is_share=False), left_margin(canvas, 0, top_of_staff, is_share=False)
    )
    canvas.set_height(canvas.height * (1.15 if plot.staff else 1.0))
    foot = 2.9 * canvas.type
    under = STAFF_SHARE * canvas.height if plot.staff else 0.0
    gap = 2.3 * canvas.type if plot.staff else 0.0
    axes = canvas.axes(left=left, right=6, bottom=foot + under + gap, top=2.0 * canvas.type)
    axes.set_ylim(low, high)
    _dots(axes, [hour + 0.5 for hour in range(len(plot.values))], plot.values, is_joined=True)
    value_axis(axes.yaxis, is_share=False)
    unit_label(axes, canvas, canvas.say(plot.unit))
    lowest = axes
    if plot.staff:
        lowest = canvas.axes(left=left, right=6, bottom=foot, top=canvas.height - foot - under)
        _staff(lowest, plot.staff, top_of_staff)
        unit_label(lowest, canvas, canvas.say(plot.staff_unit))
        axes.tick_params(axis="x", labelbottom=False)
    for panel in {axes, lowest}:
        panel.set_xlim(0, 24)
        panel.set_xticks(range(0, 25, 2 if canvas.width_name == "full" else 4))
        grid(panel, "both")
    lowest.set_xlabel(canvas.t("hour of the day"), fontsize=canvas.type, labelpad=1)


def draw_curve(plot: CurvePlot, canvas: Canvas) -> None:
    """Draw each estimate over its exposure, with its interval and the n it rests on."""
    low, high = value_limits(_extent(plot.values))
    left, right = left_margin(canvas, low, high, is_share=False), 8.0
    labels = _under(plot, canvas, canvas.width - left - right)
    lines = max(label.count("\n") for label in labels)
    axes = canvas.axes(
        left=left, right=right, bottom=(2.6 + 1.25 * lines) * canvas.type, top=2.0 * canvas.type
    )
    axes.set_ylim(low, high)
    axes.set_xlim(*_span(plot))
    _dots(axes, plot.x, plot.values, is_joined=True)
    value_axis(axes.yaxis, is_share=False)
    axes.set_xticks(plot.x, labels)
    grid(axes)
    axes.set_xlabel(canvas.say(plot.x_unit), fontsize=canvas.type, labelpad=2)
    unit_label(axes, canvas, canvas.say(plot.unit))
    if any(bar.n for bar in plot.values):
        box = axes.get_position()
        place = box.y0 * canvas.height - 1.9 * canvas.type - 3
        canvas.write(box.x0 * canvas.width - 4, place, "n", ha="right")


def _span(plot: CurvePlot) -> tuple[float, float]:
    air = 0.07 * ((max(plot.x) - min(plot.x)) or 1.0)
    return min(plot.x) - air, max(plot.x) + air


def _under(plot: CurvePlot, canvas: Canvas, room: float) -> list[str]:
    """Write each exposure over its n; one that would touch its neighbour stands lower."""
    low, high = _span(plot)
    labels: list[str] = []
    ends = [0.0, 0.0]
    for x, bar in zip(plot.x, plot.values, strict=True):
        text = f"{x:g}\n{_count(bar)}"
        middle, half = (x - low) / (high - low) * room, text_width(text, canvas.type) / 2 + 2
        level = int(middle - half < ends[0])
        ends[level] = middle + half
        labels.append("\n\n" * level + text)
    return labels


def _count(bar: Bar) -> str:
    return str(bar.n) if bar.n else ""


def _extent(bars: Sequence[Bar]) -> list[float]:
    return [v for bar in bars for v in (bar.value, bar.low, bar.high) if v is not None]


def _dots(axes: Axes, xs: Sequence[float], bars: Sequence[Bar], *, is_joined: bool) -> None:
    if is_joined:
        axes.plot(xs, [bar.value for bar in bars], color=EDGE, linewidth=0.7)
    for x, bar in zip(xs, bars, strict=True):
        if bar.low is not None and bar.high is not None:
            axes.plot((x, x), (bar.low, bar.high), color=ACCENT, linewidth=1.3)
    axes.plot(
        xs, [bar.value for bar in bars], linestyle="none", marker="o", markersize=4, markerfacecolor=ACCENT,
        markeredgecolor="#ffffff", markeredgewidth=0.5, zorder=3,
    )  # fmt: skip


def _staff(axes: Axes, staff: Sequence[float], top: float) -> None:
    edges = list(range(len(staff) + 1))
    axes.stairs(list(staff), edges, fill=True, facecolor=ACCENT_SOFT, edgecolor=MUTED, linewidth=0.7)
    axes.stairs(list(staff), edges, color=MUTED, linewidth=0.9)
    axes.set_ylim(0, top)
    value_axis(axes.yaxis, is_share=False, most=3, is_whole=True)
