"""`wardteam bench ward`: how good the ward's own roster is, against bounds, targets and one weighted sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from wardteam.cli.bench_tables import STAGES
from wardteam.cli.measured import NONE, Measured, figure, show
from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.services.bench_search import Reached
    from wardteam.services.bench_ward import Target, WardCase, WardRun

WARD = Message(
    "Measure the ward's own roster on the demo ward and generated wards, some of them short of staff: what "
    "is proven of it, wishes, continuity and cover, and its soft cost against one weighted-sum solve of the "
    "same limits with equal processor time. The exit code is 1 where a target is missed."
)
FAILED = 1
TITLES = {
    "valid": Message("Wards whose roster keeps every hard rule"),
    "minimal": Message("Wards whose shortage is proven minimal"),
    "wishes": Message("Wishes below their bound (percentage points), the worst ward"),
    "gap": Message("Soft terms alone: (objective - bound) / objective, median"),
    "ratio": Message("Soft cost over the weighted sum's, median"),
    "own_days": Message("Owners at their beds, of the day shifts that their counts allow (%), median"),
    "own_beds": Message("Occupied bed-days held by the owner (%), median"),
    "cover": Message("Days on which the cover left owners fewer beds than it could"),
}
PLACES = {"gap": 3, "ratio": 3, "wishes": 1, "own_days": 1, "own_beds": 1}


def parameters(say: Translator) -> list[click.Parameter]:
    """Give the command's own options, beside seconds and ways of printing."""
    texts = {
        "--wards": Message("How many generated wards."),
        "--seeds": Message("How many seeds on the demo ward."),
        "--nurses": Message("Measure one generated ward of so many nurses instead."),
        "--in-a-row": Message("Measure so many generated wards in one process instead, one after the other."),
    }
    kinds = {"--wards": click.IntRange(min=0), "--seeds": click.IntRange(min=0)}
    defaults = {"--wards": 10, "--seeds": 3}
    return [
        click.Option(
            [name],
            type=kinds.get(name, click.IntRange(min=1) if name == "--in-a-row" else click.IntRange(min=20)),
            default=defaults.get(name),
            show_default=name in defaults,
            help=say(text),
        )
        for name, text in texts.items()
    ]


def run_ward(
    session: Session,
    *,
    seconds: float,
    wards: int,
    seeds: int,
    nurses: int | None,
    in_a_row: int | None,
    as_json: bool,
    as_markdown: bool,
) -> int:
    """Measure ward by ward, and hold all against the targets."""
    from wardteam.services.bench_ward import measure_case, search_targets, targets

    if nurses is not None and in_a_row is not None:
        raise click.UsageError(session.say("Give --nurses or --in-a-row, not both."))
    is_whole = nurses is None and in_a_row is None
    found = []
    for case in _cases(session, wards, seeds, nurses, in_a_row):
        run = measure_case(case, seconds=seconds, is_apart=in_a_row is None, is_compared=is_whole)
        click.echo(session.say("{name}, seed {seed}: measured", name=run.name, seed=run.seed), err=True)
        found.append(run)
    held = targets(found) if is_whole else search_targets(found)
    if as_json:
        session.screen.json({"is_reached": _is_reached(held), "targets": held, "wards": _plain(found)})
    else:
        for table in tables(found, held, is_whole=is_whole):
            show(session, table, as_markdown=as_markdown)
    return 0 if _is_reached(held) else FAILED


def _cases(
    session: Session, wards: int, seeds: int, nurses: int | None, in_a_row: int | None
) -> Iterator[WardCase]:
    from wardteam.services.bench_ward import demo_case, generated_cases, large_case

    if nurses is not None:
        yield large_case(nurses)
        return
    if in_a_row is None:
        from wardteam.demo import demo_ward

        book = demo_ward()
        for seed in range(seeds):
            yield demo_case(book, session.period(book, None), seed)
    yield from generated_cases(wards if in_a_row is None else in_a_row)


def _is_reached(held: Iterable[Target]) -> bool:
    return all(target.is_met for target in held)


def _plain(found: Sequence[WardRun]) -> list[dict[str, object]]:
    """Give each run's fields with what follows from them."""
    derived = ("is_valid", "is_minimal", "gap", "ratio", "wish_points_short")
    return [{**vars(run), **{name: getattr(run, name) for name in derived}} for run in found]


