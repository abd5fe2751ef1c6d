"""The questionnaire's versions: listed, made from an older one, changed while unused, retired."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from wardteam.domain.questionnaires import Item, ItemKind, QuestionnaireSheet, QuestionnaireVersion
from wardteam.errors import WardteamError
from wardteam.services import capture
from wardteam.services.quality_ports import Kept
from wardteam_web.forms import enum_choices, make_form, refuse
from wardteam_web.questionnaires.version_form import (
    MOST_ITEMS,
    SPARE_LINES,
    ItemText,
    item_texts,
    read_items,
    read_version,
    sent_items,
    version_fields,
    version_values,
)
from wardteam_web.records.ground import Ground
from wardteam_web.staff import acting
from wardteam_web.views.records import ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("questionnaire_versions", __name__)


@blueprint.get("/questionnaires/versions/")
def listing() -> str:
    """List the versions with how often each was issued."""
    ground = ground_here()
    sheets = ground.kept(QuestionnaireSheet)
    counts = {v.code: sum(sheet.version == v.code for sheet in sheets) for v in ground.versions}
    return render_template("questionnaires/versions.html", ground=ground, counts=counts)


@blueprint.route("/questionnaires/versions/new", methods=["GET", "POST"])
@needs_writer
def new() -> str | Response:
    """Make a version, from an older one where one is named."""
    ground = ground_here()
    old = next((v for v in ground.versions if v.code == request.args.get("old", "")), None)
    return _answer(ground, old, None)


@blueprint.route("/questionnaires/versions/<code>/", methods=["GET", "POST"])
@needs_writer
def edit(code: str) -> str | Response:
    """Change a version; its items only while no sheet of it was issued."""
    ground = ground_here()
    kept = _kept(ground, code)
    return _answer(ground, kept.record, kept)


@blueprint.post("/questionnaires/versions/<code>/retire")
@needs_writer
def retire(code: str) -> Response:
    """Take a version out of use, or into use again; its sheets stay as they are."""
    ground = ground_here()
    kept = _kept(ground, code)
    _put(ground, replace(kept.record, is_retired=not kept.record.is_retired), kept)
    return redirect(url_for("questionnaire_versions.listing"))


def _kept(ground: Ground, code: str) -> Kept[QuestionnaireVersion]:
    with ground.desk.units() as unit:
        kept = unit.captured.find(ground.ward, QuestionnaireVersion, code)
    return kept if kept is not None else abort(404)


def _answer(
    ground: Ground, old: QuestionnaireVersion | None, kept: Kept[QuestionnaireVersion] | None
) -> str | Response:
    t = ground.words.t
    is_used = kept is not None and any(
        sheet.version == kept.record.code for sheet in ground.kept(QuestionnaireSheet)
    )
    form = make_form(version_fields(), t, version_values(old))
    texts = item_texts(old.items) if old else ()
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        texts = texts if is_used else sent_items(request.form)
        if form.validate_on_submit():
            try:
                items = old.items if is_used and old else read_items(texts)
                _keep(ground, form, items, kept)
                return redirect(url_for("questionnaire_versions.listing"))
            except WardteamError as refusal:
                problems = refuse(form, refusal, t)
    spare = 0 if is_used else max(0, min(SPARE_LINES, MOST_ITEMS - len(texts)))
    return render_template(
        "questionnaires/version.html", ground=ground, form=form, kept=kept, old=old, is_used=is_used,
        lines=(*texts, *(ItemText() for _ in range(spare))), problems=problems,
        kinds=enum_choices(ItemKind, t),
    )  # fmt: skip


def _keep(
    ground: Ground,
    form: FlaskForm,
    items: tuple[Item, ...],
    kept: Kept[QuestionnaireVersion] | None,
) -> None:
    if kept is not None:
        made = read_version(form.data, kept.record.code, kept.record.day, items)
        _put(ground, replace(made, is_retired=kept.record.is_retired), kept)
        return
    with ground.desk.units() as unit:
        code = unit.captured.next_code(ground.ward, QuestionnaireVersion, "V")
    _put(ground, read_version(form.data, code, ground.today, items), None)


def _put(ground: Ground, version: QuestionnaireVersion, kept: Kept[QuestionnaireVersion] | None) -> None:
    expected = None if kept is None else request.form.get("revision", kept.revision, type=int)
    capture.keep(
        ground.desk.units,
        ground.ward,
        version,
        expected_revision=expected,
        by=acting(),
        clock=ground.desk.clock,
    )
