"""Making the Flask application: what it is given, which views it has, what every template knows."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined

from wardteam.i18n import Language
from wardteam_web import context, failures, security
from wardteam_web import staff as staff_desk
from wardteam_web.addresses import DateConverter, PeriodConverter
from wardteam_web.pages import Pages
from wardteam_web.quality_rooms import QUALITY_ROOMS, quality_pages, room_of
from wardteam_web.roster_rooms import ROSTER_ROOMS, roster_pages
from wardteam_web.staff import Staff, acting, has_staff
from wardteam_web.views import (
    audits,
    call_jobs,
    call_mapping,
    call_tokens,
    calls,
    capture,
    change_notice,
    checklists,
    comparison,
    conflicts,
    control,
    day,
    demand,
    fairness,
    files,
    guide,
    home,
    indicators,
    noticeboard,
    nurse,
    plan,
    prices,
    quality,
    questionnaire_entry,
    questionnaire_files,
    questionnaire_versions,
    questionnaires,
    records,
    repair,
    report,
    roster,
    sheets,
    start,
    swaps,
    teams,
    who,
    why,
)

WARD_VIEWS = (home, roster, nurse, teams, day, noticeboard, comparison, guide, files)
STAFF_VIEWS = (
    who,
    conflicts,
    change_notice,
    fairness,
    capture,
    records,
    audits,
    checklists,
    calls,
    call_mapping,
    call_jobs,
    call_tokens,
    questionnaires,
    questionnaire_entry,
    questionnaire_versions,
    questionnaire_files,
    sheets,
    quality,
    plan,
    report,
    control,
    indicators,
    why,
    prices,
    demand,
    swaps,
    repair,
)
LARGEST_FORM = 2_000_000


def create_app(
    pages: Pages,
    *,
    staff: Staff | None = None,
    default_language: Language = "zh",
    is_testing: bool = False,
) -> Flask:
    """Make the application that shows these pages, in Chinese unless the address says otherwise.

    With `staff`, quality records can be entered; without it, everything can only be read.
    """
    app = Flask("wardteam_web", static_folder="static")
    app.testing = is_testing
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.converters.update(date=DateConverter, period=PeriodConverter)
    context.attach(app, pages, default_language)
    security.guard(app)
    failures.attach(app)
    app.jinja_env.globals.update(
        has_staff=has_staff,
        acting=acting,
        quality_pages=quality_pages,
        QUALITY_ROOMS=QUALITY_ROOMS,
        room_of=room_of,
        roster_pages=roster_pages,
        ROSTER_ROOMS=ROSTER_ROOMS,
    )
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    if staff is not None:
        staff_desk.attach(app, staff)
    app.register_blueprint(start.blueprint)
    for view in (*WARD_VIEWS, *(STAFF_VIEWS if staff is not None else ())):
        app.register_blueprint(view.blueprint, url_prefix="/<any(zh,en):language>/<ward>")
    return app
