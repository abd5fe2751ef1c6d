"""Three-level quality control in figures: audits, findings, actions, the leaders' activities, events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from wardteam.domain.calendar import Period
from wardteam.domain.control import (
    Action,
    ActionStatus,
    Activity,
    ActivityKind,
    AdverseEvent,
    Audit,
    AuditLevel,
    Checklist,
    EventKind,
    EventLevel,
    Mark,
)
from wardteam.domain.teams import Team
from wardteam.domain.ward import WardBook
from wardteam.errors import Message, Named
from wardteam.services.quality_data import QualityData
from wardteam.stats.counts import Share

MOST_ITEMS = 10
NO_TEAM = Message("no team given")
Words = Message | Named | str


@dataclass(frozen=True)
class AuditShare:
    """Audits passed of those that could be judged, for one checklist, level, team or month."""

    name: Words
    share: Share | None


@dataclass(frozen=True)
class ItemFinding:
    """How often a checklist's item was judged, not met and partly met."""

    checklist: Named
    item: Named
    judged: int
    not_met: int
    partly: int


@dataclass(frozen=True)
class ActionLine:
    """A corrective action with how many days it is over its due date (0 or less: not yet)."""

    action: Action
    status: ActionStatus
    is_overdue: bool
    days_over: int


@dataclass(frozen=True)
class ActionSummary:
    """The actions raised in a span: how far they are, done on time, days from finding to done."""

    counts: dict[ActionStatus, int]
    open: tuple[ActionLine, ...]
    on_time: Share | None
    median_days: float | None

    @property
    def overdue(self) -> int:
        """How many are past their due date and not done."""
        return sum(line.is_overdue for line in self.open)


@dataclass(frozen=True)
class ControlSummary:
    """Three-level control of a span of dates; teams stand in their own order."""

    span: Period
    by_checklist: tuple[AuditShare, ...]
    by_level: tuple[AuditShare, ...]
    by_team: tuple[AuditShare, ...]
    by_month: tuple[AuditShare, ...]
    items: tuple[ItemFinding, ...]
    actions: ActionSummary
    activities: dict[ActivityKind, tuple[int, int]]
    events: dict[EventKind, dict[EventLevel, int]]
    unjudged: int


def control_summary(data: QualityData, span: Period) -> ControlSummary:
    """Sum up audits, actions, activities and events of a span; `activities` are (times, minutes)."""
    lists = {checklist.code: checklist for checklist in data.checklists}
    audits = [a for a in data.audits if a.day in span and a.checklist in lists]
    foreign = sum(a.day in span and a.checklist not in lists for a in data.audits)
    return ControlSummary(
        span=span,
        by_checklist=_by_checklist(audits, lists),
        by_level=_grouped(audits, lists, tuple(AuditLevel), lambda a: a.level, _level_name),
        by_team=audits_by_team(data.book, audits, lists),
        by_month=_by_month(audits, lists),
        items=_items(audits, lists),
        actions=action_summary([a for a in data.actions if a.day in span], data.today),
        activities=_activities(a for a in data.activities if a.day in span),
        events=_events(e for e in data.events if e.day in span),
        unjudged=foreign + sum(a.is_passed(lists[a.checklist]) is None for a in audits),
    )


def audit_share(audits: Iterable[Audit], lists: dict[str, Checklist]) -> Share | None:
    """Give audits passed of those that could be judged; None where there is none."""
    passed = [a.is_passed(lists[a.checklist]) for a in audits]
    return Share.of(passed) if any(answer is not None for answer in passed) else None


def audits_by_team(
    book: WardBook, audits: Sequence[Audit], lists: dict[str, Checklist]
) -> tuple[AuditShare, ...]:
    """Give each team's audits passed, in the teams' own order; audits of no known team come last."""
    teams = sorted(book.teams, key=lambda team: team.number)
    keys = team_keys(book)
    shares = [
        AuditShare(
            team_name(team), audit_share((a for a in audits if keys.get(a.team) == team.number), lists)
        )
        for team in teams
    ]
    others = [a for a in audits if a.team not in keys]
    return (*shares, *((AuditShare(NO_TEAM, audit_share(others, lists)),) if others else ()))


