"""Checks any captured record before it is kept, by its kind, and whether one may be taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from wardteam.domain.census import PatientDays
from wardteam.domain.control import Action, Activity, AdverseEvent, Audit, Checklist, Symposium
from wardteam.domain.questionnaires import QuestionnaireSheet, QuestionnaireVersion
from wardteam.domain.study import StudyPlan
from wardteam.errors import Finding, Message
from wardteam.services.capture_scene import Scene, found, needed
from wardteam.services.control_checks import (
    check_action,
    check_activity,
    check_audit,
    check_checklist,
    check_event,
    check_symposium,
)
from wardteam.services.quality_ports import Record
from wardteam.services.questionnaire_entry import wrong_sheet

HOURS_A_BED = 24


def check_record(record: Record, scene: Scene) -> tuple[Finding, ...]:
    """Give everything that is wrong with a record; nothing where its kind has no rules."""
    check = _CHECKS.get(type(record))
    return (*needed("code", record.code), *(check(record, scene) if check else ()))


def check_removal(kind: type[Record], code: str, scene: Scene) -> tuple[Finding, ...]:
    """Give the records that speak of a record that shall go."""
    users: tuple[Record, ...] = ()
    if kind is Checklist:
        users = tuple(audit for audit in _all(scene, Audit) if audit.checklist == code)
    elif kind is QuestionnaireVersion:
        users = tuple(sheet for sheet in _all(scene, QuestionnaireSheet) if sheet.version == code)
    elif kind in (Audit, Symposium, AdverseEvent):
        users = tuple(action for action in _all(scene, Action) if action.source_code == code)
    problem = Message("Other records speak of it: {codes}.", codes=tuple(user.code for user in users[:10]))
    return (found("code", problem, code),) if users else ()


def _all(scene: Scene, kind: type[Any]) -> tuple[Any, ...]:  # records of the kind given
    return tuple(kept.record for kept in scene.unit.captured.all(scene.ward, kind))


def _check_day(record: PatientDays, scene: Scene) -> Iterator[Finding]:
    yield from scene.past("day", record.day)
    beds = max(len(scene.book.beds), record.total)
    if record.infusion_hours is not None and record.infusion_hours > beds * HOURS_A_BED:
        problem = Message(
            "More infusion hours than the beds have in a day ({most}).", most=beds * HOURS_A_BED
        )
        yield found("infusion_hours", problem, record.infusion_hours)


def _check_version(record: QuestionnaireVersion, scene: Scene) -> Iterator[Finding]:
    """Sheets keep their items: what was asked can't be changed afterwards."""
    kept = scene.unit.captured.find(scene.ward, QuestionnaireVersion, record.code)
    sheets = _all(scene, QuestionnaireSheet)
    is_used = any(sheet.version == record.code for sheet in sheets)
    if kept is not None and kept.record.items != record.items and is_used:
        problem = Message("Sheets of this version were issued; make a new version to change its items.")
        yield found("items", problem)
    for name in ("aware_share", "least_answered"):
        share = getattr(record, name)
        if not 0 < share <= 1:
            yield found(name, Message("A share above 0, at most 1, was expected."), share)
    if not 1 <= record.satisfied_mean <= 5:
        problem = Message("A number from {low} to {high} was expected.", low=1, high=5)
        yield found("satisfied_mean", problem, record.satisfied_mean)


def _check_sheet(record: QuestionnaireSheet, scene: Scene) -> Iterator[Finding]:
    yield from wrong_sheet(scene.unit, scene.ward, record, scene.today)
    yield from scene.team("team", record.team)


def _check_plan(record: StudyPlan, scene: Scene) -> Iterator[Finding]:
    """A locked plan is changed only with a reason, and stays locked."""
    kept = scene.unit.captured.find(scene.ward, StudyPlan, record.code)
    if kept is None or not kept.record.is_locked:
        return
    old = kept.record
    if record.locked_at != old.locked_at or record.locked_by != old.locked_by:
        yield found("locked_at", Message("A locked plan stays locked, by whom and when it was."))
    is_same = replace(record, revised_because="") == replace(old, revised_because="")
    if not is_same and record.revised_because.strip() in ("", old.revised_because):
        yield found("revised_because", Message("A locked plan is changed only with a new reason."))


_CHECKS: dict[type[Any], Callable[[Any, Scene], Iterator[Finding]]] = {  # each for its own kind
    PatientDays: _check_day,
    QuestionnaireVersion: _check_version,
    QuestionnaireSheet: _check_sheet,
    Checklist: check_checklist,
    Audit: check_audit,
    Action: check_action,
    Activity: check_activity,
    AdverseEvent: check_event,
    Symposium: check_symposium,
    StudyPlan: _check_plan,
}
