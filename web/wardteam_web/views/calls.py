"""Call bells: what is kept, the imports with their ledgers, and taking a file in."""

from __future__ import annotations

from contextlib import closing

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from wardteam.domain.calls import CallImport, ImportStep
from wardteam.errors import BadInput, Finding
from wardteam.services.call_import import kept_mappings, note_messages, read_head
from wardteam.services.call_jobs import IMPORT_CALLS
from wardteam.services.live_tokens import holds, tokens
from wardteam.services.ports import JobStatus
from wardteam_web.calls.uploads import ENDINGS, LARGEST, NO_FILE, refused_path, take_upload, uploaded
from wardteam_web.findings import finding_table
from wardteam_web.records.ground import Ground
from wardteam_web.security import accepts
from wardteam_web.views.records import ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("calls", __name__)
MOST_IMPORTS = 50
OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)


@blueprint.get("/calls/")
def show() -> str:
    """Show what is kept, where it came from, and who may send more."""
    ground = ground_here()
    with ground.desk.units() as unit:
        span = unit.calls.span(ground.ward)
        imports = unit.captured.all(ground.ward, CallImport)[::-1]
        job = unit.jobs.latest(ground.ward, IMPORT_CALLS)
    return render_template(
        "calls/show.html", ground=ground, span=span, imports=imports[:MOST_IMPORTS], total=len(imports),
        job=job if job is not None and job.status in OPEN else None, steps=tuple(ImportStep),
        has_refused=_has_refused(ground), notes=note_messages,
        mappings=kept_mappings(ground.desk.units, ground.ward),
        tokens=tokens(ground.desk.units, ground.ward), holds=holds,
    )  # fmt: skip


@blueprint.route("/calls/upload", methods=["GET", "POST"])
@needs_writer
@accepts(LARGEST)
def upload() -> str | Response:
    """Take a file, look at its head, and go on to its columns."""
    ground = ground_here()
    findings = None
    if request.method == "POST":
        try:
            return redirect(url_for("call_mapping.show", code=_taken(ground)))
        except BadInput as refusal:
            findings = finding_table(refusal.findings)
    return render_template(
        "calls/upload.html", ground=ground, findings=findings, endings=ENDINGS, most=LARGEST >> 20
    )


@blueprint.get("/calls/refused/<code>.csv")
def refused(code: str) -> Response:
    """Give the rows of a file that were refused, each with its reason."""
    ground = ground_here()
    path = refused_path(ground.desk.folder, ground.ward, code)
    if not path.is_file():
        abort(404)
    return send_file(
        path.resolve(), mimetype="text/csv", as_attachment=True, download_name=f"refused-{code[:8]}.csv"
    )


def _taken(ground: Ground) -> str:
    given = request.files.get("file")
    if given is None:
        raise BadInput((Finding("", NO_FILE),))
    folder = ground.desk.folder
    with closing(given):
        name = given.filename or ""
        code = take_upload(folder, ground.ward, name, given.stream, now=ground.desk.clock())
    path = uploaded(folder, ground.ward, code)
    if path is None:
        abort(404)
    try:
        read_head(path)
    except BadInput:
        path.unlink()
        raise
    return code


def _has_refused(ground: Ground) -> set[str]:
    """Give the codes of the imports whose refused rows can be downloaded."""
    with ground.desk.units() as unit:
        codes = [kept.record.code for kept in unit.captured.all(ground.ward, CallImport)]
    return {code for code in codes if refused_path(ground.desk.folder, ground.ward, code).is_file()}
