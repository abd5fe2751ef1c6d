"""`wardteam bench curtois` and `inrc2`: public instances, solved as the ward's roster is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.services.bench_public import Solved
    from wardteam_solver.benchmarks.public import Benchmark

CURTOIS = Message(
    "Solve an instance of the shift scheduling sets (Curtois and Qu 2014) with the ward's own rules and "
    "engine. The exit code is 1 where no valid roster was found. Ctrl-C keeps the best so far."
)
INRC2 = Message(
    "Solve a static instance of the second nurse rostering competition, for example n030w4_1_6-2-9-1, from "
    "the files in a folder. The exit code is 1 where no valid roster was found. Ctrl-C keeps the best so far."
)
NO_ROSTER = 1
MOST_SECONDS = 1_000_000


def commands(say: Translator) -> tuple[click.Command, ...]:
    """Give the commands in the language's words."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    places = (
        click.Argument(["folder"], type=folder, metavar=say("FOLDER")),
        click.Argument(["name"], metavar=say("NAME")),
    )
    csv = options.out(say, Message("Write the roster as CSV: a row an employee, a column a day."))
    weeks = options.out(say, Message("Write the competition's solution files into this folder."))
    return (
        options.command(
            "curtois", say, CURTOIS, run_curtois, [options.file_to_read(say), *_common(say, 60), csv]
        ),
        options.command("inrc2", say, INRC2, run_inrc2, [*places, *_common(say, 120), weeks]),
    )


def _common(say: Translator, seconds: int) -> list[click.Parameter]:
    return [
        seconds_option(say, seconds),
        workers(say),
        options.seed(say),
        options.as_json(say),
    ]


def seconds_option(say: Translator, default: int | None) -> click.Option:
    """How long each roster is searched for."""

    def check(_ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
        if value is None or 0 < value <= MOST_SECONDS:
            return value
        text = "More than 0 and at most {most} seconds were expected, got {value}."
        raise click.BadParameter(say(text, most=MOST_SECONDS, value=value), param=param)

    return click.Option(
        ["--seconds"],
        type=float,
        default=default,
        show_default=True,
        callback=check,
        help=say("Seconds for each roster by the clock."),
    )


def workers(say: Translator) -> click.Option:
    """How many threads the engine uses."""
    return click.Option(
        ["--workers"],
        type=click.IntRange(min=1, max=64),
        default=2,
        show_default=True,
        help=say("How many threads search at a time."),
    )


def run_curtois(
    session: Session, *, file: Path, seconds: float, workers: int, seed: int, out: Path | None, as_json: bool
) -> int:
    """Read, solve, and write the CSV."""
    from wardteam.services.bench_public import load_curtois
    from wardteam_solver.benchmarks.results import curtois_csv

    benchmark = load_curtois(file)
    _check_place(out, is_folder=False)
    solved = _solve(benchmark, seconds, workers, seed)
    if solved.grid is not None and out is not None:
        _write(session, {out: curtois_csv(benchmark, solved.grid)}, is_quiet=as_json)
    return _answer(session, solved, as_json=as_json)


def run_inrc2(
    session: Session,
    *,
    folder: Path,
    name: str,
    seconds: float,
    workers: int,
    seed: int,
    out: Path | None,
    as_json: bool,
) -> int:
    """Read, solve, and write a solution file a week."""
    from wardteam.services.bench_public import load_inrc2
    from wardteam_solver.benchmarks.inrc2 import InstanceName
    from wardteam_solver.benchmarks.results import inrc2_files

    named = InstanceName.parse(name)
    benchmark = load_inrc2(folder, named)
    _check_place(out, is_folder=True)
    solved = _solve(benchmark, seconds, workers, seed)
    if solved.grid is not None and out is not None:
        files = inrc2_files(named, benchmark, solved.grid)
        _write(session, {out / file: text for file, text in files.items()}, is_quiet=as_json)
    return _answer(session, solved, as_json=as_json)


def _check_place(out: Path | None, *, is_folder: bool) -> None:
    """Refuse a place that can't be written to before any time is spent."""
    from wardteam.errors import BadInput, Finding

    if out is None or not out.exists() or out.is_dir() == is_folder:
        return
    text = "A folder was expected; this is a file." if is_folder else "A file was expected; this is a folder."
    raise BadInput((Finding("--out", Message(text), value=str(out)),))


def _solve(benchmark: Benchmark, seconds: float, workers: int, seed: int) -> Solved:
    from wardteam.cli.stopping import run_stoppable
    from wardteam.services.bench_public import solve_public

    def work(should_stop: Callable[[], bool]) -> Solved:
        return solve_public(benchmark, seconds=seconds, workers=workers, seed=seed, should_stop=should_stop)

    return run_stoppable(work)


def _write(session: Session, files: dict[Path, str], *, is_quiet: bool) -> None:
    from wardteam.cli.writing import write_file

    for path, text in files.items():
        write_file(path, text.encode())
        if not is_quiet:
            session.screen.line("Written: {file}", file=str(path))


def _answer(session: Session, solved: Solved, *, as_json: bool) -> int:
    from dataclasses import asdict

    from wardteam.cli.measured import figure

    result, screen = solved.result, session.screen
    if as_json:
        screen.json(asdict(result))
    elif result.objective is None:
        screen.warn(
            "{instance}: no valid roster was found; {status}; {seconds} s, {cpu} s of processor time.",
            instance=result.instance,
            status=result.status,
            seconds=figure(result.seconds, 1),
            cpu=figure(result.cpu_seconds, 1),
        )
    else:
        screen.good(
            "{instance}: objective {objective}, proven bound {bound}; {status}; {seconds} s, {cpu} s of "
            "processor time, first roster after {first} s.",
            instance=result.instance,
            objective=result.objective,
            bound=figure(result.bound),
            status=result.status,
            seconds=figure(result.seconds, 1),
            cpu=figure(result.cpu_seconds, 1),
            first=figure(result.seconds_to_first, 1),
        )
    return NO_ROSTER if result.objective is None else 0
