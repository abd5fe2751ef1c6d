"""What staff pages need beside `Pages`: the desk, the key that signs cookies, analyses kept while fresh."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from flask import Flask, abort, current_app, session
from flask_wtf import CSRFProtect

from wardteam.domain.study import StudyPlan
from wardteam.errors import NotFound
from wardteam.services.dashboard import Dashboard
from wardteam.services.desk import Desk
from wardteam.services.kept import Kept
from wardteam.services.proposed_plan import proposed_plan
from wardteam.services.quality_data import QualityData, read_quality
from wardteam.services.quality_report.analysis import Analysis, analysis_of

_KEY = "wardteam-staff"
_ACTING = "by"
MOST_KEPT = 4
MOST_REPORTS = 12


@dataclass(frozen=True)
class Staff:
    """The desk of this installation, with the secret that signs cookies and form tokens.

    `reports` keeps rendered reports, `dashboards` what is laid out, each by what it was made of.
    """

    desk: Desk
    secret: bytes
    reports: Kept[bytes] = field(default_factory=lambda: Kept(MOST_REPORTS))
    dashboards: Kept[Dashboard] = field(default_factory=lambda: Kept(MOST_KEPT))
    _analyses: Kept[Analysis] = field(default_factory=lambda: Kept(MOST_KEPT))

    def analysis(self, ward: str, plan_code: str | None = None) -> Analysis | None:
        """Give the ward's analysis by a plan, made anew only where something changed; None without a plan."""
        try:
            return self._analysis(ward, plan_code, None)
        except NotFound:
            return None

    def records(self, ward: str) -> QualityData:
        """Give the ward's records for figures that need no plan; a proposed one stands in for it."""
        found = self.analysis(ward)
        return (found or self._analysis(ward, None, proposed_plan(self.desk.today(ward)))).data

    def _analysis(self, ward: str, plan_code: str | None, otherwise: StudyPlan | None) -> Analysis:
        units, today = self.desk.units, self.desk.today(ward)
        with units() as unit:
            state = (unit.books.get(ward).revision, unit.captured.revision(ward), unit.calls.revision(ward))

        def make() -> Analysis:
            return analysis_of(
                read_quality(units, ward, today=today, plan_code=plan_code, otherwise=otherwise)
            )

        return self._analyses.get((ward, plan_code, otherwise is None, today, state), make)


def attach(app: Flask, staff: Staff) -> None:
    """Give the application its desk, signed cookies and form tokens."""
    app.extensions[_KEY] = staff
    app.secret_key = staff.secret
    app.config.update(
        SESSION_COOKIE_NAME="wardteam",
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_HTTPONLY=True,
        WTF_CSRF_TIME_LIMIT=None,
    )
    CSRFProtect(app)


def staff() -> Staff:
    """Give the desk; 404 where these pages are served without one."""
    found = current_app.extensions.get(_KEY)
    if found is None:
        abort(404)
    return cast(Staff, found)  # flask's extensions are untyped


def has_staff() -> bool:
    """Whether anything can be entered here."""
    return _KEY in current_app.extensions


def acting() -> str:
    """Give who is writing: the name chosen in this browser, empty where nobody has been chosen yet."""
    return str(session.get(_ACTING, "")) if has_staff() else ""


def act_as(name: str) -> None:
    """Remember who is writing."""
    session[_ACTING] = name
