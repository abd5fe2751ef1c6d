"""Measure on generated wards: is a roster found where one is hidden, and is a planted clash named."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from wardteam.domain.roster import SolveStatus
from wardteam.services.plan import EXPLAIN_SECONDS, plan_roster
from wardteam.services.problem import build_problem
from wardteam.services.roster_report import RosterReport, check_cells
from wardteam_solver.benchmarks.clashes import MEASURED, ClashKind, clashing_ward
from wardteam_solver.benchmarks.wards import RECIPES, GeneratedWard, generated_ward
from wardteam_solver.explain import Clash, why_impossible
from wardteam_solver.matrix import lay_out
from wardteam_solver.rules import Stage, configured

SHARE_OF_CLASHES = 0.35
LOCAL_SECONDS, WIDE_SECONDS = 2.0, 20.0
"""Within which a clash of a few days, and one of the whole ward, is explained on a quiet machine."""


@dataclass(frozen=True)
class HiddenResult:
    """A ward with a hidden roster: what was found against what was hidden.

    Costs are what `check` counts at the ward's weights; `shortage` is the cost of the first stage, 0 for
    every hidden roster. They are None where no roster was found.
    """

    name: str
    nurses: int
    beds: int
    teams: int
    days: int
    tightness: str
    status: SolveStatus
    hard: int | None
    shortage: int | None
    cost: int | None
    hidden_cost: int
    seconds_to_first: float | None
    wall_seconds: float
    cpu_seconds: float

    @property
    def is_good(self) -> bool:
        """Whether a roster was found that keeps every hard rule."""
        return self.hard == 0

    @property
    def ratio(self) -> float | None:
        """Its soft cost over the hidden roster's."""
        return None if self.cost is None else self.cost / max(1, self.hidden_cost)


@dataclass(frozen=True)
class ClashResult:
    """A ward with a planted clash: whether it was named, confirmed, and within what was planted.

    `is_minimal` is whether a roster was found without each single fact; `ways` counts those with which a
    whole roster was found, `partial_ways` those after which another clash remains. The seconds are of the
    whole explanation, limits laid out anew.
    """

    name: str
    nurses: int
    kind: str
    is_local: bool
    status: SolveStatus
    rules: tuple[str, ...]
    limits: int
    is_minimal: bool
    is_within: bool
    ways: int
    partial_ways: int
    wall_seconds: float

    @property
    def is_good(self) -> bool:
        """Whether the confirmed clash is part of the planted one, with a way out that is enough."""
        return self.status is SolveStatus.INFEASIBLE and self.is_within and bool(self.ways)

    @property
    def is_in_time(self) -> bool:
        """Whether it took no longer than it may on a quiet machine."""
        return self.wall_seconds <= (LOCAL_SECONDS if self.is_local else WIDE_SECONDS)


WardResult = HiddenResult | ClashResult


def measured_wards(count: int) -> Iterator[GeneratedWard]:
    """Generate so many wards: about two in three with a hidden roster, then those with a planted clash."""
    clashes = round(count * SHARE_OF_CLASHES)
    for number in range(count - clashes):
        yield generated_ward(number if number < len(RECIPES) else number + len(RECIPES))
    for place in range(clashes):
        kind, number = MEASURED[place % len(MEASURED)]
        yield clashing_ward(kind, number + 2 * len(RECIPES) * (place // len(MEASURED)))


def measure_ward(ward: GeneratedWard, *, seconds: float, seed: int = 0, workers: int = 2) -> WardResult:
    """Plan one generated ward's roster and hold the outcome against what is known of it."""
    if ward.planted is not None:
        return explain_ward(ward)
    started = time.monotonic()
    plan = plan_roster(
        ward.book, ward.period, seconds=seconds, seed=seed, workers=workers, locked=ward.locked
    )
    wall = time.monotonic() - started
    report = None if plan.roster is None else check_cells(ward.book, ward.period, plan.roster.cells)
    return HiddenResult(
        name=ward.name,
        nurses=ward.size.nurses,
        beds=ward.size.beds,
        teams=ward.size.teams,
        days=len(ward.period),
        tightness=ward.tightness.value,
        status=plan.record.status,
        hard=None if report is None else len(report.hard),
        shortage=None if report is None else report.stage_costs[Stage.SHORTAGE],
        cost=None if report is None else report.cost,
        hidden_cost=hidden_report(ward).cost,
        seconds_to_first=plan.record.seconds_to_first,
        wall_seconds=wall,
        cpu_seconds=plan.record.cpu_seconds,
    )


def hidden_report(ward: GeneratedWard) -> RosterReport:
    """Check a ward's hidden roster."""
    return check_cells(ward.book, ward.period, ward.hidden)


def is_within(ward: GeneratedWard, clash: Clash) -> bool:
    """Whether every rule, nurse and date that a clash names belongs to the planted one."""
    if ward.planted is None:
        return False
    problem = build_problem(ward.book, ward.period, locked=ward.locked)
    staff = {problem.people[nurse].key for nurse in clash.nurses}
    days = {problem.date_of(day) for day in clash.days}
    planted = ward.planted
    return set(clash.rules) <= planted.rules and staff <= planted.staff and days <= planted.days


def explain_ward(ward: GeneratedWard) -> ClashResult:
    """Say why a ward with a planted clash has no roster, and hold it against what was planted."""
    started = time.monotonic()
    problem = build_problem(ward.book, ward.period, locked=ward.locked)
    clash = why_impossible(lay_out(problem, configured(ward.book.rule_settings)), seconds=EXPLAIN_SECONDS)
    wall = time.monotonic() - started
    kind = "" if ward.planted is None else ward.planted.kind
    ways = () if clash is None else clash.ways
    return ClashResult(
        name=ward.name,
        nurses=ward.size.nurses,
        kind=kind,
        is_local=bool(kind) and ClashKind(kind).is_local,
        status=SolveStatus.UNKNOWN if clash is None else SolveStatus.INFEASIBLE,
        rules=() if clash is None else clash.rules,
        limits=0 if clash is None else len(clash.limits),
        is_minimal=clash is not None and clash.is_minimal,
        is_within=clash is not None and is_within(ward, clash),
        ways=sum(way.is_enough for way in ways),
        partial_ways=sum(not way.is_enough for way in ways),
        wall_seconds=wall,
    )
