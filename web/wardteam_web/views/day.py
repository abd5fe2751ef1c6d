"""One day: who is on duty, and who holds every bed."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from wardteam_web.bed_groups import cover_count, holder_lines
from wardteam_web.context import pages, ward
from wardteam_web.fills import fill_query
from wardteam_web.planned import day_after, day_before, is_planned, nearest_day

blueprint = Blueprint("day", __name__)


@blueprint.get("/day/")
def current() -> Response | str:
    """Go to today, or to the planned day nearest to it."""
    code, port = ward().code, pages()
    day = nearest_day(port.periods(code), port.today(code))
    if day is None:
        return render_template("nothing_yet.html", page="day.current")
    return redirect(url_for("day.show", day=day))


@blueprint.get("/day/<date:day>/")
def show(day: date) -> str:
    """Show a day."""
    code, port = ward().code, pages()
    board = port.board(code, day)
    if board is None:
        abort(404)
    periods = port.periods(code)
    neighbours = [
        other if is_planned(periods, other) else None for other in (day_before(day), day_after(day))
    ]
    return render_template(
        "day.html",
        board=board,
        today=port.today(code),
        previous=neighbours[0],
        following=neighbours[1],
        holder_lines=holder_lines,
        cover_count=cover_count(board),
        fills=fill_query([*(d.colour for d in board.duty), *(b.team.colour for b in board.teams)]),
    )