def team_keys(book: WardBook) -> dict[str, int]:
    """Give the team's number for every way in which records name it: number, Chinese or English name."""
    named = {name: team.number for team in book.teams for name in (team.name, team.name_en) if name}
    return named | {str(team.number): team.number for team in book.teams}


def team_name(team: Team) -> Words:
    """Give a team's name for people."""
    if team.name or team.name_en:
        return Named(team.name or team.name_en, team.name_en)
    return Message("Team {number}", number=team.number)


def action_summary(actions: Sequence[Action], today: date) -> ActionSummary:
    """Say how far actions are; open ones by due date."""
    waiting = sorted((a for a in actions if a.done_on is None), key=lambda a: (a.due, a.code))
    closed = [a for a in actions if a.done_on is not None]
    due = [a.is_on_time if a.done_on is not None else False for a in actions if _is_due(a, today)]
    days = [(a.done_on - a.day).days for a in closed if a.done_on is not None]
    return ActionSummary(
        counts={status: sum(a.status is status for a in actions) for status in ActionStatus},
        open=tuple(ActionLine(a, a.status, a.is_overdue(today), (today - a.due).days) for a in waiting),
        on_time=Share.of(due) if due else None,
        median_days=median(days) if days else None,
    )


def _is_due(action: Action, today: date) -> bool:
    """Whether it can be told if an action was on time: it is done, or its due date has passed."""
    return action.done_on is not None or action.is_overdue(today)


def _level_name(level: AuditLevel) -> Message:
    return Message("{level}", level=level)


def _grouped(
    audits: Sequence[Audit],
    lists: dict[str, Checklist],
    keys: Sequence[AuditLevel],
    key_of: Callable[[Audit], AuditLevel],
    name: Callable[[AuditLevel], Words],
) -> tuple[AuditShare, ...]:
    shares = ((key, audit_share((a for a in audits if key_of(a) is key), lists)) for key in keys)
    return tuple(AuditShare(name(key), share) for key, share in shares)


def _by_checklist(audits: Sequence[Audit], lists: dict[str, Checklist]) -> tuple[AuditShare, ...]:
    used = {a.checklist for a in audits}
    return tuple(
        AuditShare(checklist.name, audit_share((a for a in audits if a.checklist == code), lists))
        for code, checklist in lists.items()
        if code in used or not checklist.is_retired
    )


def _by_month(audits: Sequence[Audit], lists: dict[str, Checklist]) -> tuple[AuditShare, ...]:
    months = sorted({f"{a.day:%Y-%m}" for a in audits})
    return tuple(
        AuditShare(month, audit_share((a for a in audits if f"{a.day:%Y-%m}" == month), lists))
        for month in months
    )


def _items(audits: Sequence[Audit], lists: dict[str, Checklist]) -> tuple[ItemFinding, ...]:
    """Give the items most often not met, then partly met."""
    marks = Counter((a.checklist, s.item, s.mark) for a in audits for s in a.scores)
    found = []
    for code, checklist in lists.items():
        for item in checklist.items:
            met, partly, bad = (
                marks[code, item.code, mark] for mark in (Mark.MET, Mark.PARTLY, Mark.NOT_MET)
            )
            if bad or partly:
                found.append(ItemFinding(checklist.name, item.text, met + partly + bad, bad, partly))
    return tuple(sorted(found, key=lambda item: (-item.not_met, -item.partly))[:MOST_ITEMS])


def _activities(activities: Iterable[Activity]) -> dict[ActivityKind, tuple[int, int]]:
    found = dict.fromkeys(ActivityKind, (0, 0))
    for activity in activities:
        times, minutes = found[activity.kind]
        found[activity.kind] = (times + 1, minutes + activity.minutes)
    return found


def _events(events: Iterable[AdverseEvent]) -> dict[EventKind, dict[EventLevel, int]]:
    counts = Counter((event.kind, event.level) for event in events)
    kinds = [kind for kind in EventKind if any(counts[kind, level] for level in EventLevel)]
    return {kind: {level: counts[kind, level] for level in EventLevel} for kind in kinds}
