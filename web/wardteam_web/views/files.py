"""Downloads and photographs."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from flask import Blueprint, Response, abort, request
from werkzeug.routing import ValidationError

from wardteam.domain.calendar import Period
from wardteam_web.addresses import read_date, read_period
from wardteam_web.context import pages, ward, words
from wardteam_web.pages import DocumentKind, DocumentRequest

blueprint = Blueprint("files", __name__)
_KINDS = {kind.value: kind for kind in DocumentKind}
_PAPERS = ("a4", "a3")


@blueprint.get("/files/<name>")
def document(name: str) -> Response:
    """Send a document to save."""
    if name not in _KINDS:
        abort(404)
    made = pages().document(ward().code, _wanted(_KINDS[name]))
    if made is None:
        abort(404)
    answer = Response(made.content, content_type=_KINDS[name].media_type)
    # The plain name is for old clients; the starred one carries Chinese names (RFC 6266).
    names = f"filename=\"{name}\"; filename*=UTF-8''{quote(made.file_name)}"
    answer.headers["Content-Disposition"] = f"attachment; {names}"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/photo/<staff_no>")
def photo(staff_no: str) -> Response:
    """Send a photograph; there is none without consent."""
    picture = pages().photo(ward().code, staff_no)
    if picture is None:
        abort(404)
    kind = "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
    answer = Response(picture, content_type=kind)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _wanted(kind: DocumentKind) -> DocumentRequest:
    given = request.args
    paper = given.get("paper", "a4")
    return DocumentRequest(
        kind=kind,
        language=words().language,
        period=_period(given.get("period")),
        version=given.get("version", type=int),
        day=_day(given.get("day")),
        staff_no=given.get("nurse", ""),
        paper=paper if paper in _PAPERS else abort(404),
    )


def _day(text: str | None) -> date | None:
    try:
        return read_date(text) if text else None
    except ValidationError:
        abort(404)


def _period(text: str | None) -> Period | None:
    try:
        return read_period(text) if text else None
    except (ValidationError, ValueError):
        abort(404)
