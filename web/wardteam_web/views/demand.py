"""Demand from need: what patients and calls ask of each shift, beside what is asked for now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from wardteam.errors import BadInput, Conflict, Finding, Message, Named, WardteamError
from wardteam.services.demand.accept import decide_demand, decisions, put_back
from wardteam.services.demand.affordable import weekly_words
from wardteam.services.demand.assumptions import Assumptions
from wardteam.services.demand.pictures import demand_plot
from wardteam.services.demand.proposal import propose_demand
from wardteam.services.demand.types import DemandProposal, KindProposal
from wardteam.services.quality_data import QualityData
from wardteam.stats.plots import DemandPlot
from wardteam_web.context import ward, words
from wardteam_web.demand_form import (
    GRANTED,
    TARGET,
    figure_fields,
    figure_values,
    read_edits,
    read_figures,
)
from wardteam_web.drawings import Drawings
from wardteam_web.forms import make_form, refuse
from wardteam_web.head_nurse import is_head_nurse, needs_head_nurse
from wardteam_web.staff import acting, staff
from wardteam_web.views.records import ground_here

blueprint = Blueprint("demand", __name__)
ON_LINE = "{shift}, {kind}: {problem}"


@dataclass(frozen=True)
class _Typed:
    """What was typed into the lines, to be shown again where it was refused."""

    sent: dict[str, str]
    picked: tuple[str, ...]


@blueprint.get("/demand/")
def show() -> str:
    """Show the proposal under the figures that were chosen."""
    return _page()


@blueprint.post("/demand/")
@needs_head_nurse
def accept() -> str | Response:
    """Write the ticked lines into the ward's demand."""
    typed = _Typed(request.form.to_dict(), tuple(request.form.getlist("pick")))
    desk = staff().desk
    try:
        decision = decide_demand(
            desk.units,
            ward().code,
            read_edits(typed.sent, list(typed.picked)),
            expected_revision=request.form.get("revision", 0, type=int),
            by=acting(),
            clock=desk.clock,
            reason=request.form.get("reason", ""),
            data_hash=request.form.get("data_hash", ""),
        )
    except WardteamError as refusal:
        return _page(refusal, typed)
    values: dict[str, Any] = {**request.args.to_dict(), "decided": decision.code}  # url_for's own
    return redirect(url_for("demand.show", **values))


@blueprint.post("/demand/<code>/put-back")
@needs_head_nurse
def undo(code: str) -> str | Response:
    """Bring back what stood before the newest decision."""
    desk = staff().desk
    try:
        put_back(
            desk.units,
            ward().code,
            code,
            expected_revision=request.form.get("revision", 0, type=int),
            by=acting(),
            clock=desk.clock,
            reason=request.form.get("reason", ""),
        )
    except WardteamError as refusal:
        return _page(refusal)
    return redirect(url_for("demand.show"))


def _page(refusal: WardteamError | None = None, typed: _Typed | None = None) -> str:
    ground, data = ground_here(), staff().records(ward().code)
    form, assumed, wrong = _figures()
    proposal = propose_demand(data, assumed)
    problems = (*wrong, *(_problems(data, refusal) if refusal else ()))
    return render_template(
        "demand.html", ground=ground, form=form, proposal=proposal, problems=problems,
        pictures=_pictures(proposal), week=weekly_words(proposal.weekly), draw=Drawings(words()),
        target=[form[name] for name in TARGET], granted=[form[name] for name in GRANTED],
        made=decisions(ground.desk.units, ground.ward), decided=request.args.get("decided"),
        has_clashed=isinstance(refusal, Conflict), typed=typed, shift_name=_shift_name(data),
        percent=_percent, may_decide=is_head_nurse(),
    )  # fmt: skip


def _figures() -> tuple[FlaskForm, Assumptions, tuple[str, ...]]:
    """Read the figures of the address; where one can't be, the usual ones stand and it is said."""
    t, usual = words().t, Assumptions()
    is_asked = any(name in request.args for name in (*TARGET, *GRANTED))
    asked = request.args if is_asked else None
    form = make_form(figure_fields(), t, figure_values(usual), asked=asked)
    if not is_asked:
        return form, usual, ()
    if not form.validate():
        return form, usual, ()
    try:
        return form, read_figures({name: form[name].data for name in (*TARGET, *GRANTED)}), ()
    except BadInput as refusal:
        return form, usual, refuse(form, refusal, t)


def _problems(data: QualityData, refusal: WardteamError) -> tuple[str, ...]:
    t = words().t
    if isinstance(refusal, BadInput):
        return tuple(t(_on_line(data, finding)) for finding in refusal.findings)
    return (t(refusal.message),)


def _on_line(data: QualityData, finding: Finding) -> Message:
    """Name the line of a finding by its shift and kind of day."""
    known = {line.key: line for line in propose_demand(data, Assumptions()).lines}
    line = known.get(finding.column)
    if line is None:
        return finding.problem
    name = Named(line.ask.shift.name, line.ask.shift.name_en)
    return Message(ON_LINE, shift=name, kind=line.kind, problem=finding.problem)


def _pictures(proposal: DemandProposal) -> list[tuple[KindProposal, DemandPlot | None]]:
    assumed = proposal.assumed
    return [
        (k, demand_plot(k, target_minutes=assumed.target_minutes, chance=assumed.chance))
        for k in proposal.kinds
    ]


def _shift_name(data: QualityData) -> dict[str, tuple[str, str]]:
    return {shift.code: (shift.name, shift.name_en) for shift in data.book.shifts}


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}%"
