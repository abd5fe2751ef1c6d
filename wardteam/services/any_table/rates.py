"""Rates of any table: shares of an outcome, or events by exposure."""

from __future__ import annotations

import functools
import itertools
import statistics
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from wardteam.errors import Message
from wardteam.exchange.figure_columns import Columns, Moments, count, not_negative
from wardteam.exchange.figures_table import FiguresTable
from wardteam.services.any_table.answer import Answer, Gathering, line
from wardteam.services.any_table.groups import Grouped, grouped
from wardteam.services.any_table.options import check_options
from wardteam.services.any_table.shares import shares_of_sums, shares_of_table
from wardteam.services.compare import SEASONS
from wardteam.stats.exact_totals import Total, exact_totals_ratio
from wardteam.stats.exposure import (
    choose_rate_model,
    negative_binomial_ratio,
    poisson_ratio,
    rate_difference,
)
from wardteam.stats.ratios import DailyCounts, by_week_if_long, rate_ratio
from wardteam.stats.results import Result, Unanswerable
from wardteam.stats.single_rate import single_rate

Row = tuple[float, int, float]
"""A moment (or place), its events and exposure."""
DAY_SECONDS = 86400
APART = (
    *itertools.combinations(("cluster", "pair", "exposure", "denominator"), 2),
    ("event", "exposure"),
    ("event", "denominator"),
)
TWO_GROUPS = "Rates by exposure are compared between two groups; the column has {count}."
NAIVE = Message("Takes counts as Poisson: shown for comparison, never primary.")
EVENTS_WITHOUT_EXPOSURE = "Rows without exposure are left out: {count}; of these with events: {events}."


def rates_of_table(
    table: FiguresTable,
    *,
    outcome: str,
    group: str | None = None,
    cluster: str | None = None,
    pair: str | None = None,
    exposure: str | None = None,
    denominator: str | None = None,
    time: str | None = None,
    event: str | None = None,
    is_merged: bool = False,
) -> Answer:
    """Compare shares, or with an exposure events by exposure; by rows in order of time where it is known.

    Raises
    ------
    BadInput
        With every wrong cell, unknown column and impossible group.
    Unanswerable
        Where the chosen method has no answer.
    """
    given = {
        "group": group,
        "cluster": cluster,
        "pair": pair,
        "exposure": exposure,
        "denominator": denominator,
        "event": event,
    }
    check_options(given, apart=APART, needs=[("cluster", "group")])
    table.check_columns([c for c in (outcome, group, cluster, pair, exposure, denominator, time) if c])
    columns = Columns(table, is_merged)
    if exposure is not None:
        return _by_exposure(columns, outcome, group, exposure, time)
    if denominator is not None:
        return shares_of_sums(columns, outcome=outcome, group=group, denominator=denominator)
    return shares_of_table(columns, outcome=outcome, group=group, cluster=cluster, pair=pair, event=event)


def _by_exposure(
    columns: Columns, outcome: str, group: str | None, exposure: str, time: str | None
) -> Answer:
    events = columns.numbers(outcome, expects=count)
    exposures = columns.numbers(exposure, expects=not_negative)
    moments = columns.moments(time) if time is not None else None
    keys = moments.keys if moments is not None else tuple(map(float, range(len(events))))
    rows = [
        (key, int(e), x) if e is not None and x else None
        for key, e, x in zip(keys, events, exposures, strict=True)
    ]
    gathering = Gathering()
    left = [e or 0 for e, x in zip(events, exposures, strict=True) if not x]
    if left:
        gathering.warn(Message(EVENTS_WITHOUT_EXPOSURE, count=len(left), events=int(sum(left))))
    if group is None:
        columns.close()
        days = _days(rows)
        return gathering.answer(
            single_rate(days),
            (outcome,),
            sha256=columns.table.sha256,
            n=len(days.counts),
            missing=days.missing,
        )
    parts = grouped(columns, rows, group)
    gathering.warn(*parts.warnings)
    if len(parts.names) != 2:
        raise Unanswerable(Message(TWO_GROUPS, count=len(parts.names)))
    if all(sum(row is not None for row in values) == 1 for values in parts.values):
        return _totals(gathering, parts, columns.table.sha256)
    periods = [_days(values) for values in parts.values]
    if (
        moments is not None
        and moments.are_dates
        and _months(moments, parts.rows[0]) != _months(moments, parts.rows[1])
    ):
        gathering.warn(SEASONS)
    is_daily = moments is not None and moments.are_dates and all(_is_daily(v) for v in parts.values)
    return _compared(gathering, parts.names, periods, columns.table.sha256, is_daily=is_daily)


def _totals(gathering: Gathering, parts: Grouped[Row], sha256: str) -> Answer:
    first, second = (Total(row[1], row[2]) for values in parts.values for row in values if row is not None)
    missing = sum(row is None for values in parts.values for row in values)
    return gathering.answer(
        exact_totals_ratio(first, second), parts.names, sha256=sha256, n=2, missing=missing
    )


def _days(rows: Sequence[Row | None]) -> DailyCounts:
    known = sorted((row for row in rows if row is not None), key=lambda row: row[0])
    counts, exposures = tuple(row[1] for row in known), tuple(row[2] for row in known)
    return DailyCounts(counts, exposures, len(rows) - len(known))


def _months(moments: Moments, rows: Sequence[int]) -> set[int]:
    """Give the calendar months that a group's rows lie in."""
    return {(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moments.keys[i])).month for i in rows}


def _is_daily(rows: Sequence[Row | None]) -> bool:
    keys = sorted(row[0] for row in rows if row is not None)
    steps = [b - a for a, b in itertools.pairwise(keys)]
    return bool(steps) and statistics.median(steps) == DAY_SECONDS


def _compared(
    gathering: Gathering, names: Sequence[str], periods: Sequence[DailyCounts], sha256: str, *, is_daily: bool
) -> Answer:
    first, second = by_week_if_long(*periods) if is_daily else periods
    chosen = choose_rate_model(first, second)
    models: tuple[Callable[[DailyCounts, DailyCounts], Result], ...] = (
        rate_ratio,
        negative_binomial_ratio,
        rate_difference,
    )
    for model in models:
        gathering.add(functools.partial(model, first, second), names)
    gathering.add(lambda: poisson_ratio(first, second), names, note=NAIVE)
    for name, days in zip(names, (first, second), strict=True):
        rate = gathering.attempt(functools.partial(single_rate, days))
        if rate is not None:
            gathering.lines.append(line(rate, (name,)))
    n, missing = sum(len(p.counts) for p in periods), sum(p.missing for p in periods)
    return gathering.answer(chosen, names, sha256=sha256, n=n, missing=missing)
