"""One nurse's own period as a calendar."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from wardteam.domain.calendar import Period
from wardteam_web.context import pages, ward
from wardteam_web.fills import fill_query
from wardteam_web.month_calendar import calendar_weeks, duty_counts

blueprint = Blueprint("nurse", __name__)


@blueprint.get("/nurse/<staff_no>/<period:period>/")
def show(staff_no: str, period: Period) -> str:
    """Show her calendar."""
    code, port = ward().code, pages()
    card = port.nurse(code, staff_no, period)
    if card is None:
        abort(404)
    return render_template(
        "nurse.html",
        card=card,
        weeks=calendar_weeks(card),
        counts=duty_counts(card),
        today=port.today(code),
        fills=fill_query(cell.colour for cell in card.cells),
    )
