"""Making the Flask application: what it is given, which views it has, what every template knows."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined

from wardteam.i18n import Language
from wardteam_web import context, failures, security
from wardteam_web.addresses import DateConverter, PeriodConverter
from wardteam_web.pages import Pages
from wardteam_web.views import (
    comparison,
    day,
    files,
    guide,
    home,
    noticeboard,
    nurse,
    roster,
    start,
    teams,
)

WARD_VIEWS = (home, roster, nurse, teams, day, noticeboard, comparison, guide, files)


def create_app(pages: Pages, *, default_language: Language = "zh", is_testing: bool = False) -> Flask:
    """Make the application that shows these pages, in Chinese unless the address says otherwise."""
    app = Flask("wardteam_web", static_folder="static")
    app.testing = is_testing
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.converters.update(date=DateConverter, period=PeriodConverter)
    context.attach(app, pages, default_language)
    security.guard(app)
    failures.attach(app)
    app.register_blueprint(start.blueprint)
    for view in WARD_VIEWS:
        app.register_blueprint(view.blueprint, url_prefix="/<any(zh,en):language>/<ward>")
    return app
