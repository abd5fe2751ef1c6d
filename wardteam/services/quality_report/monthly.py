"""The monthly edition: two pages, verdicts with small charts first, then control, staffing and next steps."""

from __future__ import annotations

from datetime import date, timedelta

from wardteam.domain.calendar import Period
from wardteam.errors import Message
from wardteam.services.bell_log import clean_log
from wardteam.services.control import ControlSummary, action_summary, control_summary
from wardteam.services.counted_records import window
from wardteam.services.dashboard import NO_RECORDS, Tile, point_figure, tile
from wardteam.services.duty_hours import duty_of
from wardteam.services.measure_series import TRAITS, Measure, month_spans
from wardteam.services.quality_data import QualityData
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.charting import said_once
from wardteam.services.quality_report.control_blocks import actions_table, items_table, people_names
from wardteam.services.quality_report.event_blocks import NO_EVENTS, event_table
from wardteam.services.quality_report.figure_cells import share_line_cell
from wardteam.services.quality_report.staff_months import month_of_staff, staff_rows
from wardteam.services.quality_report.staffing import hours_figure
from wardteam.services.staffing_load import known_log_days, load_by_hour, patient_calls
from wardteam.services.staffing_loop import StaffingLoop
from wardteam.services.study_plans import aim_words
from wardteam.stats.charts.types import Assurance, Variation
from wardteam.stats.plots import ChartPlot, Words
from wardteam.stats.report import (
    Block,
    Bullets,
    Cell,
    Figure,
    Heading,
    Paragraph,
    Part,
    Table,
    Tone,
    VerdictLine,
    Verdicts,
)

CHARTED = (Measure.BELLS, Measure.ARRIVAL, Measure.SATISFACTION, Measure.AUDITS)
WATCHED = (*CHARTED[:2], Measure.UNANSWERED, Measure.SATISFACTION, Measure.AWARENESS, Measure.FALLS)
MOST_ACTIONS = 6
MOST_ITEMS = 4
DUE_DAYS = 31
"""How many days ahead of the month's end actions count as due next."""
VARIATION_WORDS = {
    Variation.COMMON_CAUSE: Message("Only common-cause variation: no reason to react to this single month."),
    Variation.IMPROVEMENT: Message("A signal of improvement: find out what went well, and keep it."),
    Variation.CONCERN: Message("A signal of concern: look for its cause."),
    Variation.SPECIAL_CAUSE: Message("A signal of special cause, neither good nor bad by itself."),
    Variation.UNKNOWN: Message("Too few months for a verdict."),
}
ASSURANCE_WORDS = {
    Assurance.WILL_REACH: Message("As it runs, the target will be reached."),
    Assurance.WILL_MISS: Message(
        "As it runs, the target will be missed; only another process will reach it."
    ),
    Assurance.HIT_OR_MISS: Message("As it runs, the target is reached in some months and missed in others."),
}
LIMITS = Message(
    "One month is one point: what counts is the course. Changes are associated with what happened at the "
    "same time, not shown to be caused by it."
)


def monthly_parts(analysis: Analysis, month: Period) -> tuple[Part, ...]:
    """Write the two pages of a month: figures up to its end, charts over the 24 months before it."""
    data = analysis.data
    last = min(month.last, data.today - timedelta(days=1))
    shown = Period(month.first, max(last, month.first))
    return (_first_page(data, shown), _second_page(data, shown))


def _first_page(data: QualityData, month: Period) -> Part:
    found = window(data, month.last)
    spans = month_spans(found.span)
    tiles = {measure: tile(found, measure, spans) for measure in {*WATCHED, *CHARTED}}
    figures = [_figure(tiles[measure], data.plan.changeover) for measure in CHARTED]
    return Part(
        1,
        Message("Verdict of the month {month}", month=f"{month.first:%Y-%m}"),
        (
            Verdicts(tuple(_line(tiles[measure], month) for measure in WATCHED)),
            *said_once(figures),
            Paragraph((LIMITS,), Tone.NOTE),
        ),
    )


def _line(shown: Tile, month: Period) -> VerdictLine:
    label = f"{month.first:%Y-%m}"
    is_there = shown.label == label
    point = shown.course.point(label)
    return VerdictLine(
        name=shown.name,
        figure=point_figure(point, TRAITS[shown.measure]) if point else NO_RECORDS,
        variation=shown.variation if is_there else Variation.UNKNOWN,
        assurance=shown.assurance if is_there else _without_verdict(shown),
        sentence=_sentence(shown) if is_there else Message("Nothing was recorded in this month."),
        target=_target(shown),
    )


def _without_verdict(shown: Tile) -> Assurance:
    return Assurance.NO_TARGET if shown.target is None else Assurance.UNKNOWN


def _sentence(shown: Tile) -> Message:
    said = VARIATION_WORDS[shown.variation]
    outlook = ASSURANCE_WORDS.get(shown.assurance)
    return said if outlook is None else Message("{first} {second}", first=said, second=outlook)


def _target(shown: Tile) -> Words:
    plan = TRAITS[shown.measure].plan
    return "" if shown.target is None or plan is None else aim_words(plan, shown.target)


