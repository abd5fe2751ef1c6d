"""The rows behind a point of the dashboard: the very calls, sheets, audits, events or actions it counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import numpy as np

from wardteam.domain.calendar import Period
from wardteam.domain.calls import CallReason, CallSource, EndedBy
from wardteam.domain.control import Action, AdverseEvent, Audit
from wardteam.domain.questionnaires import QuestionnaireSheet
from wardteam.domain.study import Duration, MeasureKind
from wardteam.errors import BadInput, Finding, Message
from wardteam.services.bell_log import Mask
from wardteam.services.call_columns import ENDINGS, REASONS, SOURCES
from wardteam.services.counted_records import (
    Window,
    due_actions,
    falls_in,
    judged_audits,
    rung_calls,
    timed_calls,
    unanswered_calls,
)
from wardteam.services.measure_series import TRAITS, Measure, span_of

PAGE = 100
T = TypeVar("T")


@dataclass(frozen=True)
class CallRow:
    """One call as it counts, after duplicates and repeated presses; seconds are None where none came."""

    placed: datetime
    bed: str
    reason: CallReason
    source: CallSource
    ended_by: EndedBy
    answer_seconds: float | None
    arrival_seconds: float | None
    clearing_seconds: float | None
    is_counted: bool


@dataclass(frozen=True)
class SheetRow:
    """One valid questionnaire that answered, and whether it counts as satisfied or aware."""

    sheet: QuestionnaireSheet
    is_counted: bool


@dataclass(frozen=True)
class AuditRow:
    """One audit that could be judged, and whether it passed."""

    audit: Audit
    is_counted: bool


@dataclass(frozen=True)
class ActionRow:
    """One action that was due, and whether it was done on time."""

    action: Action
    is_counted: bool


@dataclass(frozen=True)
class DayRow:
    """One date of a rate: how much it counts, and its patient-days (0 where it counts for nothing)."""

    day: date
    count: int
    patient_days: float


@dataclass(frozen=True)
class RowsBehind:
    """One page of rows of one kind, and how many there are.

    `total` counts all, `counted` those in the numerator, `first` those before this page; `days` are all
    dates of a rate.
    """

    measure: Measure
    name: Message
    label: str
    span: Period
    total: int
    counted: int
    first: int
    calls: tuple[CallRow, ...] = ()
    sheets: tuple[SheetRow, ...] = ()
    audits: tuple[AuditRow, ...] = ()
    events: tuple[AdverseEvent, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    days: tuple[DayRow, ...] = ()

    @property
    def shown(self) -> int:
        """How many rows this page holds."""
        return max(map(len, (self.calls, self.sheets, self.audits, self.events, self.actions)))

    @property
    def next_first(self) -> int | None:
        """Where the next page begins, None on the last one."""
        after = self.first + self.shown
        return after if self.shown and after < self.total else None


def rows_behind(
    found: Window, measure: Measure, label: str, *, first: int = 0, most: int = PAGE
) -> RowsBehind:
    """Give the rows behind a measure's point, by the point's label (2026-03, or a week's first date).

    Their number is the point's own: for a rate or a share of calls the counted ones, for a median all.

    Raises
    ------
    BadInput
        Where the label is no month and no date.
    """
    try:
        span = span_of(label)
    except ValueError:
        problem = Message("A month such as 2026-03 or a week's first date was expected.")
        raise BadInput((Finding("label", problem, value=label),)) from None
    return _READERS[measure](_Page(found, measure, label, span, max(first, 0), most))


@dataclass(frozen=True)
class _Page:
    found: Window
    measure: Measure
    label: str
    span: Period
    first: int
    most: int

    def cut(self, rows: Sequence[T]) -> Sequence[T]:
        """Cut rows to the page."""
        return rows[self.first : self.first + self.most]

    def of(self, total: int, counted: int, **rows: tuple[object, ...]) -> RowsBehind:
        """Give the page with its rows, each kind by its name."""
        name = TRAITS[self.measure].name
        return RowsBehind(
            self.measure, name, self.label, self.span, total, counted, self.first, **rows  # type: ignore[arg-type]  # by name
        )  # fmt: skip


def _bells(page: _Page) -> RowsBehind:
    is_infusion = page.measure is Measure.INFUSION_BELLS
    mask = rung_calls(page.found, page.span, is_infusion=is_infusion)
    return _calls(page, mask, mask, days=_days(page, mask))


def _timed(page: _Page) -> RowsBehind:
    mask = timed_calls(page.found, page.span)
    if page.measure is Measure.ARRIVAL:
        return _calls(page, mask, mask)
    plan = page.found.data.plan
    seconds = page.found.records.log.seconds(plan.duration)
    return _calls(page, mask, mask & (seconds <= plan.target_seconds))


def _unanswered(page: _Page) -> RowsBehind:
    mask = unanswered_calls(page.found, page.span)
    return _calls(page, mask, mask)


def _calls(page: _Page, mask: Mask, counted: Mask, days: tuple[DayRow, ...] = ()) -> RowsBehind:
    log = page.found.records.log
    places = page.cut(np.flatnonzero(mask).tolist())
    seconds = {duration: log.seconds(duration) for duration in Duration}
    calls = log.calls

    def spent(duration: Duration, place: int) -> float | None:
        value = float(seconds[duration][place])
        return None if np.isnan(value) else value

    rows = tuple(
        CallRow(
            placed=datetime.fromtimestamp(float(calls.placed[place]), calls.zone),
            bed=calls.beds[calls.bed[place]] if calls.bed[place] >= 0 else "",
            reason=REASONS[calls.reason[place]],
            source=SOURCES[calls.source[place]],
            ended_by=ENDINGS[calls.ended_by[place]],
            answer_seconds=spent(Duration.ANSWER, place),
            arrival_seconds=spent(Duration.ARRIVAL, place),
            clearing_seconds=spent(Duration.CLEARING, place),
            is_counted=bool(counted[place]),
        )
        for place in places
    )
    return page.of(int(mask.sum()), int(counted.sum()), calls=rows, days=days)


def _days(page: _Page, mask: Mask) -> tuple[DayRow, ...]:
    """Give the rate's dates, within the two years that are looked at."""
    records = page.found.records
    exposures = records.exposures()
    counts = np.bincount(records.log.day[mask], minlength=len(exposures))
    dates = enumerate(page.found.span)
    return tuple(DayRow(d, int(counts[place]), exposures[place]) for place, d in dates if d in page.span)


def _sheets(page: _Page) -> RowsBehind:
    is_satisfaction = page.measure is Measure.SATISFACTION
    asked = page.found.records.asked.within(page.span)
    answers = asked.answers(MeasureKind.SATISFACTION if is_satisfaction else MeasureKind.AWARENESS)
    by_code = {sheet.code: sheet for sheet in asked.sheets}
    rows = [
        SheetRow(by_code[one.code], answer)
        for one, answer in zip(asked.valid, answers, strict=True)
        if answer is not None
    ]
    return page.of(len(rows), sum(row.is_counted for row in rows), sheets=tuple(page.cut(rows)))


def _audits(page: _Page) -> RowsBehind:
    rows = [AuditRow(audit, passed) for audit, passed in judged_audits(page.found, page.span)]
    return page.of(len(rows), sum(row.is_counted for row in rows), audits=tuple(page.cut(rows)))


def _falls(page: _Page) -> RowsBehind:
    rows = falls_in(page.found, page.span)
    census = page.found.records.census
    days = tuple(
        DayRow(day, sum(event.day == day for event in rows), float(census[day].total))
        for day in page.span
        if day in census
    )
    return page.of(len(rows), len(rows), events=tuple(page.cut(rows)), days=days)


def _actions(page: _Page) -> RowsBehind:
    rows = [ActionRow(action, bool(action.is_on_time)) for action in due_actions(page.found, page.span)]
    return page.of(len(rows), sum(row.is_counted for row in rows), actions=tuple(page.cut(rows)))


_READERS: dict[Measure, Callable[[_Page], RowsBehind]] = {
    Measure.BELLS: _bells,
    Measure.INFUSION_BELLS: _bells,
    Measure.ARRIVAL: _timed,
    Measure.WITHIN_TARGET: _timed,
    Measure.UNANSWERED: _unanswered,
    Measure.SATISFACTION: _sheets,
    Measure.AWARENESS: _sheets,
    Measure.AUDITS: _audits,
    Measure.FALLS: _falls,
    Measure.ACTIONS: _actions,
}
