"""Making the public application: two addresses, rate-limited; everything else is 404."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from wardteam.errors import Conflict
from wardteam.i18n import LANGUAGES, Language, translator
from wardteam.services.ports import Clock, UnitOfWorkFactory
from wardteam_web.security import refuse_foreign_origin, with_headers
from wardteam_web.words import Words

LARGEST_BODY = 64 * 1024
_KEY = "wardteam-public"


@dataclass(frozen=True)
class Limits:
    """How often one address may ask, in flask-limiter's words; `storage` is memory:// or a Redis URL."""

    questionnaire: str = "30 per minute; 300 per day"
    calls: str = "1200 per minute"
    refused: str = "20 per minute"
    storage: str = "memory://"


@dataclass(frozen=True)
class Public:
    """What the public pages are given."""

    units: UnitOfWorkFactory
    clock: Clock
    default_language: Language = "zh"
    limits: Limits = Limits()


def create_public(public: Public, *, is_testing: bool = False) -> Flask:
    """Make the application of the public listener."""
    from wardteam_web.public import calls, questionnaire

    app = Flask("wardteam_web", static_folder=None)
    app.testing = is_testing
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions[_KEY] = public
    app.before_request(refuse_foreign_origin)
    app.before_request(_choose_language)
    app.after_request(with_headers)
    app.context_processor(lambda: {"t": words().t, "w": words(), "language": words().language})
    app.register_error_handler(HTTPException, _failure)
    app.register_error_handler(Conflict, _busy)
    app.register_error_handler(Exception, _unforeseen)
    limiter = Limiter(get_remote_address, app=app, storage_uri=public.limits.storage, headers_enabled=True)
    questionnaire.attach(app, limiter, public.limits.questionnaire)
    calls.attach(app, limiter, public.limits)
    return app


def public_desk() -> Public:
    """Give what the pages were made with."""
    return cast(Public, current_app.extensions[_KEY])  # flask's extensions are untyped


def words() -> Words:
    """Give the words of this request's language."""
    return Words(translator(g.get("language", public_desk().default_language)))


def _choose_language() -> None:
    asked = request.args.get("lang") or request.accept_languages.best_match(LANGUAGES)
    g.language = asked if asked in LANGUAGES else public_desk().default_language


_WORDS = {
    404: "There is nothing at this address",
    413: "This is too large",
    429: "Too many requests. Please wait a moment and try again.",
    503: "The database is busy with another change; try again in a moment.",
    500: "Something went wrong on our side. Please tell the nurses.",
}


def _failure(error: HTTPException) -> Response:
    code = error.code or 500
    text = words().t(_WORDS.get(code, "This request can't be answered"))
    if request.path.startswith("/api/"):
        answer = jsonify({"result": "refused", "problems": [{"field": "", "problem": text}]})
    else:
        answer = Response(render_template("public/message.html", title=text, detail=""), mimetype="text/html")
    answer.status_code = code
    if isinstance(error, HTTPException) and error.get_response().headers.get("Retry-After"):
        answer.headers["Retry-After"] = error.get_response().headers["Retry-After"]
    return answer


def _busy(_: Conflict) -> Response:
    """Answer where others hold the database for too long: who sent this is to send it again."""
    return _failure(ServiceUnavailable())


def _unforeseen(error: Exception) -> Response:
    current_app.logger.error("%s %s", request.method, request.endpoint, exc_info=error)
    return _failure(InternalServerError())
