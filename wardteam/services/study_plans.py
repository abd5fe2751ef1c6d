"""The plan of a comparison over its life: drafted, locked before looking, revised with a reason, kept."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wardteam.domain.calendar import Period
from wardteam.domain.study import (
    ArrivalTest,
    BellTest,
    Duration,
    Exclusion,
    MeasureKind,
    StudyPeriod,
    StudyPlan,
)
from wardteam.errors import BadInput, Conflict, Finding, Message
from wardteam.services.call_days import in_span
from wardteam.services.compare import check_apart
from wardteam.services.plan_targets import impossible_targets
from wardteam.services.ports import Clock, UnitOfWorkFactory
from wardteam.services.quality_data import QualityData, newest_plan
from wardteam.services.quality_ports import Kept, PastVersion
from wardteam.stats.comparison import MEASURE_NAMES

PREFIX = "PLAN-"
LOCKED = Message("This plan is locked; a change of it needs a reason and stays visible.")
LOCKED_ALREADY = Message("This plan is locked already.")
NO_REASON = Message("A reason was expected: a locked plan is not changed without one.")
NO_PLAN_YET = Message(
    "No plan was locked for these periods: nothing was declared before the data were looked at, and every "
    "figure is exploratory."
)
FIELD_NAMES: dict[str, Message] = {
    "name": Message("name of the plan"),
    "baseline": Message("baseline period"),
    "intervention": Message("intervention period"),
    "primary": Message("primary measure"),
    "duration": Message("duration of a call"),
    "bell_test": Message("test of bells"),
    "arrival_test": Message("test of arrival times"),
    "exclusions": Message("what is left out"),
    "targets": Message("targets"),
    "target_seconds": Message("arrival time aimed at"),
}
"""The fields of a plan that decide something, with their names for people."""


@dataclass(frozen=True)
class PlanChange:
    """One version of a plan against the one before: who changed what, when and why."""

    at: datetime
    by: str
    reason: str
    is_after_lock: bool
    changes: tuple[Message, ...]


@dataclass(frozen=True, kw_only=True)
class PlanFields:
    """What of a plan is to be changed; None leaves a field as it is."""

    baseline: Period | None = None
    intervention: Period | None = None
    primary: MeasureKind | None = None
    duration: Duration | None = None
    bell_test: BellTest | None = None
    arrival_test: ArrivalTest | None = None
    exclusions: tuple[Exclusion, ...] | None = None
    targets: Mapping[MeasureKind, float] | None = None
    target_seconds: float | None = None


def altered(plan: StudyPlan, fields: PlanFields) -> StudyPlan:
    """Give a plan with some fields changed.

    Raises
    ------
    BadInput
        Where the periods would share a date, or a target is impossible.
    """
    baseline = _moved(plan.baseline, fields.baseline)
    intervention = _moved(plan.intervention, fields.intervention)
    check_apart(baseline.span, intervention.span)
    given = {name: value for name, value in vars(fields).items() if value is not None}
    given |= {"baseline": baseline, "intervention": intervention}
    if fields.targets is not None:
        given["targets"] = {**plan.targets, **fields.targets}
        wrong = tuple(impossible_targets(fields.targets))
        if wrong:
            raise BadInput(wrong)
    return replace(plan, **given)


def draft_plan(
    units: UnitOfWorkFactory,
    ward: str,
    plan: StudyPlan,
    *,
    expected_revision: int | None,
    by: str,
    clock: Clock,
) -> int:
    """Write a new plan, or change one that is not locked; give its revision. A code is given where empty.

    Raises
    ------
    Conflict
        Where the kept plan is locked, or somebody changed it in between.
    """
    check_apart(plan.baseline.span, plan.intervention.span)
    with units() as unit:
        if not plan.code:
            plan = replace(plan, code=unit.captured.next_code(ward, StudyPlan, PREFIX))
        kept = unit.captured.find(ward, StudyPlan, plan.code)
        if kept is not None and kept.record.is_locked:
            raise Conflict(LOCKED)
        draft = replace(plan, locked_at=None, locked_by="", revised_because="")
        revision = unit.captured.put(ward, draft, expected_revision=expected_revision, by=by, at=clock())
        unit.commit()
        return revision


def lock_plan(units: UnitOfWorkFactory, ward: str, code: str, *, by: str, clock: Clock) -> int:
    """Lock a plan with the present moment; give its revision. Conflict where it is locked already."""
    with units() as unit:
        kept = unit.captured.get(ward, StudyPlan, code)
        if kept.record.is_locked:
            raise Conflict(LOCKED_ALREADY)
        locked = replace(kept.record, locked_at=clock(), locked_by=by)
        revision = unit.captured.put(ward, locked, expected_revision=kept.revision, by=by, at=clock())
        unit.commit()
        return revision


def revise_plan(
    units: UnitOfWorkFactory,
    ward: str,
    plan: StudyPlan,
    *,
    expected_revision: int,
    reason: str,
    by: str,
    clock: Clock,
) -> int:
    """Change a locked plan with a reason; its earlier versions stay, and it is locked again at once.

    Raises
    ------
    BadInput
        Without a reason, or where the periods share a date.
    """
    if not reason.strip():
        raise BadInput((Finding("", NO_REASON),))
    check_apart(plan.baseline.span, plan.intervention.span)
    at = clock()
    revised = replace(plan, locked_at=at, locked_by=by, revised_because=reason.strip())
    with units() as unit:
        revision = unit.captured.put(
            ward, revised, expected_revision=expected_revision, by=by, at=at, reason=reason.strip()
        )
        unit.commit()
        return revision


def plan_of(
    units: UnitOfWorkFactory, ward: str, code: str | None = None
) -> tuple[Kept[StudyPlan], tuple[PastVersion[StudyPlan], ...]]:
    """Give a plan as kept, the newest where none is named, with all its versions; NotFound without one."""
    with units() as unit:
        kept = newest_plan(unit, ward, code)
        return kept, unit.captured.history(ward, StudyPlan, kept.record.code)


def plan_changes(versions: Sequence[PastVersion[StudyPlan]]) -> tuple[PlanChange, ...]:
    """Tell each version from the one before, field by field, oldest first; a removal is left out."""
    found = []
    kept = [(version, version.record) for version in versions if version.record is not None]
    for (_, before), (version, after) in itertools.pairwise(kept):
        changes = tuple(_differences(before, after))
        if changes:
            reason = version.reason or after.revised_because
            found.append(PlanChange(version.at, version.by, reason, before.is_locked, changes))
    return tuple(found)


def first_locked(versions: Iterable[PastVersion[StudyPlan]]) -> datetime | None:
    """Give the moment at which a plan was first locked, None where it never was."""
    found = first_lock(versions)
    return found.locked_at if found else None


def first_lock(versions: Iterable[PastVersion[StudyPlan]]) -> StudyPlan | None:
    """Give a plan as it stood when it was first locked, with who locked it and when; None where never."""
    return next((v.record for v in versions if v.record is not None and v.record.is_locked), None)


def looked_before(data: QualityData) -> Message | None:
    """Say that there is no plan, that it was not locked, or only after its intervention's data came in."""
    if not data.plan.code:
        return NO_PLAN_YET
    locked = first_locked(data.plan_versions) or data.plan.locked_at
    if locked is None:
        return Message(
            "The plan is not locked: its measures were not declared before the data were looked at."
        )
    span = data.plan.intervention.span
    days = [d.day for d in data.patient_days if d.day in span] + [s.day for s in data.sheets if s.day in span]
    began = min((*days, *_first_call(data, span)), default=None)
    day = locked.astimezone(data.book.settings.zone).date()
    if began is None or day <= began:
        return None
    return Message(
        "The plan was locked on {day}, when data of the intervention period had been captured since {began}: "
        "it does not count as declared beforehand.",
        day=day.isoformat(),
        began=began.isoformat(),
    )


