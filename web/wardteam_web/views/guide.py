"""What the signs and words of the pages mean."""

from __future__ import annotations

from flask import Blueprint, render_template

from wardteam_web.context import ward
from wardteam_web.glossary import GLOSSARY

blueprint = Blueprint("guide", __name__)


@blueprint.get("/help/")
def show() -> str:
    """Show the help page."""
    ward()
    return render_template("guide.html", glossary=GLOSSARY)
