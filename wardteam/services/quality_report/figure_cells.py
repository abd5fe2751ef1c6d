"""Shares as cells with their counts and intervals, and results as the bars of a figure."""

from __future__ import annotations

from wardteam.errors import Message
from wardteam.services.quality_report.wording import EMPTY, number
from wardteam.stats.counts import Share
from wardteam.stats.figures import LEAST_DENOMINATOR, share_figure
from wardteam.stats.plots import Bar
from wardteam.stats.proportions import wilson
from wardteam.stats.report import Cell
from wardteam.stats.results import Result


def share_cell(share: Share | None) -> Cell:
    """Give a share as count and percentage with Wilson's interval in percent; counts alone below 20."""
    if share is None:
        return EMPTY
    interval = wilson(share).interval
    if share.n < LEAST_DENOMINATOR or interval is None:
        return Cell.of(share_figure(share), value=share.value)
    bounds = Message("{low}% to {high}%", low=number(100 * interval.low), high=number(100 * interval.high))
    return Cell.of(share_figure(share), bounds, value=share.value)


def share_line_cell(share: Share | None) -> Cell:
    """Give the same on one line, for tables of few columns."""
    cell = share_cell(share)
    if len(cell.lines) < 2:
        return cell
    share_words, bounds = cell.lines
    return Cell.of(Message("{share}, {bounds}", share=share_words, bounds=bounds), value=cell.value)


def bar(result: Result | None, n: int) -> Bar:
    """Give an estimate as a bar with its interval; 0 where there is none."""
    if result is None or result.estimate is None:
        return Bar(0.0, n=n)
    ends = result.interval
    return Bar(result.estimate, ends.low if ends else None, ends.high if ends else None, n)
