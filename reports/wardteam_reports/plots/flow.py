"""The flow of records: boxes one under another, and beside each arrow what left there."""

from __future__ import annotations

from wardteam.stats.plots import FlowPlot
from wardteam_reports.plots.lettering import text_width, wrap
from wardteam_reports.plots.look import ACCENT, BAND, EDGE, MUTED, Canvas
from wardteam_reports.svg import INK

BOX_SHARE, SIDE_FROM = 0.5, 0.57
LEADING = 1.45


def draw_flow(plot: FlowPlot, canvas: Canvas) -> None:
    """Draw the diagram as high as its words need."""
    boxes = [_box_lines(plot, index, canvas) for index in range(len(plot.steps))]
    sides = [_side_lines(plot, index, canvas) for index in range(len(plot.steps))]
    tall = [LEADING * canvas.type * len(lines) + 8 for lines in boxes]
    gaps = [max(15.0, LEADING * canvas.type * len(lines) + 12 if lines else 15.0) for lines in sides]
    canvas.set_height(sum(tall) + sum(gaps[:-1]) + (gaps[-1] if sides[-1] else 0) + 4)
    top = canvas.height - 2
    for index, lines in enumerate(boxes):
        _box(canvas, 2, top - tall[index], BOX_SHARE * canvas.width, tall[index], lines, is_main=True)
        top -= tall[index]
        if index < len(boxes) - 1:
            _arrow(canvas, (middle := 2 + BOX_SHARE * canvas.width / 2, top), (middle, top - gaps[index]))
        if sides[index]:
            _side(canvas, top - gaps[index] / 2, sides[index], is_last=index == len(boxes) - 1)
        top -= gaps[index]


def _box_lines(plot: FlowPlot, index: int, canvas: Canvas) -> list[str]:
    words, counts = plot.steps[index]
    room = BOX_SHARE * canvas.width - 12
    lines = wrap(canvas.say(words), room, canvas.type).split("\n")
    if not plot.columns:
        return [*lines, canvas.t.show(tuple(f"n={count}" for count in counts))]
    named = zip(plot.columns, counts, strict=True)
    figures = [
        canvas.t("{name}: {words}", name=canvas.say(name), words=f"n={count}") for name, count in named
    ]
    together = canvas.t.show(tuple(figures))
    return [*lines, together] if text_width(together, canvas.type) <= room else [*lines, *figures]


def _side_lines(plot: FlowPlot, index: int, canvas: Canvas) -> list[str]:
    if index >= len(plot.left):
        return []
    room = (1 - SIDE_FROM) * canvas.width - 12
    return [
        line for words in plot.left[index] for line in wrap(canvas.say(words), room, canvas.type).split("\n")
    ]


def _side(canvas: Canvas, middle: float, lines: list[str], *, is_last: bool) -> None:
    high = LEADING * canvas.type * len(lines) + 6
    left = SIDE_FROM * canvas.width
    start = 2 + BOX_SHARE * canvas.width / 2
    if not is_last:
        _arrow(canvas, (start, middle), (left, middle))
    _box(canvas, left, middle - high / 2, canvas.width - left - 2, high, lines, is_main=False)


def _box(
    canvas: Canvas, left: float, bottom: float, wide: float, high: float, lines: list[str], *, is_main: bool
) -> None:
    from matplotlib.patches import Rectangle

    canvas.figure.add_artist(
        Rectangle(
            (left / canvas.width, bottom / canvas.height),
            wide / canvas.width,
            high / canvas.height,
            transform=canvas.figure.transFigure,
            facecolor=BAND,
            edgecolor=ACCENT if is_main else EDGE,
            linewidth=0.9 if is_main else 0.6,
        )
    )
    step = LEADING * canvas.type
    first = bottom + high / 2 + (len(lines) - 1) * step / 2
    for number, line in enumerate(lines):
        weight = "bold" if is_main and number == 0 else "normal"
        canvas.write(left + 6, first - number * step, line, color=INK if is_main else MUTED, weight=weight)


def _arrow(canvas: Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    from matplotlib.patches import FancyArrowPatch

    places = [(x / canvas.width, y / canvas.height) for x, y in (start, end)]
    canvas.figure.add_artist(
        FancyArrowPatch(
            *places,
            transform=canvas.figure.transFigure,
            arrowstyle="-|>",
            mutation_scale=6,
            shrinkA=0,
            shrinkB=0,
            linewidth=0.8,
            color=EDGE,
        )
    )
