"""The quality report on a page and as files; made when it is asked for, kept while nothing changed."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request
from markupsafe import Markup
from werkzeug.routing import ValidationError

from wardteam.domain.calendar import Period
from wardteam.domain.study import StudyPlan
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.build import last_month, quality_report
from wardteam.stats.report import Edition, QualityReport
from wardteam_reports import quality_report as rendered
from wardteam_web.addresses import period_address, read_period
from wardteam_web.context import ward, words
from wardteam_web.downloads import to_save
from wardteam_web.staff import staff
from wardteam_web.views.records import ground_here

blueprint = Blueprint("report", __name__)
FORMS = ("pdf", "docx", "html", "csv")
FRAGMENT = "fragment"
MOST_MONTHS = 24


@dataclass(frozen=True)
class Wanted:
    """Which report is wanted: an analysis, an edition, the month of the monthly one."""

    analysis: Analysis
    edition: Edition
    month: Period | None

    @property
    def span(self) -> str:
        """Its dates, for a file's name."""
        if self.month is not None:
            return period_address(self.month)
        plan = self.analysis.plan
        return f"{plan.baseline.span.first}_{plan.intervention.span.last}"

    @property
    def query(self) -> dict[str, str]:
        """Its address's query."""
        month = {"month": period_address(self.month)} if self.month else {}
        return {"plan": self.analysis.plan.code, "edition": self.edition.value, **month}

    def key(self, form: str) -> tuple[object, ...]:
        """What its rendering is kept under."""
        return (self.analysis.data, self.edition, self.month, words().language, form)

    def rendering(self, form: str) -> bytes:
        """Render it, or give what is kept while nothing changed."""
        return staff().reports.get(self.key(form), lambda: self._render(form))

    def _render(self, form: str) -> bytes:
        made_at = staff().desk.now(ward().code)
        report = quality_report(self.analysis.data, edition=self.edition, made_at=made_at, month=self.month)
        return _rendered(report, form)


@blueprint.get("/report/")
def show() -> str:
    """Show the report; while it is made, a page that says so and comes back."""
    chosen = request.args.get("plan") or None
    analysis = staff().analysis(ward().code, chosen)
    if analysis is None:
        return abort(404) if chosen else render_template("report/no_plan.html")
    wanted = _wanted(analysis)
    is_ready = "make" in request.args or staff().reports.has(wanted.key(FRAGMENT))
    # The reports escape every value in their fragment; nobody outside the project writes it.
    fragment = Markup(wanted.rendering(FRAGMENT).decode()) if is_ready else None
    return render_template(
        "report/show.html", wanted=wanted, plan=analysis.plan, plans=ground_here().kept(StudyPlan),
        fragment=fragment, months=_months(analysis), forms=FORMS,
    )  # fmt: skip


@blueprint.get("/report/quality-report.<any(pdf,docx,html,csv):form>")
def download(form: str) -> Response:
    """Send the report as a file."""
    analysis = staff().analysis(ward().code, request.args.get("plan") or None)
    wanted = _wanted(analysis or abort(404))
    kind = "quality-report" if wanted.edition is Edition.FULL else "quality-month"
    return to_save(wanted.rendering(form), f"{ward().code}-{kind}-{wanted.span}.{form}")


@blueprint.get("/report/report.css")
def style() -> Response:
    """Serve the style sheet that belongs to the report's fragment."""
    return Response(rendered.quality_report_css(), mimetype="text/css")


def _wanted(analysis: Analysis) -> Wanted:
    edition = request.args.get("edition", Edition.FULL.value)
    if edition not in {one.value for one in Edition}:
        abort(404)
    if Edition(edition) is Edition.FULL:
        return Wanted(analysis, Edition.FULL, None)
    text = request.args.get("month")
    try:
        month = read_period(text) if text else last_month(analysis.data.today)
    except (ValidationError, ValueError):
        abort(404)
    whole = Period.month(month.first.year, month.first.month)
    return Wanted(analysis, Edition.MONTHLY, month) if month == whole else abort(404)


def _months(analysis: Analysis) -> list[Period]:
    """Give the months that can be chosen, newest first."""
    newest = last_month(analysis.data.today).first
    index = newest.year * 12 + newest.month - 1
    return [Period.month(n // 12, n % 12 + 1) for n in range(index, index - MOST_MONTHS, -1)]


def _rendered(report: QualityReport, form: str) -> bytes:
    language = words().language
    match form:
        case "pdf":
            return rendered.quality_report_pdf(report, language=language)
        case "docx":
            return rendered.quality_report_docx(report, language=language)
        case "csv":
            return rendered.quality_report_csv(report, language=language)
        case "html":
            return rendered.quality_report_page(report, language=language).encode()
        case _:
            return rendered.quality_report_html(report, language=language).encode()
