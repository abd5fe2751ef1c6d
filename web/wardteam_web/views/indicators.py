"""The quarter's nursing-sensitive indicators: the table, the rows behind each, and the Excel form."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, abort, render_template, request

from wardteam.domain.calendar import Period
from wardteam.domain.indicators import Indicator, IndicatorTable
from wardteam.errors import BadInput, Message, Named
from wardteam.exchange.indicators_xlsx import SIDES, UNITS, indicators_xlsx
from wardteam.services.indicators import (
    last_quarter,
    quarter_indicators,
    quarter_name,
    quarter_of,
    read_quarter,
)
from wardteam.services.quality_data import QualityData
from wardteam_web.context import ward, words
from wardteam_web.downloads import to_save
from wardteam_web.staff import staff

blueprint = Blueprint("indicators", __name__)
MOST_QUARTERS = 9
A_PAGE = 200
NOT_A_QUARTER = Message("A quarter such as 2026Q3 was expected, got {value}.")


@blueprint.get("/indicators/")
def show() -> str:
    """Show the indicators of a quarter, the newest that is over where none is chosen."""
    data = staff().records(ward().code)
    text = request.args.get("quarter")
    problem = None
    try:
        table = quarter_indicators(data, read_quarter(text) if text else last_quarter(data.today))
    except BadInput as refusal:
        problem, table = refusal.findings[0].problem, quarter_indicators(data, last_quarter(data.today))
    except ValueError:
        problem = Message(NOT_A_QUARTER.text, value=text)
        table = quarter_indicators(data, last_quarter(data.today))
    return render_template(
        "indicators/show.html", table=table, name=quarter_name(table.quarter), problem=problem,
        quarters=_quarters(data), units=UNITS, figure=figure, value=value,
    )  # fmt: skip


@blueprint.get("/indicators/<quarter>/indicators.xlsx")
def download(quarter: str) -> Response:
    """Send the Excel form."""
    data, table = _table(quarter)
    here, name = data.book.ward, quarter_name(table.quarter)
    content = indicators_xlsx(
        table,
        words().language,
        ward=Named(here.name, here.name_en),
        hospital=Named(here.hospital, here.hospital_en),
        name=name,
        made_at=staff().desk.now(here.code),
    )
    return to_save(content, f"{here.code}-indicators-{name}.xlsx")


@blueprint.get("/indicators/<quarter>/<code>/")
def rows(quarter: str, code: str) -> str:
    """Show the rows behind one indicator."""
    _, table = _table(quarter)
    try:
        indicator = table.indicator(code)
    except KeyError:
        abort(404)
    first = max(request.args.get("from", 0, type=int), 0)
    return render_template(
        "indicators/rows.html", table=table, indicator=indicator, name=quarter_name(table.quarter),
        sides=SIDES, units=UNITS, figure=figure, value=value, first=first, step=A_PAGE,
        rows=indicator.rows[first : first + A_PAGE],
    )  # fmt: skip


def figure(number: float | None) -> str:
    """Print a numerator or denominator without empty decimals."""
    return "–" if number is None else f"{number:.2f}".rstrip("0").rstrip(".")


def value(indicator: Indicator) -> str:
    """Print an indicator's value."""
    return "–" if indicator.value is None else f"{indicator.value:.2f}"


def _table(quarter: str) -> tuple[QualityData, IndicatorTable]:
    """Give a quarter's table; 404 where the address names none that has begun."""
    data = staff().records(ward().code)
    try:
        return data, quarter_indicators(data, read_quarter(quarter))
    except (ValueError, BadInput):
        abort(404)


def _quarters(data: QualityData) -> list[tuple[str, Period]]:
    """Give the quarters that can be chosen, newest first; the present one is told until yesterday."""
    found = [quarter_of(data.today - timedelta(days=1))]
    while len(found) < MOST_QUARTERS:
        found.append(last_quarter(found[-1].first))
    return [(quarter_name(quarter), quarter) for quarter in found]
