"""Live calls from a call system: one event a request, by token; the same event twice changes nothing."""

from __future__ import annotations

from flask import Flask, Response, g, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from wardteam.errors import Message
from wardteam.services.live_calls import EventOutcome, EventResult, take_event
from wardteam.services.live_tokens import hashed, token_ward
from wardteam_web.public.app import Limits, public_desk, words

NO_TOKEN = Message("A valid token was expected: Authorization: Bearer TOKEN")
NOT_AN_OBJECT = Message("One JSON object was expected, with fields such as code, bed, reason and placed.")
STATUS = {
    EventResult.ADDED: 201,
    EventResult.COMPLETED: 200,
    EventResult.KNOWN: 200,
    EventResult.CONFLICT: 409,
    EventResult.REFUSED: 422,
    EventResult.WAITING: 202,
}


def attach(app: Flask, limiter: Limiter, limits: Limits) -> None:
    """Add the endpoint; wrong tokens are limited by address, right ones by token."""
    by_address = limiter.limit(limits.refused, key_func=get_remote_address, exempt_when=_has_token)
    by_token = limiter.limit(limits.calls, key_func=_token_key)
    app.add_url_rule("/api/calls", "calls", by_address(by_token(_take)), methods=["POST"])


def _take() -> Response:
    if not _has_token():
        return _refusal(NO_TOKEN, 401)
    desk = public_desk()
    event = request.get_json(silent=True)
    if not isinstance(event, dict):
        return _refusal(NOT_AN_OBJECT, 400)
    return _answer(take_event(desk.units, g.ward_of_token, event, clock=desk.clock))


def _has_token() -> bool:
    if "ward_of_token" not in g:
        desk = public_desk()
        found = token_ward(desk.units, _token(), today=desk.clock().date())
        g.ward_of_token = found[0] if found else ""
    return bool(g.ward_of_token)


def _token() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.casefold() == "bearer" else ""


def _token_key() -> str:
    return hashed(_token())


def _answer(outcome: EventOutcome) -> Response:
    t = words().t
    answer = jsonify(
        {
            "result": outcome.result.value,
            "problems": [{"field": p.field, "problem": t(p.problem)} for p in outcome.problems],
            "notes": [{"field": p.field, "problem": t(p.problem)} for p in outcome.notes],
        }
    )
    answer.status_code = STATUS[outcome.result]
    return answer


def _refusal(message: Message, code: int) -> Response:
    problem = {"field": "", "problem": words().t(message)}
    answer = jsonify({"result": EventResult.REFUSED.value, "problems": [problem], "notes": []})
    answer.status_code = code
    return answer
