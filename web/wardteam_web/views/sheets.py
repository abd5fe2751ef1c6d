"""One sheet of a questionnaire: its answers, why it isn't valid, and every version of it."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wardteam.domain.questionnaires import Invalid, QuestionnaireSheet
from wardteam.errors import Message, WardteamError
from wardteam.services import questionnaires
from wardteam.services.questionnaire_codes import BY_PATIENT
from wardteam.services.questionnaire_entry import first_entry_by
from wardteam_web.forms import enum_choices
from wardteam_web.questionnaires.answers_form import answer_words
from wardteam_web.questionnaires.states import sheet_state
from wardteam_web.records.ground import Ground
from wardteam_web.staff import acting
from wardteam_web.views.questionnaire_entry import kept_sheet
from wardteam_web.views.records import ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("sheets", __name__)
IS_VALID = Message("nothing given by a person")
NEEDS_REASON = Message("Say in a few words why.")
PATIENT = Message("the patient, by code")


@blueprint.get("/questionnaires/<code>/")
def show(code: str) -> str:
    """Show a sheet."""
    return _page(ground_here(), code, ())


@blueprint.post("/questionnaires/<code>/invalid")
@needs_writer
def mark(code: str) -> str | Response:
    """Mark a sheet as not valid with a reason, or take that back."""
    ground = ground_here()
    kept, _ = kept_sheet(ground, code)
    given, reason = request.form.get("invalid", ""), request.form.get("reason", "").strip()
    if not reason:
        return _page(ground, code, (ground.words.t(NEEDS_REASON),))
    try:
        questionnaires.enter(
            ground.desk.units,
            ground.ward,
            replace(kept.record, invalid=Invalid(given) if given in tuple(Invalid) else None),
            expected_revision=request.form.get("revision", type=int) or 0,
            by=acting(),
            clock=ground.desk.clock,
            reason=reason,
        )
    except WardteamError as refusal:
        return _page(ground, code, (ground.words.t(refusal.message),))
    return redirect(url_for("sheets.show", code=code))


def _page(ground: Ground, code: str, problems: tuple[str, ...]) -> str:
    kept, version = kept_sheet(ground, code)
    with ground.desk.units() as unit:
        history = unit.captured.history(ground.ward, QuestionnaireSheet, code)
    t, sheet = ground.words.t, kept.record

    def written_by(who: str) -> str:
        return t(PATIENT) if who == BY_PATIENT else ground.name(who)

    answers = [
        (item, answer_words(item, answer, t))
        for item, answer in zip(version.items, questionnaires.answers_of(version, sheet), strict=True)
    ]
    return render_template(
        "questionnaires/sheet.html", ground=ground, kept=kept, sheet=sheet, version=version, answers=answers,
        scored=questionnaires.score(version, sheet) if sheet.is_returned else None, problems=problems,
        state=sheet_state({version.code: version}, sheet), history=history[::-1], written_by=written_by,
        reasons=enum_choices(Invalid, t, empty=IS_VALID), first_by=first_entry_by(history),
    )  # fmt: skip