def tables(found: Sequence[WardRun], held: Sequence[Target], *, is_whole: bool) -> Iterator[Measured]:
    """Give targets first, then what was reached, what it is worth, and both searches by stage."""
    yield targets_table(held)
    yield reached_table(found)
    yield worth_table(found)
    if is_whole:
        yield stages_table(found)


def targets_table(held: Sequence[Target]) -> Measured:
    """Lay out each figure with its target."""
    rows = [
        (
            TITLES[target.name],
            figure(target.value, PLACES.get(target.name, 0)),
            f"{'≤' if target.is_most else '≥'} {target.limit:g}",
            Message("yes") if target.is_met else Message("no"),
        )
        for target in held
    ]
    headings = (Message("Figure"), Message("Value"), Message("Target"), Message("Reached"))
    return Measured(headings, tuple(rows))


def reached_table(found: Sequence[WardRun]) -> Measured:
    """Give each ward's objective with its bounds."""
    headings = (
        Message("Ward"),
        Message("Seed"),
        Message("Nurses / beds / teams / days"),
        Message("Hard rules broken"),
        Message("Shortage"),
        Message("At least, proven"),
        Message("Soft terms"),
        Message("At least, proven"),
        Message("Gap (%)"),
        Message("Over the weighted sum"),
        Message("First roster after s"),
        Message("Processor s"),
    )
    return Measured(headings, tuple(_reached(run) for run in found))


def _reached(run: WardRun) -> Sequence[object]:
    from wardteam_solver.rules import Stage

    one, size = run.staged, f"{run.nurses} / {run.beds} / {run.teams} / {run.days}"
    if one is None:
        return (_name(run), run.seed, size, *[NONE] * 9)
    return (
        _name(run),
        run.seed,
        size,
        one.hard,
        one.costs[Stage.SHORTAGE],
        one.bounds[Stage.SHORTAGE],
        one.soft,
        figure(one.soft_bound),
        figure(None if run.gap is None else 100 * run.gap, 1),
        figure(run.ratio, 3),
        figure(one.seconds_to_first, 1),
        figure(one.cpu_seconds, 1),
    )


def _name(run: WardRun) -> object:
    return Message("{name}, short of staff", name=run.name) if run.is_short else run.name


def worth_table(found: Sequence[WardRun]) -> Measured:
    """Give what each ward's roster is worth to its nurses and patients."""
    headings = (
        Message("Ward"),
        Message("Seed"),
        Message("Wishes granted, by points (%)"),
        Message("The most that is possible, proven (%)"),
        Message("Most less fewest nights"),
        Message("Owners at their beds, of day shifts allowed (%)"),
        Message("Occupied bed-days held by the owner (%)"),
        Message("Own beds held"),
        Message("The most of any cover"),
    )
    return Measured(headings, tuple(_worth(run) for run in found))


def _worth(run: WardRun) -> Sequence[object]:
    one = run.qualities
    if one is None:
        return (_name(run), run.seed, *[NONE] * 7)
    return (
        _name(run),
        run.seed,
        figure(one.wishes_percent, 1),
        figure(one.wishes_bound_percent, 1),
        one.nights_spread,
        figure(one.continuity.day_percent, 1),
        figure(one.continuity.occupied_percent, 1),
        one.continuity.held,
        one.continuity.most,
    )


def stages_table(found: Sequence[WardRun]) -> Measured:
    """Give both searches' cost by stage."""
    headings = (
        Message("Ward"),
        Message("Seed"),
        Message("Search"),
        *STAGES,
        Message("Proven"),
        Message("Processor s"),
        Message("Wall s"),
    )
    rows = [
        (_name(run), run.seed, name, *_stages(one))
        for run in found
        for name, one in ((Message("engine"), run.staged), (Message("weighted sum"), run.weighted))
    ]
    return Measured(headings, tuple(rows), 3)


def _stages(one: Reached | None) -> Sequence[object]:
    if one is None:
        return (NONE,) * (len(STAGES) + 3)
    proven = tuple(one.bounds) if one.bounds else f"{100 * one.proven:.1f} %"
    return (*one.costs, proven, figure(one.cpu_seconds, 1), figure(one.wall_seconds, 1))
