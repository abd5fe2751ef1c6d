"""The comparison of two periods, as the reports write it."""

from __future__ import annotations

from flask import Blueprint, render_template
from markupsafe import Markup

from wardteam_web.context import pages, ward, words

blueprint = Blueprint("comparison", __name__)


@blueprint.get("/comparison/")
def show() -> str:
    """Show the comparison."""
    comparison = pages().comparison(ward().code, words().language)
    if comparison is None:
        return render_template("nothing_yet.html", page="comparison.show")
    # The reports escape every value in their fragment; nobody outside the project writes it.
    return render_template("comparison.html", fragment=Markup(comparison.html))
