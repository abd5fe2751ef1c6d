"""The plan of a comparison: read in words, drafted, locked before looking, revised with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from wardteam.domain.study import StudyPlan
from wardteam.errors import Conflict, Message, NotFound, WardteamError
from wardteam.services.proposed_plan import proposed_plan
from wardteam.services.quality_ports import Kept, PastVersion
from wardteam.services.study_plans import (
    FIELD_NAMES,
    PREFIX,
    PlanChange,
    draft_plan,
    first_lock,
    lock_plan,
    looked_before,
    plan_changes,
    plan_of,
    revise_plan,
    shown,
)
from wardteam_web.context import ward, words
from wardteam_web.forms import make_form, refuse
from wardteam_web.plan_form import SECTIONS, plan_fields, plan_values, read_plan
from wardteam_web.records.ground import Ground
from wardteam_web.staff import acting, staff
from wardteam_web.views.records import ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("plan", __name__)
CANNOT_BE = Message("This can't be kept: {reason}")
CONFIRM = Message("Tick the box: what locking means has to be read first.")
CHANGED = Message("Somebody changed this plan in between. Read it again before locking it.")
Versions = tuple[PastVersion[StudyPlan], ...]


@dataclass(frozen=True)
class Decision:
    """One field of a plan in words."""

    name: Message
    words: str


@blueprint.get("/plan/")
def show() -> str:
    """Show a plan in words: the one named, else the newest."""
    return _page()


@blueprint.route("/plan/new", methods=["GET", "POST"])
@needs_writer
def new() -> str | Response:
    """Draft a plan."""
    ground = ground_here()
    return _answer(ground, None, proposed_plan(ground.today))


@blueprint.route("/plan/<code>/edit", methods=["GET", "POST"])
@needs_writer
def edit(code: str) -> str | Response:
    """Change a draft, or revise a locked plan with a reason."""
    ground = ground_here()
    kept, _ = _kept(ground, code)
    return _answer(ground, kept, kept.record)


@blueprint.post("/plan/<code>/lock")
@needs_writer
def lock(code: str) -> str | Response:
    """Lock a plan, once its meaning was confirmed."""
    ground = ground_here()
    if not request.form.get("is_understood"):
        return _page(code, (ground.words.t(CONFIRM),))
    if request.form.get("revision", type=int) != _kept(ground, code)[0].revision:
        return _page(code, (ground.words.t(CHANGED),))
    try:
        lock_plan(ground.desk.units, ground.ward, code, by=acting(), clock=ground.desk.clock)
    except Conflict as conflict:
        return _page(code, (ground.words.t(conflict.message),))
    return redirect(url_for("plan.show", plan=code))


def _page(code: str | None = None, problems: tuple[str, ...] = ()) -> str:
    ground = ground_here()
    plans = ground.kept(StudyPlan)
    chosen = code or request.args.get("plan") or None
    if not plans and chosen is None:
        return render_template("plan/none.html", ground=ground)
    kept, versions = _kept(ground, chosen)
    analysis = staff().analysis(ground.ward, kept.record.code)
    return render_template(
        "plan/show.html", ground=ground, kept=kept, plans=plans, decisions=_decisions(kept.record),
        changes=_changes(versions), earlier=_earlier(versions), problems=problems,
        first=first_lock(versions), looked=looked_before(analysis.data) if analysis else None,
    )  # fmt: skip


def _changes(versions: Versions) -> tuple[PlanChange, ...]:
    return tuple(reversed(plan_changes(versions)))


def _earlier(versions: Versions) -> list[tuple[PastVersion[StudyPlan], list[Decision]]]:
    """Give the versions before the present one, newest first, each with its decisions."""
    past = [version for version in versions[:-1] if version.record is not None]
    return [(v, _decisions(v.record)) for v in reversed(past) if v.record is not None]


def _decisions(plan: StudyPlan) -> list[Decision]:
    t = words().t
    return [Decision(title, t.show(shown(getattr(plan, name)))) for name, title in FIELD_NAMES.items()]


def _kept(ground: Ground, code: str | None) -> tuple[Kept[StudyPlan], Versions]:
    try:
        return plan_of(ground.desk.units, ward().code, code)
    except NotFound:
        abort(404)


def _answer(ground: Ground, kept: Kept[StudyPlan] | None, before: StudyPlan) -> str | Response:
    t = ground.words.t
    form = _form(ground, before)
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            plan = read_plan(form, before, t)
            if plan is not None:
                return redirect(url_for("plan.show", plan=_keep(ground, form, kept, plan)))
        except Conflict as conflict:
            return _clashed(ground, kept, t(conflict.message))
        except WardteamError as refusal:
            problems = refuse(form, refusal, t)
        except ValueError as refusal:
            problems = (t(CANNOT_BE.text, reason=str(refusal)),)
    return _edit(ground, form, kept, problems)


def _form(ground: Ground, plan: StudyPlan) -> FlaskForm:
    t = ground.words.t
    return make_form(plan_fields(t, is_locked=plan.is_locked), t, plan_values(plan))


def _clashed(ground: Ground, kept: Kept[StudyPlan] | None, problem: str) -> str:
    """Show what was typed again, over the plan as somebody else has left it."""
    present = _kept(ground, kept.record.code)[0] if kept else None
    form = _form(ground, present.record if present else proposed_plan(ground.today))
    return _edit(ground, form, present, (problem,), has_clashed=True)


def _edit(
    ground: Ground,
    form: FlaskForm,
    kept: Kept[StudyPlan] | None,
    problems: tuple[str, ...],
    *,
    has_clashed: bool = False,
) -> str:
    return render_template(
        "plan/edit.html", ground=ground, form=form, kept=kept, problems=problems, sections=SECTIONS,
        has_clashed=has_clashed, has_others=bool(ground.kept(StudyPlan)),
    )  # fmt: skip


def _keep(ground: Ground, form: FlaskForm, kept: Kept[StudyPlan] | None, plan: StudyPlan) -> str:
    """Write the plan, and give its code."""
    units, by, clock = ground.desk.units, acting(), ground.desk.clock
    if kept is None:
        return _draft(ground, plan)
    expected = request.form.get("revision", kept.revision, type=int)
    if kept.record.is_locked:
        reason = form["reason"].data or ""
        revise_plan(units, ground.ward, plan, expected_revision=expected, reason=reason, by=by, clock=clock)
    else:
        draft_plan(units, ground.ward, plan, expected_revision=expected, by=by, clock=clock)
    return plan.code


def _draft(ground: Ground, plan: StudyPlan) -> str:
    with ground.desk.units() as unit:
        code = unit.captured.next_code(ground.ward, StudyPlan, PREFIX)
    named = replace(plan, code=code, day=ground.today)
    draft_plan(
        ground.desk.units, ground.ward, named, expected_revision=None, by=acting(), clock=ground.desk.clock
    )
    return code
