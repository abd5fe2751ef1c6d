"""`wardteam bench all` and `bench shape`: every public instance in a table, and larger invented ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wardteam.cli import bench_public, options
from wardteam.cli.measured import NONE, Measured, figure, show
from wardteam.cli.session import Session
from wardteam.errors import BadInput, Finding, Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.bootstrap.bench_all import Run
    from wardteam.bootstrap.bench_field import Row
    from wardteam_solver.benchmarks.shapes import Shape

ALL = Message(
    "Solve every public instance of a folder (`curtois` and `inrc2` in it) and larger invented ones, each "
    "run in a process of its own, beside plain CP-SAT for as long, and hold the results against what is "
    "published. Ctrl-C keeps the finished runs. The exit code is 1 where a run found no valid roster or a "
    "bound is refuted by a roster."
)
SHAPE = Message(
    "Invent an instance in the shift scheduling format around a hidden roster: staff x days x shift types, "
    "for example 45x42x6; days are whole fortnights."
)
FAILED = 1


def commands(say: Translator) -> tuple[click.Command, ...]:
    """Give the commands in the language's words."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    kept = click.Path(dir_okay=False, path_type=Path)
    of_all: list[click.Parameter] = [
        click.Option(["--folder"], type=folder, help=say("Folder with `curtois` and `inrc2` in it.")),
        click.Option(
            ["--only"], multiple=True, help=say("Only instances with such names; * stands for any.")
        ),
        bench_public.seconds_option(say, None),
        click.Option(
            ["--seeds"],
            type=click.IntRange(min=1),
            default=3,
            show_default=True,
            help=say("How many seeds."),
        ),
        bench_public.workers(say),
        click.Option(
            ["--keep"], type=kept, help=say("Keep finished runs in this file, and don't repeat those in it.")
        ),
        options.as_json(say),
        click.Option(["--markdown", "as_markdown"], is_flag=True, help=say("Print the tables in Markdown.")),
    ]
    of_shape: list[click.Parameter] = [
        click.Argument(["shape"], metavar=say("SHAPE")),
        options.seed(say),
        options.out(say, Message("Write the instance into this file.")),
    ]
    return (
        options.command("all", say, ALL, run_all, of_all),
        options.command("shape", say, SHAPE, run_shape, of_shape),
    )


def run_all(
    session: Session,
    *,
    folder: Path | None,
    only: Sequence[str],
    seconds: float | None,
    seeds: int,
    workers: int,
    keep: Path | None,
    as_json: bool,
    as_markdown: bool,
) -> int:
    """Run everything, tell each run as it ends, and print the table of all that ended."""
    from wardteam.bootstrap.bench_all import Plan, runs, sources
    from wardteam.bootstrap.bench_field import contradictions
    from wardteam.cli.stopping import run_stoppable

    chosen, found = sources(folder, only), list["Run"]()

    def work(should_stop: Callable[[], bool]) -> None:
        for run in runs(chosen, Plan(seconds, seeds, workers, keep), should_stop):
            found.append(run)
            _tell(session, run)

    run_stoppable(work)
    _show(session, found, as_json=as_json, as_markdown=as_markdown)
    wrong = contradictions(found)
    for name in wrong:
        text = Message(
            "{name}: a bound lies above the cost of a known roster; one of them is wrong.", name=name
        )
        click.echo(session.say(text), err=True)
    return FAILED if wrong or any(run.result.objective is None for run in found) else 0


def _tell(session: Session, run: Run) -> None:
    from wardteam.bootstrap.bench_all import Engine

    result = run.result
    text = Message(
        "{instance}, {engine}, seed {seed}: {objective}, bound {bound}, {seconds} s",
        instance=result.instance,
        engine=Message("this engine") if run.engine is Engine.OURS else Message("plain CP-SAT"),
        seed=run.seed,
        objective=figure(result.objective),
        bound=figure(result.bound),
        seconds=figure(result.seconds, 1),
    )
    click.echo(session.say(text), err=True)


