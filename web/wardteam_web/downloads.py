"""Files to save: the headers that name them, Chinese names included."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}


def to_save(content: bytes, file_name: str) -> Response:
    """Answer with a file; its ending tells the media type."""
    ending = file_name.rpartition(".")[2]
    answer = Response(content, content_type=MEDIA_TYPES[ending])
    # The plain name is for old clients; the starred one carries Chinese names (RFC 6266).
    plain = file_name.encode("ascii", "ignore").decode()
    names = f"filename=\"{plain}\"; filename*=UTF-8''{quote(file_name)}"
    answer.headers["Content-Disposition"] = f"attachment; {names}"
    answer.headers["Cache-Control"] = "no-store"
    return answer
