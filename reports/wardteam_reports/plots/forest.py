"""Estimates one under another with their intervals and the line of no difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardteam.stats.plots import ForestLine, ForestPlot
from wardteam_reports.plots.axes import value_axis
from wardteam_reports.plots.lettering import text_width, wrap
from wardteam_reports.plots.look import ACCENT, LINE, Canvas
from wardteam_reports.svg import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOG_TICKS = (
    0.01,
    0.02,
    0.05,
    0.1,
    0.2,
    0.3,
    0.5,
    0.6,
    0.7,
    0.8,
    0.9,
    1,
    1.1,
    1.2,
    1.5,
    2,
    3,
    5,
    10,
    20,
    50,
    100,
)
NAME_SHARE = 0.34


def draw_forest(plot: ForestPlot, canvas: Canvas) -> None:
    """Draw each estimate as a square with its interval, and its figure at the right."""
    names = [wrap(canvas.say(line.name), NAME_SHARE * canvas.width, canvas.type) for line in plot.lines]
    rows = [1.3 * (name.count("\n") + 1) + 0.7 for name in names]
    canvas.set_height((sum(rows) + 3.9) * canvas.type)
    left = max((text_width(name, canvas.type) for name in names), default=0.0) + 8
    right = max((text_width(line.figure, canvas.type) for line in plot.lines), default=0.0) + 10
    axes = canvas.axes(left=left, right=right, bottom=3.4 * canvas.type, top=3)
    middles = [sum(rows[:i]) + row / 2 for i, row in enumerate(rows)]
    axes.set_ylim(sum(rows), 0)
    _scale(axes, plot)
    for place, line in zip(middles, plot.lines, strict=True):
        _estimate(axes, canvas, place, line)
    axes.axvline(plot.reference, color=INK, linewidth=0.8, linestyle=(0, (3, 2)))
    axes.set_yticks(middles, names, linespacing=1.05)
    axes.tick_params(axis="y", length=0, pad=4)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(canvas.say(plot.unit), fontsize=canvas.type, labelpad=2)


def _estimate(axes: Axes, canvas: Canvas, place: float, line: ForestLine) -> None:
    axes.axhline(place, color=LINE, linewidth=0.4, zorder=0.5)
    axes.plot((line.low, line.high), (place, place), color=ACCENT, linewidth=1.5)
    axes.plot(line.estimate, place, marker="s", markersize=5, color=ACCENT)
    axes.annotate(
        line.figure, (1, place), (6, 0), xycoords=axes.get_yaxis_transform(), textcoords="offset points",
        va="center", fontsize=canvas.type, annotation_clip=False,
    )  # fmt: skip


def _scale(axes: Axes, plot: ForestPlot) -> None:
    low = min([plot.reference, *(line.low for line in plot.lines)])
    high = max([plot.reference, *(line.high for line in plot.lines)])
    if not plot.is_log:
        air = 0.06 * (high - low) or 1.0
        axes.set_xlim(low - air, high + air)
        value_axis(axes.xaxis, is_share=False)
        return
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    axes.set_xscale("log")
    axes.set_xlim(low / 1.08, high * 1.08)
    inside = [tick for tick in LOG_TICKS if low / 1.08 <= tick <= high * 1.08]
    shown = inside if len(inside) <= 8 else [tick for tick in inside if f"{tick:g}".strip("0.") in "125"]
    axes.xaxis.set_major_locator(FixedLocator(shown))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_locator(NullLocator())
