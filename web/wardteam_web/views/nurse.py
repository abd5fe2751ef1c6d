"""One nurse's own period as a calendar."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, render_template

from wardteam.domain.calendar import Period
from wardteam.domain.notices import ChangedDay
from wardteam.errors import NotFound
from wardteam.services.change_notice import change_notice
from wardteam_web.context import pages, ward
from wardteam_web.fills import fill_query
from wardteam_web.month_calendar import calendar_weeks, duty_counts
from wardteam_web.staff import has_staff, staff

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
        changed=_changed(staff_no, period) if has_staff() else {},
    )


def _changed(staff_no: str, period: Period) -> dict[date, ChangedDay]:
    """Give her dates that changed since the roster was published, as posted; none before that."""
    desk, code = staff().desk, ward().code
    try:
        notice = change_notice(desk.units, code, period, now=desk.now(code))
    except NotFound:
        return {}
    return {day.day: day for nurse in notice.nurses if nurse.staff_no == staff_no for day in nurse.days}
