"""What the workers can do: for each kind of job, the use case it runs and the result it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wardteam.domain.calendar import Period
from wardteam.jobs.running import Work
from wardteam.services.call_jobs import IMPORT_CALLS, import_order, import_parameters
from wardteam.services.conflict_jobs import CONFLICTS, period_of, to_keep
from wardteam.services.ports import Clock, Job, Progress, UnitOfWorkFactory
from wardteam.services.price_jobs import PRICES

__all__ = ["IMPORT_CALLS", "ROSTER", "handlers", "import_parameters", "roster_parameters"]

ROSTER = "roster"


def roster_parameters(
    period: Period, *, seconds: float, seed: int, workers: int, by: str, unlock: bool = False
) -> dict[str, object]:
    """Give the parameters of a roster job; `unlock` gives up locked cells that break a hard rule."""
    dates = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return {**dates, "seconds": seconds, "seed": seed, "workers": workers, "by": by, "unlock": unlock}


def handlers(units: UnitOfWorkFactory, clock: Clock) -> dict[str, Work]:
    """Give the handler of every kind of job."""

    def roster(job: Job, progress: Progress) -> Mapping[str, object]:
        return _roster(units, clock, job, progress)

    def calls(job: Job, progress: Progress) -> Mapping[str, object]:
        return _import_calls(units, clock, job, progress)

    def conflicts(job: Job, progress: Progress) -> Mapping[str, object]:
        return _conflicts(units, clock, job, progress)

    def prices(job: Job, progress: Progress) -> Mapping[str, object]:
        from wardteam.services.price_jobs import compute_prices

        return compute_prices(units, job, progress)

    return {ROSTER: roster, IMPORT_CALLS: calls, PRICES: prices, CONFLICTS: conflicts}


def _roster(units: UnitOfWorkFactory, clock: Clock, job: Job, progress: Progress) -> Mapping[str, object]:
    """Make a roster; its version, and why there is none, stand in the result."""
    from wardteam.services.roster_cases import make_roster

    given = job.parameters
    dates = (date.fromisoformat(str(given[key])) for key in ("first", "last"))
    plan = make_roster(
        units,
        job.ward,
        Period(*dates),
        seconds=float(str(given["seconds"])),
        seed=int(str(given["seed"])),
        workers=int(str(given["workers"])),
        unlock=given.get("unlock") is True,
        by=str(given["by"]),
        clock=clock,
        progress=progress,
    )
    clash = plan.conflict
    return {
        "version": None if plan.roster is None else plan.roster.version,
        "status": plan.record.status,
        "clash": None if clash is None else clash.text,
        "is_minimal": clash is not None and clash.is_minimal,
        "ways": ()
        if clash is None
        else tuple(_way(way.text, way.points, is_enough=way.is_enough) for way in clash.ways),
    }


def _conflicts(units: UnitOfWorkFactory, clock: Clock, job: Job, progress: Progress) -> Mapping[str, object]:
    """Check whether a roster can exist; the whole report stands in the result, with what it was made of."""
    from wardteam.services.conflict_cases import stand_now, ward_conflicts

    period = period_of(job)
    stand = stand_now(units, job.ward, period)
    workers = int(str(job.parameters["workers"]))
    found = ward_conflicts(units, job.ward, period, workers=workers, clock=clock, progress=progress)
    return to_keep(found, stand)


def _import_calls(
    units: UnitOfWorkFactory, clock: Clock, job: Job, progress: Progress
) -> Mapping[str, object]:
    """Import a file of calls; the ledger stands in the result, also of an import that was stopped."""
    from wardteam.domain.calls import CallMapping
    from wardteam.services.call_import import import_calls, note_messages
    from wardteam.services.call_notes import STOPPED

    order = import_order(job.parameters)
    with units() as unit:
        mapping = unit.captured.get(job.ward, CallMapping, order.mapping).record
    found = import_calls(
        units,
        job.ward,
        order.path,
        mapping,
        by=order.by,
        clock=clock,
        refused_path=order.refused,
        progress=progress,
        language=order.language,
    )
    if order.upload and STOPPED not in found.notes:
        order.path.unlink(missing_ok=True)
    return {
        "file": found.file,
        "code": found.code,
        "ledger": {step.value: count for step, count in found.ledger.items()},
        "notes": note_messages(found),
        "first": found.first,
        "last": found.last,
    }


def _way(text: object, points: int, *, is_enough: bool) -> dict[str, object]:
    return {"text": text, "points": points, "is_enough": is_enough}
