"""Conflicts: whether a roster of the period can exist, why not, and ways out; for the head nurse alone."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wardteam.domain.calendar import Period
from wardteam.domain.people import StaffKind
from wardteam.errors import Message, WardteamError
from wardteam.services.conflict_cases import newest_check, stand_now, unlock_cells
from wardteam.services.conflict_jobs import CONFLICTS, KeptReport, conflict_parameters, kept_report, period_of
from wardteam.services.conflicts import CLASH_HEADS, Verdict, verdict_words, way_prices
from wardteam.services.kept_messages import finding_from, message_from
from wardteam.services.ports import Job, JobStatus
from wardteam.services.ward_workbook import ward_workbook, where_to_change
from wardteam_web.downloads import to_save
from wardteam_web.findings import finding_table
from wardteam_web.records.ground import Ground
from wardteam_web.staff import acting
from wardteam_web.views.records import ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("conflicts", __name__)
OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)
STATES = {
    JobStatus.QUEUED: Message("The check waits for a worker."),
    JobStatus.RUNNING: Message("The check is running."),
    JobStatus.FAILED: Message("The check could not be made."),
    JobStatus.CANCELLED: Message("The check was stopped."),
}
UNLOCKED = Message("Cells unlocked: {count}. Check once more.")


@blueprint.get("/conflicts/")
@needs_writer
def current() -> Response | str:
    """Go to the book's own period, or that of the newest check."""
    ground = _ground()
    with ground.desk.units() as unit:
        job = unit.jobs.latest(ground.ward, CONFLICTS)
    period = ground.book.period or (None if job is None else period_of(job))
    if period is None:
        return render_template("nothing_yet.html", page="roster.current")
    return redirect(url_for("conflicts.show", period=period))


@blueprint.get("/roster/<period:period>/conflicts/")
@needs_writer
def show(period: Period) -> str:
    """Show the newest check of the period, or how far it is."""
    return _page(_ground(), period)


@blueprint.post("/roster/<period:period>/conflicts/check")
@needs_writer
def check(period: Period) -> Response:
    """Start a check, unless one is running."""
    ground = _ground()
    job = newest_check(ground.desk.units, ground.ward, period)
    if job is None or job.status not in OPEN:
        ground.desk.start(CONFLICTS, ground.ward, conflict_parameters(period))
    return redirect(url_for("conflicts.show", period=period))


@blueprint.get("/roster/<period:period>/conflicts/state")
@needs_writer
def state(period: Period) -> dict[str, object]:
    """Give how far the check is, for the page's own script."""
    ground = _ground()
    job = newest_check(ground.desk.units, ground.ward, period) or abort(404)
    return {"is_open": job.status in OPEN, "status": job.status.value, "percent": _percent(job), "rows": ""}


@blueprint.post("/roster/<period:period>/conflicts/stop")
@needs_writer
def stop(period: Period) -> Response:
    """Ask the check to stop; what it knows by then is kept."""
    ground = _ground()
    job = newest_check(ground.desk.units, ground.ward, period) or abort(404)
    with ground.desk.units() as unit:
        unit.jobs.ask_cancel(job.code)
        unit.commit()
    return redirect(url_for("conflicts.show", period=period))


@blueprint.post("/roster/<period:period>/conflicts/unlock")
@needs_writer
def unlock(period: Period) -> str:
    """Unlock the cells of a way, or one that can't stand, once that was confirmed."""
    ground = _ground()
    job = newest_check(ground.desk.units, ground.ward, period) or abort(404)
    found = _report(job) or abort(404)
    way, lock = request.form.get("way", type=int), request.form.get("lock", type=int)
    if way is not None and way in range(len(found.ways)):
        cells = found.ways[way].cells
    elif lock is not None and lock in range(len(found.locks)):
        cells = ((found.locks[lock].staff_no, found.locks[lock].day),)
    else:
        abort(400)
    t = ground.words.t
    if not request.form.get("is_sure"):
        return _page(ground, period, (t("Tick the box to confirm: the cells will no longer be locked."),))
    version = found.stand.version or 0
    units, clock = ground.desk.units, ground.desk.clock
    try:
        count = unlock_cells(units, ground.ward, period, version, cells, by=acting(), clock=clock)
    except WardteamError as refusal:
        return _page(ground, period, (t(refusal.message),))
    return _page(ground, period, done=t(UNLOCKED.text, count=count))


@blueprint.get("/roster/<period:period>/conflicts/workbook")
@needs_writer
def workbook(period: Period) -> Response:  # noqa: ARG001  # part of the address
    """Send the ward's workbook, in which leave, demand and rules are changed."""
    ground = _ground()
    language = ground.words.language
    return to_save(ward_workbook(ground.desk.units, ground.ward, language), f"{ground.ward}.xlsx")


def _ground() -> Ground:
    """Give the ward, to its head nurse alone: leave and restrictions are told here."""
    ground = ground_here()
    heads = {nurse.staff_no for nurse in ground.book.nurses if nurse.kind is StaffKind.HEAD_NURSE}
    if heads and acting() not in heads:
        abort(403)
    return ground


def _page(ground: Ground, period: Period, problems: tuple[str, ...] = (), done: str = "") -> str:
    job = newest_check(ground.desk.units, ground.ward, period)
    found = None if job is None else _report(job)
    stale = found is not None and found.stand != stand_now(ground.desk.units, ground.ward, period)
    return render_template(
        "conflicts.html", ground=ground, period=period, job=job, found=found, is_stale=stale or bool(done),
        is_open=job is not None and job.status in OPEN, percent=0 if job is None else _percent(job),
        state=None if job is None else STATES.get(job.status), problems=problems, done=done,
        verdict=_verdict(found), head=_head(found), findings=_findings(job), prices=way_prices(),
        where_to_change=where_to_change,
    )  # fmt: skip


def _report(job: Job) -> KeptReport | None:
    return kept_report(job.result) if job.result and "verdict" in job.result else None


def _verdict(found: KeptReport | None) -> Message | None:
    if found is None:
        return None
    verdict, missing = Verdict(found.verdict), found.nurses_missing
    return verdict_words(verdict, missing, is_proven=found.is_shortage_proven)


def _head(found: KeptReport | None) -> Message | None:
    return CLASH_HEADS[Verdict(found.verdict), found.is_minimal] if found and found.facts else None


def _percent(job: Job) -> int:
    figures = (job.progress or {}).get("figures")
    value = figures.get("percent", 0) if isinstance(figures, dict) else 0
    return value if isinstance(value, int) else 0


def _findings(job: Job | None) -> object:
    result = {} if job is None else job.result or {}
    given = result.get("findings")
    if isinstance(given, list):
        return finding_table(tuple(finding_from(finding) for finding in given))
    return message_from(result["error"]) if result.get("error") else None
