"""The comparison of two periods by a plan, of any two periods, or of one period with the plan's targets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from flask_wtf import FlaskForm
from markupsafe import Markup

from wardteam.domain.calendar import Period
from wardteam.domain.study import StudyPeriod, StudyPlan
from wardteam.errors import Message
from wardteam.i18n import Translator
from wardteam.services.against_target import TargetComparison, compare_with_target
from wardteam.services.call_days import in_span
from wardteam.services.compare import compare, free_plan
from wardteam.services.quality_data import QualityData
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.study_plans import shown
from wardteam.stats.comparison import Comparison
from wardteam_reports.comparison import comparison_html, comparison_pdf
from wardteam_web.context import pages, ward, words
from wardteam_web.downloads import to_save
from wardteam_web.forms import FieldSpec, Kind, make_form
from wardteam_web.staff import has_staff, staff
from wardteam_web.study_form import (
    BASELINE_FIELDS,
    INTERVENTION_FIELDS,
    period_values,
    read_period,
    read_periods,
)

blueprint = Blueprint("comparison", __name__)
PERIODS, TARGETS = "periods", "targets"
TARGET_FIELDS = (
    FieldSpec("period_first", Message("Period from"), Kind.DATE),
    FieldSpec("period_last", Message("Period to"), Kind.DATE),
)


@dataclass(frozen=True)
class Asked:
    """What the address asks for: the data to compare with, the forms, and one period for the targets."""

    analysis: Analysis
    free: QualityData | None
    period: Period | None
    periods_form: FlaskForm
    target_form: FlaskForm

    @property
    def comparison(self) -> Comparison:
        """The comparison by the plan, or of the periods asked for."""
        return self.analysis.comparison if self.free is None else compare(self.free)

    @property
    def span(self) -> str:
        """Both periods' ends, for a file's name."""
        plan = self.analysis.plan if self.free is None else self.free.plan
        return f"{plan.baseline.span.first}_{plan.intervention.span.last}"


@blueprint.get("/comparison/")
def show() -> str:
    """Show the comparison."""
    if has_staff():
        return _chosen()
    comparison = pages().comparison(ward().code, words().language)
    if comparison is None:
        return render_template("nothing_yet.html", page="comparison.show")
    # The reports escape every value in their fragment; nobody outside the project writes it.
    return render_template("comparison.html", fragment=Markup(comparison.html), asked=None, gaps=())


@blueprint.get("/comparison/comparison.pdf")
def download() -> Response:
    """Send the comparison that the address asks for as PDF."""
    asked = _asked(staff().analysis(ward().code, request.args.get("plan") or None) or abort(404))
    if request.args.get("with") == PERIODS and asked.free is None:
        abort(404)
    made_at = staff().desk.now(ward().code)
    content = comparison_pdf(asked.comparison, language=words().language, made_at=made_at)
    return to_save(content, f"{ward().code}-comparison-{asked.span}.pdf")


def _chosen() -> str:
    chosen = request.args.get("plan") or None
    analysis = staff().analysis(ward().code, chosen)
    if analysis is None:
        return abort(404) if chosen else render_template("comparison_no_plan.html")
    asked = _asked(analysis)
    is_left_out = asked.period is not None or _is_refused(asked)
    gaps = () if is_left_out else _empty_periods(asked.free or asked.analysis.data)
    return render_template(
        "comparison.html", asked=asked, plan=analysis.plan, plans=_plans(), query=request.args.to_dict(),
        against=_against(asked), gaps=[shown(gap) for gap in gaps],
        fragment=None if is_left_out or gaps else _fragment(asked),
    )  # fmt: skip


def _empty_periods(data: QualityData) -> tuple[StudyPeriod, ...]:
    """Give the plan's periods of which no record is kept."""
    return tuple(p for p in (data.plan.baseline, data.plan.intervention) if not _has_records(data, p.span))


def _has_records(data: QualityData, span: Period) -> bool:
    days = [day.day for day in data.patient_days] + [sheet.day for sheet in data.sheets]
    return any(day in span for day in days) or len(in_span(data.calls, span).placed) > 0


def _fragment(asked: Asked) -> Markup:
    # The same as above: the reports' own markup.
    return Markup(comparison_html(asked.comparison, language=words().language))


def _against(asked: Asked) -> TargetComparison | None:
    if asked.period is None:
        return None
    period = replace(asked.analysis.plan.intervention, name="", name_en="", span=asked.period)
    return compare_with_target(asked.analysis.data, period)


def _is_refused(asked: Asked) -> bool:
    return any(form.errors for form in (asked.periods_form, asked.target_form))


def _asked(analysis: Analysis) -> Asked:
    plan, t = analysis.plan, words().t
    kind = request.args.get("with")
    periods_form = _form((*BASELINE_FIELDS, *INTERVENTION_FIELDS), _values(plan), t, is_sent=kind == PERIODS)
    target_values = {
        "period_first": plan.intervention.span.first,
        "period_last": plan.intervention.span.last,
    }
    target_form = _form(TARGET_FIELDS, target_values, t, is_sent=kind == TARGETS)
    free = period = None
    if kind == PERIODS:
        periods_form.validate()
        spans = read_periods(periods_form, t)
        free = None if spans is None else replace(analysis.data, plan=free_plan(plan, *spans))
    elif kind == TARGETS:
        target_form.validate()
        period = read_period(target_form, "period", t)
    return Asked(analysis, free, period, periods_form, target_form)


def _form(
    fields: tuple[FieldSpec, ...], values: dict[str, Any], t: Translator, *, is_sent: bool
) -> FlaskForm:  # what WTForms read
    return make_form(fields, t, values, asked=request.args if is_sent else None)


def _values(plan: StudyPlan) -> dict[str, Any]:  # the same
    return dict(period_values(plan.baseline.span, plan.intervention.span))


def _plans() -> tuple[StudyPlan, ...]:
    with staff().desk.units() as unit:
        return tuple(kept.record for kept in unit.captured.all(ward().code, StudyPlan))
