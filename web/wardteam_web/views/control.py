"""Three-level quality control: audits, what they found, corrective actions, activities, adverse events."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, render_template, request
from flask_wtf import FlaskForm

from wardteam.domain.calendar import Period
from wardteam.domain.control import EventLevel
from wardteam.errors import Message
from wardteam.i18n import Translator
from wardteam.services.actions_board import actions_board
from wardteam.services.audit_funnel import audit_funnel
from wardteam.services.control import control_summary
from wardteam.services.quality_report.figure_cells import share_cell
from wardteam.stats.counts import Share
from wardteam.stats.plots import FunnelPlot
from wardteam_web.context import ward, words
from wardteam_web.drawings import Drawings
from wardteam_web.forms import FieldSpec, Kind, make_form
from wardteam_web.staff import staff
from wardteam_web.study_form import read_period
from wardteam_web.views.records import ground_here

blueprint = Blueprint("control", __name__)
FIELDS = (
    FieldSpec("period_first", Message("Period from"), Kind.DATE),
    FieldSpec("period_last", Message("Period to"), Kind.DATE),
)
DAYS_SHOWN = 92


@blueprint.get("/control/")
def show() -> str:
    """Show the control of a period, the last three months where none is chosen."""
    ground, t = ground_here(), words().t
    form, span = _period(ground.today, t)
    data = staff().records(ward().code)
    summary = control_summary(data, span)
    found = audit_funnel(data.book, summary.by_team)
    return render_template(
        "control/show.html", ground=ground, form=form, span=span, summary=summary, draw=Drawings(words()),
        board=actions_board(data.actions, span, ground.today), share=_share, levels=tuple(EventLevel),
        funnel=found if isinstance(found, FunnelPlot) else None,
        no_funnel=None if isinstance(found, FunnelPlot) else found,
    )  # fmt: skip


def _period(today: date, t: Translator) -> tuple[FlaskForm, Period]:
    """Give the form, and the period that it says, or the usual one where it says none."""
    usual = Period(today - timedelta(days=DAYS_SHOWN), today)
    values = {"period_first": usual.first, "period_last": usual.last}
    is_asked = "period_first" in request.args or "period_last" in request.args
    form = make_form(FIELDS, t, values, asked=request.args if is_asked else None)
    if not is_asked:
        return form, usual
    form.validate()
    return form, read_period(form, "period", t) or usual


def _share(share: Share | None) -> tuple[str, ...]:
    """Print a share with its interval in lines."""
    return tuple(words().t.show(line) for line in share_cell(share).lines)
