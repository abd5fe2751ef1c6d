"""What guards requests and answers: the Host and Origin checks, and headers that keep a page to itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request

from wardteam_web.serving import is_loopback

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With "no-referrer" browsers send `Origin: null` with the pages' own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


P = ParamSpec("P")
T = TypeVar("T")
_LARGEST_BODY = "largest_body"


def guard(app: Flask) -> None:
    """Refuse foreign Host headers and foreign forms, and send the headers with every answer."""
    app.before_request(_refuse_foreign_host)
    app.before_request(refuse_foreign_origin)
    app.before_request(_allow_large)
    app.after_request(with_headers)


def _refuse_foreign_host() -> None:
    # A page on the web could otherwise point its own name at 127.0.0.1 and read the ward's data.
    if not is_loopback(host_name(request.headers.get("Host", ""))):
        abort(400)


def refuse_foreign_origin() -> None:
    """Refuse to write for a page of another origin; programs that send no Origin have no cookies to abuse."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)


def accepts(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let a view be sent more than other pages: a body of so many bytes."""

    def mark(view: Callable[P, T]) -> Callable[P, T]:
        setattr(view, _LARGEST_BODY, most)
        return view

    return mark


def _allow_large() -> None:
    # Before anything reads the form, as the check of its token does.
    most = getattr(current_app.view_functions.get(request.endpoint or ""), _LARGEST_BODY, None)
    if most is not None:
        request.max_content_length = most


def host_name(header: str) -> str:
    """Give the host of a Host header, without its port."""
    if header.startswith("["):
        return header.partition("]")[0].lstrip("[")
    return header.partition(":")[0].lower()


def with_headers(response: Response) -> Response:
    """Send the headers that keep a page to itself."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