def _figure(shown: Tile, changeover: date) -> Block:
    if shown.plot is None:
        text = "{title}: no chart. {reason}"
        return Paragraph((Message(text, title=shown.name, reason=shown.why_not or NO_RECORDS),), Tone.NOTE)
    points = shown.plot.chart.points
    return Figure(
        code=f"month_{shown.measure.value}",
        plot=shown.plot,
        title=shown.name,
        caption=(_caption(shown.plot, changeover), shown.plot.chart.rule, *shown.plot.chart.warnings),
        alternative=(
            Message(
                "{title}: {points} points from {first} to {last}.",
                title=shown.name,
                points=len(points),
                first=points[0].label,
                last=points[-1].label,
            ),
            Message("The newest value is {value}.", value=shown.figure),
        ),
        is_half=True,
    )


def _caption(plot: ChartPlot, changeover: date) -> Message:
    points = plot.chart.points
    ends = {"points": len(points), "first": points[0].label, "last": points[-1].label}
    if not plot.changeover:
        return Message("n = {points} months, {first} to {last}.", **ends)
    text = "n = {points} months, {first} to {last}; changeover {day}."
    return Message(text, **ends, day=changeover.isoformat())


def _second_page(data: QualityData, month: Period) -> Part:
    control = control_summary(data, month)
    return Part(
        2,
        Message("Control, staffing and next steps"),
        (
            Heading(Message("Quality audits")),
            *_audits(control),
            Heading(Message("Corrective actions")),
            *_actions(data, month),
            Heading(Message("Adverse events")),
            *([event_table(data, control)] if control.events else [Paragraph((NO_EVENTS,), Tone.NOTE)]),
            Heading(Message("Staffing")),
            *_staffing(data, month),
            Heading(Message("Next steps")),
            Bullets(next_steps(data, control, month)),
        ),
    )


def _audits(control: ControlSummary) -> list[Block]:
    lines = [line for line in control.by_checklist if line.share is not None]
    if not lines:
        return [Paragraph((Message("No audit is kept in this period."),), Tone.NOTE)]
    rows = tuple((Cell.of(line.name), share_line_cell(line.share)) for line in lines)
    header = (Message("Audits"), Message("Passed (95% CI)"))
    table = Table("month_audits", Message("Audits passed by checklist"), header, rows, figures=(1,))
    return [table, *([items_table(control, MOST_ITEMS)] if control.items else [])]


def _actions(data: QualityData, month: Period) -> list[Block]:
    """Say what is overdue at the month's end, and what is due next."""
    raised = [action for action in data.actions if action.day <= month.last]
    waiting = action_summary([a for a in raised if not _was_done(a.done_on, month)], month.last)
    lines = [line for line in waiting.open if line.days_over >= -DUE_DAYS]
    if not lines:
        return [Paragraph((Message("No corrective action is overdue or due soon."),))]
    return [actions_table(lines[:MOST_ACTIONS], people_names(data.book))]


def _was_done(done_on: date | None, month: Period) -> bool:
    return done_on is not None and done_on <= month.last


def _staffing(data: QualityData, month: Period) -> list[Block]:
    staff = month_of_staff(data, month)
    if not staff.days:
        text = "No day of the month has both a published roster and a midnight census."
        return [Paragraph((Message(text),), Tone.NOTE)]
    header = (
        Message("Month"),
        Message("Days known"),
        Message("Nursing hours per patient day"),
        Message("Patients per nurse by day"),
        Message("Patients per nurse by night"),
    )
    title = Message("Nursing hours and patients per nurse by month")
    table = Table("month_staff", title, header, staff_rows((staff,)), figures=(1, 2, 3, 4))
    return [table, *_hours(data, month)]


def _hours(data: QualityData, month: Period) -> list[Block]:
    """Draw the month's calls per nurse-hour, where a day of it has a roster and a running call log."""
    duty = duty_of(data)
    log = clean_log(data.calls, month, stays=data.book.stays, exclusions=data.plan.exclusions)
    calls = patient_calls(log.calls.rows(log.is_patients))
    days = [day for day in known_log_days(calls, data, month) if duty.is_known_day(day)]
    if not days or not len(calls):
        return []
    hours = load_by_hour(calls, duty, days)
    loop = StaffingLoop(tuple(days), sum(load.calls for load in hours), 0, 0, hours=hours)
    return [hours_figure(loop, is_half=True)]


def next_steps(data: QualityData, control: ControlSummary, month: Period) -> tuple[Words, ...]:
    """Name what the month's figures ask for: overdue actions, an item often not met, missing records."""
    open_now = action_summary(data.actions, data.today)
    steps: list[Words] = []
    if open_now.overdue:
        text = (
            "Close the corrective actions that are overdue on {day} ({count}), or set a new date with a "
            "reason."
        )
        steps.append(Message(text, day=data.today.isoformat(), count=open_now.overdue))
    if control.items and control.items[0].not_met:
        item = control.items[0]
        text = "Find the cause of the item most often not met: {item} ({checklist}, {count} of {judged})."
        steps.append(
            Message(text, item=item.item, checklist=item.checklist, count=item.not_met, judged=item.judged)
        )
    census = sum(day.day in month for day in data.patient_days)
    if census < len(month):
        text = "Enter the midnight census of {count} days that have none."
        steps.append(Message(text, count=len(month) - census))
    if not any(sheet.day in month for sheet in data.sheets):
        steps.append(Message("Hand out questionnaires: none was issued in this month."))
    steps.append(Message("Go on as before with what shows common-cause variation only."))
    return tuple(steps)
