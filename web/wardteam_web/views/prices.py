"""Every rule's price: the roster's cost by rule and nurse, and the gains, computed in the background."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from wardteam.domain.calendar import Period
from wardteam.services.ports import Job, JobStatus
from wardteam.services.price_jobs import PRICES, gains_of, price_parameters
from wardteam.services.rule_prices import prices_in
from wardteam.services.why_scene import scene_of
from wardteam_web.context import ward
from wardteam_web.head_nurse import needs_head_nurse
from wardteam_web.staff import staff

blueprint = Blueprint("prices", __name__)
OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)
SECONDS = 60.0
BAR_WIDTH = 160.0


@blueprint.get("/roster/<period:period>/prices/")
@needs_head_nurse
def show(period: Period) -> str:
    """Show what each rule costs, and the newest gains of this roster."""
    code = ward().code
    found = prices_in(scene_of(staff().desk.units, code, period))
    job = _newest(period, found.version)
    return render_template(
        "why/prices.html",
        found=found,
        period=period,
        job=job,
        is_open=job is not None and job.status in OPEN,
        gains=gains_of(job.result or {}) if job else (),
        percent=_percent(job) if job else 0,
        rules=_done(job) if job else 0,
        titles={rule.rule: rule.title for rule in found.rules},
        bar=lambda points, most: round(BAR_WIDTH * max(points, 0) / max(most, 1), 1),
        seconds=SECONDS,
    )


@blueprint.post("/roster/<period:period>/prices/")
@needs_head_nurse
def compute(period: Period) -> Response:
    """Queue the job that computes the gains."""
    code, desk = ward().code, staff().desk
    version = scene_of(desk.units, code, period).roster.version
    desk.start(PRICES, code, price_parameters(period, version, seconds=SECONDS))
    return redirect(url_for("prices.show", period=period))


@blueprint.get("/roster/<period:period>/prices/<job>/state")
@needs_head_nurse
def state(period: Period, job: str) -> dict[str, object]:
    """Give how far the job is, for the page's own script."""
    found = _job(period, job)
    return {"is_open": found.status in OPEN, "rows": _done(found), "percent": _percent(found)}


@blueprint.post("/roster/<period:period>/prices/<job>/stop")
@needs_head_nurse
def stop(period: Period, job: str) -> Response:
    """Ask the job to stop; the gains so far are kept."""
    found = _job(period, job)
    with staff().desk.units() as unit:
        unit.jobs.ask_cancel(found.code)
        unit.commit()
    return redirect(url_for("prices.show", period=period))


def _newest(period: Period, version: int) -> Job | None:
    """Give the newest job, where it is about this version of this roster."""
    with staff().desk.units() as unit:
        job = unit.jobs.latest(ward().code, PRICES)
    wanted = price_parameters(period, version, seconds=SECONDS)
    is_same = job is not None and all(job.parameters.get(key) == wanted[key] for key in ("first", "version"))
    return job if is_same else None


def _job(period: Period, code: str) -> Job:
    with staff().desk.units() as unit:
        job = unit.jobs.get(code)
    is_ours = job.ward == ward().code and job.kind == PRICES
    return job if is_ours and job.parameters.get("first") == period.first.isoformat() else abort(404)


def _figures(job: Job) -> dict[str, object]:
    figures = (job.progress or {}).get("figures")
    return figures if isinstance(figures, dict) else {}


def _percent(job: Job) -> int:
    value = _figures(job).get("percent", 0)
    return value if isinstance(value, int) else 0


def _done(job: Job) -> int:
    value = _figures(job).get("rules", 0)
    return value if isinstance(value, int) else 0
