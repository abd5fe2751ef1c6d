"""Pages that only the head nurse may read: they name kinds of leave, restrictions and reasons."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from wardteam.domain.people import StaffKind
from wardteam_web.context import ward
from wardteam_web.staff import acting, staff

P = ParamSpec("P")
T = TypeVar("T")


def is_head_nurse() -> bool:
    """Whether the head nurse is who acts in this browser."""
    with staff().desk.units() as unit:
        nurses = unit.books.get(ward().code).book.nurses
    return any(n.staff_no == acting() and n.kind is StaffKind.HEAD_NURSE for n in nurses)


def needs_head_nurse(view: Callable[P, T]) -> Callable[P, T | Response]:
    """Ask who is there before a page of the head nurse's; nobody else goes on from there."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T | Response:
        if is_head_nurse():
            return view(*args, **kwargs)
        onward = request.full_path.rstrip("?") if request.method == "GET" else ""
        return redirect(url_for("who.ask", onward=onward))

    return guarded
