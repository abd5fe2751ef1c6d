"""Invented quality control of both periods: audits, corrective actions, activities, symposia."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

import numpy as np

from wardteam.demo.words import quality_words
from wardteam.domain.calendar import Period
from wardteam.domain.control import (
    Action,
    ActionSource,
    Activity,
    ActivityKind,
    Audience,
    Audit,
    AuditLevel,
    Checklist,
    ItemScore,
    Mark,
    Symposium,
)

TEAMS = tuple(str(number) for number in range(1, 6))
MARKS = (Mark.MET, Mark.PARTLY, Mark.NOT_MET, Mark.NOT_APPLICABLE)
MARK_SHARES = ((0.885, 0.055, 0.03, 0.03), (0.93, 0.03, 0.015, 0.025))
"""Of an item, before and with the teams."""
DAYS_TO_ACT = 14
STRICT_DAYS = 21
OVERDUE_DAYS = 7
LATE_SHARE = 0.08
INEFFECTIVE_SHARE = 0.07
PER_MONTH = {
    ActivityKind.ROUND: 2.0,
    ActivityKind.TEACHING: 1.0,
    ActivityKind.STUDY_SESSION: 1.0,
    ActivityKind.CASE_DISCUSSION: 0.5,
    ActivityKind.RESCUE: 0.4,
}
"""How often a leader does each, on average."""
MINUTES = {
    ActivityKind.ROUND: 40,
    ActivityKind.TEACHING: 45,
    ActivityKind.STUDY_SESSION: 60,
    ActivityKind.CASE_DISCUSSION: 50,
    ActivityKind.RESCUE: 80,
}


@dataclass(frozen=True)
class Staff:
    """Who controls: each team's leader and members by the team, and the head nurse."""

    leaders: Mapping[str, str]
    members: Mapping[str, Sequence[str]]
    head_nurse: str


def make_audits(
    span: Period, shares: Sequence[float], staff: Staff, rng: np.random.Generator
) -> tuple[Audit, ...]:
    """Let each leader control her team every week, the head nurse every team and a nurse herself monthly."""
    checklists = quality_words().checklists
    (own,) = rng.spawn(1)  # the other draws stay as they are, however many nurses control themselves
    audits = []
    for team in TEAMS:
        for turn, day in enumerate(_every(span, 7, 2 + int(team))):
            checklist = checklists[(turn + int(team)) % len(checklists)]
            audits.append(_audit(checklist, day, AuditLevel.LEADER, team, staff, shares, rng))
        for turn, day in enumerate(_every(span, 30, 10 + int(team))):
            checklist = checklists[(turn + 2 * int(team)) % len(checklists)]
            audits.append(_audit(checklist, day, AuditLevel.HEAD_NURSE, team, staff, shares, rng))
        for turn, day in enumerate(_every(span, 30, 18 + int(team))):
            checklist = checklists[(turn + 3 * int(team)) % len(checklists)]
            audits.append(_audit(checklist, day, AuditLevel.NURSE, team, staff, shares, own))
    audits.sort(key=lambda audit: (audit.day, audit.level, audit.team))
    year = span.first.year % 100
    return tuple(replace(audit, code=f"A{year}-{number:04d}") for number, audit in enumerate(audits, 1))


def make_actions(
    audits: Sequence[Audit],
    symposia: Sequence[Symposium],
    staff: Staff,
    today: date,
    rng: np.random.Generator,
) -> tuple[Action, ...]:
    """Give every finding its corrective action, as far as it can be by today; one is overdue."""
    found = [*_from_audits(audits, staff, today, rng), *_from_symposia(symposia, staff, today, rng)]
    found.sort(key=lambda action: (action.day, action.source_code, action.item))
    return tuple(
        replace(action, code=f"Z{action.day.year % 100}-{number:04d}")
        for number, action in enumerate(found, 1)
    )


def make_activities(
    span: Period, staff: Staff, numbers: Iterator[int], rng: np.random.Generator
) -> tuple[Activity, ...]:
    """Let each leader do rounds, teaching, study sessions, case discussions and rescues."""
    months = len(span) / 30.4
    found = []
    for team in TEAMS:
        for kind, often in PER_MONTH.items():
            topics = quality_words().activities[kind.value]
            for place in range(int(rng.poisson(often * months))):
                day = span.first + timedelta(days=int(rng.integers(0, len(span))))
                present, minutes = int(rng.integers(3, 10)), MINUTES[kind] + 5 * int(rng.integers(-3, 4))
                topic = topics[(place + int(team)) % len(topics)]
                found.append(Activity("", day, kind, staff.leaders[team], topic, team, present, minutes))
    found.sort(key=lambda one: (one.day, one.team, one.kind))
    return tuple(replace(one, code=f"T{one.day.year % 100}-{next(numbers):04d}") for one in found)


