"""Pages for what went wrong, in words: a bad address, a missing thing, a fault of ours."""

from __future__ import annotations

from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from wardteam.errors import Message, NotFound, WardteamError
from wardteam.i18n import LANGUAGES

_WORDS: dict[int, tuple[str, str]] = {
    400: (
        "This request can't be answered",
        "The address or its host name is not one that this server answers.",
    ),
    403: (
        "This was not sent from these pages",
        "The form came from another site or was opened too long ago. Open the page again and repeat it.",
    ),
    404: (
        "There is nothing at this address",
        "The address may be mistyped, or what stood here was removed or was never planned.",
    ),
    405: (
        "The pages can only be read",
        "Nothing can be changed at this address.",
    ),
    413: (
        "This is too large",
        "The file or text is larger than this page accepts.",
    ),
    429: (
        "Too many requests",
        "Please wait a moment and try again.",
    ),
    500: (
        "Something went wrong on our side",
        "The fault was written to the log. Nothing in the ward's data was changed.",
    ),
}


def attach(app: Flask) -> None:
    """Answer every failure with a page in words."""
    app.register_error_handler(HTTPException, _http_failure)
    app.register_error_handler(WardteamError, _known_failure)
    app.register_error_handler(Exception, _unforeseen)


def _http_failure(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    known = 403 if isinstance(error, CSRFError) else code
    title, detail = _WORDS.get(known, _WORDS[400 if code < 500 else 500])
    return _page(code, title, Message(detail))


def _known_failure(error: WardteamError) -> tuple[str, int]:
    code = 404 if isinstance(error, NotFound) else 409
    title = _WORDS[404][0] if code == 404 else "This can't be shown now"
    return _page(code, title, error.message)


def _unforeseen(error: Exception) -> tuple[str, int]:
    current_app.logger.error("%s %s", request.method, request.path, exc_info=error)
    return _http_failure(InternalServerError())


def _page(code: int, title: str, detail: Message) -> tuple[str, int]:
    first = request.path.strip("/").partition("/")[0]
    if "language" not in g and first in LANGUAGES:
        g.language = first
    g.pop("ward", None)
    return render_template("failure.html", code=code, title=title, detail=detail), code
