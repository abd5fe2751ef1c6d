"""The tables that `wardteam bench` prints: ratios first, then what stands behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardteam.cli.measured import Measured, figure
from wardteam.errors import Message
from wardteam.services.bench_wards import (
    LOCAL_SECONDS,
    WIDE_SECONDS,
    ClashResult,
    HiddenResult,
    WardResult,
)
from wardteam_solver.rules import WARD_RULES, Stage

if TYPE_CHECKING:
    from wardteam.services.bench_check import CheckSpeed

STAGES = tuple(Message(stage.name.lower()) for stage in Stage)
TITLES = {rule.code: Message(rule.title) for rule in WARD_RULES}
YES, NO = Message("yes"), Message("no")


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
        Message("Core confirmed minimal"),
        Message("Reach"),
        Message("Limits"),
        Message("Verified ways"),
        Message("Wall s"),
        Message("At most s"),
    )
    return Measured(headings, tuple(_clash(r) for r in found if isinstance(r, ClashResult)), 6)


def _clash(result: ClashResult) -> Sequence[object]:
    return (
        Message(result.kind),
        result.status,
        tuple(TITLES[code] for code in result.rules),
        YES if result.is_within else NO,
        YES if result.is_minimal else NO,
        Message("local") if result.is_local else Message("ward-wide"),
        result.limits,
        result.ways,
        figure(result.wall_seconds, 1),
        figure(LOCAL_SECONDS if result.is_local else WIDE_SECONDS),
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
