"""`wardteam bench`: measure search, explanations, check, imports and quality report, on invented wards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from wardteam.cli import bench_all, bench_public, options
from wardteam.cli.bench_quality import run_quality
from wardteam.cli.bench_repair import REPAIR, run_repair
from wardteam.cli.bench_ward import WARD, parameters, run_ward
from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.services.bench_wards import WardResult

TEXT = Message(
    "Measure on invented wards and public instances: how well rosters are found and how fast they are "
    "checked, how fast calls are imported and the quality report is made."
)
WARDS = Message(
    "Measure on generated wards: a roster must be found where one is hidden, and a planted clash must be "
    "named and confirmed. The exit code is 1 where one of them fails."
)
CHECK = Message("Measure the check of a roster of 44 nurses and 28 days, and of one changed cell.")
QUALITY = Message(
    "Measure the import of a call system's CSV and Excel file, each once more, and the quality report in all "
    "forms, twice. The exit code is 1 where a second import adds anything, the two reports differ, or it "
    "takes more than 60 s or 600 MB for an import or 10 s for a report."
)
CHECKED_DAYS = 28
FAILED = 1


def build(say: Translator) -> click.Command:
    """Give the group in the language's words."""
    ways = [
        options.as_json(say),
        click.Option(["--markdown", "as_markdown"], is_flag=True, help=say("Print the tables in Markdown.")),
    ]
    ward = [*parameters(say), *ways]
    count = _whole(say, "--count", 20, Message("How many wards; about one in three has a planted clash."))
    wards = [_seconds(say, 30), count, options.seed(say), *ways]
    group = click.Group(
        "bench",
        help=say(TEXT),
        options_metavar=say("[OPTIONS]"),
        subcommand_metavar=say("COMMAND [ARGS]..."),
    )
    group.add_command(options.command("ward", say, WARD, run_ward, ward))
    group.add_command(options.command("wards", say, WARDS, run_wards, wards))
    group.add_command(options.command("check", say, CHECK, run_check, ways))
    absences = _whole(say, "--count", 100, Message("How many absences."))
    group.add_command(
        options.command("repair", say, REPAIR, run_repair, [absences, options.seed(say), *ways])
    )
    group.add_command(options.command("quality", say, QUALITY, run_quality, [*_calls(say), *ways]))
    for command in (*bench_public.commands(say), *bench_all.commands(say)):
        group.add_command(command)
    return group


def _calls(say: Translator) -> list[click.Parameter]:
    return [
        _whole(say, "--calls", 1_000_000, Message("How many calls the CSV file holds.")),
        _whole(say, "--excel-calls", 100_000, Message("How many calls the Excel file holds.")),
        _whole(say, "--report-calls", 200_000, Message("How many calls the report is made of, at least.")),
    ]


def _seconds(say: Translator, default: int) -> click.Option:
    text = Message("Seconds for each roster by the clock.")
    return click.Option(
        ["--seconds"],
        type=click.FloatRange(min=1),
        default=default,
        show_default=True,
        help=say(text),
    )


def _whole(say: Translator, name: str, default: int, text: Message) -> click.Option:
    return click.Option(
        [name], type=click.IntRange(min=1), default=default, show_default=True, help=say(text)
    )


def run_wards(
    session: Session, *, seconds: float, count: int, seed: int, as_json: bool, as_markdown: bool
) -> int:
    """Measure on every generated ward."""
    from wardteam.services.bench_wards import measure_ward, measured_wards

    found: list[WardResult] = []
    for ward in measured_wards(count):
        result = measure_ward(ward, seconds=seconds, seed=seed)
        _tell(session, Message("{name}: met" if result.is_good else "{name}: missed", name=result.name))
        found.append(result)
    if as_json:
        session.screen.json({"met": sum(r.is_good for r in found), "wards": found})
    else:
        _show_wards(session, found, as_markdown=as_markdown)
    return 0 if all(result.is_good for result in found) else FAILED


def _show_wards(session: Session, found: Sequence[WardResult], *, as_markdown: bool) -> None:
    from wardteam.cli.bench_tables import clashes, hidden
    from wardteam.cli.measured import show

    met = sum(result.is_good for result in found)
    session.screen.line("{met} of {count} wards met.", met=met, count=len(found))
    for table in (hidden(found), clashes(found)):
        if table.rows:
            show(session, table, as_markdown=as_markdown)


def run_check(session: Session, *, as_json: bool, as_markdown: bool) -> None:
    """Measure the check."""
    from wardteam.cli.bench_tables import speed
    from wardteam.cli.measured import show
    from wardteam.demo import demo_ward
    from wardteam.domain.calendar import Period
    from wardteam.services.bench_check import measure_check
    from wardteam.services.bench_search import planned_book

    book = demo_ward()
    days = tuple(session.period(book, None))
    period = Period(days[0], days[CHECKED_DAYS - 1])
    found = measure_check(planned_book(book, period), period)
    if as_json:
        session.screen.json({"check": found})
    else:
        show(session, speed(found), as_markdown=as_markdown)


def _tell(session: Session, message: Message) -> None:
    """Say how far it is, beside the answer."""
    click.echo(session.say(message), err=True)
