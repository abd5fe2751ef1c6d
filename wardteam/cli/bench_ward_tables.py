"""The tables of `wardteam bench ward`: targets first, then what stands behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wardteam.cli.bench_tables import STAGES
from wardteam.cli.measured import NONE, Measured, figure
from wardteam.errors import Message

if TYPE_CHECKING:
    from wardteam.services.bench_search import Reached
    from wardteam.services.bench_ward import Target, WardRun

TITLES = {
    "valid": Message("Rosters that keep every hard rule"),
    "minimal": Message("Rosters whose shortage is proven minimal"),
    "wishes": Message("Wishes below their bound (percentage points), the worst ward"),
    "gap": Message("Soft terms alone: (objective - bound) / objective, median"),
    "ratio": Message("Soft cost over the weighted sum's, median"),
    "own_days": Message("Owners at their beds, of the day shifts that their counts allow (%), median"),
    "own_beds": Message("Occupied bed-days held by the owner (%), median"),
    "cover": Message("Days on which the cover left owners fewer beds than it could"),
}
PLACES = {"gap": 3, "ratio": 3, "wishes": 1, "own_days": 1, "own_beds": 1}


def tables(found: Sequence[WardRun], held: Sequence[Target], *, is_whole: bool) -> Iterator[Measured]:
    """Give targets first, then what was reached, what it is worth, and both searches by stage."""
    yield targets_table(held)
    yield shortage_table(found)
    if is_whole:
        yield soft_table(found)
    yield wishes_table(found)
    yield continuity_table(found)
    yield stages_table(found)
    if is_whole:
        yield compared_table(found)


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


def shortage_table(found: Sequence[WardRun]) -> Measured:
    """Give each ward's size, and whether its roster keeps the rules with as few missing as can be."""
    headings = (
        Message("Ward"),
        Message("Nurses / beds / teams / days"),
        Message("Seed"),
        Message("Hard rules broken"),
        Message("Shortage"),
        Message("Proven"),
        Message("First after s"),
    )
    return Measured(headings, tuple(_shortage(run) for run in found), 2)


def _shortage(run: WardRun) -> Sequence[object]:
    from wardteam_solver.rules import Stage

    one, size = run.staged, f"{run.nurses} / {run.beds} / {run.teams} / {run.days}"
    if one is None:
        return (_name(run), size, run.seed, *[NONE] * 4)
    least = one.bounds[Stage.SHORTAGE]
    first = figure(one.seconds_to_first, 1)
    return (_name(run), size, run.seed, one.hard, one.costs[Stage.SHORTAGE], least, first)


def _name(run: WardRun) -> object:
    return Message("{name}, short of staff", name=run.name) if run.is_short else run.name


def soft_table(found: Sequence[WardRun]) -> Measured:
    """Give the cost of fairness, wishes and quality together, against its bound and the weighted sum."""
    headings = (
        Message("Ward"),
        Message("Seed"),
        Message("Soft terms"),
        Message("Proven"),
        Message("Gap (%)"),
        Message("Over the weighted sum"),
    )
    return Measured(headings, tuple(_soft(run) for run in found))


def _soft(run: WardRun) -> Sequence[object]:
    one = run.staged
    if one is None:
        return (_name(run), run.seed, *[NONE] * 4)
    gap = figure(None if run.gap is None else 100 * run.gap, 1)
    return (_name(run), run.seed, one.soft, figure(one.soft_bound), gap, figure(run.ratio, 3))


def wishes_table(found: Sequence[WardRun]) -> Measured:
    """Give what each ward's roster is worth to its nurses."""
    headings = (
        Message("Ward"),
        Message("Seed"),
        Message("Wishes granted (%)"),
        Message("At most, proven (%)"),
        Message("Points apart"),
        Message("Most less fewest nights"),
    )
    return Measured(headings, tuple(_wishes(run) for run in found))


def _wishes(run: WardRun) -> Sequence[object]:
    one = run.qualities
    if one is None:
        return (_name(run), run.seed, *[NONE] * 4)
    figures = (one.wishes_percent, one.wishes_bound_percent, run.wish_points_short)
    return (_name(run), run.seed, *(figure(value, 1) for value in figures), one.nights_spread)


def continuity_table(found: Sequence[WardRun]) -> Measured:
    """Give how much of their own beds' time the owners hold themselves."""
    headings = (
        Message("Ward"),
        Message("Seed"),
        Message("Own days (%)"),
        Message("Occupied (%)"),
        Message("Own beds held"),
        Message("The most of any cover"),
    )
    return Measured(headings, tuple(_continuity(run) for run in found))


def _continuity(run: WardRun) -> Sequence[object]:
    if run.qualities is None:
        return (_name(run), run.seed, *[NONE] * 4)
    kept = run.qualities.continuity
    percents = (figure(kept.day_percent, 1), figure(kept.occupied_percent, 1))
    return (_name(run), run.seed, *percents, kept.held, kept.most)


def stages_table(found: Sequence[WardRun]) -> Measured:
    """Give the engine's outcome stage by stage."""
    headings = (
        Message("Ward"),
        Message("Seed"),
        Message("Stage"),
        Message("Status"),
        Message("Objective"),
        Message("Proven"),
        Message("Wall s"),
        Message("Processor s"),
    )
    rows = [
        (
            _name(run),
            run.seed,
            Message(stage.name),
            stage.status,
            figure(stage.objective),
            figure(stage.bound),
            figure(stage.wall_seconds, 1),
            figure(stage.cpu_seconds, 1),
        )
        for run in found
        if run.staged is not None
        for stage in run.staged.stages
    ]
    return Measured(headings, tuple(rows), 4)


def compared_table(found: Sequence[WardRun]) -> Measured:
    """Give both searches' cost by stage."""
    headings = (
        Message("Ward"),
        Message("Seed"),
        Message("Search"),
        *STAGES,
        Message("Soft cost"),
        Message("Processor s"),
        Message("Wall s"),
    )
    rows = [
        (_name(run), run.seed, name, *_compared(one))
        for run in found
        for name, one in ((Message("engine"), run.staged), (Message("weighted sum"), run.weighted))
    ]
    return Measured(headings, tuple(rows), 3)


def _compared(one: Reached | None) -> Sequence[object]:
    if one is None:
        return (NONE,) * (len(STAGES) + 3)
    return (*one.costs, one.cost, figure(one.cpu_seconds, 1), figure(one.wall_seconds, 1))
