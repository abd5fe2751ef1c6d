"""Why this, why not: a cell with its alternatives, refused wishes, and a nurse's own reading of hers."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, render_template, request

from wardteam.domain.calendar import Period
from wardteam.services.own_why_not import own_why_not
from wardteam.services.why import STATUS_WORDS, why_in
from wardteam.services.why_not import why_not_in
from wardteam.services.why_scene import Scene, scene_of
from wardteam_web.changed_cells import strip_colours, strip_of
from wardteam_web.context import ward
from wardteam_web.fills import fill_query
from wardteam_web.head_nurse import needs_head_nurse
from wardteam_web.staff import staff

blueprint = Blueprint("why", __name__)
AT_ONCE, BETTER, LONGER = 0.5, 2.0, 8.0
MOST_SECONDS = 20.0
OWN_SECONDS = 1.5


@blueprint.get("/roster/<period:period>/why/<staff_no>/<date:day>/")
@needs_head_nurse
def cell(period: Period, staff_no: str, day: date) -> str:
    """Explain a cell; the page asks for a better answer by itself, or for one part of a page."""
    scene = _scene(period)
    if day not in period or not _is_rostered(scene, staff_no):
        abort(404)
    seconds = _seconds(AT_ONCE)
    template = "why/answer.html" if "part" in request.args else "why/cell.html"
    return render_template(
        template,
        found=why_in(scene, staff_no, day, seconds=seconds),
        period=period,
        seconds=seconds,
        better=BETTER,
        longer=LONGER,
        **_drawn(scene),
    )


@blueprint.get("/roster/<period:period>/wishes/")
@needs_head_nurse
def wishes(period: Period) -> str:
    """Explain every wish that was not granted."""
    scene = _scene(period)
    seconds = _seconds(BETTER)
    found = why_not_in(scene, seconds=seconds)
    return render_template(
        "why/wishes.html", found=found, period=period, seconds=seconds, longer=LONGER, **_drawn(scene)
    )


@blueprint.get("/nurse/<staff_no>/<period:period>/wishes/")
def own(staff_no: str, period: Period) -> str:
    """Explain a nurse's refused wishes in words that anybody may read."""
    scene = _scene(period)
    if not _is_rostered(scene, staff_no):
        abort(404)
    name = scene.problem.people[scene.nurse(staff_no)]
    return render_template(
        "why/own.html",
        refusals=own_why_not(scene, staff_no, seconds=OWN_SECONDS),
        name=(name.name, name.name_en),
        staff_no=staff_no,
        period=period,
    )


def _scene(period: Period) -> Scene:
    return scene_of(staff().desk.units, ward().code, period)


def _is_rostered(scene: Scene, staff_no: str) -> bool:
    return any(person.key == staff_no for person in scene.problem.people)


def _seconds(default: float) -> float:
    """Give the time that was asked for, within what a page may take."""
    given = request.args.get("seconds", default, type=float)
    return min(max(given, 0.1), MOST_SECONDS)


def _drawn(scene: Scene) -> dict[str, object]:
    """Give what templates draw ways with."""
    book = scene.book
    return {
        "strip": lambda way: strip_of(book, way),
        "status_words": STATUS_WORDS,
        "fills": fill_query(strip_colours(book)),
    }
