"""Keying sheets: a first entry, a second by somebody else, and the differences settled item by item."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from wardteam.domain.questionnaires import Mode, QuestionnaireSheet, QuestionnaireVersion
from wardteam.errors import BadInput, Message, WardteamError
from wardteam.services import questionnaires
from wardteam.services.quality_ports import Kept
from wardteam_web.forms import make_form, refuse
from wardteam_web.questionnaires.answers_form import (
    answer_from,
    answer_lines,
    answer_words,
    choices_of,
    group_name,
    sent_answers,
)
from wardteam_web.questionnaires.sheet_form import sheet_fields, sheet_parts, sheet_values
from wardteam_web.records.ground import Ground
from wardteam_web.staff import acting
from wardteam_web.views.records import ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("questionnaire_entry", __name__)
NEXT = "next"
CHOOSE_EACH = Message("Choose an answer for every item at which the entries differ.")
WHY_CHANGED = Message("The answers stand already: say in a few words why they are changed.")


@blueprint.route("/questionnaires/new", methods=["GET", "POST"])
@needs_writer
def new() -> str | Response:
    """Key a sheet that was not issued here."""
    ground = ground_here()
    code = request.args.get("version", "")
    version = next((v for v in ground.versions if v.code == code), None) or abort(404)
    asked = request.args.get("mode", "")
    mode = Mode(asked) if asked in tuple(Mode) else Mode.PAPER
    return _key(ground, QuestionnaireSheet("", ground.today, version.code, mode), version, None)


@blueprint.route("/questionnaires/<code>/answers", methods=["GET", "POST"])
@needs_writer
def first(code: str) -> str | Response:
    """Key the answers of a sheet, or correct them."""
    ground = ground_here()
    kept, version = kept_sheet(ground, code)
    return _key(ground, kept.record, version, kept)


@blueprint.route("/questionnaires/<code>/second", methods=["GET", "POST"])
@needs_writer
def second(code: str) -> str | Response:
    """Key a sheet a second time, without seeing the first entry."""
    ground = ground_here()
    kept, version = kept_sheet(ground, code)
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            found = questionnaires.enter_second(
                ground.desk.units,
                ground.ward,
                code,
                sent_answers(version, request.form),
                expected_revision=request.form.get("revision", type=int) or 0,
                by=acting(),
                clock=ground.desk.clock,
            )
        except WardteamError as refusal:
            problems = _words(ground, refusal)
        else:
            place = "questionnaire_entry.settle" if found else "sheets.show"
            return redirect(url_for(place, code=code))
    return render_template(
        "questionnaires/second.html", ground=ground, kept=kept, version=version, problems=problems,
        lines=answer_lines(version, (), request.form, ground.words.t),
    )  # fmt: skip


@blueprint.route("/questionnaires/<code>/settle", methods=["GET", "POST"])
@needs_writer
def settle(code: str) -> str | Response:
    """Settle the items at which two entries differ."""
    ground = ground_here()
    kept, version = kept_sheet(ground, code)
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            _settle(ground, kept.record)
            return redirect(url_for("sheets.show", code=code))
        except WardteamError as refusal:
            problems = _words(ground, refusal)
    t = ground.words.t
    lines = [
        (
            group_name(place),
            version.items[place],
            choices_of(version.items[place], t),
            answer_words(version.items[place], kept.record.answers[place], t),
            answer_words(version.items[place], (kept.record.second or kept.record.answers)[place], t),
        )
        for place in kept.record.differences
    ]
    return render_template(
        "questionnaires/settle.html", ground=ground, kept=kept, lines=lines, problems=problems
    )


def kept_sheet(ground: Ground, code: str) -> tuple[Kept[QuestionnaireSheet], QuestionnaireVersion]:
    """Give a sheet with its version; 404 where there is none."""
    with ground.desk.units() as unit:
        kept = unit.captured.find(ground.ward, QuestionnaireSheet, code)
    version = next((v for v in ground.versions if kept and v.code == kept.record.version), None)
    return (kept, version) if kept is not None and version is not None else abort(404)


def _key(
    ground: Ground,
    sheet: QuestionnaireSheet,
    version: QuestionnaireVersion,
    kept: Kept[QuestionnaireSheet] | None,
) -> str | Response:
    t = ground.words.t
    form = make_form(sheet_fields(ground, sheet), t, sheet_values(ground, sheet))
    problems: tuple[str, ...] = ()
    if request.method == "POST" and sheet.is_returned and not request.form.get("reason", "").strip():
        problems = (t(WHY_CHANGED),)
    elif request.method == "POST" and form.validate_on_submit():
        try:
            code = _keep(ground, sheet, version, form, kept)
        except WardteamError as refusal:
            problems = refuse(form, refusal, t)
        else:
            return redirect(_onward(code, version, form.data["mode"]))
    return render_template(
        "questionnaires/answers.html", ground=ground, sheet=sheet, version=version, kept=kept, form=form,
        problems=problems, lines=answer_lines(version, sheet.answers, request.form, t),
    )  # fmt: skip


def _keep(
    ground: Ground,
    sheet: QuestionnaireSheet,
    version: QuestionnaireVersion,
    form: FlaskForm,
    kept: Kept[QuestionnaireSheet] | None,
) -> str:
    desk, code = ground.desk, sheet.code
    if kept is None:
        with desk.units() as unit:
            code = unit.captured.next_code(ground.ward, QuestionnaireSheet, "Q")
    answers = sent_answers(version, request.form)
    questionnaires.enter(
        desk.units,
        ground.ward,
        replace(sheet, code=code, answers=answers, **sheet_parts(form.data)),
        expected_revision=request.form.get("revision", type=int) if kept else None,
        by=acting(),
        clock=desk.clock,
        reason=request.form.get("reason", "").strip(),
    )
    return code


def _onward(code: str, version: QuestionnaireVersion, mode: str) -> str:
    if request.form.get("do") == NEXT:
        return url_for("questionnaire_entry.new", version=version.code, mode=mode)
    return url_for("sheets.show", code=code)


def _settle(ground: Ground, sheet: QuestionnaireSheet) -> None:
    answers = list(sheet.answers)
    if any(group_name(place) not in request.form for place in sheet.differences):
        raise WardteamError(CHOOSE_EACH)
    for place in sheet.differences:
        answers[place] = answer_from(request.form[group_name(place)])
    questionnaires.settle(
        ground.desk.units,
        ground.ward,
        sheet.code,
        answers,
        expected_revision=request.form.get("revision", type=int) or 0,
        by=acting(),
        clock=ground.desk.clock,
        reason=request.form.get("reason", "").strip(),
    )


def _words(ground: Ground, refusal: WardteamError) -> tuple[str, ...]:
    t = ground.words.t
    if isinstance(refusal, BadInput):
        return tuple(t(finding.problem) for finding in refusal.findings)
    return (t(refusal.message),)
