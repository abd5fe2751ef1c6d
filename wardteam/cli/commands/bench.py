"""`wardteam bench`: measure the roster's search, the explanations and the check, on invented wards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.services.bench_search import Match
    from wardteam.services.bench_wards import WardResult

TEXT = Message("Measure how well rosters are found and how fast they are checked, on invented wards.")
WARD = Message(
    "Measure the roster stage against one weighted-sum solve of the same limits with equal processor time, "
    "on the demo ward. The exit code is 1 where the ratio of soft cost is above 0.85."
)
WARDS = Message(
    "Measure on generated wards: a roster must be found where one is hidden, and a planted clash must be "
    "named and confirmed. The exit code is 1 where one of them fails."
)
CHECK = Message("Measure the check of a roster of 44 nurses and 28 days, and of one changed cell.")
MOST_RATIO = 0.85
CHECKED_DAYS = 28
FAILED = 1


def build(say: Translator) -> click.Command:
    """Give the group in the language's words."""
    ways = [
        options.as_json(say),
        click.Option(["--markdown", "as_markdown"], is_flag=True, help=say("Print the tables in Markdown.")),
    ]
    ward = [_seconds(say, 60), _whole(say, "--seeds", 3, Message("How many seeds.")), *ways]
    count = _whole(say, "--count", 20, Message("How many wards; three in ten have a planted clash."))
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
    return group


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


def run_ward(session: Session, *, seconds: float, seeds: int, as_json: bool, as_markdown: bool) -> int:
    """Measure one search against the other, seed by seed."""
    from wardteam.demo import demo_ward
    from wardteam.services.bench_search import matches, overall_ratio, planned_book

    book = demo_ward()
    period = session.period(book, None)
    planned = planned_book(book, period)
    found: list[Match] = []
    for match in matches(planned, period, seconds=seconds, seeds=seeds):
        _tell(session, Message("seed {seed}: ratio {ratio}", seed=match.seed, ratio=_ratio(match.ratio)))
        found.append(match)
    ratio = overall_ratio(found)
    if as_json:
        session.screen.json({"ratio": ratio, "matches": found})
    else:
        _show_ward(session, found, ratio, as_markdown=as_markdown)
    return 0 if ratio is not None and ratio <= MOST_RATIO else FAILED


def _show_ward(session: Session, found: list[Match], ratio: float | None, *, as_markdown: bool) -> None:
    from wardteam.cli.bench_tables import ratios, reached
    from wardteam.cli.measured import show

    known = [match.ratio for match in found if match.ratio is not None]
    session.screen.line(
        "Soft cost, staged search over weighted sum, all seeds: {ratio} (at most {most}); "
        "the worst seed: {worst}.",
        ratio=_ratio(ratio),
        most=MOST_RATIO,
        worst=_ratio(max(known, default=None)),
    )
    show(session, ratios(found), as_markdown=as_markdown)
    show(session, reached(found), as_markdown=as_markdown)


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


def _ratio(value: float | None) -> str:
    from wardteam.cli.measured import figure

    return figure(value, 3)


def _tell(session: Session, message: Message) -> None:
    """Say how far it is, beside the answer."""
    click.echo(session.say(message), err=True)
