"""Who is writing: until there are accounts, each browser says it once, and every record keeps it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wardteam.domain.people import StaffKind
from wardteam_web.context import ward, words
from wardteam_web.staff import act_as, acting, staff

blueprint = Blueprint("who", __name__)
P = ParamSpec("P")
T = TypeVar("T")


@blueprint.get("/who/")
def ask() -> str:
    """Ask who is writing."""
    desk = staff().desk
    with desk.units() as unit:
        book = unit.books.get(ward().code).book
    today = desk.today(ward().code)
    people = [
        n for n in book.nurses if n.works_here(today) and n.kind in (StaffKind.WARD, StaffKind.HEAD_NURSE)
    ]
    people.sort(key=lambda nurse: (nurse.kind is not StaffKind.HEAD_NURSE, nurse.staff_no))
    return render_template("who.html", people=people, present=acting(), onward=_onward())


@blueprint.post("/who/")
def choose() -> Response:
    """Remember who is writing, and go on."""
    desk = staff().desk
    with desk.units() as unit:
        known = {nurse.staff_no for nurse in unit.books.get(ward().code).book.nurses}
    chosen = request.form.get("staff_no", "")
    if chosen in known:
        act_as(chosen)
        return redirect(_onward() or url_for("capture.overview"))
    return redirect(url_for("who.ask", onward=_onward()))


def needs_writer(view: Callable[P, T]) -> Callable[P, T | Response]:
    """Ask who is writing before a page that writes."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T | Response:
        staff()
        if not acting():
            onward = request.full_path.rstrip("?") if request.method == "GET" else ""
            return redirect(url_for("who.ask", onward=onward))
        return view(*args, **kwargs)

    return guarded


def _onward() -> str:
    """Give where to go next: an address of this ward alone, never of another site."""
    onward = request.values.get("onward", "")
    home = f"/{words().language}/{ward().code}/"
    return onward if onward.startswith(home) and "//" not in onward and "\\" not in onward else ""
