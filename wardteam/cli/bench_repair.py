"""`wardteam bench repair`: how fast and how gently a roster is mended after random absences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wardteam.cli.measured import Measured, figure, show
from wardteam.cli.session import Session
from wardteam.errors import Message, WardteamError

if TYPE_CHECKING:
    from wardteam.services.bench_repair import RepairFigures

REPAIR = Message(
    "Measure repair on the demo ward: random absences that leave a shift below its minimum, in a warm "
    "process, from request to options with cover. The exit code is 1 where a target that counts is missed; "
    "seconds are only told."
)
PLAN_SECONDS = 60.0
FAILED = 1


def run_repair(session: Session, *, count: int, seed: int, as_json: bool, as_markdown: bool) -> int:
    """Measure and tell."""
    from wardteam.demo import demo_ward
    from wardteam.services.bench_repair import RepairFigures, measure
    from wardteam.services.bench_search import planned_book

    book = demo_ward()
    period = session.period(book, None)
    runs = []
    planned = planned_book(book, period)
    for number, run in enumerate(
        measure(planned, period, count=count, seed=seed, seconds=PLAN_SECONDS), start=1
    ):
        runs.append(run)
        if number % 10 == 0:
            click.echo(session.say("{number} of {count}", number=number, count=count), err=True)
    if not runs:
        raise WardteamError(Message("No roster was found in this time, and none was proven impossible."))
    figures = RepairFigures(tuple(runs))
    if as_json:
        names = ("median_seconds", "late_seconds", "proven_percent", "median_cells", "hard", "above_minimum")
        told = {name: getattr(figures, name) for name in names}
        session.screen.json({**told, "is_reached": figures.is_reached, "runs": figures.runs})
    else:
        show(session, table(figures), as_markdown=as_markdown)
    return 0 if figures.is_reached else FAILED


def table(figures: RepairFigures) -> Measured:
    """Lay out each figure with its target."""
    rows = (
        (
            Message("Seconds from request to options with cover, median"),
            figure(figures.median_seconds, 2),
            "≤ 1",
        ),
        (Message("The same, 95 % of them"), figure(figures.late_seconds, 2), ""),
        (Message("First option proven optimal (%)"), figure(figures.proven_percent, 1), "≥ 95"),
        (Message("Changed cells beyond the absence, median"), figure(figures.median_cells, 1), "≤ 2"),
        (Message("Shortage above its proven minimum"), figures.above_minimum, "0"),
        (Message("Hard rules newly broken, all options"), figures.hard, "0"),
    )
    return Measured((Message("Figure"), Message("Value"), Message("Target")), rows)
