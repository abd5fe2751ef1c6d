"""Checks records of quality control before they are kept: checklists, audits, actions, events, meetings."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from wardteam.domain.control import (
    Action,
    ActionSource,
    Activity,
    AdverseEvent,
    Audit,
    Checklist,
    EventKind,
    Symposium,
)
from wardteam.errors import Finding, Message
from wardteam.services.capture_scene import Scene, found, needed, not_before, repeated, whole
from wardteam.services.quality_ports import Record

MOST_PEOPLE = 1000
MOST_MINUTES = 24 * 60
STAGES = range(1, 7)
SOURCES: dict[ActionSource, type[Record]] = {
    ActionSource.AUDIT: Audit,
    ActionSource.SYMPOSIUM: Symposium,
    ActionSource.EVENT: AdverseEvent,
}


def check_checklist(record: Checklist, scene: Scene) -> Iterator[Finding]:
    """Weights and share make sense, and no item that an audit scored is lost."""
    for item in record.items:
        if not (math.isfinite(item.weight) and item.weight > 0):
            yield found(item.code, Message("A weight above 0 was expected."), item.weight)
    if not 0 < record.pass_share <= 1:
        yield found("pass_share", Message("A share above 0, at most 1, was expected."), record.pass_share)
    kept = {item.code for item in record.items}
    audits = (k.record for k in scene.unit.captured.all(scene.ward, Audit))
    scored = {s.item for audit in audits if audit.checklist == record.code for s in audit.scores}
    for lost in sorted(scored - kept):
        problem = Message("Audits have scored this item; make a new checklist instead of changing this one.")
        yield found("items", problem, lost)


def check_audit(record: Audit, scene: Scene) -> Iterator[Finding]:
    """The checklist is known, its items are scored once, and people, team and bed are the ward's."""
    kept = scene.unit.captured.find(scene.ward, Checklist, record.checklist)
    if kept is None:
        yield found("checklist", Message("There is no such checklist."), record.checklist)
    else:
        items = {item.code for item in kept.record.items}
        for score in record.scores:
            if score.item not in items:
                yield found("scores", Message("The checklist has no such item."), score.item)
    for item in repeated(score.item for score in record.scores):
        yield found("scores", Message("This item is scored twice."), item)
    if not record.scores:
        yield found("scores", Message("At least one item must be scored."))
    yield from scene.team("team", record.team)
    yield from scene.nurse("auditor", record.auditor, is_needed=True)
    yield from scene.nurse("subject", record.subject)
    yield from scene.bed("bed", record.bed)
    yield from scene.past("day", record.day)


def check_action(record: Action, scene: Scene) -> Iterator[Finding]:
    """Source, people and dates fit together; nobody verifies her own action, under whatever name."""
    yield from _check_source(record, scene)
    yield from needed("finding", record.finding)
    yield from needed("measure", record.measure)
    yield from scene.nurse("owner", record.owner, is_needed=True)
    yield from scene.team("team", record.team)
    yield from scene.past("day", record.day)
    yield from not_before("due", record.due, record.day)
    if record.done_on is not None:
        yield from not_before("done_on", record.done_on, record.day)
        yield from scene.past("done_on", record.done_on)
    yield from _check_verified(record, scene)


def _check_source(record: Action, scene: Scene) -> Iterator[Finding]:
    kind = SOURCES.get(record.source)
    source = scene.unit.captured.find(scene.ward, kind, record.source_code) if kind else None
    if kind is not None and record.source_code and source is None:
        yield found("source_code", Message("There is no such record that the action could come from."))
    if record.item and source is not None and isinstance(source.record, Audit):
        kept = scene.unit.captured.find(scene.ward, Checklist, source.record.checklist)
        if kept is not None and record.item not in {item.code for item in kept.record.items}:
            yield found("item", Message("The checklist has no such item."), record.item)


def _check_verified(record: Action, scene: Scene) -> Iterator[Finding]:
    if record.verified_on is None:
        if record.verified_by or record.is_effective is not None:
            yield found("verified_on", Message("A verification needs its date."))
        return
    if record.done_on is None:
        yield found("done_on", Message("An action must be done before it is verified."))
    else:
        yield from not_before("verified_on", record.verified_on, record.done_on)
    yield from scene.past("verified_on", record.verified_on)
    yield from needed("verified_by", record.verified_by)
    if record.verified_by and record.verified_by == record.owner:
        problem = Message("An action must be verified by somebody else than its owner.")
        yield found("verified_by", problem, record.verified_by)
    elif scene.by and scene.by == record.owner and _is_newly_verified(record, scene):
        problem = Message("You own this action: somebody else must record its verification.")
        yield found("verified_by", problem, record.verified_by)
    if record.is_effective is None:
        yield found("is_effective", Message("Say whether the action was effective."))


def _is_newly_verified(record: Action, scene: Scene) -> bool:
    """Whether this version says something of the verification that the kept one did not."""
    kept = scene.unit.captured.find(scene.ward, Action, record.code)
    return kept is None or _verification(record) != _verification(kept.record)


def _verification(record: Action) -> tuple[date | None, str, bool | None]:
    return record.verified_on, record.verified_by, record.is_effective


def check_activity(record: Activity, scene: Scene) -> Iterator[Finding]:
    """A leader of the ward, a topic, and numbers that can be."""
    yield from scene.nurse("leader", record.leader, is_needed=True)
    yield from needed("topic", record.topic)
    yield from scene.team("team", record.team)
    yield from scene.past("day", record.day)
    yield from whole("present", record.present, MOST_PEOPLE)
    yield from whole("minutes", record.minutes, MOST_MINUTES)


def check_event(record: AdverseEvent, scene: Scene) -> Iterator[Finding]:
    """A stage for pressure injuries alone, a catheter's kind for extubations alone."""
    yield from scene.team("team", record.team)
    yield from scene.bed("bed", record.bed)
    yield from scene.past("day", record.day)
    is_injury = record.kind is EventKind.PRESSURE_INJURY
    if record.stage is not None and not is_injury:
        yield found("stage", Message("Only a pressure injury has a stage."), record.stage)
    if record.stage is not None and is_injury and record.stage not in STAGES:
        problem = Message("A whole number from {low} to {high} was expected.", low=1, high=6)
        yield found("stage", problem, record.stage)
    is_extubation = record.kind is EventKind.EXTUBATION
    if is_extubation and record.catheter is None:
        yield found("catheter", Message("An unplanned extubation needs the kind of its catheter."))
    if record.catheter is not None and not is_extubation:
        problem = Message("Only an unplanned extubation has a kind of catheter.")
        yield found("catheter", problem, record.catheter.value)


def check_symposium(record: Symposium, scene: Scene) -> Iterator[Finding]:
    """Those present are counted, and points are not empty."""
    yield from scene.past("day", record.day)
    for role, count in record.present.items():
        for finding in whole("present", count, MOST_PEOPLE):
            yield found("present", Message("{role}: {problem}", role=role, problem=finding.problem), count)
    for point in record.points:
        yield from needed("points", point)
