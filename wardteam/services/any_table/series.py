"""An interrupted time series of any table: rows in order of time, before and after a changeover."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from wardteam.errors import BadInput, Finding, Message
from wardteam.exchange.figure_columns import Columns, not_negative
from wardteam.exchange.figures_table import FiguresTable
from wardteam.services.any_table.answer import Answer, Line, line
from wardteam.services.any_table.timeline import Timeline, both_known, by_time, place_of, summed, without_gaps
from wardteam.stats.interrupted import interrupted_series
from wardteam.stats.interrupted_types import InterruptedSeries, SeriesModel
from wardteam.stats.results import Result

COUNT_MODELS = frozenset((SeriesModel.POISSON, SeriesModel.QUASI_POISSON))
SHORT_PERIOD = Message("A year has two points or more: a number above 1 was expected.")
TREND = Message("trend before the changeover, a point")
LEVEL = Message("change of level at the changeover")
SLOPE = Message("change of slope at the changeover")
EFFECT = Message("fitted against counterfactual at the last point")
DISPERSION = Message("dispersion")
DURBIN_WATSON = Message("Durbin-Watson statistic")
ACF = Message("residual autocorrelation at lag 1, with its 95% limit")


def series_of_table(
    table: FiguresTable,
    *,
    outcome: str,
    time: str,
    changeover: str,
    exposure: str | None = None,
    model: SeriesModel | None = None,
    harmonics: int = 0,
    period: float | None = None,
) -> Answer:
    """Fit level and slope about a changeover; without a model, quasi-Poisson for counts, else linear.

    A year has as many points as the dates' step says where no `period` is given, 12 where times are numbers.
    Rows of one time are summed for counts or with an exposure, else averaged.

    Raises
    ------
    BadInput, Unanswerable
        Where cells are wrong, the changeover lies outside, or a side is too short.
    """
    _check_period(period)
    table.check_columns([name for name in (outcome, time, exposure) if name])
    columns = Columns(table)
    values = columns.numbers(outcome)
    exposures = None if exposure is None else columns.numbers(exposure, expects=not_negative)
    moments = columns.moments(time)
    columns.close()
    values, exposures = both_known(values, exposures)
    timeline = without_gaps(by_time(moments, len(table)))
    place = place_of(changeover, timeline, time)
    chosen = model or _model(values, has_exposure=exposure is not None)
    is_sum = chosen in COUNT_MODELS or exposure is not None
    points = [_point(values, rows, is_sum=is_sum) for rows in timeline.rows]
    sizes = None if exposures is None else _sizes(columns, exposures, timeline, points)
    fitted = interrupted_series(
        timeline.labels,
        points,
        place,
        exposures=sizes,
        model=chosen,
        harmonics=harmonics,
        period=period or timeline.points_a_year,
    )
    return _answer(fitted, timeline, sum(v is None for v in values), table.sha256)


def _check_period(period: float | None) -> None:
    if period is not None and not period > 1:
        raise BadInput((Finding("--period", SHORT_PERIOD, value=f"{period:g}"),))


def _model(values: Sequence[float | None], *, has_exposure: bool) -> SeriesModel:
    known = [value for value in values if value is not None]
    are_counts = all(value >= 0 and value.is_integer() for value in known)
    return SeriesModel.QUASI_POISSON if are_counts or has_exposure else SeriesModel.LINEAR


def _point(values: Sequence[float | None], rows: Sequence[int], *, is_sum: bool) -> float | None:
    whole = summed(values, rows)
    if whole is None or is_sum:
        return whole
    return whole / sum(values[place] is not None for place in rows)


def _sizes(
    columns: Columns, exposures: Sequence[float | None], timeline: Timeline, points: list[float | None]
) -> list[float]:
    """Give the exposure of each point; one without exposure is missing."""
    sizes = []
    for place, rows in enumerate(timeline.rows):
        size = summed(exposures, rows)
        if not size:
            if points[place]:
                problem = Message(
                    "There are events at {label}, but no exposure.", label=timeline.labels[place]
                )
                raise BadInput((Finding(columns.table.file, problem),))
            points[place] = None
        sizes.append(size or 1.0)
    return sizes


def _answer(fitted: InterruptedSeries, timeline: Timeline, missing: int, sha256: str) -> Answer:
    parts: tuple[tuple[str, Message, Result], ...] = (
        ("level", LEVEL, fitted.level),
        ("slope", SLOPE, fitted.slope),
        ("trend", TREND, fitted.trend),
        ("effect_at_end", EFFECT, fitted.effect_at_end),
    )
    lines = [replace(line(result), name=name, words=words) for name, words, result in parts]
    if fitted.dispersion is not None:
        lines.append(Line(name="dispersion", words=DISPERSION, estimate=fitted.dispersion))
    if fitted.durbin_watson is not None:
        lines.append(Line(name="durbin_watson", words=DURBIN_WATSON, statistic=fitted.durbin_watson))
    if fitted.acf and math.isfinite(fitted.acf[0]):
        limits = {"limit": fitted.acf_limit}
        lines.append(Line(name="acf_1", words=ACF, estimate=fitted.acf[0], limits=limits))
    return Answer(
        method=fitted.level.method.code,
        words=fitted.level.method.name,
        n=sum(point.observed is not None for point in fitted.points),
        missing=missing,
        results=tuple(lines),
        warnings=tuple(dict.fromkeys((*timeline.warnings, *fitted.warnings, *fitted.level.warnings))),
        reason=fitted.reason,
        data_sha256=sha256,
        chart=fitted,
    )
