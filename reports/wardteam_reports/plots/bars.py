"""Lying bars: items by period with intervals, and the Pareto chart of counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wardteam.stats.plots import Bar, BarsPlot, ParetoPlot
from wardteam_reports.plots.axes import grid, value_axis
from wardteam_reports.plots.lettering import text_width, wrap
from wardteam_reports.plots.look import ACCENT, EDGE, LINE, SECOND, Canvas, Mark
from wardteam_reports.plots.words import figure_words
from wardteam_reports.svg import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FILLS = (LINE, ACCENT, SECOND)
LEAST_TOTAL = 20
BAR_STEP = 1.0
"""How far the bars of an item lie apart, in heights of a line."""
NAME_SHARE = 0.45


def draw_bars(plot: BarsPlot, canvas: Canvas) -> None:
    """Draw items one under another, a bar a period, each with its interval and figure."""
    names = _names([canvas.say(item) for item in plot.items], canvas)
    marks = [Mark(canvas.say(name), _patch(i)) for i, (name, _) in enumerate(plot.series)]
    is_keyed = len(marks) > 1 or bool(marks and marks[0].text)
    rows = [max(BAR_STEP * len(plot.series), 1.1 * (name.count("\n") + 1)) + 0.3 for name in names]
    foot = len(canvas.key_rows(marks)) * 1.55 * canvas.type + 2 if is_keyed else 0.0
    canvas.set_height(sum(rows) * canvas.type + foot + 3.6 * canvas.type)
    if is_keyed:
        canvas.key(marks)
    right = max((text_width(_figure(b, plot), canvas.type) for _, s in plot.series for b in s), default=0.0)
    axes = _lying_axes(canvas, names, rows, foot=foot + 3.4 * canvas.type, right=right + 8)
    tops = [b.high if b.high is not None else b.value for _, series in plot.series for b in series]
    axes.set_xlim(min(0.0, *tops), max(*tops, 1e-9) * 1.04)
    for number, (_, series) in enumerate(plot.series):
        _series(axes, canvas, plot, series, number, rows)
    value_axis(axes.xaxis, is_share=plot.is_share)
    axes.set_xlabel(canvas.say(plot.unit), fontsize=canvas.type, labelpad=2)


def draw_pareto(plot: ParetoPlot, canvas: Canvas) -> None:
    """Draw counts in falling order and, on the same scale, their running total."""
    names = _names([canvas.say(name) for name in plot.names], canvas)
    rows = [1.3 * (name.count("\n") + 1) + 0.75 for name in names]
    canvas.set_height(sum(rows) * canvas.type + 6.6 * canvas.type)
    total = sum(plot.counts) or 1
    marks = [
        Mark(canvas.say(plot.unit), _patch(1)),
        Mark(
            canvas.t("running total"),
            {"linestyle": "solid", "color": SECOND, "marker": "D", "markersize": 3.4, "linewidth": 1.0},
        ),
    ]
    foot = canvas.key(marks)
    axes = _lying_axes(canvas, names, rows, foot=foot + 1.9 * canvas.type, right=5.2 * canvas.type)
    axes.set_xlim(0, total)
    middles = _middles(rows)
    axes.barh(middles, plot.counts, height=[0.62 * row for row in rows], color=ACCENT, linewidth=0)
    running = [sum(plot.counts[: i + 1]) for i in range(len(plot.counts))]
    axes.plot(
        running, middles, color=SECOND, linewidth=1.0, marker="D", markersize=3.4, zorder=3, clip_on=False
    )
    for middle, count, reached in zip(middles, plot.counts, running, strict=True):
        _pareto_words(axes, canvas, middle, count, reached, total)
    value_axis(axes.xaxis, is_share=False, is_whole=True)


def _pareto_words(axes: Axes, canvas: Canvas, middle: float, count: int, reached: int, total: int) -> None:
    """Write the count in or beside its bar, and the share reached at the right edge."""
    # Any: the properties of an annotation.
    size: dict[str, Any] = {"textcoords": "offset points", "va": "center", "fontsize": canvas.type}
    is_inside = count > 0.3 * total
    axes.annotate(
        str(count), (count, middle), (-3 if is_inside else 3, 0), ha="right" if is_inside else "left",
        color="#ffffff" if is_inside else INK, **size,
    )  # fmt: skip
    words = str(reached) if total < LEAST_TOTAL else f"{100 * reached / total:.1f}%"
    axes.annotate(words, (total, middle), (5, 0), ha="left", annotation_clip=False, **size)


def _series(
    axes: Axes, canvas: Canvas, plot: BarsPlot, series: Sequence[Bar], number: int, rows: Sequence[float]
) -> None:
    count = len(plot.series)
    places = [m + (number - (count - 1) / 2) * BAR_STEP for m in _middles(rows)]
    values = [bar.value for bar in series]
    axes.barh(
        places,
        values,
        height=0.92 * BAR_STEP,
        color=FILLS[number % len(FILLS)],
        edgecolor=INK,
        linewidth=0.4,
        zorder=2,
    )
    for place, bar in zip(places, series, strict=True):
        if bar.low is not None and bar.high is not None:
            axes.plot((bar.low, bar.high), (place, place), color=INK, linewidth=0.9, zorder=3)
        edge = axes.get_xlim()[1]
        axes.annotate(
            _figure(bar, plot), (edge, place), (4, 0), textcoords="offset points", va="center",
            fontsize=canvas.type, annotation_clip=False,
        )  # fmt: skip


def _figure(bar: Bar, plot: BarsPlot) -> str:
    return figure_words(bar.value, is_share=plot.is_share)


def _patch(number: int) -> dict[str, object]:
    return {
        "marker": "s",
        "markersize": 6.5,
        "markerfacecolor": FILLS[number % len(FILLS)],
        "markeredgecolor": INK,
        "markeredgewidth": 0.4,
    }


def _names(names: Sequence[str], canvas: Canvas) -> list[str]:
    return [wrap(name, NAME_SHARE * canvas.width, canvas.type) for name in names]


def _middles(rows: Sequence[float]) -> list[float]:
    """Give the middle of each row, counted in lines from the top."""
    return [sum(rows[:i]) + row / 2 for i, row in enumerate(rows)]


def _lying_axes(canvas: Canvas, names: list[str], rows: list[float], *, foot: float, right: float) -> Axes:
    left = max((text_width(name, canvas.type) for name in names), default=0.0) + 8
    axes = canvas.axes(left=left, right=right, bottom=foot, top=4)
    axes.set_ylim(sum(rows), 0)
    axes.set_yticks(_middles(rows), names, linespacing=1.05)
    axes.tick_params(axis="y", length=0, pad=4)
    axes.spines["left"].set_color(EDGE)
    grid(axes, "x")
    return axes