def make_symposia(span: Period, staff: Staff, rng: np.random.Generator) -> tuple[Symposium, ...]:
    """Hold one symposium a quarter with patients, with nurses and with doctors."""
    found: list[Symposium] = []
    for turn, day in enumerate(_every(span, 91, 75)):
        for place, audience in enumerate(Audience):
            points = quality_words().symposia[audience.value]
            raised = tuple(points[(turn + place + n) % len(points)] for n in range(2))
            present = {audience: int(rng.integers(6, 13))}
            present[Audience.NURSES] = max(present.get(Audience.NURSES, 0), 3)
            code = f"Y{day.year % 100}-{len(found) + 1:04d}"
            held = day + timedelta(days=place)
            found.append(Symposium(code, held, audience, present, raised, staff.head_nurse))
    return tuple(found)


def _every(span: Period, step: int, first: int) -> Iterator[date]:
    """Give the working days that lie every so many days."""
    for days in count(first, step):
        day = span.first + timedelta(days=days)
        day -= timedelta(days=max(day.weekday() - 4, 0))
        if day > span.last:
            return
        yield day


def _audit(
    checklist: Checklist,
    day: date,
    level: AuditLevel,
    team: str,
    staff: Staff,
    shares: Sequence[float],
    rng: np.random.Generator,
) -> Audit:
    drawn = rng.choice(len(MARKS), size=len(checklist.items), p=shares)
    notes = quality_words().notes
    scores = tuple(
        ItemScore(item.code, MARKS[mark], notes[int(rng.integers(len(notes)))] if mark in (1, 2) else "")
        for item, mark in zip(checklist.items, drawn.tolist(), strict=True)
    )
    subject = staff.members[team][int(rng.integers(len(staff.members[team])))]
    auditors = {AuditLevel.NURSE: subject, AuditLevel.LEADER: staff.leaders[team]}
    auditor = auditors.get(level, staff.head_nurse)
    return Audit("", day, checklist.code, level, team, auditor, scores, subject)


def _from_audits(
    audits: Sequence[Audit], staff: Staff, today: date, rng: np.random.Generator
) -> Iterator[Action]:
    """Act on what was not met, and in the last weeks on what was partly met as well."""
    checklists = {checklist.code: checklist for checklist in quality_words().checklists}
    measures = quality_words().measures
    for audit in audits:
        texts = {item.code: item.text.zh for item in checklists[audit.checklist].items}
        leader = staff.leaders[audit.team]
        is_recent = (today - audit.day).days <= STRICT_DAYS
        for score in audit.scores:
            if score.mark is not Mark.NOT_MET and not (is_recent and score.mark is Mark.PARTLY):
                continue
            action = Action(
                *("", audit.day, ActionSource.AUDIT, audit.code, f"{texts[score.item]}：{score.note}"),
                measure=measures[int(rng.integers(len(measures)))],
                owner=leader if audit.level is AuditLevel.HEAD_NURSE else audit.subject,
                due=audit.day + timedelta(days=DAYS_TO_ACT),
                team=audit.team,
                item=score.item,
            )
            is_own = audit.level is AuditLevel.NURSE
            yield _carried_out(action, leader if is_own else audit.auditor, today, rng)


def _from_symposia(
    symposia: Sequence[Symposium], staff: Staff, today: date, rng: np.random.Generator
) -> Iterator[Action]:
    """Act on the first point of every symposium; the last one's action lies past its due date."""
    for place, symposium in enumerate(symposia, 1):
        team = TEAMS[place % len(TEAMS)]
        action = Action(
            *("", symposium.day, ActionSource.SYMPOSIUM, symposium.code, symposium.points[0]),
            measure="责任组长与相关科室协调，落实后在晨会反馈。",
            owner=staff.leaders[team],
            due=symposium.day + timedelta(days=2 * DAYS_TO_ACT),
            team=team,
        )
        if place == len(symposia):
            yield replace(action, due=today - timedelta(days=OVERDUE_DAYS))
        else:
            yield _carried_out(action, staff.head_nurse, today, rng)


def _carried_out(action: Action, auditor: str, today: date, rng: np.random.Generator) -> Action:
    """Carry an action out, most in time, and have the auditor verify it; nothing lies ahead of today."""
    late = rng.random() < LATE_SHARE
    done = action.due + timedelta(days=int(rng.integers(1, 9)) if late else -int(rng.integers(1, 10)))
    verified = done + timedelta(days=int(rng.integers(3, 9)))
    is_effective = bool(rng.random() >= INEFFECTIVE_SHARE)
    if done >= today:
        return action
    action = replace(action, done_on=done, done_note="已按措施完成")
    if verified >= today:
        return action
    return replace(action, verified_on=verified, verified_by=auditor, is_effective=is_effective)
