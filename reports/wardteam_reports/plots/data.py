"""The figures behind a plot as a table: for the page's data tables and the CSV, in one language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wardteam.i18n import Language, Translator, translator
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
from wardteam_reports.plots.chart_marks import ORDER
from wardteam_reports.plots.funnel import VERDICTS
from wardteam_reports.plots.words import SIGNAL_WORDS, show

Value = str | int | float | None
Rows = list[tuple[Value, ...]]


@dataclass(frozen=True)
class PlotTable:
    """Headings and rows; shares stay between 0 and 1."""

    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def plot_table(plot: Plot, language: Language) -> PlotTable:
    """Give what a plot draws, row by row; the first column says what the row is."""
    t = translator(language)
    header, rows = _TABLES[type(plot)](plot, t)
    return PlotTable(tuple(t(heading) for heading in header), tuple(rows))


def _chart(plot: ChartPlot, t: Translator) -> tuple[tuple[str, ...], Rows]:
    header = (
        "point",
        "value",
        "centre line",
        "lower limit",
        "upper limit",
        "denominator",
        "phase",
        "signals",
    )
    rows: Rows = []
    for p in plot.chart.points:
        phase = show(plot.phases[p.phase], t) if p.phase < len(plot.phases) else str(p.phase + 1)
        said = [t(SIGNAL_WORDS[s]) for s in ORDER if s in p.signals]
        signals = t("left out of the limits") if p.is_excluded else t.show(tuple(said))
        rows.append((p.label, p.value, p.centre, p.lower, p.upper, p.denominator, phase, signals))
    return header, rows


def _funnel(plot: FunnelPlot, t: Translator) -> tuple[tuple[str, ...], Rows]:
    header = (
        "unit", "events", "denominator", "value", "lower 95%", "upper 95%", "lower 99.8%", "upper 99.8%",
        "verdict",
    )  # fmt: skip
    rows: Rows = [
        (
            u.name, u.events, u.denominator, u.value, u.low_95, u.high_95, u.low_998, u.high_998,
            t(VERDICTS[u.verdict][0]),
        )
        for u in plot.funnel.units
    ]  # fmt: skip
    return header, rows


def _series(plot: SeriesPlot, _: Translator) -> tuple[tuple[str, ...], Rows]:
    header = ("point", "observed", "fitted", "lower 95%", "upper 95%", "expected without the change")
    points = plot.series.points
    return header, [(p.label, p.observed, p.fitted, p.low, p.high, p.counterfactual) for p in points]


def _acf(plot: AcfPlot, _: Translator) -> tuple[tuple[str, ...], Rows]:
    header = ("lag", "autocorrelation of the residuals", "95% limit")
    return header, [(lag, value, plot.limit) for lag, value in enumerate(plot.acf, start=1)]


def _ecdf(plot: EcdfPlot, t: Translator) -> tuple[tuple[str, ...], Rows]:
    header = ("period", "at or below", "share")
    pairs = ((show(s.name, t), x, y) for s in plot.series for x, y in zip(s.x, s.share, strict=True))
    return header, list(pairs)


def _bars(plot: BarsPlot, t: Translator) -> tuple[tuple[str, ...], Rows]:
    header = ("item", "period", "value", "lower 95%", "upper 95%", "count")
    rows: Rows = [
        (show(item, t), show(name, t), bars[i].value, bars[i].low, bars[i].high, bars[i].n or None)
        for i, item in enumerate(plot.items)
        for name, bars in plot.series
    ]
    return header, rows


def _pareto(plot: ParetoPlot, t: Translator) -> tuple[tuple[str, ...], Rows]:
    running = [sum(plot.counts[: i + 1]) for i in range(len(plot.counts))]
    names = [show(name, t) for name in plot.names]
    return ("item", "count", "running total"), list(zip(names, plot.counts, running, strict=True))


def _forest(plot: ForestPlot, t: Translator) -> tuple[tuple[str, ...], Rows]:
    rows: Rows = [(show(line.name, t), line.estimate, line.low, line.high) for line in plot.lines]
    return ("item", "estimate", "lower 95%", "upper 95%"), rows


def _hours(plot: HoursPlot, _: Translator) -> tuple[tuple[str, ...], Rows]:
    header = ("hour of the day", "value", "lower 95%", "upper 95%", "count", "nurses on duty")
    staff = plot.staff or (None,) * len(plot.values)
    rows: Rows = [
        (hour, bar.value, bar.low, bar.high, bar.n or None, nurses)
        for hour, (bar, nurses) in enumerate(zip(plot.values, staff, strict=True))
    ]
    return header, rows


def _demand(plot: DemandPlot, t: Translator) -> tuple[tuple[str, ...], Rows]:
    header = (
        "hour of the day",
        "calls an hour",
        "lower 95%",
        "upper 95%",
        "nurses needed",
        "fewest",
        "most",
        "plan",
        "nurses on duty",
        "chance of waiting too long",
    )
    rows: Rows = [
        (
            hour, calls.value, calls.low, calls.high, needed.value, needed.low, needed.high,
            show(plan.name, t), plan.nurses[hour], plan.chances[hour] if plan.chances else None,
        )
        for hour, (calls, needed) in enumerate(zip(plot.calls, plot.needed, strict=True))
        for plan in plot.plans
    ]  # fmt: skip
    return header, rows


def _curve(plot: CurvePlot, _: Translator) -> tuple[tuple[str, ...], Rows]:
    header = ("exposure", "estimate", "lower 95%", "upper 95%", "count")
    pairs = zip(plot.x, plot.values, strict=True)
    return header, [(x, bar.value, bar.low, bar.high, bar.n or None) for x, bar in pairs]


def _flow(plot: FlowPlot, t: Translator) -> tuple[tuple[str, ...], Rows]:
    rows: Rows = []
    for words, counts in plot.steps:
        names = [show(name, t) for name in plot.columns] or [""] * len(counts)
        rows += [(show(words, t), name, count) for name, count in zip(names, counts, strict=True)]
    return ("item", "period", "count"), rows


# Any: each function takes its own kind of plot.
_TABLES: dict[type[Any], Callable[[Any, Translator], tuple[tuple[str, ...], Rows]]] = {
    ChartPlot: _chart,
    FunnelPlot: _funnel,
    SeriesPlot: _series,
    AcfPlot: _acf,
    EcdfPlot: _ecdf,
    BarsPlot: _bars,
    ParetoPlot: _pareto,
    ForestPlot: _forest,
    HoursPlot: _hours,
    DemandPlot: _demand,
    CurvePlot: _curve,
    FlowPlot: _flow,
}
