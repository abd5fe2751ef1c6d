"""Adverse events as blocks: by kind and level with rates, and the days between events of the rare ones."""

from __future__ import annotations

import itertools

from wardteam.domain.calendar import Period
from wardteam.domain.control import AdverseEvent, EventKind, EventLevel
from wardteam.errors import Message
from wardteam.services.control import ControlSummary
from wardteam.services.quality_data import QualityData
from wardteam.services.quality_report.charting import refusal
from wardteam.services.quality_report.wording import EMPTY, count_cell, estimate_cell, span_words
from wardteam.stats.charts.control import control_chart
from wardteam.stats.charts.types import Better, ChartKind
from wardteam.stats.plots import ChartPlot
from wardteam.stats.ratios import DailyCounts
from wardteam.stats.report import Block, Cell, Figure, Heading, Paragraph, Table, Tone
from wardteam.stats.results import Result, Unanswerable
from wardteam.stats.single_rate import single_rate

LEAST_EVENTS = 6
"""Events from which on the days between them are charted."""
NO_EVENTS = Message("No adverse event is kept in this period.")


def event_blocks(data: QualityData, control: ControlSummary) -> list[Block]:
    """Give the events by kind and level per mille of bed-days, and a T chart of those that allow one."""
    if not control.events:
        return [Heading(Message("Adverse events")), Paragraph((NO_EVENTS,), Tone.NOTE)]
    charts = [_between(data, control.span, kind) for kind in control.events]
    return [
        Heading(Message("Adverse events")),
        event_table(data, control),
        *(chart for chart in charts if chart is not None),
    ]


def event_table(data: QualityData, control: ControlSummary) -> Table:
    """Count events by kind and level, with their rate per mille of bed-days."""
    levels = tuple(Message("{level}", level=level) for level in EventLevel)
    return Table(
        code="adverse_events",
        title=Message("Adverse events by kind and level"),
        header=(Message("Event"), *levels, Message("All"), Message("Per mille of bed-days (95% CI)")),
        rows=tuple(
            (
                Cell.of(Message("{kind}", kind=kind)),
                *(count_cell(by_level[level]) for level in EventLevel),
                count_cell(sum(by_level.values())),
                _rate_cell(event_rate(data, control.span, kind)),
            )
            for kind, by_level in control.events.items()
        ),
        notes=(Message("Events on days without a census stand in the counts, not in the rates."),),
        figures=tuple(range(1, len(EventLevel) + 3)),
    )


def event_rate(data: QualityData, span: Period, kind: EventKind) -> Result | None:
    """Give events per mille of bed-days, its interval from the days; None without a census."""
    events = [event.day for event in data.events if event.kind is kind]
    days = [day for day in data.patient_days if day.day in span and day.total > 0]
    try:
        counts = DailyCounts(
            tuple(events.count(day.day) for day in days), tuple(float(day.total) for day in days)
        )
        return single_rate(counts, per=1000)
    except Unanswerable:
        return None


def _rate_cell(rate: Result | None) -> Cell:
    return EMPTY if rate is None else estimate_cell(rate, 2)


def _between(data: QualityData, span: Period, kind: EventKind) -> Figure | Paragraph | None:
    """Chart the days between events (T); events of one day count as one moment."""
    days = sorted({event.day for event in data.events if _is_meant(event, kind, span)})
    if len(days) < LEAST_EVENTS:
        return None
    title = Message("Days between events: {kind}", kind=kind)
    gaps = [float((later - earlier).days) for earlier, later in itertools.pairwise(days)]
    try:
        chart = control_chart(ChartKind.T, [day.isoformat() for day in days[1:]], gaps, better=Better.HIGHER)
    except Unanswerable as refused:
        return refusal(title, refused.message)
    return Figure(
        code=f"days_between_{kind.value}",
        plot=ChartPlot(chart, Message("days")),
        title=title,
        caption=(
            Message(
                "n = {count} days with events, {span}; longer is better.",
                count=len(days),
                span=span_words(span),
            ),
            chart.rule,
            *chart.warnings,
        ),
        alternative=(
            Message(
                "{count} intervals from {short} to {long} days; the last event was on {day}.",
                count=len(gaps),
                short=min(gaps),
                long=max(gaps),
                day=days[-1].isoformat(),
            ),
        ),
        is_half=True,
    )


def _is_meant(event: AdverseEvent, kind: EventKind, span: Period) -> bool:
    return event.kind is kind and event.day in span
