"""Whether the ward's data allow a roster: possible, short of staff and why, or impossible and ways out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellKey, RosterCell, SolveRecord, SolveStatus, StageResult
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.services.plan_input import problem_to_plan
from wardteam.services.roster_report import RosterReport, report

if TYPE_CHECKING:
    from wardteam_solver.explain import Clash, Way, WayPrice
    from wardteam_solver.explain.locks import BrokenLock
    from wardteam_solver.matrix import Matrix
    from wardteam_solver.search.budget import Budget
    from wardteam_solver.search.least_shortage import LeastShortage

LOOK_SECONDS = 20.0
EXPLAIN_SECONDS = 19.0


class Verdict(StrEnum):
    """What the data allow; `SHORT` is a roster that keeps every hard rule and misses some minima."""

    POSSIBLE = "possible"
    SHORT = "short"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


VERDICTS = {
    Verdict.POSSIBLE: Message("A roster is possible: all hard rules and every shift's minimum can be kept."),
    Verdict.IMPOSSIBLE: Message("No roster can keep all hard rules; two solves confirm it."),
    Verdict.UNKNOWN: Message("No roster was found in this time, and none was proven impossible."),
}


def verdict_words(verdict: Verdict, missing: int, *, is_proven: bool) -> Message:
    """Say what was found; `missing` nurses where staff is short, and whether less is impossible."""
    if verdict in VERDICTS:
        return VERDICTS[verdict]
    if is_proven:
        text = (
            "A roster is possible, but short of staff: {missing} nurses are missing, and no roster has less "
            "shortage (proven)."
        )
    else:
        text = (
            "A roster is possible, but the best found so far misses {missing} nurses; fewer may be possible."
        )
    return Message(text, missing=missing)


CLASH_HEADS = {
    (Verdict.IMPOSSIBLE, True): Message(
        "These can't hold together; for each one a roster was found that keeps all the others:"
    ),
    (Verdict.IMPOSSIBLE, False): Message(
        "These can't hold together; there was no time to show that each one is needed:"
    ),
    (Verdict.SHORT, True): Message(
        "Why staff is short: these can't hold together; without any one of them the others can:"
    ),
    (Verdict.SHORT, False): Message(
        "Why staff is short: these can't hold together; not each one may be needed for that:"
    ),
}


@dataclass(frozen=True)
class ToldWay:
    """A way out: what it says, its price, and the steps' kinds with the cells they are about."""

    kinds: tuple[str, ...]
    text: Message
    points: int
    is_enough: bool
    cells: tuple[CellKey, ...] = ()


@dataclass(frozen=True)
class ToldLock:
    """A locked cell that breaks a hard rule, with what it clashes with."""

    staff_no: str
    day: date
    facts: tuple[Message, ...]


@dataclass(frozen=True)
class ConflictReport:
    """What was found. `facts` can't hold together; where staff is short, every minimum is taken as hard.

    `is_minimal`: for each fact a roster was found that keeps the others. `shortages` name the places of
    one roster with the least shortage; `is_shortage_proven` is whether none has less.
    """

    period: Period
    verdict: Verdict
    record: SolveRecord
    facts: tuple[Message, ...] = ()
    rules: tuple[str, ...] = ()
    is_minimal: bool = False
    ways: tuple[ToldWay, ...] = ()
    locks: tuple[ToldLock, ...] = ()
    shortages: tuple[Message, ...] = ()
    nurses_missing: int = 0
    is_shortage_proven: bool = False

    @property
    def words(self) -> Message:
        """Say what was found."""
        return verdict_words(self.verdict, self.nurses_missing, is_proven=self.is_shortage_proven)


def way_prices() -> tuple[WayPrice, ...]:
    """Give the table of what each kind of way out costs, and why."""
    from wardteam_solver.explain import WAY_PRICES

    return WAY_PRICES


