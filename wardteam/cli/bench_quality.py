"""`wardteam bench quality`: runs the measurement, and shows it as two tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from wardteam.cli.measured import NONE, Measured, figure, show
from wardteam.cli.session import Session
from wardteam.errors import Message

if TYPE_CHECKING:
    from wardteam.bootstrap.apart import Cost
    from wardteam.bootstrap.bench_quality import ImportCost, QualityBench, ReportCost

FAILED = 1
PER_MILLION = 1_000_000
LEAST_FOR_PACE = 100_000


def run_quality(
    session: Session,
    *,
    calls: int,
    excel_calls: int,
    report_calls: int,
    as_json: bool,
    as_markdown: bool,
) -> int:
    """Measure imports and the report; give 1 where a limit is missed."""
    from wardteam.bootstrap.bench_quality import QualityBench, import_costs, report_cost

    imports: list[ImportCost] = []
    for one in import_costs(calls=calls, excel_calls=excel_calls):
        told = Message("{file}: {added} of {rows} rows added", file=one.file, added=one.added, rows=one.rows)
        click.echo(session.say(told), err=True)
        imports.append(one)
    report = report_cost(calls=report_calls, language=session.language)
    found = QualityBench(tuple(imports), report)
    if as_json:
        session.screen.json({"met": found.is_good, "imports": found.imports, "report": found.report})
    else:
        _show(session, found, as_markdown=as_markdown)
    return 0 if found.is_good else FAILED


def _show(session: Session, found: QualityBench, *, as_markdown: bool) -> None:
    show(session, imports_table(found.imports), as_markdown=as_markdown)
    show(session, report_table(found.report), as_markdown=as_markdown)
    if found.report.differing:
        text = "The two reports differ in the bytes of these forms: {forms}"
        session.screen.warn(text, forms=found.report.differing)
    else:
        session.screen.line("Both reports have the same bytes in every form.")


def imports_table(found: Sequence[ImportCost]) -> Measured:
    """Give each import with its cost, and its seconds for a million rows where enough of them were read."""
    headings = (
        Message("File"),
        Message("Rows"),
        Message("Added"),
        Message("Refused rows"),
        Message("Wall s"),
        Message("Processor s"),
        Message("Wall s for a million rows"),
        Message("Memory (MB)"),
    )
    return Measured(headings, tuple(_import(one) for one in found))


def _import(one: ImportCost) -> Sequence[object]:
    is_measured = one.rows >= LEAST_FOR_PACE  # a small file costs its start, not its rows
    pace = figure(one.cost.seconds * PER_MILLION / one.rows, 1) if is_measured else NONE
    wall, cpu, memory = _cost(one.cost)
    return (one.file, one.rows, one.added, one.refused, wall, cpu, pace, memory)


def report_table(found: ReportCost) -> Measured:
    """Give both runs of the report, and the seconds of the first one's steps."""
    headings = (
        Message("Quality report"),
        Message("Wall s"),
        Message("Processor s"),
        Message("Memory (MB)"),
    )
    size = Message(
        "{days} days, {questionnaires} questionnaires, {calls} calls",
        days=found.days,
        questionnaires=found.questionnaires,
        calls=found.calls,
    )
    steps = [(STEPS[name], figure(seconds, 2), NONE, NONE) for name, seconds in found.steps.items()]
    again = (Message("the same again"), *_cost(found.again))
    return Measured(headings, ((size, *_cost(found.first)), *steps, again))


STEPS = {
    "read": Message("of this: reading"),
    "build": Message("of this: analysis"),
    "pdf": Message("of this: PDF"),
    "docx": Message("of this: Word"),
    "html": Message("of this: HTML"),
    "csv": Message("of this: CSV"),
}


def _cost(cost: Cost) -> tuple[str, str, str]:
    return (figure(cost.seconds, 1), figure(cost.cpu_seconds, 1), figure(cost.peak_mb))
