"""The roster sheet on the screen."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wardteam.domain.calendar import Period
from wardteam_web.context import pages, ward
from wardteam_web.planned import current_period
from wardteam_web.roster_grid import roster_grid, sheet_fills

blueprint = Blueprint("roster", __name__)


@blueprint.get("/roster/")
def current() -> Response | str:
    """Go to the period that holds today, or say that there is none yet."""
    code, port = ward().code, pages()
    period = current_period(port.periods(code), port.today(code))
    if period is None:
        return render_template("nothing_yet.html", page="roster.current")
    return redirect(url_for("roster.show", period=period))


@blueprint.get("/roster/<period:period>/")
def show(period: Period) -> str:
    """Show the sheet of a period."""
    code, port = ward().code, pages()
    sheet = port.roster_sheet(code, period, request.args.get("version", type=int))
    if sheet is None:
        abort(404)
    return render_template(
        "roster.html",
        sheet=sheet,
        grid=roster_grid(sheet),
        periods=port.periods(code),
        today=port.today(code),
        fills=sheet_fills(sheet),
    )