def shown(value: object) -> Any:  # anything a message can show
    """Put a plan's field into something that a message can show."""
    match value:
        case StudyPeriod():
            first, last = value.span.first.isoformat(), value.span.last.isoformat()
            return Message("{name}, {first} to {last}", name=value.named, first=first, last=last)
        case MeasureKind():
            return MEASURE_NAMES[value]
        case tuple():
            return tuple(shown(item) for item in value) or Message("nothing")
        case dict():
            return tuple(target_words(kind, value[kind]) for kind in MeasureKind if kind in value) or Message(
                "nothing"
            )
        case float():
            return Message("{seconds} s", seconds=f"{value:g}")
        case _:
            return value


def target_words(kind: MeasureKind, target: float) -> Message:
    """Name a measure with its target."""
    return Message("{name}: {words}", name=MEASURE_NAMES[kind], words=aim_words(kind, target))


def aim_words(kind: MeasureKind, target: float) -> Message:
    """Put a target into words."""
    match kind:
        case MeasureKind.BELLS:
            return Message("at most {target} per 100 patient-days", target=f"{target:g}")
        case MeasureKind.ARRIVAL:
            return Message("at most {target} s", target=f"{target:g}")
        case _:
            return Message("at least {target}%", target=f"{100 * target:g}")


def _moved(period: StudyPeriod, span: Period | None) -> StudyPeriod:
    return period if span is None else replace(period, span=span)


def _differences(before: StudyPlan, after: StudyPlan) -> Iterable[Message]:
    for name, title in FIELD_NAMES.items():
        old, new = getattr(before, name), getattr(after, name)
        if name == "targets":
            old, new = _unlike(old, new), _unlike(new, old)
        if old != new:
            yield Message("{field}: {before} → {after}", field=title, before=shown(old), after=shown(new))


def _unlike(
    targets: Mapping[MeasureKind, float], others: Mapping[MeasureKind, float]
) -> dict[MeasureKind, float]:
    return {kind: target for kind, target in targets.items() if others.get(kind) != target}


def _first_call(data: QualityData, span: Period) -> list[date]:
    placed = in_span(data.calls, span).placed
    zone: ZoneInfo = data.book.settings.zone
    return [datetime.fromtimestamp(float(placed.min()), zone).date()] if len(placed) else []
