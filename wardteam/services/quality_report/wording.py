"""Figures of results as cells and fields of sentences: estimate with interval, statistic, P; no NaN ever."""

from __future__ import annotations

from wardteam.domain.calendar import Period
from wardteam.domain.study import StudyPeriod
from wardteam.errors import Message
from wardteam.stats.figures import decimal, p_figure
from wardteam.stats.plots import Words
from wardteam.stats.report import Cell
from wardteam.stats.results import Estimand, Interval, Result

NO_FIGURE = "–"
IN_POINTS = frozenset({Estimand.SHARE, Estimand.SHARE_DIFFERENCE})
EMPTY = Cell((NO_FIGURE,))


def span_words(span: Period) -> Message:
    """Give first and last date of a span."""
    return Message("{first} to {last}", first=span.first.isoformat(), last=span.last.isoformat())


def period_words(period: StudyPeriod) -> Message:
    """Give a period's name with its dates."""
    return Message("{name} ({span})", name=period.named, span=span_words(period.span))


number = decimal


def estimate_figure(result: Result, digits: int = 2) -> str:
    """Print the estimate; differences of shares in percentage points."""
    if result.estimate is None:
        return NO_FIGURE
    return (
        number(100 * result.estimate, 1) if result.estimand in IN_POINTS else number(result.estimate, digits)
    )


def interval_words(result: Result, digits: int = 2) -> Words:
    """Print the interval's bounds; where it runs through infinity, say so."""
    interval = result.interval
    if interval is None:
        return NO_FIGURE
    if interval.is_through_infinity:
        return Message(
            "benefit {benefit} to ∞ to harm {harm}",
            benefit=f"{interval.high:.1f}",
            harm=f"{-interval.low:.1f}",
        )
    low, high = _bounds(result, interval, digits)
    return Message("{low} to {high}", low=low, high=high)


def with_interval(result: Result, digits: int = 2) -> Words:
    """Give the estimate with its interval, for a sentence or a cell."""
    interval = result.interval
    if interval is None:
        return estimate_figure(result, digits)
    return Message(
        "{estimate} (95% CI {interval})",
        estimate=estimate_figure(result, digits),
        interval=interval_words(result, digits),
    )


def percent_words(result: Result) -> Words:
    """Give a share with its interval, in percent."""
    interval = result.interval
    if result.estimate is None or interval is None:
        return NO_FIGURE
    low, high = _bounds(result, interval, 1)
    return Message(
        "{estimate}% (95% CI {low} to {high})", estimate=estimate_figure(result), low=low, high=high
    )


def statistic_figure(result: Result) -> str:
    """Print the statistic with its symbol and degrees of freedom, as t(18)=1.86."""
    if result.statistic is None:
        return NO_FIGURE
    df = ", ".join(f"{part:.1f}".removesuffix(".0") for part in result.df)
    symbol = f"{result.method.symbol}({df})" if df else result.method.symbol
    return number(result.statistic, 2) if not symbol else f"{symbol}={number(result.statistic, 2)}"


def p_cell(p: float | None) -> Cell:
    """Give P to three decimals, `<0.001` below, a dash where there is none."""
    return EMPTY if p is None else Cell.of(p_figure(p).removeprefix("="), value=p)


def estimate_cell(result: Result | None, digits: int = 2) -> Cell:
    """Give the estimate with its interval in brackets, under a heading that says (95% CI)."""
    if result is None or (result.estimate is None and result.interval is None):
        return EMPTY
    estimate, interval = estimate_figure(result, digits), interval_words(result, digits)
    if result.interval is None:
        return Cell.of(estimate, value=result.estimate)
    words = Message("{estimate} ({interval})", estimate=estimate, interval=interval)
    return Cell.of(words, value=result.estimate)


def mean_words(mean: float, sd: float) -> Message:
    """Describe roughly normal data as each language does: mean (SD), x̄±s."""
    return Message("{mean} ({sd})", mean=number(mean), sd=number(sd))


def median_words(lower: float, median: float, upper: float) -> Message:
    """Describe skewed data as each language does: median [Q1, Q3], M(Q1,Q3)."""
    lower_figure, median_figure, upper_figure = (number(value, 0) for value in (lower, median, upper))
    return Message(
        "{median} [{lower}, {upper}]", median=median_figure, lower=lower_figure, upper=upper_figure
    )


def figure_cell(value: float | None, digits: int = 1) -> Cell:
    """Give a bare figure, a dash where there is none."""
    return EMPTY if value is None else Cell.of(number(value, digits), value=value)


def count_cell(count: int) -> Cell:
    """Give a count."""
    return Cell.of(str(count), value=count)


def _bounds(result: Result, interval: Interval, digits: int) -> tuple[str, str]:
    if result.estimand in IN_POINTS:
        return number(100 * interval.low, 1), number(100 * interval.high, 1)
    return number(interval.low, digits), number(interval.high, digits)
