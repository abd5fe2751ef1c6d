"""Three-level quality control as blocks: audits, what was found, actions and their due dates, activities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from wardteam.domain.calendar import Period
from wardteam.domain.control import Audience
from wardteam.domain.ward import WardBook
from wardteam.errors import Message, Named
from wardteam.services.control import ActionLine, AuditShare, ControlSummary
from wardteam.services.quality_data import QualityData
from wardteam.services.quality_report.figure_cells import share_line_cell
from wardteam.services.quality_report.wording import count_cell
from wardteam.stats.figures import share_figure
from wardteam.stats.report import Block, Bullets, Cell, Heading, Paragraph, Table, Tone

MOST_LINES = 15
MOST_POINTS = 12
NO_AUDITS = Message("No audit is kept in this period.")
PASSED = Message("Passed (95% CI)")


def audit_blocks(control: ControlSummary, *, most: int = 10) -> list[Block]:
    """Give audits passed by checklist and by level, and the items most often not met."""
    if not any(line.share for line in control.by_checklist):
        return [Paragraph((NO_AUDITS,), Tone.NOTE)]
    by_list = _shares("audits_by_checklist", Message("Audits passed by checklist"), control.by_checklist)
    by_level = _shares("audits_by_level", Message("Audits passed by level of control"), control.by_level)
    blocks: list[Block] = [by_list, by_level]
    if control.items:
        blocks.append(items_table(control, most))
    if control.unjudged:
        text = "{count} audits can't be judged: no item applied, or their checklist is not kept."
        blocks.append(Paragraph((Message(text, count=control.unjudged),), Tone.NOTE))
    return blocks


def items_table(control: ControlSummary, most: int) -> Table:
    """Give the items most often not met."""
    return Table(
        code="items_not_met",
        title=Message("Items most often not met"),
        header=(
            Message("Checklist"),
            Message("Item"),
            Message("Judged"),
            Message("Not met"),
            Message("Partly met"),
        ),
        rows=tuple(
            (
                Cell.of(item.checklist),
                Cell.of(item.item),
                count_cell(item.judged),
                count_cell(item.not_met),
                count_cell(item.partly),
            )
            for item in control.items[:most]
        ),
        figures=(2, 3, 4),
    )


def people_names(book: WardBook) -> dict[str, Named]:
    """Give the names of the book's people by staff number."""
    return {nurse.staff_no: Named(nurse.name, nurse.name_en) for nurse in book.nurses}


def action_blocks(
    control: ControlSummary, today: date, names: Mapping[str, Named], *, most: int = MOST_LINES
) -> list[Block]:
    """Say how far actions are, and list those that are open by due date."""
    actions = control.actions
    if not sum(actions.counts.values()):
        return [Paragraph((Message("No corrective action was raised in this period."),), Tone.NOTE)]
    text = "{all} corrective actions were raised; {open} are open, {overdue} of them overdue on {today}."
    sentences = [
        Message(
            text,
            all=sum(actions.counts.values()),
            open=len(actions.open),
            overdue=actions.overdue,
            today=today.isoformat(),
        )
    ]
    if actions.on_time is not None:
        closed = "Done by their due date: {share} of those done or due."
        sentences.append(Message(closed, share=share_figure(actions.on_time)))
    if actions.median_days is not None:
        sentences.append(Message("Median from finding to done: {days} days.", days=actions.median_days))
    lines: list[Block] = [actions_table(actions.open[:most], names)] if actions.open else []
    return [Paragraph(tuple(sentences)), *lines]


def actions_table(lines: Sequence[ActionLine], names: Mapping[str, Named]) -> Table:
    """List open actions with their due dates; `names` are those of the people in charge."""
    return Table(
        code="open_actions",
        title=Message("Open corrective actions by due date"),
        header=(
            Message("Finding"),
            Message("Action"),
            Message("In charge"),
            Message("Due"),
            Message("Days overdue"),
        ),
        rows=tuple(
            (
                Cell.of(line.action.finding),
                Cell.of(line.action.measure),
                Cell.of(names.get(line.action.owner, line.action.owner)),
                Cell.of(line.action.due.isoformat()),
                count_cell(max(line.days_over, 0)),
            )
            for line in lines
        ),
        figures=(4,),
    )


def activity_table(control: ControlSummary) -> list[Block]:
    """Count what the leaders did beside the beds."""
    if not any(times for times, _ in control.activities.values()):
        return []
    table = Table(
        code="activities",
        title=Message("Team leaders' activities"),
        header=(Message("Activity"), Message("Times"), Message("Minutes")),
        rows=tuple(
            (Cell.of(Message("{activity}", activity=kind)), count_cell(times), count_cell(minutes))
            for kind, (times, minutes) in control.activities.items()
        ),
        figures=(1, 2),
    )
    return [table]


def symposia_blocks(data: QualityData, span: Period) -> list[Block]:
    """List the points raised at symposia, by audience, newest first."""
    held = sorted((s for s in data.symposia if s.day in span), key=lambda s: s.day, reverse=True)
    if not held:
        return []
    counts = {audience: sum(s.audience is audience for s in held) for audience in Audience}
    text = "{patients} symposia of patients, {nurses} of nurses and {doctors} of doctors were held."
    said = Message(text, **{audience.value: count for audience, count in counts.items()})
    points = [
        Message("{day}, {audience}: {point}", day=s.day.isoformat(), audience=s.audience, point=point)
        for s in held
        for point in s.points
    ]
    listed: list[Block] = [Bullets(tuple(points[:MOST_POINTS]))] if points else []
    return [Heading(Message("Symposia")), Paragraph((said,)), *listed]


def _shares(code: str, title: Message, lines: Sequence[AuditShare]) -> Table:
    header = (Message("Audits"), PASSED)
    rows = tuple((Cell.of(line.name), share_line_cell(line.share)) for line in lines)
    return Table(code, title, header, rows, figures=(1,))
