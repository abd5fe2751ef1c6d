"""Demand by the clock: calls with their intervals, nurses needed and planned, and what calls would wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wardteam.stats.plots import DemandPlot, StaffPlan
from wardteam_reports.plots.axes import grid, left_margin, unit_label, value_axis, value_limits
from wardteam_reports.plots.look import ACCENT, ACCENT_SOFT, EDGE, LINE, MUTED, SECOND, Canvas, Mark
from wardteam_reports.svg import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HOURS = 24
PANELS = 3
HEIGHT = 2.1
"""How much higher than one chart the three panels are together."""
# Any: properties of a line, as Matplotlib names them.
LINES: tuple[dict[str, Any], ...] = (
    {"color": SECOND, "linestyle": (0, (4, 1.6)), "linewidth": 1.5},
    {"color": ACCENT, "linestyle": "solid", "linewidth": 1.5},
    {"color": MUTED, "linestyle": (0, (1, 1.2)), "linewidth": 1.3},
)
AIM: dict[str, Any] = {"color": INK, "linestyle": "solid", "linewidth": 0.7}  # the same
NEEDED: dict[str, Any] = {"color": LINE, "linestyle": "solid", "linewidth": 5}  # the same


def draw_demand(plot: DemandPlot, canvas: Canvas) -> None:
    """Draw three panels over the hours of the day: calls, nurses, and the chance of waiting too long."""
    has_chances = any(plan.chances for plan in plot.plans)
    panels = PANELS if has_chances else PANELS - 1
    canvas.set_height(canvas.height * HEIGHT * panels / PANELS)
    foot = canvas.key(_marks(plot, canvas, has_chances=has_chances)) + 3.2 * canvas.type
    tops = _tops(plot)[:panels]
    left = max(left_margin(canvas, 0, top, is_share=i == 2) for i, top in enumerate(tops))
    gap = 2.6 * canvas.type
    each = (canvas.height - foot) / panels - gap
    draw = (_calls, _nurses, _chances)
    units = (canvas.t("calls an hour"), canvas.t("nurses on duty"), canvas.say(plot.chance_unit))
    for number, top in enumerate(tops):
        bottom = foot + (panels - 1 - number) * (each + gap)
        axes = canvas.axes(left=left, right=8, bottom=bottom, top=canvas.height - bottom - each)
        axes.set_ylim(0, top)
        axes.set_xlim(0, HOURS)
        axes.set_xticks(range(0, HOURS + 1, 2 if canvas.width_name == "full" else 4))
        draw[number](axes, plot)
        value_axis(axes.yaxis, is_share=number == 2, most=4, is_whole=number == 1)
        grid(axes, "both")
        unit_label(axes, canvas, units[number])
        if number == panels - 1:
            axes.set_xlabel(canvas.t("hour of the day"), fontsize=canvas.type, labelpad=1)
        else:
            axes.tick_params(axis="x", labelbottom=False)


def _marks(plot: DemandPlot, canvas: Canvas, *, has_chances: bool) -> list[Mark]:
    marks = [Mark(canvas.t("nurses that calls ask for, with range"), {**NEEDED, "solid_capstyle": "butt"})]
    marks += [Mark(canvas.say(plan.name), LINES[i]) for i, plan in enumerate(plot.plans)]
    return [*marks, Mark(canvas.t("target"), AIM)] if has_chances else marks


def _tops(plot: DemandPlot) -> tuple[float, float, float]:
    """Give the upper end of each panel."""
    calls = [bar.high or bar.value for bar in plot.calls]
    nurses = [n for plan in plot.plans for n in plan.nurses] + [bar.high or bar.value for bar in plot.needed]
    chances = [chance for plan in plot.plans for chance in plan.chances]
    ends = ([*calls, 1.0], [*nurses, 2.0], [*chances, 1.3 * plot.target])
    first, second, third = (value_limits(values, from_zero=True)[1] for values in ends)
    return first, second, min(third, 1.05)


def _calls(axes: Axes, plot: DemandPlot) -> None:
    xs = [hour + 0.5 for hour in range(HOURS)]
    axes.plot(xs, [bar.value for bar in plot.calls], color=EDGE, linewidth=0.7)
    for x, bar in zip(xs, plot.calls, strict=True):
        axes.plot((x, x), (bar.low or 0.0, bar.high or bar.value), color=ACCENT, linewidth=1.3)
    axes.plot(
        xs, [bar.value for bar in plot.calls], linestyle="none", marker="o", markersize=4,
        markerfacecolor=ACCENT, markeredgecolor="#ffffff", markeredgewidth=0.5, zorder=3,
    )  # fmt: skip


def _nurses(axes: Axes, plot: DemandPlot) -> None:
    edges = list(range(HOURS + 1))
    lows = [bar.low if bar.low is not None else bar.value for bar in plot.needed]
    highs = [bar.high if bar.high is not None else bar.value for bar in plot.needed]
    values = [bar.value for bar in plot.needed]
    axes.stairs(values, edges, fill=True, facecolor=ACCENT_SOFT)
    axes.stairs(highs, edges, baseline=lows, fill=True, facecolor=LINE)
    axes.stairs(values, edges, color=EDGE, linewidth=1.2)
    _steps(axes, plot, "nurses")


def _chances(axes: Axes, plot: DemandPlot) -> None:
    _steps(axes, plot, "chances")
    axes.axhline(plot.target, **AIM)


def _steps(axes: Axes, plot: DemandPlot, what: str) -> None:
    for number, plan in enumerate(plot.plans):
        values = _of(plan, what)
        if values:
            axes.stairs(values, list(range(HOURS + 1)), baseline=None, zorder=2 + number, **LINES[number])


def _of(plan: StaffPlan, what: str) -> list[float]:
    return list(plan.nurses if what == "nurses" else plan.chances)
