"""The start: to the only ward at once, or to the list of wards."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, send_from_directory, url_for
from werkzeug.wrappers import Response as AnyResponse

from wardteam_reports.comparison import comparison_css
from wardteam_web.context import default_language, pages
from wardteam_web.fills import fill_stylesheet

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
def root() -> AnyResponse:
    """Go to the default language."""
    return redirect(url_for("start.wards", language=default_language()))


@blueprint.get("/<any(zh,en):language>/")
def wards() -> str | AnyResponse:
    """List the wards, or go to the only one."""
    known = pages().wards()
    if len(known) == 1:
        return redirect(url_for("home.show", ward=known[0].code))
    return render_template("wards.html", wards=known)


@blueprint.get("/ward.css")
def ward_css() -> Response:
    """Serve the colours that are ward data as classes."""
    answer = Response(fill_stylesheet(request.args.get("fills", "")), mimetype="text/css")
    answer.headers["Cache-Control"] = "max-age=86400"
    return answer


@blueprint.get("/comparison.css")
def comparison_style() -> Response:
    """Serve the style sheet that belongs to the comparison's fragment."""
    return Response(comparison_css(), mimetype="text/css")


@blueprint.get("/favicon.ico")
def favicon() -> AnyResponse:
    """Serve the sign of the site to browsers that ask for it unprompted."""
    return send_from_directory("static", "favicon.svg", mimetype="image/svg+xml")
