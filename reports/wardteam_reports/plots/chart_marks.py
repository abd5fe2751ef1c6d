"""How points of a run or control chart are marked: the shape says which signal, the colour which way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wardteam.i18n import Translator
from wardteam.stats.charts.types import Better, ChartPoint, ControlChart, Signal
from wardteam_reports.plots.look import COMMON, CONCERN, IMPROVEMENT, MUTED, NEITHER, Mark
from wardteam_reports.plots.words import SIGNAL_KEYS
from wardteam_reports.svg import INK

ORDER = (Signal.OUTSIDE, Signal.SHIFT, Signal.TREND, Signal.NEAR_LIMIT, Signal.LONG_RUN, Signal.FEW_CROSSINGS)
SHAPES = {
    Signal.OUTSIDE: "s",
    Signal.SHIFT: "D",
    Signal.TREND: "^",
    Signal.NEAR_LIMIT: "o",
    Signal.LONG_RUN: "D",
    Signal.FEW_CROSSINGS: "p",
}
SIZES = {"s": 5.2, "D": 4.6, "^": 5.6, "o": 5.0, "p": 5.4}
DIRECTIONS = {IMPROVEMENT: "improvement", CONCERN: "concern", NEITHER: "change, neither better nor worse"}


@dataclass(frozen=True)
class MarkedPoint:
    """A point's place and how it is drawn: shape, fill, and whether only as a ring."""

    index: int
    value: float
    shape: str
    fill: str
    signal: Signal | None


def marked_points(chart: ControlChart) -> tuple[MarkedPoint, ...]:
    """Give each point's mark: x for excluded, a dot for common cause, else the first signal's shape."""
    return tuple(_marked(i, point, chart) for i, point in enumerate(chart.points))


def _marked(index: int, point: ChartPoint, chart: ControlChart) -> MarkedPoint:
    if point.is_excluded:
        return MarkedPoint(index, point.value, "x", MUTED, None)
    signal = next((s for s in ORDER if s in point.signals), None)
    if signal is None:
        return MarkedPoint(index, point.value, ".", COMMON, None)
    return MarkedPoint(index, point.value, SHAPES[signal], _fill(index, signal, chart), signal)


def _fill(index: int, signal: Signal, chart: ControlChart) -> str:
    """Colour a signal by its direction: against the centre line, a trend against the point before."""
    point = chart.points[index]
    from_here = point.centre
    if signal is Signal.TREND:
        beside = chart.points[index - 1 if index else min(1, len(chart.points) - 1)]
        from_here = beside.value if index else 2 * point.value - beside.value
    if chart.better is Better.NEITHER or from_here is None or point.value == from_here:
        return NEITHER
    is_good = (point.value > from_here) is (chart.better is Better.HIGHER)
    return IMPROVEMENT if is_good else CONCERN


def mark_style(shape: str, fill: str, *, scale: float = 1.0) -> dict[str, Any]:  # properties of a line
    """Give the properties with which a mark is drawn; every fill has an outline, a ring is thicker."""
    if shape == "x":
        return {"marker": "x", "markersize": 4.2 * scale, "markeredgecolor": MUTED, "markeredgewidth": 0.9}
    if shape == ".":
        return {
            "marker": "o", "markersize": 2.5 * scale, "markerfacecolor": MUTED, "markeredgewidth": 0,
        }  # fmt: skip
    edge = {"markeredgecolor": INK, "markeredgewidth": 0.55}
    if shape == "o":
        edge = {"markeredgecolor": fill, "markeredgewidth": 1.7}
        return {"marker": "o", "markersize": SIZES[shape] * scale, "markerfacecolor": "#ffffff", **edge}
    return {"marker": shape, "markersize": SIZES[shape] * scale, "markerfacecolor": fill, **edge}


def key_marks(points: Sequence[MarkedPoint], t: Translator) -> list[Mark]:
    """Explain the shapes that occur, then the colours that occur."""
    signals = [s for s in ORDER if any(p.signal is s for p in points)]
    marks = [Mark(t(SIGNAL_KEYS[s]), mark_style(SHAPES[s], _plain(s))) for s in signals]
    if any(p.shape == "x" for p in points):
        marks.append(Mark(t("left out of the limits"), mark_style("x", MUTED)))
    for colour, name in DIRECTIONS.items():
        if any(p.signal is not None and p.fill == colour for p in points):
            patch = {"marker": "s", "markersize": 6.5, "markerfacecolor": colour, "markeredgewidth": 0}
            marks.append(Mark(t(name), patch))
    return marks


def _plain(signal: Signal) -> str:
    return INK if signal is Signal.NEAR_LIMIT else "#ffffff"
