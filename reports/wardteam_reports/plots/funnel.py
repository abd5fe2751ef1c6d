"""Funnel plots: units against 95% and 99.8% limits, each named beside its sign, none ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wardteam.stats.funnel_types import FunnelUnit, FunnelVerdict
from wardteam.stats.plots import FunnelPlot
from wardteam_reports.plots.axes import (
    EdgeLabel,
    edge_labels,
    edge_room,
    left_margin,
    points_of,
    unit_label,
    value_axis,
    value_limits,
)
from wardteam_reports.plots.lettering import Box, place_labels
from wardteam_reports.plots.look import ACCENT, EDGE, GROUND, NEITHER, SECOND, Canvas, Mark
from wardteam_reports.plots.words import figure_words
from wardteam_reports.svg import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Style = dict[str, Any]  # properties of a Matplotlib line
VERDICTS: dict[FunnelVerdict, tuple[str, Style]] = {
    FunnelVerdict.INSIDE: (
        "within the limits",
        {"marker": "o", "markersize": 5, "markerfacecolor": ACCENT, "markeredgecolor": INK},
    ),
    FunnelVerdict.BEYOND_95: (
        "beyond 95%",
        {"marker": "D", "markersize": 5, "markerfacecolor": SECOND, "markeredgecolor": INK},
    ),
    FunnelVerdict.BEYOND_998: (
        "beyond 99.8%",
        {"marker": "s", "markersize": 6, "markerfacecolor": NEITHER, "markeredgecolor": INK},
    ),
    FunnelVerdict.TOO_SMALL: (
        "too few to judge",
        {"marker": "o", "markersize": 5, "markerfacecolor": "none", "markeredgecolor": EDGE},
    ),
}
LIMITS = (("low_95", (0, (4, 2))), ("high_95", (0, (4, 2))), ("low_998", "solid"), ("high_998", "solid"))


def draw_funnel(plot: FunnelPlot, canvas: Canvas) -> None:
    """Draw a funnel plot."""
    units = plot.funnel.units
    present = [v for v in VERDICTS if any(unit.verdict is v for unit in units)]
    foot = canvas.key(
        [Mark(canvas.t(VERDICTS[v][0]), {**VERDICTS[v][1], "markeredgewidth": 0.6}) for v in present]
    )
    low, high = _value_limits(plot)
    labels = _labels(plot, canvas, low, high)
    axes = canvas.axes(
        left=left_margin(canvas, low, high, is_share=plot.is_share),
        right=edge_room(canvas, labels),
        bottom=foot + 3.4 * canvas.type,
        top=2.0 * canvas.type,
    )
    axes.set_ylim(low, high)
    axes.set_xlim(*_reach(plot))
    value_axis(axes.yaxis, is_share=plot.is_share)
    is_whole = all(unit.denominator == int(unit.denominator) for unit in units)
    value_axis(axes.xaxis, is_share=False, is_whole=is_whole)
    axes.set_xlabel(canvas.say(plot.denominator), fontsize=canvas.type, labelpad=2)
    _curves(axes, plot)
    for unit in units:
        axes.plot(unit.denominator, unit.value, zorder=3, markeredgewidth=0.6, **VERDICTS[unit.verdict][1])
    edge_labels(axes, canvas, labels)
    _names(axes, canvas, units)
    unit_label(axes, canvas, canvas.say(plot.unit))


def _value_limits(plot: FunnelPlot) -> tuple[float, float]:
    first, last = _reach(plot)
    curve = plot.funnel.curve
    inside = [i for i, n in enumerate(curve.denominators) if first <= n <= last]
    values = [unit.value for unit in plot.funnel.units] + [plot.funnel.target]
    values += [getattr(curve, name)[i] for name, _ in LIMITS for i in inside]
    return value_limits(values, share=plot.is_share)


def _reach(plot: FunnelPlot) -> tuple[float, float]:
    """Give the axis' ends: somewhat below the smallest unit, somewhat above the largest."""
    sizes = [unit.denominator for unit in plot.funnel.units]
    smallest, largest = min(sizes), max(sizes)
    air = 0.25 * (largest - smallest) or 0.3 * largest
    return max(smallest - air, 0.35 * smallest), largest + 0.6 * air


def _curves(axes: Axes, plot: FunnelPlot) -> None:
    curve = plot.funnel.curve
    for name, style in LIMITS:
        axes.plot(curve.denominators, getattr(curve, name), color=EDGE, linewidth=0.8, linestyle=style)
    axes.axhline(plot.funnel.target, color=ACCENT, linewidth=1.0)


def _labels(plot: FunnelPlot, canvas: Canvas, low: float, high: float) -> list[EdgeLabel]:
    """Name the limits where they leave the axes at the right, and the line of comparison."""
    curve = plot.funnel.curve
    last = _reach(plot)[1]
    end = max((i for i, n in enumerate(curve.denominators) if n <= last), default=0)
    target = figure_words(plot.funnel.target, is_share=plot.is_share)
    found = [EdgeLabel(plot.funnel.target, canvas.t("overall {figure}", figure=target))]
    for name, text in (("high_95", "95%"), ("high_998", "99.8%"), ("low_95", "95%"), ("low_998", "99.8%")):
        value = getattr(curve, name)[end]
        if low <= value <= high:
            found.append(EdgeLabel(value, text))
    return found


def _names(axes: Axes, canvas: Canvas, units: tuple[FunnelUnit, ...]) -> None:
    from matplotlib.patheffects import withStroke

    box = axes.get_position()
    frame = Box(box.x0 * canvas.width, box.y0 * canvas.height, box.x1 * canvas.width, box.y1 * canvas.height)
    places = [points_of(axes, (unit.denominator, unit.value)) for unit in units]
    names = [unit.name for unit in units]
    for (x, y), name in zip(place_labels(places, names, size=canvas.type, frame=frame), names, strict=True):
        canvas.write(x, y, name, va="bottom", path_effects=[withStroke(linewidth=2.2, foreground=GROUND)])
