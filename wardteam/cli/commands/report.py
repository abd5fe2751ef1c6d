"""`wardteam report`: the quality report, whole or the month's two pages, as PDF, Word, HTML and CSV."""

from __future__ import annotations

from pathlib import Path

import click

from wardteam.bootstrap.quality_papers import FORMS, Form, QualityPapers
from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.errors import BadInput, Finding, Message
from wardteam.i18n import Translator
from wardteam.stats.report import Edition, Verdicts

TEXT = Message(
    "Write the quality report of a ward by its plan: verdict, data, bells, arrival, satisfaction and "
    "awareness, "
    "change over time, teams, staffing, methods; or the month's edition of two pages."
)


class FormsType(click.ParamType[tuple[Form, ...]]):
    """Forms such as pdf,csv."""

    name = "forms"

    def __init__(self, say: Translator) -> None:
        self.say = say

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Form, ...]:
        """Read the forms."""
        if isinstance(value, tuple):
            return value
        given = [part.strip().lower() for part in str(value).split(",") if part.strip()]
        if not given or not set(given) <= set(FORMS):
            self.fail(
                self.say("Forms among pdf, docx, html and csv were expected, got {value}.", value=value),
                param,
                ctx,
            )
        return tuple(form for form in FORMS if form in given)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    editions = [edition.value for edition in Edition]
    params = [
        options.out(say, Message("Write the report's files into this folder; ./quality-report by default.")),
        click.Option(
            ["--edition"],
            type=click.Choice(editions),
            default="full",
            help=say("Whole report, or the month's."),
        ),
        click.Option(["--plan"], metavar="CODE", help=say("Code of the plan; the newest by default.")),
        click.Option(
            ["--month"],
            type=options.PeriodType(say),
            help=say("Month of the monthly edition, such as 2026-10; the last whole one by default."),
        ),
        click.Option(
            ["--format", "forms"],
            type=FormsType(say),
            default=FORMS,
            metavar="pdf,docx,html,csv",
            help=say("Which files to write; all by default."),
        ),
        click.Option(["--baseline"], type=options.PeriodType(say), help=say("Baseline period, A..B.")),
        click.Option(
            ["--intervention"], type=options.PeriodType(say), help=say("Intervention period, C..D.")
        ),
        options.ward(say),
        options.as_json(say),
    ]
    return options.command("report", say, TEXT, run, params)


def run(
    session: Session,
    *,
    out: Path | None,
    edition: str,
    plan: str | None,
    month: Period | None,
    forms: tuple[Form, ...],
    baseline: Period | None,
    intervention: Period | None,
    ward: str | None,
    as_json: bool,
) -> None:
    """Show the verdict and write the files; in JSON they are written only where a folder is named."""
    from wardteam.bootstrap.reading import WardReader
    from wardteam.cli.writing import write_pieces

    if month is not None and month != Period.month(month.first.year, month.first.month):
        problem = Message("One whole month such as 2026-10 was expected.")
        raise BadInput((Finding("--month", problem, value=f"{month.first}..{month.last}"),))
    if month is not None and Edition(edition) is not Edition.MONTHLY:
        problem = Message("A month belongs to --edition monthly; add it, or leave the month out.")
        raise BadInput((Finding("--month", problem, value=f"{month.first}..{month.last}"),))
    with session.open() as installation:
        code = session.ward(installation, ward)
        reader = WardReader(installation.units, installation.clock)
        papers = QualityPapers(
            reader,
            session.language,
            code,
            Edition(edition),
            plan,
            month,
            baseline=baseline,
            intervention=intervention,
        )
        if as_json:
            session.screen.json({"report": papers.report})
        else:
            _show(session, papers)
        folder = out or (None if as_json else Path("quality-report"))
        if folder is not None:
            write_pieces(session.screen, folder, papers.pieces(forms), is_quiet=as_json)


def _show(session: Session, papers: QualityPapers) -> None:
    _show_period(session, papers)
    for part in papers.report.parts:
        for block in part.blocks:
            if isinstance(block, Verdicts):
                for line in block.lines:
                    session.screen.line("{words}", words=line.sentence)


def _show_period(session: Session, papers: QualityPapers) -> None:
    """Say what the figures below are of: the two periods, or the month."""
    from wardteam.cli.comparison_lines import show_periods, unplanned

    data = papers.data
    remark = unplanned(data)
    if papers.edition is Edition.FULL:
        if remark is not None:
            session.screen.warn(remark)
        show_periods(session.screen, (data.plan.baseline, data.plan.intervention))
    elif papers.month is not None and not data.has_any(papers.month):
        first, last = papers.month.first.isoformat(), papers.month.last.isoformat()
        session.screen.warn("Nothing was captured from {first} to {last}.", first=first, last=last)
