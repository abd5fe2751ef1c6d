"""`wardteam compare`: two periods held against each other, or one against its targets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.errors import Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.services.quality_data import QualityData

TEXT = Message(
    "Compare two periods: bell calls, arrival times, satisfaction and awareness, each with an estimate, "
    "an interval, and what the comparison can't tell."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    target = "Hold the intervention period alone against the plan's targets."
    params = [
        options.out(say, Message("Write comparison.pdf and comparison.html into this folder.")),
        click.Option(["--against-target"], is_flag=True, help=say(target)),
        click.Option(["--baseline"], type=options.PeriodType(say), help=say("Baseline period, A..B.")),
        click.Option(
            ["--intervention"], type=options.PeriodType(say), help=say("Intervention period, C..D.")
        ),
        click.Option(["--plan"], metavar="CODE", help=say("Code of the plan; the newest by default.")),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("compare", say, TEXT, run, params)


def run(
    session: Session,
    *,
    out: Path | None,
    against_target: bool,
    baseline: Period | None,
    intervention: Period | None,
    plan: str | None,
    ward: str | None,
    as_json: bool,
) -> None:
    """Compare, show and write."""
    if against_target:
        _against_target(session, intervention, plan, ward, as_json=as_json)
    else:
        _compare(session, out, (baseline, intervention), plan, ward, as_json=as_json)


def _compare(
    session: Session,
    out: Path | None,
    spans: tuple[Period | None, Period | None],
    plan: str | None,
    ward: str | None,
    *,
    as_json: bool,
) -> None:
    from wardteam.bootstrap.document_set import compared_pieces
    from wardteam.cli.comparison_lines import show_comparison, unplanned
    from wardteam.cli.writing import write_pieces
    from wardteam.services.compare import compare, with_periods

    data = with_periods(_data(session, plan, ward), *spans)
    comparison = compare(data)
    if as_json:
        answer = {"comparison": comparison, "plan": data.plan.code or None, "unplanned": unplanned(data)}
        session.screen.json(answer)
    else:
        _warn(session, unplanned(data))
        show_comparison(session.screen, comparison)
    if out is not None:
        with session.open() as installation:
            made_at = installation.clock().astimezone(data.book.settings.zone)
        pieces = compared_pieces(comparison, session.language, made_at)
        write_pieces(session.screen, out, pieces, is_quiet=as_json)


def _against_target(
    session: Session, span: Period | None, plan: str | None, ward: str | None, *, as_json: bool
) -> None:
    from dataclasses import replace

    from wardteam.cli.comparison_lines import FREELY_CHOSEN, show_periods, unplanned
    from wardteam.services.against_target import compare_with_target

    data = _data(session, plan, ward)
    is_free = span is not None and span != data.plan.intervention.span
    period = replace(data.plan.intervention, span=span or data.plan.intervention.span)
    comparison = compare_with_target(data, period)
    remark = FREELY_CHOSEN if is_free else unplanned(data)
    if as_json:
        answer = {"comparison": comparison, "plan": data.plan.code or None, "unplanned": remark}
        session.screen.json(answer)
        return
    _warn(session, remark)
    show_periods(session.screen, (period,))
    for line in comparison.lines:
        session.screen.line("{words}", words=line.sentence)
        session.screen.list(line.remarks)
    session.screen.line("What the comparison can't tell:")
    session.screen.list(comparison.limits)


def _warn(session: Session, remark: Message | None) -> None:
    if remark is not None:
        session.screen.warn(remark)


def _data(session: Session, plan: str | None, ward: str | None) -> QualityData:
    from wardteam.services.quality_data import read_quality

    with session.open() as installation:
        code = session.ward(installation, ward)
        today = installation.clock().astimezone(session.book(installation, code).settings.zone).date()
        return read_quality(installation.units, code, today=today, plan_code=plan)
