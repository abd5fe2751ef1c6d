"""The ward's overview: this period's roster, what is short, who is on, how the last solves went."""

from __future__ import annotations

from flask import Blueprint, render_template

from wardteam_web.context import pages, ward
from wardteam_web.fills import fill_query
from wardteam_web.planned import current_period, nearest_day
from wardteam_web.roster_grid import shortage_days

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def show() -> str:
    """Show the overview."""
    code, port = ward().code, pages()
    today = port.today(code)
    periods = port.periods(code)
    period = current_period(periods, today)
    day = nearest_day(periods, today)
    sheet = port.roster_sheet(code, period) if period else None
    board = port.board(code, day) if day else None
    return render_template(
        "home.html",
        today=today,
        period=period,
        day=day,
        sheet=sheet,
        board=board,
        short_days=shortage_days(sheet) if sheet else (),
        runs=port.runs(code),
        fills=fill_query(line.colour for line in board.duty) if board else "",
    )
