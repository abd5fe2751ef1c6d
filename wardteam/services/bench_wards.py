"""Measure on generated wards: is a roster found where one is hidden, and is a planted clash named."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from wardteam.domain.roster import SolveStatus
from wardteam.services.plan import plan_roster
from wardteam.services.problem import build_problem
from wardteam.services.roster_report import RosterReport, check_cells
from wardteam_solver.benchmarks.clashes import MEASURED, clashing_ward
from wardteam_solver.benchmarks.wards import RECIPES, GeneratedWard, generated_ward
from wardteam_solver.explain import Clash
from wardteam_solver.rules import Stage

SHARE_OF_CLASHES = 0.3


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
    """A ward with a planted clash: whether it was named, confirmed, and within what was planted."""

    name: str
    nurses: int
    kind: str
    status: SolveStatus
    rules: tuple[str, ...]
    limits: int
    is_minimal: bool
    is_within: bool
    ways: int
    wall_seconds: float

    @property
    def is_good(self) -> bool:
        """Whether the confirmed clash is part of the planted one."""
        return self.status is SolveStatus.INFEASIBLE and self.is_within


WardResult = HiddenResult | ClashResult


def measured_wards(count: int) -> Iterator[GeneratedWard]:
    """Generate so many wards: about seven in ten with a hidden roster, then those with a planted clash."""
    clashes = round(count * SHARE_OF_CLASHES)
    for number in range(count - clashes):
        yield generated_ward(number if number < len(RECIPES) else number + len(RECIPES))
    for place in range(clashes):
        kind, number = MEASURED[place % len(MEASURED)]
        yield clashing_ward(kind, number + 2 * len(RECIPES) * (place // len(MEASURED)))


def measure_ward(ward: GeneratedWard, *, seconds: float, seed: int = 0, workers: int = 2) -> WardResult:
    """Plan one generated ward's roster and hold the outcome against what is known of it."""
    started = time.monotonic()
    plan = plan_roster(
        ward.book, ward.period, seconds=seconds, seed=seed, workers=workers, locked=ward.locked
    )
    wall = time.monotonic() - started
    if ward.planted is not None:
        return _clash_result(ward, plan.record.status, plan.conflict, wall)
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


def _clash_result(ward: GeneratedWard, status: SolveStatus, clash: Clash | None, wall: float) -> ClashResult:
    return ClashResult(
        name=ward.name,
        nurses=ward.size.nurses,
        kind="" if ward.planted is None else ward.planted.kind,
        status=status,
        rules=() if clash is None else clash.rules,
        limits=0 if clash is None else len(clash.limits),
        is_minimal=clash is not None and clash.is_minimal,
        is_within=clash is not None and is_within(ward, clash),
        ways=0 if clash is None else len(clash.ways),
        wall_seconds=wall,
    )
