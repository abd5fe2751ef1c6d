"""What guards every answer: the Host check and the headers that keep a page to itself."""

from __future__ import annotations

from flask import Flask, Response, abort, request

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
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def guard(app: Flask) -> None:
    """Refuse foreign Host headers, and send the headers with every answer."""
    app.before_request(_refuse_foreign_host)
    app.after_request(_with_headers)


def _refuse_foreign_host() -> None:
    # A page on the web could otherwise point its own name at 127.0.0.1 and read the ward's data.
    if not is_loopback(host_name(request.headers.get("Host", ""))):
        abort(400)


def host_name(header: str) -> str:
    """Give the host of a Host header, without its port."""
    if header.startswith("["):
        return header.partition("]")[0].lstrip("[")
    return header.partition(":")[0].lower()


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
