"""The noticeboard on a screen of the ward."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, render_template

from wardteam_web.bed_groups import holder_lines, lines_without_posts
from wardteam_web.context import pages, ward
from wardteam_web.feedback_code import feedback_code
from wardteam_web.fills import fill_query
from wardteam_web.planned import nearest_day

blueprint = Blueprint("noticeboard", __name__)


@blueprint.get("/noticeboard/")
def current() -> str:
    """Show today, and keep up with the date: this is the address for the wall."""
    code, port = ward().code, pages()
    day = nearest_day(port.periods(code), port.today(code))
    if day is None:
        return render_template("nothing_yet.html", page="noticeboard.current")
    return _render(day, is_live=True)


@blueprint.get("/noticeboard/<date:day>/")
def show(day: date) -> str:
    """Show the noticeboard of a day."""
    return _render(day, is_live=False)


def _render(day: date, *, is_live: bool) -> str:
    board = pages().board(ward().code, day)
    if board is None:
        abort(404)
    return render_template(
        "noticeboard.html",
        board=board,
        is_live=is_live,
        today=pages().today(board.ward.code),
        holder_lines=holder_lines,
        lines_without_posts=lines_without_posts(board),
        code=feedback_code(board.feedback_url),
        fills=fill_query([*(d.colour for d in board.duty), *(b.team.colour for b in board.teams)]),
    )