def _show(session: Session, found: Sequence[Run], *, as_json: bool, as_markdown: bool) -> None:
    from wardteam.bootstrap.bench_field import mean, rows

    table = rows(found)
    gap, distance = mean(row.gap for row in table), mean(row.distance for row in table)
    if as_json:
        lines = [_plain(row) for row in table]
        session.screen.json({"mean_gap": gap, "mean_distance": distance, "table": lines, "runs": found})
        return
    for measured in (results(table), others(table), costs(table)):
        show(session, measured, as_markdown=as_markdown)
    text = "Mean gap to the best known value: {gap}; mean distance from the proven bound: {distance}."
    session.screen.line(text, gap=percent(gap), distance=percent(distance))


def _plain(row: Row) -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(row), "gap": row.gap, "distance": row.distance}


def percent(share: float | None) -> str:
    """Write a share in percent; a dash where there is none."""
    return NONE if share is None else f"{100 * share:.2f} %"


def results(table: Sequence[Row]) -> Measured:
    """Give what was reached, against the best known value and the proven bound."""
    headings = (
        Message("Instance"),
        Message("Best known"),
        Message("This engine"),
        Message("Gap"),
        Message("Proven bound"),
        Message("Distance"),
        Message("Plain CP-SAT"),
    )
    return Measured(headings, tuple(_result(row) for row in table))


def _result(row: Row) -> Sequence[object]:
    return (
        row.instance,
        figure(row.published.best),
        figure(row.ours),
        percent(row.gap),
        figure(row.bound),
        percent(row.distance),
        figure(row.plain),
    )


def others(table: Sequence[Row]) -> Measured:
    """Give what other solvers have published beside ours."""
    headings = (
        Message("Instance"),
        Message("This engine"),
        Message("Gurobi, 10 / 60 min"),
        Message("Ejection chain, 10 / 60 min"),
        Message("Published bound"),
    )
    return Measured(headings, tuple(_other(row) for row in table))


def _other(row: Row) -> Sequence[object]:
    pairs = (" / ".join(figure(n) for n in pair) for pair in (row.published.gurobi, row.published.ejection))
    return (row.instance, figure(row.ours), *pairs, figure(row.published.bound))


def costs(table: Sequence[Row]) -> Measured:
    """Give what the runs took: the latest first roster, the mean of processor seconds, the most memory."""
    headings = (
        Message("Instance"),
        Message("Seeds"),
        Message("Wall s"),
        Message("First roster after s"),
        Message("Processor s"),
        Message("Memory (MB)"),
    )
    return Measured(headings, tuple(_cost(row) for row in table))


def _cost(row: Row) -> Sequence[object]:
    return (
        row.instance,
        row.seeds,
        figure(row.seconds),
        figure(row.seconds_to_first, 1),
        figure(row.cpu_seconds, 1),
        figure(row.peak_mb),
    )


def run_shape(session: Session, *, shape: str, seed: int, out: Path | None) -> None:
    """Invent an instance, and write or print it."""
    from wardteam.cli.writing import write_file
    from wardteam_solver.benchmarks.shapes import invented

    one = invented(_shape(shape), seed)
    if out is None:
        click.echo(one.text)
    else:
        write_file(out, one.text.encode())
        session.screen.good("Written: {file}", file=str(out))


def _shape(text: str) -> Shape:
    from wardteam_solver.benchmarks.public import MOST_DAYS, MOST_STAFF
    from wardteam_solver.benchmarks.shapes import Shape

    parts = text.lower().split("x")
    try:
        shape = Shape(*map(int, parts)) if len(parts) == 3 else None
    except ValueError:
        shape = None
    if shape is None or shape.staff > MOST_STAFF or shape.days > MOST_DAYS:
        problem = Message(
            "Staff x days x shift types such as 45x42x6 were expected, days in whole fortnights."
        )
        raise BadInput((Finding("SHAPE", problem, value=text),))
    return shape
