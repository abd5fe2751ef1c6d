"""An import of calls while it runs: how far it is, stopping it, and what came of it."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from wardteam.domain.calls import ImportStep
from wardteam.errors import Finding, Message
from wardteam.services.call_jobs import IMPORT_CALLS, import_order
from wardteam.services.kept_messages import finding_from, message_from
from wardteam.services.ports import Job, JobStatus
from wardteam_web.calls.uploads import refused_path
from wardteam_web.findings import finding_table
from wardteam_web.records.ground import Ground
from wardteam_web.views.records import ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("call_jobs", __name__)
OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)
STATES = {
    JobStatus.QUEUED: Message("The import waits for a worker."),
    JobStatus.RUNNING: Message("The import is running."),
    JobStatus.DONE: Message("The import is finished."),
    JobStatus.FAILED: Message("Nothing was imported."),
    JobStatus.CANCELLED: Message("The import was stopped."),
}


@blueprint.get("/calls/job/<code>/")
def show(code: str) -> str:
    """Show an import: how far it is, or its ledger."""
    ground = ground_here()
    job = _job(ground, code)
    result = job.result or {}
    sha = str(result.get("code", ""))
    findings = _findings(job)
    order = import_order(job.parameters)
    return render_template(
        "calls/job.html", ground=ground, job=job, state=STATES[job.status], is_open=job.status in OPEN,
        rows=_figure(job, "rows"), percent=_figure(job, "percent"), file=order.path.name,
        ledger=_ledger(job), notes=_notes(job), sha=sha,
        findings=finding_table(findings) if findings else None,
        has_refused=bool(sha) and refused_path(ground.desk.folder, ground.ward, sha).is_file(),
        again=order.upload if order.path.is_file() else "",
    )  # fmt: skip


@blueprint.get("/calls/job/<code>/state")
def state(code: str) -> dict[str, object]:
    """Give how far an import is, for the page's own script."""
    job = _job(ground_here(), code)
    return {
        "is_open": job.status in OPEN,
        "status": job.status.value,
        "rows": _figure(job, "rows"),
        "percent": _figure(job, "percent"),
    }


@blueprint.post("/calls/job/<code>/stop")
@needs_writer
def stop(code: str) -> Response:
    """Ask an import to stop; what was read so far is kept."""
    ground = ground_here()
    job = _job(ground, code)
    with ground.desk.units() as unit:
        unit.jobs.ask_cancel(job.code)
        unit.commit()
    return redirect(url_for("call_jobs.show", code=code))


def _job(ground: Ground, code: str) -> Job:
    with ground.desk.units() as unit:
        job = unit.jobs.get(code)
    return job if job.ward == ground.ward and job.kind == IMPORT_CALLS else abort(404)


def _figure(job: Job, name: str) -> int:
    figures = (job.progress or {}).get("figures")
    value = figures.get(name, 0) if isinstance(figures, dict) else 0
    return value if isinstance(value, int) else 0


def _ledger(job: Job) -> dict[ImportStep, int]:
    ledger = (job.result or {}).get("ledger")
    return {ImportStep(step): count for step, count in ledger.items()} if isinstance(ledger, dict) else {}


def _notes(job: Job) -> tuple[Message, ...]:
    notes = (job.result or {}).get("notes")
    return tuple(message_from(note) for note in notes) if isinstance(notes, list) else ()


def _findings(job: Job) -> tuple[Finding, ...]:
    result = job.result or {}
    given = result.get("findings")
    if isinstance(given, list):
        return tuple(finding_from(finding) for finding in given)
    return (Finding("", message_from(result["error"])),) if "error" in result else ()
