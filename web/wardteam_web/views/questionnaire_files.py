"""Questionnaires as a workbook: a template to fill in, and filled ones taken in whole or not at all."""

from __future__ import annotations

import io
from contextlib import closing

from flask import Blueprint, abort, render_template, request, send_file
from werkzeug.wrappers import Response

from wardteam.errors import BadInput, Finding, Message
from wardteam.exchange.questionnaires_xlsx import questionnaires_workbook
from wardteam.services.record_files import import_questionnaires
from wardteam_web.calls.uploads import NO_FILE
from wardteam_web.findings import finding_table
from wardteam_web.records.ground import Ground
from wardteam_web.security import accepts
from wardteam_web.staff import acting
from wardteam_web.views.records import ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("questionnaire_files", __name__)
LARGEST = 20 * 1024 * 1024
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAKEN_IN = Message("{added} added, {changed} changed, {same} as they were.")


@blueprint.get("/questionnaires/template.xlsx")
def template() -> Response:
    """Give the workbook of the versions in use."""
    ground = ground_here()
    versions = [version for version in ground.versions if not version.is_retired] or abort(404)
    data = questionnaires_workbook(versions, ground.words.language)
    return send_file(
        io.BytesIO(data), mimetype=WORKBOOK, as_attachment=True, download_name="questionnaires.xlsx"
    )


@blueprint.route("/questionnaires/import", methods=["GET", "POST"])
@needs_writer
@accepts(LARGEST)
def take_in() -> str:
    """Take a filled workbook in."""
    ground = ground_here()
    done, findings = "", None
    if request.method == "POST":
        try:
            done = _taken(ground)
        except BadInput as refusal:
            findings = finding_table(refusal.findings)
    return render_template("questionnaires/import.html", ground=ground, done=done, findings=findings)


def _taken(ground: Ground) -> str:
    given = request.files.get("file")
    if given is None or not given.filename:
        raise BadInput((Finding("", NO_FILE),))
    desk = ground.desk
    with closing(given):
        data = given.stream.read()
    name = given.filename.replace("\\", "/").rpartition("/")[2]
    found = import_questionnaires(desk.units, ground.ward, data, name, by=acting(), clock=desk.clock)
    return ground.words.t(TAKEN_IN.text, added=found.added, changed=found.changed, same=found.same)
