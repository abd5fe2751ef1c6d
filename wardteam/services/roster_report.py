"""What a roster is worth, in words and figures: breaches, shortages, costs by rule, fairness, wishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.rules import Severity
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.services.continuity import continuity_percent
from wardteam.services.laid_out import laid_out
from wardteam.services.missing import clock_told_by_shift, missing_nurses
from wardteam.services.problem import grid_from, helping_teams
from wardteam_solver.check import Checker, Verdict, Violation
from wardteam_solver.matrix import Grid
from wardteam_solver.problem import Problem
from wardteam_solver.rules import Stage
from wardteam_solver.words import say

EXAMPLES = 5


@dataclass(frozen=True)
class RuleCost:
    """What one soft rule costs: how many breaches, at which sum, with the dearest in words."""

    rule: str
    title: Message
    count: int
    cost: int
    examples: tuple[Message, ...]


@dataclass(frozen=True)
class RosterReport:
    """A roster's verdict. `cost` is the sum over the soft rules at the ward's weights.

    `shortages` name every place below the minimum, beds without a holder included; `figures` are
    nights_spread, wishes_granted_percent (by points), continuity_percent and shortage_nurses.
    """

    hard: tuple[Message, ...]
    shortages: tuple[Message, ...]
    soft: tuple[RuleCost, ...]
    warnings: tuple[Message, ...]
    cost: int
    stage_costs: tuple[int, ...]
    figures: Mapping[str, float]

    @property
    def is_valid(self) -> bool:
        """Whether every hard rule holds."""
        return not self.hard


def check_cells(book: WardBook, period: Period, cells: Mapping[CellKey, RosterCell]) -> RosterReport:
    """Check a roster's cells against the ward's rules; locks in the cells are taken as they stand."""
    matrix = laid_out(book, period, helping_teams(cells))
    grid = grid_from(matrix.problem, cells)
    return report(matrix.problem, grid, Checker(matrix).check(grid))


def report(problem: Problem, grid: Grid, verdict: Verdict) -> RosterReport:
    """Put a verdict into words and figures."""
    told_twice = set(map(id, clock_told_by_shift(verdict)))
    shortages = [
        v
        for v in verdict.violations
        if v.rule.stage is Stage.SHORTAGE and not v.is_hard and id(v) not in told_twice
    ]
    warnings = [v for v in verdict.violations if v.rule.severity is Severity.WARN]
    return RosterReport(
        hard=tuple(say(problem, v) for v in verdict.hard),
        shortages=tuple(say(problem, v) for v in shortages if v.cost),
        soft=tuple(_rule_costs(problem, verdict)),
        warnings=tuple(say(problem, v) for v in warnings),
        cost=verdict.cost,
        stage_costs=tuple(verdict.stage_cost(stage) for stage in Stage),
        figures=_figures(problem, grid, verdict),
    )


def _rule_costs(problem: Problem, verdict: Verdict) -> list[RuleCost]:
    by_rule: dict[str, list[Violation]] = {}
    for violation in verdict.violations:
        if violation.cost:
            by_rule.setdefault(violation.rule.code, []).append(violation)
    costs = []
    for code, broken in by_rule.items():
        dearest = sorted(broken, key=lambda v: -v.cost)[:EXAMPLES]
        examples = tuple(say(problem, v) for v in dearest)
        title = Message(broken[0].rule.title)
        costs.append(RuleCost(code, title, len(broken), sum(v.cost for v in broken), examples))
    return sorted(costs, key=lambda cost: -cost.cost)


def _figures(problem: Problem, grid: Grid, verdict: Verdict) -> dict[str, float]:
    asked = sum(request.points for request in problem.requests)
    refused = sum(v.limit.below for v in verdict.of("wishes"))
    figures = {
        "nights_spread": float(nights_spread(problem, grid)),
        "shortage_nurses": float(missing_nurses(verdict)),
        "duties": float(sum(int(option) in problem.duty for option in grid.flat)),
    }
    if asked:
        figures["wishes_granted_percent"] = 100.0 * (asked - refused) / asked
        figures["wishes_asked"] = float(len(problem.requests))
        figures["wishes_granted"] = float(len(problem.requests) - len(verdict.of("wishes")))
    if problem.owned_beds:
        figures["continuity_percent"] = continuity_percent(problem, grid)
    return figures


def nights_spread(problem: Problem, grid: Grid) -> int:
    """Give the most less the fewest nights among those who may work nights the whole period."""
    counts = [
        sum(int(option) in problem.overnight for option in grid[nurse])
        for nurse in problem.everyone
        if problem.people[nurse].may_work_nights and 2 * len(problem.people[nurse].leave) <= problem.day_count
    ]
    return max(counts) - min(counts) if counts and problem.overnight else 0
