"""The one door to the report's charts: a plot's data in, an SVG out, drawn once for the same data."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from wardteam.i18n import Language, translator
from wardteam.stats.plots import (
    AcfPlot,
    BarsPlot,
    ChartPlot,
    CurvePlot,
    DemandPlot,
    EcdfPlot,
    FlowPlot,
    ForestPlot,
    FunnelPlot,
    HoursPlot,
    ParetoPlot,
    Plot,
    SeriesPlot,
)
from wardteam_reports.plots.bars import draw_bars, draw_pareto
from wardteam_reports.plots.chart import draw_chart, draw_spark
from wardteam_reports.plots.demand import draw_demand
from wardteam_reports.plots.ecdf import draw_ecdf
from wardteam_reports.plots.flow import draw_flow
from wardteam_reports.plots.forest import draw_forest
from wardteam_reports.plots.funnel import draw_funnel
from wardteam_reports.plots.hours import draw_curve, draw_hours
from wardteam_reports.plots.look import Canvas, Width, look
from wardteam_reports.plots.series import draw_acf, draw_series
from wardteam_reports.svg import figure_svg, page_svg

KEPT = 128
# Any: each drawing function takes its own kind of plot.
DRAWINGS: dict[type[Any], Callable[[Any, Canvas], None]] = {
    ChartPlot: draw_chart,
    FunnelPlot: draw_funnel,
    SeriesPlot: draw_series,
    AcfPlot: draw_acf,
    EcdfPlot: draw_ecdf,
    BarsPlot: draw_bars,
    ParetoPlot: draw_pareto,
    ForestPlot: draw_forest,
    HoursPlot: draw_hours,
    DemandPlot: draw_demand,
    CurvePlot: draw_curve,
    FlowPlot: draw_flow,
}
SPARKS: dict[type[Any], Callable[[Any, Canvas], None]] = {ChartPlot: draw_spark}


@lru_cache(maxsize=KEPT)
def plot_svg(
    plot: Plot, *, language: Language, width: Width = "full", label: str = "", salt: str = ""
) -> bytes:
    """Draw a plot as SVG with text as paths and no style attributes; the same plot gives the same bytes.

    Parameters
    ----------
    width
        `full` is a text column of A4, `half` goes beside another, `narrow` is for phones, `spark` is a
        small line without words (run and control charts alone).
    label
        The alternative text that the drawing itself carries.
    salt
        Sets the ids of this drawing apart from others on the page; by default its data do.

    Raises
    ------
    ValueError
        Where a spark line of anything but a run or control chart is asked for.
    """
    draw = DRAWINGS[type(plot)] if width != "spark" else SPARKS.get(type(plot))
    if draw is None:
        raise ValueError(f"only a run or control chart has a spark line, got {type(plot).__name__}")
    with look():
        canvas = Canvas(translator(language), width)
        draw(plot, canvas)
        return figure_svg(canvas.figure, salt=salt or _salt(plot, language, width), label=label)


def plot_page(
    plot: Plot, *, language: Language, width: Width = "full", label: str = "", salt: str = ""
) -> str:
    """Give a drawing for a page: its ink in the page's own text colour."""
    return page_svg(plot_svg(plot, language=language, width=width, label=label, salt=salt))


def _salt(plot: Plot, language: Language, width: Width) -> str:
    mark = hashlib.sha256(f"{plot!r}{language}{width}".encode()).hexdigest()
    return f"plot-{mark[:10]}"
