"""The responsibility teams, how evenly they are composed, and whose beds are whose."""

from __future__ import annotations

from flask import Blueprint, render_template

from wardteam_web.bed_groups import BedLine, owner_count, owner_lines, whole_team
from wardteam_web.context import pages, ward
from wardteam_web.fills import fill_query

blueprint = Blueprint("teams", __name__)


@blueprint.get("/teams/")
def show() -> str:
    """Show the teams."""
    report = pages().teams(ward().code)
    if report is None:
        return render_template("nothing_yet.html", page="teams.show")
    return render_template(
        "teams.html",
        report=report,
        owner_lines=owner_lines,
        whole_team=whole_team,
        owner_count=owner_count,
        has_beds=any(entry.beds for entry in report.teams),
        unowned=BedLine(None, report.unowned),
        fills=fill_query(entry.team.colour for entry in report.teams),
    )
