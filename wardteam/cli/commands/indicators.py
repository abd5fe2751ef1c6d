"""`wardteam indicators`: the quarter's nursing quality indicators, as a table, JSON or an Excel form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.errors import BadInput, Finding, Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.domain.indicators import Indicator, IndicatorTable

TEXT = Message(
    "Show the quarter's nursing quality indicators straight from roster and census, each with numerator, "
    "denominator and source rows; with --out as an Excel form."
)
FORM = Message("Excel file (.xlsx) to write the form and its source rows to.")
UNITS = {"percent": "%", "per_mille": "‰", "ratio": "", "hours": "h"}


class QuarterType(click.ParamType[Period]):
    """A quarter as 2026Q3."""

    name = "quarter"

    def __init__(self, say: Translator) -> None:
        self.say = say

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """Read the quarter."""
        from wardteam.services.indicators import read_quarter

        if isinstance(value, Period):
            return value
        try:
            return read_quarter(str(value))
        except ValueError:
            self.fail(
                self.say("A quarter such as 2026Q3 was expected, got {value}.", value=value), param, ctx
            )


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    quarter = click.Option(
        ["--quarter"],
        type=QuarterType(say),
        help=say("Quarter, such as 2026Q3; the newest that is over by default."),
    )
    params = [quarter, options.out(say, FORM), options.ward(say), options.as_json(say)]
    return options.command("indicators", say, TEXT, run, params)


def run(
    session: Session, *, quarter: Period | None, out: Path | None, ward: str | None, as_json: bool
) -> None:
    """Show them, and write the form if asked."""
    from wardteam.bootstrap.quality_papers import indicators_form
    from wardteam.cli.writing import write_file
    from wardteam.services.indicators import last_quarter, quarter_indicators, quarter_name
    from wardteam.services.proposed_plan import standing_plan
    from wardteam.services.quality_data import read_quality

    if out is not None and out.suffix.lower() != ".xlsx":
        problem = Message("The form is an Excel file: a name ending in .xlsx was expected.")
        raise BadInput((Finding("--out", problem, value=out.name),))
    with session.open() as installation:
        code = session.ward(installation, ward)
        zone = session.book(installation, code).settings.zone
        now = installation.clock().astimezone(zone)
        data = read_quality(installation.units, code, today=now.date(), otherwise=standing_plan(now.date()))
    asked = quarter or last_quarter(data.today)
    table = quarter_indicators(data, asked)
    name = quarter_name(asked)
    if out is not None:
        write_file(out, indicators_form(data, table, session.language, made_at=now))
    if as_json:
        session.screen.json(_answer(table, name))
    else:
        _show(session, table, name, out)


def _show(session: Session, table: IndicatorTable, name: str, out: Path | None) -> None:
    screen = session.screen
    screen.heading("Nursing quality indicators, {quarter}", quarter=name)
    headings = ("Indicator", "Numerator", "Denominator", "Value", "Unit", "Remarks")
    screen.table(headings, [_line(one, session.say) for one in table.indicators], right=(1, 2, 3))
    screen.list(table.notes)
    if out is not None:
        screen.good("Written: {file}", file=str(out))


def _line(one: Indicator, say: Translator) -> tuple[object, ...]:
    return (
        one.name,
        _figure(one.numerator),
        _figure(one.denominator),
        "–" if one.value is None else f"{one.value:.2f}",
        UNITS[one.unit.value],
        "\n".join(say(words) for words in (*one.missing, *one.notes)),
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _answer(table: IndicatorTable, name: str) -> dict[str, object]:
    return {
        "quarter": name,
        "first": table.quarter.first,
        "until": table.until,
        "notes": table.notes,
        "indicators": [_record(one) for one in table.indicators],
    }


def _record(one: Indicator) -> dict[str, object]:
    return {
        "code": one.code,
        "name": one.name,
        "formula": one.formula,
        "unit": one.unit,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "value": one.value,
        "missing": one.missing,
        "notes": one.notes,
        "row_count": len(one.rows),
        "rows": one.rows,
    }
