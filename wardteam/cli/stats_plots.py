"""The chart of an answer of `wardteam stats` as an SVG file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wardteam.cli.session import Session
from wardteam.errors import BadInput, Finding, Message
from wardteam.stats.charts.types import ChartKind, ControlChart
from wardteam.stats.funnel_types import Funnel, FunnelKind
from wardteam.stats.interrupted_types import InterruptedSeries
from wardteam.stats.plots import ChartPlot, FunnelPlot, SeriesPlot, Words

if TYPE_CHECKING:
    from wardteam.services.any_table.answer import Answer

SHARES = (ChartKind.P, ChartKind.PP)
DIVIDED = (*SHARES, ChartKind.U, ChartKind.UP)
NOT_SVG = Message("A file name that ends in .svg was expected.")


def check_ending(path: Path | None) -> None:
    """Refuse another ending before anything is computed.

    Raises
    ------
    BadInput
        Where the file is no .svg.
    """
    if path is not None and path.suffix.lower() != ".svg":
        raise BadInput((Finding("--out", NOT_SVG, value=str(path)),))


def write_plot(
    session: Session, answer: Answer, path: Path, *, unit: str, denominator: str = "", multiplier: float = 1.0
) -> None:
    """Draw the answer's chart into a file; `unit` and `denominator` are the names of their columns."""
    from wardteam.cli.writing import write_file
    from wardteam_reports.plots.drawing import plot_svg

    plot = _plot(answer.chart, unit, denominator, multiplier)
    write_file(path, plot_svg(plot, language=session.language, label=session.say(answer.words)))


def _plot(
    chart: ControlChart | Funnel | InterruptedSeries | None, unit: str, denominator: str, multiplier: float
) -> ChartPlot | FunnelPlot | SeriesPlot:
    match chart:
        case ControlChart():
            start = next((point.label for point in chart.points if point.phase), "")
            is_share = chart.kind in SHARES and multiplier == 1
            shown = rate_words(unit, denominator if chart.kind in DIVIDED else "", multiplier)
            return ChartPlot(chart, shown, changeover=start, is_share=is_share)
        case Funnel():
            is_share = chart.kind is FunnelKind.PROPORTION and multiplier == 1
            return FunnelPlot(
                chart, rate_words(unit, denominator, multiplier), denominator, is_share=is_share
            )
        case InterruptedSeries():
            start = next(point.label for point in chart.points if point.is_after)
            return SeriesPlot(chart, rate_words(unit, denominator, multiplier), start)
        case None:
            raise ValueError("this answer has no chart")


def rate_words(events: str, size: str, multiplier: float) -> Words:
    """Name what an axis shows: the column itself, or a rate of its events where they are divided."""
    if not size:
        return events
    if multiplier == 1:
        return Message("{events} per {size}", events=events, size=size)
    return Message("{events} per {count} {size}", events=events, count=f"{multiplier:g}", size=size)
