"""What the workers can do: for each kind of job, the use case it runs and the result it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wardteam.domain.calendar import Period
from wardteam.jobs.running import Work
from wardteam.services.ports import Clock, Job, Progress, UnitOfWorkFactory

ROSTER = "roster"


def roster_parameters(
    period: Period, *, seconds: float, seed: int, workers: int, by: str
) -> dict[str, object]:
    """Give the parameters of a roster job."""
    dates = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return {**dates, "seconds": seconds, "seed": seed, "workers": workers, "by": by}


def handlers(units: UnitOfWorkFactory, clock: Clock) -> dict[str, Work]:
    """Give the handler of every kind of job."""

    def roster(job: Job, progress: Progress) -> Mapping[str, object]:
        return _roster(units, clock, job, progress)

    return {ROSTER: roster}


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


def _way(text: object, points: int, *, is_enough: bool) -> dict[str, object]:
    return {"text": text, "points": points, "is_enough": is_enough}
