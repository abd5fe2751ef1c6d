"""Repair: somebody is off; the ways to mend the roster as cards, one of which a press applies."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wardteam.domain.people import StaffKind
from wardteam.domain.shifts import LeaveKind
from wardteam.errors import Message, WardteamError
from wardteam.services.repair import Proposal, apply_repair, propose_repairs
from wardteam.services.repair_events import RepairEvent
from wardteam.services.repair_reading import read_event
from wardteam.services.repair_words import (
    balance_line,
    headline,
    kind_words,
    missing_line,
    open_post_line,
    step_line,
)
from wardteam_web.fills import fill_query
from wardteam_web.records.ground import Ground
from wardteam_web.repair_form import ROWS, Asked, cells_sent, read_asked, read_cells, sent_again
from wardteam_web.staff import acting
from wardteam_web.views.records import ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("repair", __name__)
SECONDS = 1.5
"""For looking; what is the best by then is shown."""
KINDS = tuple(kind for kind in LeaveKind if kind not in (LeaveKind.OFF, LeaveKind.POST_NIGHT))
NO_REASON = Message("Applying a way needs a reason.")
NOT_HEAD = Message("The reasons for leave are the head nurse's alone, so only she repairs the roster.")


@blueprint.get("/repair/")
@needs_writer
def show() -> str:
    """Ask who is off; where that is said, show the ways."""
    ground = ground_here()
    if not _may_repair(ground):
        return _page(ground, read_asked(request.args), None, (ground.words.t(NOT_HEAD),))
    asked = read_asked(request.args)
    if asked.is_empty:
        return _page(ground, asked, None, ())
    try:
        proposal = _propose(ground, asked)
    except WardteamError as refused:
        return _page(ground, asked, None, _words(ground, refused))
    return _page(ground, asked, proposal, ())


@blueprint.post("/repair/")
@needs_writer
def apply() -> str | Response:
    """Apply the way that was pressed."""
    ground = ground_here()
    if not _may_repair(ground):
        abort(403)
    asked = read_asked(request.form)
    try:
        cells, expected = read_cells(ground.book, request.form.getlist("cell"))
        version = int(request.form["version"])
        event = _event(ground, asked)
        with ground.desk.units() as unit:
            roster = unit.rosters.at(ground.ward, event.first_day)
    except (ValueError, KeyError, TypeError, WardteamError):
        abort(400)
    reason = request.form.get("reason", "").strip()
    if roster is None or not cells:
        abort(400)
    try:
        if not reason:
            raise WardteamError(NO_REASON)
        changed = apply_repair(
            ground.desk.units,
            ground.ward,
            roster.period,
            version,
            event,
            cells,
            expected=expected,
            reason=reason[:200],
            by=acting(),
            clock=ground.desk.clock,
            unlock=asked.unlock,
            unfreeze=asked.unfreeze,
        )
    except WardteamError as refused:
        return _page(ground, asked, None, _words(ground, refused))
    return redirect(url_for("change_notice.show", period=changed.period))


def _event(ground: Ground, asked: Asked) -> RepairEvent:
    return read_event(
        ground.book,
        absent=asked.absent,
        surge=asked.surge,
        resigned=asked.resigned,
        kind=asked.kind,
        today=ground.today,
    )


def _propose(ground: Ground, asked: Asked) -> Proposal:
    return propose_repairs(
        ground.desk.units,
        ground.ward,
        _event(ground, asked),
        clock=ground.desk.clock,
        seconds=SECONDS,
        unlock=asked.unlock,
        unfreeze=asked.unfreeze,
    )


def _may_repair(ground: Ground) -> bool:
    heads = {n.staff_no for n in ground.book.nurses if n.kind is StaffKind.HEAD_NURSE}
    return not heads or acting() in heads


def _words(ground: Ground, refused: WardteamError) -> tuple[str, ...]:
    findings = getattr(refused, "findings", ())
    said = tuple(f"{finding.value} {ground.words.t(finding.problem)}".strip() for finding in findings)
    return said or (ground.words.t(refused.message),)


def _page(ground: Ground, asked: Asked, proposal: Proposal | None, problems: tuple[str, ...]) -> str:
    options = proposal.options if proposal else ()
    days = [day for option in options for person in option.people for day in person.strip]
    colours = {cell.colour for day in days for cell in (day.before, day.after) if cell.kind is not None}
    return render_template(
        "repair.html",
        ground=ground,
        asked=asked,
        proposal=proposal,
        problems=problems,
        rows=ROWS,
        kinds=KINDS,
        shifts=[shift for shift in ground.book.shifts if shift.is_duty],
        headline=headline,
        kind_words=kind_words,
        step_line=step_line,
        balance_line=balance_line,
        missing_line=missing_line,
        open_post_line=open_post_line,
        cells_sent=cells_sent,
        sent_again=sent_again,
        fills=fill_query(colours) if colours else "",
    )
