"""Plan a roster: the ward's book in, a checked draft with its solve record out, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from wardteam.domain.calendar import Period
from wardteam.domain.people import StaffKind
from wardteam.domain.roster import CellKey, Roster, RosterCell, SolveRecord, SolveStatus
from wardteam.domain.shifts import LeaveKind
from wardteam.domain.ward import WardBook
from wardteam.services.plan_input import problem_to_plan
from wardteam.services.problem import cells_from, grid_from
from wardteam.services.roster_report import RosterReport, report
from wardteam_solver.check import Checker
from wardteam_solver.explain import Clash, why_impossible
from wardteam_solver.matrix import Grid, Matrix, lay_out
from wardteam_solver.rules import Stage, configured

if TYPE_CHECKING:
    from wardteam_solver.search.budget import Budget
    from wardteam_solver.search.planner import Outcome

EXPLAIN_SECONDS = 19.0

Figures = Mapping[str, object]
NOTHING: Mapping[CellKey, RosterCell] = MappingProxyType({})


@dataclass(frozen=True)
class RosterPlan:
    """A planned roster. `roster` is None where none was found; `conflict` then says why, once confirmed."""

    roster: Roster | None
    record: SolveRecord
    report: RosterReport | None
    conflict: Clash | None = None


def plan_roster(
    book: WardBook,
    period: Period,
    *,
    seconds: float = 60,
    seed: int = 0,
    workers: int = 2,
    locked: Mapping[CellKey, RosterCell] = NOTHING,
    start: Mapping[CellKey, RosterCell] | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Figures], None] = lambda _: None,
) -> RosterPlan:
    """Plan a period's roster; stopping keeps the best so far.

    Parameters
    ----------
    locked
        Cells that stay as they are.
    start
        Cells to begin from, such as the last draft's; they may break rules.
    tell
        Told of each better roster: seconds and cost by stage.

    Raises
    ------
    BadInput
        With everything at once that keeps a roster from being planned: see `problem_to_plan`.
    """
    from wardteam_solver.search.budget import Budget, Incumbent
    from wardteam_solver.search.planner import find_roster

    problem = problem_to_plan(book, period, seconds=seconds, workers=workers, locked=locked)
    matrix = lay_out(problem, configured(book.rule_settings))

    def watch(incumbent: Incumbent) -> None:
        costs = {stage.name.lower(): cost for stage, cost in zip(Stage, incumbent.costs, strict=True)}
        tell({"seconds": round(incumbent.seconds, 1), **costs})

    budget = Budget(seconds, workers, seed, should_stop, watch)
    outcome = find_roster(matrix, budget, None if start is None else grid_from(problem, start))
    record = _record(outcome, budget, is_stopped=should_stop())
    if outcome.grid is None:
        return _without_roster(matrix, record)
    return _with_roster(book, period, matrix, outcome.grid, record, locked)


def _record(outcome: Outcome, budget: Budget, *, is_stopped: bool) -> SolveRecord:
    return SolveRecord(
        purpose="roster",
        status=SolveStatus.STOPPED if is_stopped else outcome.status,
        stages=tuple(outcome.stages),
        wall_seconds=budget.elapsed,
        cpu_seconds=budget.cpu,
        seed=budget.seed,
        workers=budget.workers,
        seconds_to_first=outcome.seconds_to_first,
    )


def _with_roster(
    book: WardBook,
    period: Period,
    matrix: Matrix,
    grid: Grid,
    record: SolveRecord,
    locked: Mapping[CellKey, RosterCell],
) -> RosterPlan:
    """Check what was found and lay it out as cells; the head nurse's days stand beside them."""
    problem = matrix.problem
    found = report(problem, grid, Checker(matrix).check(grid))
    cells = {**cells_from(problem, grid, locked), **_head_nurse_cells(book, period)}
    figures = {**found.figures, **_bounds(matrix, record)}
    return RosterPlan(
        Roster(period, cells), replace(record, figures=figures), replace(found, figures=figures)
    )


def _without_roster(matrix: Matrix, record: SolveRecord) -> RosterPlan:
    """Say why there is no roster: only a clash that a second solve confirms counts as impossible."""
    if record.status is SolveStatus.STOPPED:
        return RosterPlan(None, record, None)
    clash = why_impossible(matrix, seconds=EXPLAIN_SECONDS)
    status = SolveStatus.INFEASIBLE if clash else SolveStatus.UNKNOWN
    return RosterPlan(None, replace(record, status=status), None, clash)


def _bounds(matrix: Matrix, record: SolveRecord) -> dict[str, float]:
    """Give the most of the wishes' points that the proven bound leaves possible, in percent."""
    asked = sum(request.points for request in matrix.problem.requests)
    stage = next((s for s in record.stages if s.name == "wishes"), None)
    weight = next((r.weight for r in matrix.rules if r.code == "wishes"), 0)
    if not asked or not weight or stage is None or stage.bound is None:
        return {}
    return {"wishes_bound_percent": 100.0 * (asked - stage.bound / weight) / asked}


def _head_nurse_cells(book: WardBook, period: Period) -> dict[CellKey, RosterCell]:
    """Give the head nurse's days: day shift on working days, outside the counted staff."""
    day_shift = next((shift.code for shift in book.shifts if shift.holds_beds), None)
    heads = [n for n in book.nurses if n.kind is StaffKind.HEAD_NURSE]
    off = LeaveKind.OFF.value
    return {
        (head.staff_no, day): RosterCell(day_shift if book.calendar.is_working_day(day) else off)
        for head in heads
        if day_shift is not None
        for day in period
    }