def find_conflicts(
    book: WardBook,
    period: Period,
    *,
    locked: Mapping[CellKey, RosterCell],
    look_seconds: float = LOOK_SECONDS,
    explain_seconds: float = EXPLAIN_SECONDS,
    workers: int = 2,
    should_stop: Callable[[], bool] = lambda: False,
    tell: Callable[[str], None] = lambda _: None,
) -> ConflictReport:
    """Say whether a roster of the period can exist with these data, and where not, why.

    Parameters
    ----------
    locked
        Cells that stay as they are.
    look_seconds, explain_seconds
        Wall time for the least shortage, and for naming the clash with its ways out.
    tell
        Told of each step as it begins: look, confirm, narrow, ways.

    Raises
    ------
    BadInput
        As `problem_to_plan`.
    """
    from wardteam_solver.explain.locks import broken_locks
    from wardteam_solver.matrix import lay_out
    from wardteam_solver.rules import configured
    from wardteam_solver.search.budget import Budget
    from wardteam_solver.search.least_shortage import least_shortage

    problem = problem_to_plan(book, period, seconds=look_seconds, workers=workers, locked=locked)
    matrix = lay_out(problem, configured(book.rule_settings))
    tell("look")
    budget = Budget(look_seconds, workers, 0, should_stop)
    locks = tuple(_told_lock(matrix, lock) for lock in broken_locks(matrix))
    least = least_shortage(matrix, budget)
    told, clash = _why(matrix, least, Budget(explain_seconds, workers, 0, should_stop), tell)
    verdict = _verdict(told, clash)
    record = _record(least, verdict, budget, is_stopped=should_stop())
    return _report(period, matrix, verdict, record, least, told, clash, locks)


def _why(
    matrix: Matrix, least: LeastShortage, budget: Budget, tell: Callable[[str], None]
) -> tuple[RosterReport | None, Clash | None]:
    """Say what the roster with the least shortage is worth, and why it has one, or why there is none."""
    from wardteam_solver.check import Checker
    from wardteam_solver.explain import why_impossible
    from wardteam_solver.explain.minima import with_hard_minima

    told = None
    if least.grid is not None:
        told = report(matrix.problem, least.grid, Checker(matrix).check(least.grid))
    if budget.should_stop() or (told is not None and not told.shortages):
        return told, None
    asked = matrix if told is None else with_hard_minima(matrix)
    stop = budget.should_stop
    return told, why_impossible(asked, seconds=budget.seconds, should_stop=stop, tell=tell)


def _verdict(told: RosterReport | None, clash: Clash | None) -> Verdict:
    if told is not None:
        return Verdict.SHORT if told.shortages else Verdict.POSSIBLE
    return Verdict.UNKNOWN if clash is None else Verdict.IMPOSSIBLE


def _report(
    period: Period,
    matrix: Matrix,
    verdict: Verdict,
    record: SolveRecord,
    least: LeastShortage,
    told: RosterReport | None,
    clash: Clash | None,
    locks: tuple[ToldLock, ...],
) -> ConflictReport:
    return ConflictReport(
        period,
        verdict,
        record,
        facts=() if clash is None else clash.facts,
        rules=() if clash is None else clash.rules,
        is_minimal=clash is not None and clash.is_minimal,
        ways=() if clash is None else tuple(_told_way(matrix, way) for way in clash.ways),
        locks=locks,
        shortages=() if told is None else told.shortages,
        nurses_missing=0 if told is None else int(told.figures["shortage_nurses"]),
        is_shortage_proven=least.is_proven,
    )


def _told_lock(matrix: Matrix, lock: BrokenLock) -> ToldLock:
    problem = matrix.problem
    return ToldLock(problem.people[lock.nurse].key, problem.date_of(lock.day), lock.facts)


def _told_way(matrix: Matrix, way: Way) -> ToldWay:
    problem = matrix.problem
    cells = dict.fromkeys(cell for step in way.steps if step.kind.value == "unlock" for cell in step.cells)
    keys = tuple((problem.people[nurse].key, problem.date_of(day)) for nurse, day in cells)
    kinds = tuple(dict.fromkeys(step.kind.value for step in way.steps))
    return ToldWay(kinds, way.text, way.points, way.is_enough, keys)


def _record(least: LeastShortage, verdict: Verdict, budget: Budget, *, is_stopped: bool) -> SolveRecord:
    ended = {Verdict.IMPOSSIBLE: SolveStatus.INFEASIBLE, Verdict.UNKNOWN: SolveStatus.UNKNOWN}
    stage = StageResult(
        "shortage", least.status, least.cost, least.bound, least.wall_seconds, least.cpu_seconds
    )
    return SolveRecord(
        purpose="conflicts",
        status=SolveStatus.STOPPED if is_stopped else ended.get(verdict, least.status),
        stages=(stage,) if least.grid is not None else (),
        wall_seconds=budget.elapsed,
        cpu_seconds=budget.cpu,
        seed=0,
        workers=budget.workers,
    )
