"""The one door to all engines: which of them looks for a roster, when and for how long, is decided here.

CP-SAT finds the first roster, bounds the stages and renews parts; column generation bounds all soft costs at
once and renews other parts. Both share one best roster. Where the soft rules lie in several stages, the
earlier one always counts first.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil, isfinite

from wardteam.domain.roster import SolveStatus, StageResult
from wardteam_solver.columns.engine import ColumnEngine
from wardteam_solver.columns.split import NotPersonal
from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.rules.base import Stage
from wardteam_solver.search.best import Best
from wardteam_solver.search.budget import Budget, run_together
from wardteam_solver.search.fix_and_optimise import MARGIN, Parts, improve_best
from wardteam_solver.search.stages import Proof, find_first, prove

EARLY_SHARE = 0.12
"""The share of the budget for improving the earlier stages before they are bounded."""
BOUND_SHARE = 0.45
"""The share of the budget after which the second engine looks for rosters, wherever its bound stands."""

_OVER = object()


@dataclass
class Outcome:
    """What a search found: the roster (None if none), each stage's result, and the time of the first one.

    `soft_bound` is proven for the cost of all stages behind the shortage together, for every roster whose
    shortage is no more than this one's; None where nothing is proven.
    """

    grid: Grid | None
    status: SolveStatus
    stages: list[StageResult] = field(default_factory=list)
    seconds_to_first: float | None = None
    soft_bound: int | None = None


def find_roster(matrix: Matrix, budget: Budget, start: Grid | None = None) -> Outcome:
    """Find the best roster in the order of the stages, with a proven bound for each.

    Parameters
    ----------
    start
        A roster to begin from; it may break rules.
    """
    search = _Search(matrix, budget)
    status = search.on_one_scale(start) if _is_one_scale(matrix) else search.in_stages(start)
    grid = search.best.grid()
    if grid is None:
        return Outcome(None, status)
    return search.outcome(grid)


def _is_one_scale(matrix: Matrix) -> bool:
    """Whether every soft rule lies in the last stage, so that one sum says all."""
    is_soft = ~matrix.is_hard & ((matrix.below > 0) | (matrix.above > 0))
    return not (is_soft & (matrix.stage_of_row < Stage.QUALITY)).any()


class _Search:
    """One search: the engines and the best roster that they share."""

    def __init__(self, matrix: Matrix, budget: Budget) -> None:
        self.matrix, self.budget = matrix, budget
        self.best = Best(matrix, budget)
        self.proofs = {stage: Proof() for stage in Stage}
        self.engine = ColumnEngine(
            matrix,
            self.best,
            lambda: budget.left <= MARGIN or self._is_proven(),
            budget.seed,
            BOUND_SHARE * budget.seconds,
            budget.seconds,
            budget.is_counted,
        )

    def on_one_scale(self, start: Grid | None) -> SolveStatus:
        """Let both engines look for rosters from the start on."""
        if self.budget.workers == 1:
            columns = self._columns()
            next(columns, None)
            next(columns, None)
            has_one = self.best.grid() is not None and start is None
            status = SolveStatus.FEASIBLE if has_one else find_first(self.best, start, 1, is_any_enough=True)
            self._bound(Stage.QUALITY, 1)
            self._take_turns(columns)
            return status
        found: list[SolveStatus] = []

        def with_parts() -> None:
            found.append(find_first(self.best, start, self.budget.workers - 1, is_any_enough=True))
            self._bound(Stage.QUALITY, self.budget.workers - 1)
            self._renew_parts()

        run_together([with_parts, self._run_columns])
        return found[0]

    def in_stages(self, start: Grid | None) -> SolveStatus:
        """Find a first roster, then bound stage by stage; the second engine works beside that."""
        status = find_first(self.best, start)
        if self.best.grid() is None:
            return status
        if self.budget.workers == 1:
            self._bound_stages(1)
            self._take_turns(self._columns())
        else:
            run_together([self._bound_and_improve, self._run_columns])
        return status

    def _bound_and_improve(self) -> None:
        workers = self.budget.workers - 1
        self._bound_stages(workers)
        wall, cpu = time.monotonic(), time.process_time()
        self._renew_parts()
        self.proofs[Stage.QUALITY].wall += time.monotonic() - wall
        self.proofs[Stage.QUALITY].cpu += time.process_time() - cpu

    def _bound_stages(self, workers: int) -> None:
        early = self.budget.elapsed + self.budget.seconds * EARLY_SHARE
        improve_best(self.best, until=early, last=Stage.WISHES, workers=workers)
        for stage in Stage:
            self._bound(stage, workers)

    def _bound(self, stage: Stage, workers: int) -> None:
        self.proofs[stage] = prove(self.best, stage, workers)

    def _renew_parts(self) -> None:
        """Let CP-SAT renew parts until the time is over, or nothing can get better."""
        improve_best(
            self.best,
            until=self.budget.seconds,
            workers=self.budget.workers - 1,
            is_done=self._is_proven,
        )

    def _is_proven(self) -> bool:
        """Whether the best roster is proven best, by either engine."""
        costs = self.best.score[1:]
        late = (Stage.QUALITY,) if self.engine.is_proven else ()
        return bool(costs) and all(
            costs[stage] <= self.proofs[stage].bound for stage in Stage if stage not in late
        )

    def _run_columns(self) -> None:
        for _ in self._columns():
            pass

    def _columns(self) -> Iterator[None]:
        """Run the second engine in steps, and count its work; nothing where rules tie nurses in pairs."""
        before = 0.0
        try:
            for _ in self.engine.steps():
                if self.budget.is_counted:
                    self.budget.spend(self.engine.work - before)
                    before = self.engine.work
                yield
        except NotPersonal:
            return

    def _take_turns(self, columns: Iterator[None]) -> None:
        """Let both engines work in one thread, each about as long as the other."""
        parts = Parts(self.best)

        def may_go_on() -> bool:
            return self.budget.left > MARGIN and not self._is_proven()

        waiting: list[tuple[float, int, Iterator[object]]] = [
            (0.0, 0, columns),
            (0.0, 1, parts.steps(self.budget.seed * 97, may_go_on)),
        ]
        while waiting:
            waiting.sort(key=lambda one: one[:2])
            spent, place, steps = waiting.pop(0)
            began = self.budget.elapsed
            if next(steps, _OVER) is not _OVER:
                waiting.append((spent + self.budget.elapsed - began, place, steps))

    def outcome(self, grid: Grid) -> Outcome:
        """Put together what was reached and proven."""
        costs = self.best.score[1:]
        outcome = Outcome(grid, SolveStatus.FEASIBLE, seconds_to_first=self.best.seconds_to_first)
        soft = self._soft_bound(costs)
        if soft is not None:
            outcome.soft_bound = max(0, soft)
            others = costs[Stage.FAIRNESS] + costs[Stage.WISHES]
            quality = self.proofs[Stage.QUALITY]
            quality.bound = max(quality.bound, soft - others)
        for stage, proof in self.proofs.items():
            status = SolveStatus.OPTIMAL if costs[stage] <= proof.bound else SolveStatus.FEASIBLE
            result = StageResult(stage.name.lower(), status, costs[stage], proof.bound, proof.wall, proof.cpu)
            outcome.stages.append(result)
        if all(stage.status is SolveStatus.OPTIMAL for stage in outcome.stages):
            outcome.status = SolveStatus.OPTIMAL
        return outcome

    def _soft_bound(self, costs: tuple[int, ...]) -> int | None:
        """Take from the bound of the whole sum what the shortage accounts for in it at most.

        The second engine counts a missing unit at a modest weight, so that the shortage takes up no more of
        its bound than that weight's share.
        """
        bound = self.engine.bound
        if not isfinite(bound):
            return None
        return ceil(bound - self.engine.most_share(Stage.SHORTAGE) * costs[Stage.SHORTAGE] - 1e-6)
