"""The order of a job that computes what relaxing rules gains, and its result as a page reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wardteam.domain.calendar import Period
from wardteam.services.kept_messages import message_from
from wardteam.services.ports import Job, Progress, UnitOfWorkFactory
from wardteam.services.rule_prices import RuleGain, rule_prices

PRICES = "rule_prices"


def price_parameters(period: Period, version: int, *, seconds: float, seed: int = 0) -> dict[str, object]:
    """Give the parameters of the job."""
    dates = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return {**dates, "version": version, "seconds": seconds, "seed": seed}


def compute_prices(units: UnitOfWorkFactory, job: Job, progress: Progress) -> Mapping[str, object]:
    """Compute the gains; a stopped job keeps those it has."""
    given = job.parameters
    period = Period(*(date.fromisoformat(str(given[key])) for key in ("first", "last")))
    found = rule_prices(
        units,
        job.ward,
        period,
        version=int(str(given["version"])),
        seconds=float(str(given["seconds"])),
        seed=int(str(given["seed"])),
        progress=progress,
    )
    return {"total": found.total, "gains": tuple(_kept(gain) for gain in found.gains)}


def gains_of(result: Mapping[str, object]) -> tuple[RuleGain, ...]:
    """Read the gains from a job's result."""
    gains = result.get("gains")
    return tuple(_read(gain) for gain in gains) if isinstance(gains, list) else ()


def _kept(gain: RuleGain) -> dict[str, object]:
    return {
        "rule": gain.rule,
        "title": gain.title,
        "binding": gain.binding,
        "at_once": gain.at_once,
        "points": gain.points,
        "stages": dict(gain.stages),
        "is_proven": gain.is_proven,
    }


def _read(gain: Mapping[str, object]) -> RuleGain:
    stages = gain["stages"]
    return RuleGain(
        rule=str(gain["rule"]),
        title=message_from(gain["title"]),
        binding=int(str(gain["binding"])),
        at_once=int(str(gain["at_once"])),
        points=int(str(gain["points"])),
        stages={str(k): int(v) for k, v in stages.items()} if isinstance(stages, dict) else {},
        is_proven=bool(gain["is_proven"]),
    )
