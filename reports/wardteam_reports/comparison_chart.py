"""The comparison's chart: each measure's estimate with its interval, ratios and differences apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wardteam.i18n import Language, translator
from wardteam.stats.comparison import Comparison
from wardteam.stats.results import Estimand, Interval
from wardteam_reports.comparison_words import SHORT_NAMES, FigureWords
from wardteam_reports.svg import DRAWING, INK, add_fonts, figure_svg
from wardteam_reports.tokens import tokens

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


TICKS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.5, 2, 3, 5, 10)
FEWER_TICKS = (0.1, 0.2, 0.5, 0.7, 1, 1.5, 2, 5, 10)
MOST_TICKS = 6


@dataclass(frozen=True)
class Point:
    """One line of the chart: a name, an estimate and its bounds; shares in percentage points."""

    name: str
    estimate: float
    interval: Interval
    words: str
    is_ratio: bool


def chart_points(comparison: Comparison, language: Language) -> tuple[Point, ...]:
    """Give what the chart draws, in the order of the measures; untested measures have no point."""
    t = translator(language)
    words = FigureWords(t)
    points = []
    for measure in comparison.measures:
        right = measure.right
        if right is None or right.estimate is None or right.interval is None:
            continue
        factor = 100.0 if right.estimand is Estimand.SHARE_DIFFERENCE else 1.0
        bounds = Interval(factor * right.interval.low, factor * right.interval.high, right.interval.level)
        text = t("{estimate} ({interval})", estimate=words.figure(right), interval=words.interval(right))
        name = t(SHORT_NAMES[measure.kind])
        points.append(Point(name, factor * right.estimate, bounds, text, is_ratio=factor == 1))
    return tuple(points)


def chart_text(comparison: Comparison, language: Language) -> str:
    """Give the chart's alternative text: every estimate with its interval, in words."""
    t = translator(language)
    lines = tuple(
        t("{name}: {words}", name=point.name, words=point.words)
        for point in chart_points(comparison, language)
    )
    return t("Estimates with 95% confidence intervals: {lines}.", lines=lines)


def comparison_chart(comparison: Comparison, *, language: Language, is_narrow: bool = False) -> bytes:
    """Draw the chart as SVG; narrow puts the two panels under each other, for a page."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    add_fonts()
    ink = dict.fromkeys(("text.color", "axes.labelcolor", "xtick.color", "ytick.color"), INK)
    # Any: the settings are of several types, as Matplotlib names them.
    settings: dict[str, Any] = {**ink, "axes.unicode_minus": True, "font.size": 10 if is_narrow else 8}
    settings["font.family"] = [tokens().family, "DejaVu Sans"]
    with DRAWING, mpl.rc_context(settings):  # type: ignore[arg-type]  # its stubs list every name, a plain dict has text
        figure = Figure(figsize=(5.2, 3.4) if is_narrow else (6.9, 1.45), layout="constrained")
        _draw(figure, chart_points(comparison, language), language, is_narrow=is_narrow)
        return figure_svg(figure, salt="comparison", label=chart_text(comparison, language))


def _draw(figure: Figure, points: tuple[Point, ...], language: Language, *, is_narrow: bool) -> None:
    t = translator(language)
    panels = (
        ([p for p in points if p.is_ratio], 1.0, t("Ratio, intervention to baseline (log scale)")),
        ([p for p in points if not p.is_ratio], 0.0, t("Difference, percentage points")),
    )
    drawn = [panel for panel in panels if panel[0]]
    for number, (lines, neutral, label) in enumerate(drawn, start=1):
        rows, columns = (len(drawn), 1) if is_narrow else (1, len(drawn))
        _panel(figure.add_subplot(rows, columns, number), lines, neutral=neutral, label=label)


def _panel(axes: Axes, points: list[Point], *, neutral: float, label: str) -> None:
    colour = tokens().colour["accent"]
    if neutral == 1.0:
        _log_axis(axes, points)
    for row, point in enumerate(points):
        span = point.interval
        axes.plot((span.low, span.high), (row, row), color=colour, linewidth=1.6, solid_capstyle="butt")
        axes.plot(point.estimate, row, marker="s", markersize=5, color=colour)
        axes.annotate(
            point.words, (1, row), (6, 0), xycoords=axes.get_yaxis_transform(),
            textcoords="offset points", va="center", annotation_clip=False,
        )  # fmt: skip
    axes.axvline(neutral, color=INK, linewidth=0.8, linestyle=(0, (3, 2)))
    axes.set_yticks(range(len(points)), [point.name for point in points])
    axes.set_ylim(len(points) - 0.5, -0.5)
    axes.set_xlabel(label)
    axes.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(INK)
    axes.margins(x=0.12)


def _log_axis(axes: Axes, points: list[Point]) -> None:
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    low, high = min(p.interval.low for p in points), max(p.interval.high for p in points)
    inside = [tick for tick in TICKS if 0.9 * low <= tick <= 1.1 * high or tick == 1]
    shown = inside if len(inside) <= MOST_TICKS else [tick for tick in inside if tick in FEWER_TICKS]
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(FixedLocator(shown))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_locator(NullLocator())
