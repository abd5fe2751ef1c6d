"""Empirical distributions by period as steps, with the target as a line."""

from __future__ import annotations

from typing import Any

from wardteam.stats.plots import EcdfPlot
from wardteam_reports.plots.axes import grid, unit_label, value_axis
from wardteam_reports.plots.look import ACCENT, MUTED, SECOND, TARGET, Canvas, Mark
from wardteam_reports.plots.words import figure_words

# Any: the properties of a Matplotlib line.
STYLES: tuple[dict[str, Any], ...] = (
    {"color": MUTED, "linestyle": (0, (4, 1.6)), "linewidth": 1.3},
    {"color": ACCENT, "linestyle": "solid", "linewidth": 1.6},
    {"color": SECOND, "linestyle": (0, (1.2, 1.2)), "linewidth": 1.6},
)


def draw_ecdf(plot: EcdfPlot, canvas: Canvas) -> None:
    """Draw the shares reached by each moment, one stepped line a period."""
    t = canvas.t
    marks = [
        Mark(t("{name} ({count})", name=canvas.say(s.name), count=f"n={s.n}"), STYLES[i % len(STYLES)])
        for i, s in enumerate(plot.series)
    ]
    foot = canvas.key(marks)
    axes = canvas.axes(
        left=3.6 * canvas.type, right=8, bottom=foot + 3.4 * canvas.type, top=2.4 * canvas.type
    )
    ends = [x for series in plot.series for x in series.x[-1:]]
    end = max([*ends, plot.target or 0.0]) or 1.0
    axes.set_xlim(0, 1.02 * end)
    axes.set_ylim(0, 1.01)
    for i, series in enumerate(plot.series):
        xs, shares = (0.0, *series.x, 1.02 * end), (0.0, *series.share, series.share[-1])
        axes.plot(xs, shares, drawstyle="steps-post", **STYLES[i % len(STYLES)])
    value_axis(axes.yaxis, is_share=True)
    value_axis(axes.xaxis, is_share=False, most=8)
    grid(axes)
    axes.set_xlabel(canvas.say(plot.unit), fontsize=canvas.type, labelpad=2)
    unit_label(axes, canvas, t("share of calls or patients at or below"))
    if plot.target is not None:
        axes.axvline(plot.target, color=TARGET, linewidth=0.9, linestyle=(0, (5, 2.5)))
        text = t("target {figure}", figure=figure_words(plot.target))
        is_right = plot.target > 0.75 * end
        axes.annotate(
            text, (plot.target, 0.04), (-4 if is_right else 4, 0), textcoords="offset points",
            ha="right" if is_right else "left", fontsize=canvas.type,
        )  # fmt: skip
