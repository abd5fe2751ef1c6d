"""How an uploaded file of calls is read: guessed, corrected by people, looked at, kept, and imported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wardteam.domain.calls import CallField, CallMapping
from wardteam.errors import BadInput, Finding
from wardteam.exchange.call_log.guess import MOMENTS
from wardteam.services.call_import import (
    FileHead,
    Preview,
    guess_mapping,
    keep_mapping,
    kept_mappings,
    preview,
    read_head,
)
from wardteam.services.call_jobs import IMPORT_CALLS, import_parameters
from wardteam.services.call_words import seen_words
from wardteam_web.calls.mapping_form import (
    DATE_FORMATS,
    ENCODINGS,
    MEANINGS,
    meaning_of,
    sent_mapping,
    split_column,
)
from wardteam_web.calls.uploads import refused_path, uploaded
from wardteam_web.findings import finding_table
from wardteam_web.forms import enum_choices
from wardteam_web.records.ground import Ground
from wardteam_web.staff import acting
from wardteam_web.views.records import ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("call_mapping", __name__)
SHOWN_ROWS = 5
IMPORT = "import"


@dataclass(frozen=True)
class Look:
    """A file read by a mapping: what it would give, or what is wrong with it."""

    head: FileHead
    mapping: CallMapping
    preview: Preview | None
    findings: tuple[Finding, ...]


@blueprint.route("/calls/upload/<code>/", methods=["GET", "POST"])
@needs_writer
def show(code: str) -> str | Response:
    """Show how the file would be read; import it where that was agreed to."""
    ground = ground_here()
    path = uploaded(ground.desk.folder, ground.ward, code) or abort(404)
    look = _look(ground, path)
    if request.method == "POST" and request.form.get("do") == IMPORT and not look.findings:
        return redirect(url_for("call_jobs.show", code=_start(ground, path, look)))
    return _page(ground, code, look)


def _look(ground: Ground, path: Path) -> Look:
    units, zone = ground.desk.units, ground.book.settings.zone
    findings: tuple[Finding, ...] = ()
    head = read_head(path)
    mapping = guess_mapping(head, kept_mappings(units, ground.ward))
    encoding = request.form.get("encoding", mapping.encoding)
    if encoding in ENCODINGS and encoding:
        head = read_head(path, encoding)
    if request.method == "POST":
        sent = sent_mapping(mapping, head.headings, request.form, _zone(zone))
        mapping, findings = sent.mapping, sent.findings
    try:
        shown = preview(units, ground.ward, head, mapping, ground.desk.clock())
    except BadInput as refusal:
        return Look(head, mapping, None, (*findings, *refusal.findings))
    return Look(head, mapping, shown, findings)


def _zone(ward: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(request.form.get("zone", "").strip() or ward.key)
    except (KeyError, ValueError, OSError):
        return ward


def _start(ground: Ground, path: Path, look: Look) -> str:
    """Keep the mapping, and send the file to a worker."""
    desk = ground.desk
    mapping = keep_mapping(desk.units, ground.ward, look.mapping, by=acting(), clock=desk.clock)
    refused = refused_path(desk.folder, ground.ward, look.head.sha256)
    language = ground.words.language
    order = import_parameters(
        path, mapping.code, by=acting(), refused=refused, language=language, upload=look.head.sha256
    )
    return desk.start(IMPORT_CALLS, ground.ward, order).code


def _page(ground: Ground, code: str, look: Look) -> str:
    t, head, mapping = ground.words.t, look.head, look.mapping
    return render_template(
        "calls/mapping.html", ground=ground, code=code, head=head, mapping=mapping, preview=look.preview,
        findings=finding_table(look.findings) if look.findings else None,
        fields=tuple(CallField), columns={field: split_column(mapping, field) for field in CallField},
        examples={heading: " · ".join(head.values(heading)[:2]) for heading in head.headings},
        words=seen_words(head, mapping), meaning_of=meaning_of,
        meanings={field: enum_choices(kind, t) for field, kind in MEANINGS.items()},
        date_formats=DATE_FORMATS, encodings=ENCODINGS, shown_rows=head.rows[:SHOWN_ROWS],
        needed=(CallField.PLACED, CallField.BED), placed=CallField.PLACED, moments=MOMENTS,
    )  # fmt: skip
