"""The notice of changes: what changed since a roster was published, to be printed, and read by everybody."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, render_template, request

from wardteam.domain.calendar import Period
from wardteam.domain.notices import ChangeNotice
from wardteam.domain.people import StaffKind
from wardteam.errors import BadInput, Finding, Message, NotFound
from wardteam.services.change_notice import change_notice, notice_pdf
from wardteam_web.downloads import to_save
from wardteam_web.fills import fill_query
from wardteam_web.records.ground import Ground
from wardteam_web.staff import acting
from wardteam_web.views.records import ground_here

blueprint = Blueprint("change_notice", __name__)
NOT_A_DATE = Message("A date such as 2026-12-01, or the number of a version, was expected.")


@blueprint.get("/roster/<period:period>/changes/")
def show(period: Period) -> str:
    """Show the notice, or say that nothing changed."""
    ground = ground_here()
    notice, problem = None, None
    try:
        notice = _notice(ground, period)
    except (NotFound, BadInput) as refusal:
        problem = refusal.findings[0].problem if isinstance(refusal, BadInput) else refusal.message
    return render_template(
        "change_notice.html", ground=ground, period=period, notice=notice, problem=problem,
        since=request.args.get("since", ""), is_internal=_is_internal(), is_head=_is_head(ground),
        fills=_fills(notice),
    )  # fmt: skip


@blueprint.get("/roster/<period:period>/changes.pdf")
def pdf(period: Period) -> Response:
    """Send the notice to print."""
    ground = ground_here()
    try:
        notice = _notice(ground, period)
    except (NotFound, BadInput):
        abort(404)
    name = f"{ground.ward}-changes-{period.first}_{period.last}.pdf"
    return to_save(notice_pdf(notice, ground.words.language), name)


def _fills(notice: ChangeNotice | None) -> str:
    """Give the colours of the new shifts."""
    nurses = () if notice is None else notice.nurses
    return fill_query({day.new.colour for nurse in nurses for day in nurse.days if day.new is not None})


def _notice(ground: Ground, period: Period) -> ChangeNotice:
    if _is_internal() and not _is_head(ground):
        abort(403)
    desk = ground.desk
    posted, now = not _is_internal(), desk.now(ground.ward)
    return change_notice(desk.units, ground.ward, period, since=_since(), posted=posted, now=now)


def _is_internal() -> bool:
    return request.args.get("internal") == "1"


def _is_head(ground: Ground) -> bool:
    """Whether the head nurse reads it: reasons and kinds of leave are hers alone."""
    heads = {nurse.staff_no for nurse in ground.book.nurses if nurse.kind is StaffKind.HEAD_NURSE}
    return acting() in heads


def _since() -> date | int | None:
    given = request.args.get("since", "").strip()
    if not given:
        return None
    if given.isdecimal():
        return int(given)
    try:
        return date.fromisoformat(given)
    except ValueError as wrong:
        raise BadInput((Finding("", NOT_A_DATE, value=given),)) from wrong
