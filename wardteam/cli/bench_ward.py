"""`wardteam bench ward`: how good the ward's own roster is, against bounds, targets and one weighted sum."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from wardteam.cli import bench_public, options
from wardteam.cli.measured import show
from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.services.bench_ward import Effort, Target, WardRun

WARD = Message(
    "Measure the ward's own roster on the demo ward: what is proven of each stage, wishes, continuity and "
    "cover, and its soft cost against one weighted-sum solve of the same limits with equal processor time. "
    "Ctrl-C keeps what is measured. The exit code is 1 where a target is missed."
)
FAILED, LEAST_NURSES, MOST_NURSES = 1, 30, 300


def parameters(say: Translator) -> list[click.Parameter]:
    """Give the command's own options, beside the ways of printing."""
    ten, large, months, seeds = (
        Message("Measure so many generated wards too, some of them short of staff; medians hold for all."),
        Message("Measure one generated ward of so many nurses instead."),
        Message("Plan so many months of the demo ward instead, each from the last one's end."),
        Message("How many seeds on the demo ward, counted from the one given."),
    )
    return [
        bench_public.seconds_option(say, 60),
        bench_public.workers(say),
        options.seed(say),
        _count("--seeds", say(seeds), least=1, default=1),
        _count("--wards", say(ten), least=0, default=0),
        _count("--nurses", say(large), least=LEAST_NURSES, most=MOST_NURSES),
        _count("--in-a-row", say(months), least=1),
    ]


def _count(
    name: str, text: str, *, least: int, most: int | None = None, default: int | None = None
) -> click.Option:
    kind = click.IntRange(min=least, max=most)
    return click.Option([name], type=kind, default=default, show_default=default is not None, help=text)


def run_ward(
    session: Session,
    *,
    seconds: float,
    workers: int,
    seed: int,
    seeds: int,
    wards: int,
    nurses: int | None,
    in_a_row: int | None,
    as_json: bool,
    as_markdown: bool,
) -> int:
    """Measure ward by ward, and hold all that was measured against the targets."""
    from wardteam.cli.bench_ward_tables import tables
    from wardteam.cli.stopping import run_stoppable
    from wardteam.errors import Stopped
    from wardteam.services.bench_ward import Effort, search_targets, targets

    if sum((nurses is not None, in_a_row is not None, wards > 0)) > 1:
        raise click.UsageError(session.say("Give only one of --wards, --nurses and --in-a-row."))
    is_whole = nurses is None and in_a_row is None
    found: list[WardRun] = []

    def work(should_stop: Callable[[], bool]) -> None:
        effort = Effort(seconds, workers, should_stop)
        if in_a_row is not None:
            runs = _months(session, in_a_row, seed, effort)
        else:
            runs = _wards(session, range(seed, seed + seeds), wards, nurses, effort)
        with suppress(Stopped):
            for run in runs:
                found.append(run)
                _tell(session, run)

    run_stoppable(work)
    held = targets(found) if is_whole else search_targets(found, in_a_row or 1)
    if as_json:
        session.screen.json({"is_reached": _is_reached(held), "targets": held, "wards": _plain(found)})
    else:
        for table in tables(found, held, is_whole=is_whole):
            show(session, table, as_markdown=as_markdown)
    return 0 if _is_reached(held) else FAILED


def _tell(session: Session, run: WardRun) -> None:
    click.echo(session.say("{name}, seed {seed}: measured", name=run.name, seed=run.seed), err=True)


def _wards(
    session: Session, seeds: range, wards: int, nurses: int | None, effort: Effort
) -> Iterator[WardRun]:
    from wardteam.demo import demo_ward
    from wardteam.services.bench_ward import demo_case, generated_cases, large_case, measure_case

    if nurses is not None:
        yield measure_case(large_case(nurses, seeds[0]), effort, is_compared=False)
        return
    book = demo_ward()
    for seed in seeds:
        yield measure_case(demo_case(book, session.period(book, None), seed), effort)
    for case in generated_cases(wards, seeds[0]):
        yield measure_case(case, effort)


def _months(session: Session, count: int, seed: int, effort: Effort) -> Iterator[WardRun]:
    from wardteam.demo import demo_ward
    from wardteam.services.bench_months import months_in_a_row

    book = demo_ward()
    return months_in_a_row(book, session.period(book, None), count, seed, effort)


def _is_reached(held: Iterable[Target]) -> bool:
    return all(target.is_met for target in held)


def _plain(found: Sequence[WardRun]) -> list[dict[str, object]]:
    """Give each run's fields with what follows from them."""
    derived = ("is_valid", "is_minimal", "gap", "ratio", "wish_points_short")
    return [{**vars(run), **{name: getattr(run, name) for name in derived}} for run in found]
