"""Parts that several charts share: value axes, time axes, the changeover, labels at the right edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wardteam_reports.plots.lettering import apart, text_width
from wardteam_reports.plots.look import EDGE, LINE, POINTS, Canvas
from wardteam_reports.plots.ticks import time_ticks
from wardteam_reports.plots.words import tick_words
from wardteam_reports.svg import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

ROOM_FOR_TICK = {"full": 30.0, "half": 26.0, "narrow": 34.0, "spark": 40.0}


@dataclass(frozen=True)
class EdgeLabel:
    """A text at the right edge beside the value it names."""

    value: float
    text: str


def value_limits(
    values: Sequence[float], *, from_zero: bool = False, share: bool = False
) -> tuple[float, float]:
    """Give an axis' ends with a little air; a share stays between 0 and 1."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    air = 0.07 * (high - low) or 0.1 * abs(high) or 1.0
    bottom, top = (low if from_zero and low == 0 else low - air), high + air
    if not from_zero and low >= 0:
        bottom = max(bottom, 0.0)
    if share:
        top = min(top, 1.0 + 0.6 * air)
    return bottom, top


def value_axis(axis: Axis, *, is_share: bool, most: int = 5, is_whole: bool = False) -> None:
    """Print an axis' figures with a real minus, shares in percent, counts as whole numbers."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10], integer=is_whole))
    axis.set_major_formatter(FuncFormatter(lambda value, _: tick_words(value, is_share=is_share)))


def left_margin(canvas: Canvas, low: float, high: float, *, is_share: bool) -> float:
    """Give the room that the figures of a vertical axis need."""
    from matplotlib.ticker import MaxNLocator

    ticks = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    widest = max(text_width(tick_words(tick, is_share=is_share), canvas.type) for tick in ticks)
    return widest + 8


def time_axis(axes: Axes, canvas: Canvas, labels: Sequence[str]) -> None:
    """Write the labels of points along the foot, thinned to what fits."""
    room = canvas.width * axes.get_position().width
    longest = max((text_width(label, canvas.type) + 6 for label in labels), default=0.0)
    most = max(2, int(room / ROOM_FOR_TICK[canvas.width_name]))
    ticks = time_ticks(labels, most, canvas.t.language)
    if ticks and ticks[0].text == labels[0]:
        ticks = time_ticks(labels, max(2, int(room / max(longest, 1.0))), canvas.t.language)
    axes.set_xticks([tick.index for tick in ticks], [tick.text for tick in ticks])
    axes.set_xlim(-0.7, len(labels) - 0.3)


def unit_label(axes: Axes, canvas: Canvas, text: str, *, up: float = 0.95) -> None:
    """Write the unit above the vertical axis, where it needs no turning of the head."""
    box = axes.get_position()
    canvas.write(3, box.y1 * canvas.height + up * canvas.type, text, color=INK, va="center")


def changeover_line(axes: Axes, place: float) -> None:
    """Draw the moment between two points at which the change was made."""
    axes.axvline(place, color=INK, linewidth=0.8, linestyle=(0, (1.2, 1.4)))


def edge_labels(axes: Axes, canvas: Canvas, labels: Sequence[EdgeLabel]) -> None:
    """Write what lines are beside their right ends, moved apart where they would overlap."""
    if not labels:
        return
    box = axes.get_position()
    low, high = box.y0 * canvas.height, box.y1 * canvas.height
    places = [points_of(axes, (0, label.value))[1] for label in labels]
    left = box.x1 * canvas.width + 5
    gap = 1.25 * canvas.type
    for label, wished, place in zip(labels, places, apart(places, gap, low, high + 2), strict=True):
        if abs(place - wished) > 0.3 * gap:
            _pointer(canvas, (left - 4, wished), (left - 1, place))
        canvas.write(left, place, label.text, color=INK, va="center")


def edge_room(canvas: Canvas, labels: Sequence[EdgeLabel]) -> float:
    """Give the margin that labels at the right edge need."""
    return max((text_width(label.text, canvas.type) for label in labels), default=0.0) + 9


def points_of(axes: Axes, place: tuple[float, float]) -> tuple[float, float]:
    """Give where a place of the axes lies in points of the figure."""
    dots = axes.transData.transform(place)
    scale = POINTS / axes.get_figure(root=True).dpi  # type: ignore[union-attr]  # axes stand in a figure
    return float(dots[0]) * scale, float(dots[1]) * scale


def grid(axes: Axes, axis: str = "y") -> None:
    """Draw faint lines behind everything."""
    axes.grid(axis=axis, color=LINE, linewidth=0.4)  # type: ignore[arg-type]  # "x", "y" or "both"
    axes.set_axisbelow(True)


def _pointer(canvas: Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    from matplotlib.lines import Line2D

    xs = [start[0] / canvas.width, end[0] / canvas.width]
    ys = [start[1] / canvas.height, end[1] / canvas.height]
    canvas.figure.add_artist(Line2D(xs, ys, color=EDGE, linewidth=0.5, transform=canvas.figure.transFigure))
