"""Audits: choosing a checklist, going through its items, and turning what was not met into actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from wardteam.domain.control import Action, Audit, Checklist, Mark
from wardteam.errors import Conflict, Message, WardteamError
from wardteam.services import capture
from wardteam.services.findings_to_actions import actions_from_audit
from wardteam.services.quality_ports import Kept
from wardteam_web.forms import make_form, refuse
from wardteam_web.records.audit_form import head_fields, head_values, item_lines, read_audit, read_scores
from wardteam_web.records.ground import Ground
from wardteam_web.records.page import by_year
from wardteam_web.staff import acting
from wardteam_web.views.records import clash_words, ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("audits", __name__)
A_PAGE = 100
DAYS_TO_ACT = 14
UNMARKED = Message("{count} items have no mark yet.")
NOTHING_CHOSEN = Message("Choose at least one finding.")
NO_DUE_DATE = Message("An action needs an owner, a due date and what is to be done.")


@blueprint.get("/audits/")
def listing() -> str:
    """List the audits, newest first."""
    ground = ground_here()
    with ground.desk.units() as unit:
        kept = unit.captured.all(ground.ward, Audit)[::-1]
    start = max(request.args.get("from", 0, type=int), 0)
    checklists = {checklist.code: checklist for checklist in ground.checklists}
    return render_template(
        "audits/list.html", ground=ground, kept=kept[start : start + A_PAGE], start=start, total=len(kept),
        step=A_PAGE, checklists=checklists,
    )  # fmt: skip


@blueprint.route("/audits/new", methods=["GET", "POST"])
@needs_writer
def new() -> str | Response:
    """Choose a checklist, then audit by it."""
    ground = ground_here()
    code = request.args.get("checklist", "")
    checklist = next((c for c in ground.checklists if c.code == code and not c.is_retired), None)
    if checklist is None:
        chosen = tuple(c for c in ground.checklists if not c.is_retired)
        return render_template("audits/choose.html", ground=ground, checklists=chosen)
    values = {"day": ground.today, "auditor": acting(), "team": request.args.get("team", "")}
    form = make_form(head_fields(ground, None), ground.words.t, values)
    return _answer(ground, form, checklist, None)


@blueprint.route("/audits/<code>/", methods=["GET", "POST"])
@needs_writer
def edit(code: str) -> str | Response:
    """Show an audit with its score, and change it."""
    ground = ground_here()
    kept, checklist = _kept(ground, code)
    form = make_form(head_fields(ground, kept.record), ground.words.t, head_values(kept.record))
    return _answer(ground, form, checklist, kept)


@blueprint.post("/audits/<code>/actions")
@needs_writer
def act(code: str) -> str | Response:
    """Turn findings into corrective actions."""
    ground = ground_here()
    kept, checklist = _kept(ground, code)
    actions, problem = _actions(kept.record, checklist)
    try:
        for action in actions if problem is None else ():
            capture.keep(
                ground.desk.units,
                ground.ward,
                action,
                expected_revision=None,
                by=acting(),
                clock=ground.desk.clock,
            )
    except WardteamError as refusal:
        problem = refusal.message
    if problem is None:
        return redirect(url_for("audits.edit", code=code))
    form = make_form(head_fields(ground, kept.record), ground.words.t, head_values(kept.record))
    return _show(ground, form, checklist, kept, (ground.words.t(problem),))


def _actions(audit: Audit, checklist: Checklist) -> tuple[tuple[Action, ...], Message | None]:
    given = request.form
    owner, measure = given.get("owner", ""), given.get("measure", "").strip()
    try:
        due = date.fromisoformat(given.get("due", ""))
    except ValueError:
        return (), NO_DUE_DATE
    proposed = actions_from_audit(audit, checklist, owner=owner, due=due)
    chosen = tuple(replace(action, measure=measure) for action in proposed if f"act-{action.item}" in given)
    if not chosen or not owner or not measure:
        return (), NO_DUE_DATE if chosen else NOTHING_CHOSEN
    return chosen, None


def _kept(ground: Ground, code: str) -> tuple[Kept[Audit], Checklist]:
    with ground.desk.units() as unit:
        kept = unit.captured.find(ground.ward, Audit, code)
        found = unit.captured.find(ground.ward, Checklist, kept.record.checklist) if kept else None
    return (kept, found.record) if kept is not None and found is not None else abort(404)


def _answer(
    ground: Ground, form: FlaskForm, checklist: Checklist, kept: Kept[Audit] | None
) -> str | Response:
    lines = item_lines(checklist, kept.record if kept else None, request.form)
    if request.method == "GET" or not form.validate_on_submit():
        return _show(ground, form, checklist, kept, ())
    scores, unmarked = read_scores(lines)
    if unmarked:
        return _show(ground, form, checklist, kept, (ground.words.t(UNMARKED.text, count=len(unmarked)),))
    try:
        code = kept.record.code if kept else _new_code(ground)
        capture.keep(
            ground.desk.units,
            ground.ward,
            read_audit(form.data, code, checklist, scores),
            expected_revision=request.form.get("revision", type=int) if kept else None,
            by=acting(),
            clock=ground.desk.clock,
        )
    except Conflict as conflict:
        present = _kept(ground, kept.record.code)[0] if kept else None
        return _show(ground, form, checklist, present, (clash_words(ground, present, conflict),))
    except WardteamError as refusal:
        return _show(ground, form, checklist, kept, refuse(form, refusal, ground.words.t))
    return redirect(url_for("audits.edit", code=code))


def _new_code(ground: Ground) -> str:
    with ground.desk.units() as unit:
        return unit.captured.next_code(ground.ward, Audit, by_year("A", ground.today.year))


def _show(
    ground: Ground, form: FlaskForm, checklist: Checklist, kept: Kept[Audit] | None, problems: tuple[str, ...]
) -> str:
    audit = kept.record if kept else None
    actions = tuple(a for a in ground.kept(Action) if audit and a.source_code == audit.code)
    acted = {action.item for action in actions}
    missed = (Mark.NOT_MET, Mark.PARTLY)
    open_items = {s.item for s in audit.scores if s.mark in missed} - acted if audit else set()
    return render_template(
        "audits/edit.html", ground=ground, form=form, checklist=checklist, kept=kept, problems=problems,
        lines=item_lines(checklist, audit, request.form if request.method == "POST" else {}),
        marks=tuple(Mark), actions=actions, open_items=open_items,
        due=ground.today + timedelta(days=DAYS_TO_ACT),
    )  # fmt: skip
