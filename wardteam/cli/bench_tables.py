"""The tables that `wardteam bench` prints: ratios first, then what stands behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wardteam.cli.measured import NONE, Measured, figure
from wardteam.errors import Message
from wardteam.services.bench_search import Match, Reached, overall_ratio
from wardteam.services.bench_wards import ClashResult, HiddenResult, WardResult
from wardteam_solver.rules import WARD_RULES, Stage

if TYPE_CHECKING:
    from wardteam.services.bench_check import CheckSpeed

STAGES = tuple(Message(stage.name.lower()) for stage in Stage)
TITLES = {rule.code: Message(rule.title) for rule in WARD_RULES}
YES, NO = Message("yes"), Message("no")


def ratios(found: list[Match]) -> Measured:
    """Give each seed's ratios and who wins each stage, and the ratio over all seeds."""
    headings = (Message("Seed"), Message("Ratio of soft cost"), *STAGES, Message("In the order of stages"))
    rows: list[Sequence[object]] = [
        (m.seed, figure(m.ratio, 3), *(_stage(m, stage) for stage in Stage), _winner(m.winner()))
        for m in found
    ]
    won = [sum(m.winner(stage) > 0 for m in found) for stage in Stage]
    lost = [sum(m.winner(stage) < 0 for m in found) for stage in Stage]
    counts = [Message("{won} won, {lost} lost", won=w, lost=n) for w, n in zip(won, lost, strict=True)]
    ordered = [m.winner() for m in found]
    in_order = Message("{won} won, {lost} lost", won=ordered.count(1), lost=ordered.count(-1))
    rows.append((Message("all"), figure(overall_ratio(found), 3), *counts, in_order))
    return Measured(headings, tuple(rows))


def _stage(match: Match, stage: Stage) -> Message:
    ratio = figure(match.stage_ratio(stage), 3)
    return Message("{ratio} ({winner})", ratio=ratio, winner=_winner(match.winner(stage)))


def _winner(winner: int) -> Message:
    return {1: Message("won"), -1: Message("lost")}.get(winner, Message("even"))


def reached(found: list[Match]) -> Measured:
    """Give what each search reached, stage by stage, with bounds and times."""
    headings = (
        Message("Seed"),
        Message("Search"),
        Message("Status"),
        *STAGES,
        Message("Soft cost"),
        Message("Proven"),
        Message("Processor s"),
        Message("Wall s"),
    )
    return Measured(headings, tuple(row for match in found for row in _both(match)), 3)


def _both(match: Match) -> Iterator[Sequence[object]]:
    for name, one in ((Message("staged"), match.staged), (Message("weighted sum"), match.weighted)):
        if one is None:
            yield (match.seed, name, Message("nothing found in time"), *[NONE] * (len(STAGES) + 4))
        else:
            yield (
                match.seed,
                name,
                one.status,
                *one.costs,
                one.cost,
                _proven(one),
                figure(one.cpu_seconds, 1),
                figure(one.wall_seconds, 1),
            )


def _proven(one: Reached) -> object:
    if one.bounds:
        return tuple(one.bounds)
    return f"{100 * one.proven:.1f} %"


def hidden(found: Sequence[WardResult]) -> Measured:
    """Give the wards around a hidden roster."""
    headings = (
        Message("Ward"),
        Message("Nurses / beds / teams / days"),
        Message("Tightness"),
        Message("Status"),
        Message("Cost over the hidden roster's"),
        Message("Hard rules broken"),
        Message("shortage"),
        Message("First roster after s"),
        Message("Processor s"),
    )
    return Measured(headings, tuple(_hidden(r) for r in found if isinstance(r, HiddenResult)), 4)


def _hidden(result: HiddenResult) -> Sequence[object]:
    return (
        result.name,
        f"{result.nurses} / {result.beds} / {result.teams} / {result.days}",
        Message(result.tightness),
        result.status,
        figure(result.ratio, 2),
        figure(result.hard),
        figure(result.shortage),
        figure(result.seconds_to_first, 1),
        figure(result.cpu_seconds, 1),
    )


def clashes(found: Sequence[WardResult]) -> Measured:
    """Give the wards with a planted clash."""
    headings = (
        Message("Planted clash"),
        Message("Status"),
        Message("Rules named"),
        Message("Within what was planted"),
        Message("Each limit needed"),
        Message("Limits"),
        Message("Ways out"),
        Message("Wall s"),
    )
    return Measured(headings, tuple(_clash(r) for r in found if isinstance(r, ClashResult)), 5)


def _clash(result: ClashResult) -> Sequence[object]:
    return (
        Message(result.kind),
        result.status,
        tuple(TITLES[code] for code in result.rules),
        YES if result.is_within else NO,
        YES if result.is_minimal else NO,
        result.limits,
        result.ways,
        figure(result.wall_seconds, 1),
    )


def speed(found: CheckSpeed) -> Measured:
    """Give the times of checking, and each as a share of a whole check."""
    size = Message("{nurses} nurses x {days} days", nurses=found.nurses, days=found.days)
    counts = Message(
        "{limits} limits, {violations} violations", limits=found.limits, violations=found.violations
    )
    headings = (size, Message("Processor ms"), Message("Of a whole check"))
    named = (
        (Message("Laying out the limits, once"), found.layout_ms),
        (Message("Whole check ({counts})", counts=counts), found.whole_ms),
        (Message("One changed cell"), found.cell_ms),
    )
    rows = tuple((name, figure(ms, 2), figure(ms / found.whole_ms, 2)) for name, ms in named)
    return Measured(headings, rows)
