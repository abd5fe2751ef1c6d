"""Listing, entering, changing and removing records; nothing is overwritten that somebody else changed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from wardteam.errors import Conflict, Message, WardteamError
from wardteam.services import capture
from wardteam.services.quality_ports import Kept
from wardteam_web.context import ward, words
from wardteam_web.forms import make_form, refuse
from wardteam_web.records.changes import version_changes
from wardteam_web.records.ground import Ground
from wardteam_web.records.kinds import BY_ADDRESS
from wardteam_web.records.page import RecordPage, by_year
from wardteam_web.staff import acting, staff
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("records", __name__)
A_PAGE = 100
CHANGED_MEANWHILE = Message("{name} changed this record at {moment}, after you had opened it.")
Page = RecordPage[Any]  # the kinds differ


@blueprint.get("/records/<kind>/")
def listing(kind: str) -> str:
    """List the records of a kind, newest first."""
    page, ground = _page(kind), ground_here()
    with ground.desk.units() as unit:
        kept = unit.captured.all(ground.ward, page.kind)[::-1]
    start = max(request.args.get("from", 0, type=int), 0)
    return render_template(
        "records/list.html", page=page, ground=ground, kept=kept[start : start + A_PAGE], start=start,
        total=len(kept), step=A_PAGE,
    )  # fmt: skip


@blueprint.route("/records/<kind>/new", methods=["GET", "POST"])
@needs_writer
def new(kind: str) -> str | Response:
    """Enter a record."""
    page, ground = _page(kind), ground_here()
    given = {name: request.args.get(name, "") for name in ("source", "source_code")}
    values = {"day": ground.today, "is_acquired": True, **given}
    form = make_form(page.fields(ground, None), ground.words.t, values)
    return _answer(page, ground, form, None)


@blueprint.route("/records/<kind>/<code>/", methods=["GET", "POST"])
@needs_writer
def edit(kind: str, code: str) -> str | Response:
    """Change a record."""
    page, ground = _page(kind), ground_here()
    kept = _kept(page, ground, code)
    form = make_form(page.fields(ground, kept.record), ground.words.t, page.fill(kept.record))
    return _answer(page, ground, form, kept)


@blueprint.post("/records/<kind>/<code>/remove")
@needs_writer
def remove(kind: str, code: str) -> Response | str:
    """Take a record out of use; its versions stay readable."""
    page, ground = _page(kind), ground_here()
    kept = _kept(page, ground, code)
    reason = request.form.get("reason", "").strip()
    try:
        capture.remove(
            ground.desk.units,
            ground.ward,
            page.kind,
            code,
            expected_revision=request.form.get("revision", type=int) or 0,
            by=acting(),
            clock=ground.desk.clock,
            reason=reason,
        )
    except WardteamError as refusal:
        form = make_form(page.fields(ground, kept.record), ground.words.t, page.fill(kept.record))
        return _show(page, ground, form, kept, refuse(form, refusal, ground.words.t))
    return redirect(url_for("records.listing", kind=kind))


@blueprint.get("/records/<kind>/<code>/history")
def history(kind: str, code: str) -> str:
    """Show every version of a record, with who wrote it when."""
    page, ground = _page(kind), ground_here()
    with ground.desk.units() as unit:
        versions = unit.captured.history(ground.ward, page.kind, code)
    if not versions:
        abort(404)
    return render_template(
        "records/history.html", page=page, ground=ground, code=code, versions=versions[::-1],
        changes=version_changes(page, ground, versions),
    )  # fmt: skip


def ground_here() -> Ground:
    """Give this request's view of the ward."""
    desk, code = staff().desk, ward().code
    with desk.units() as unit:
        book = unit.books.get(code).book
    return Ground(desk, book, desk.clock().astimezone(book.settings.zone).date(), words())


def clash_words(ground: Ground, present: Kept[Any] | None, conflict: Conflict) -> str:
    """Say who wrote a record in the meantime, and when."""
    if present is None:
        return ground.words.t(conflict.message)
    moment = ground.words.moment(present.at.astimezone(ground.book.settings.zone))
    return ground.words.t(CHANGED_MEANWHILE.text, name=ground.name(present.by), moment=moment)


def _page(kind: str) -> Page:
    return BY_ADDRESS[kind] if kind in BY_ADDRESS else abort(404)


def _kept(page: Page, ground: Ground, code: str) -> Kept[Any]:
    with ground.desk.units() as unit:
        found: Kept[Any] | None = unit.captured.find(ground.ward, page.kind, code)
    return found if found is not None else abort(404)


def _answer(page: Page, ground: Ground, form: FlaskForm, kept: Kept[Any] | None) -> str | Response:
    if request.method == "GET" or not form.validate_on_submit():
        return _show(page, ground, form, kept, ())
    try:
        _keep(page, ground, form, kept)
    except Conflict as conflict:
        present = _kept(page, ground, kept.record.code) if kept else None
        told = (clash_words(ground, present, conflict),)
        return _show(page, ground, form, present, told, has_clashed=present is not None)
    except WardteamError as refusal:
        return _show(page, ground, form, kept, refuse(form, refusal, ground.words.t))
    except ValueError as refusal:
        words = ground.words.t(Message("This can't be kept: {reason}", reason=str(refusal)))
        return _show(page, ground, form, kept, (words,))
    return redirect(url_for("records.listing", kind=page.address))


def _keep(page: Page, ground: Ground, form: FlaskForm, kept: Kept[Any] | None) -> None:
    code = kept.record.code if kept else _new_code(page, ground)
    record = page.read(form.data, code, kept.record if kept else None, ground)
    expected = request.form.get("revision", type=int) if kept else None
    capture.keep(
        ground.desk.units,
        ground.ward,
        record,
        expected_revision=expected,
        by=acting(),
        clock=ground.desk.clock,
    )


def _new_code(page: Page, ground: Ground) -> str:
    if not page.prefix:
        return ""
    with ground.desk.units() as unit:
        return unit.captured.next_code(ground.ward, page.kind, by_year(page.prefix, ground.today.year))


def _show(
    page: Page,
    ground: Ground,
    form: FlaskForm,
    kept: Kept[Any] | None,
    problems: tuple[str, ...],
    *,
    has_clashed: bool = False,
) -> str:
    return render_template(
        "records/edit.html", page=page, ground=ground, form=form, kept=kept, problems=problems,
        has_clashed=has_clashed, linked=_linked(page, ground, kept),
    )  # fmt: skip


def _linked(page: Page, ground: Ground, kept: Kept[Any] | None) -> tuple[Any, ...]:
    """Give the actions that name this record as their source."""
    from wardteam.domain.control import Action, AdverseEvent, Symposium

    if kept is None or page.kind not in (AdverseEvent, Symposium):
        return ()
    return tuple(action for action in ground.kept(Action) if action.source_code == kept.record.code)
