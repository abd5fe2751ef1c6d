"""Tokens with which call systems send live calls: made, shown once, revoked."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wardteam.errors import WardteamError
from wardteam.services.live_tokens import new_token, revoke_token
from wardteam_web.findings import finding_table, findings_of
from wardteam_web.records.ground import Ground
from wardteam_web.staff import acting
from wardteam_web.views.records import ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("call_tokens", __name__)
A_YEAR = timedelta(days=365)
PATH = "/api/calls"


@blueprint.route("/calls/tokens/new", methods=["GET", "POST"])
@needs_writer
def new() -> str:
    """Make a token, and show its secret once with an example of its use."""
    ground = ground_here()
    secret, findings = "", None
    if request.method == "POST":
        try:
            secret = _made(ground)
        except WardteamError as refusal:
            findings = finding_table(findings_of(refusal))
    return render_template(
        "calls/token.html", ground=ground, secret=secret, findings=findings,
        address=f"{ground.desk.public_url}{PATH}" if ground.desk.public_url else "",
        example=_example(ground), last_day=ground.today + A_YEAR,
    )  # fmt: skip


@blueprint.post("/calls/tokens/<code>/revoke")
@needs_writer
def revoke(code: str) -> Response:
    """End a token now."""
    ground = ground_here()
    revoke_token(ground.desk.units, ground.ward, code, by=acting(), clock=ground.desk.clock)
    return redirect(url_for("calls.show", _anchor="tokens"))


def _made(ground: Ground) -> str:
    try:
        last_day = date.fromisoformat(request.form.get("last_day", ""))
    except ValueError:
        last_day = None
    name = request.form.get("name", "")[:60]
    desk = ground.desk
    return new_token(desk.units, ground.ward, name, by=acting(), clock=desk.clock, last_day=last_day)


def _example(ground: Ground) -> str:
    """Give the body of an example request: a call of the ward's first bed, just now."""
    moment = ground.desk.clock().astimezone(ground.book.settings.zone).replace(microsecond=0)
    bed = ground.ordered_beds[0].code if ground.ordered_beds else "01"
    return f'{{"code": "K-000001", "bed": "{bed}", "reason": "infusion", "placed": "{moment.isoformat()}"}}'
