"""The one door to all engines: which of them looks for a roster, when and for how long, is decided here.

CP-SAT finds the first roster, bounds the stages and renews parts; column generation bounds all soft costs at
once and renews other parts. Both share one best roster. Where the soft rules lie in several stages, the
earlier one always counts first.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from math import ceil, isfinite
from typing import TypeVar

from wardteam.domain.roster import SolveStatus, StageResult
from wardteam_solver.columns.engine import ColumnEngine
from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.rules.base import Stage
from wardteam_solver.search.best import Best
from wardteam_solver.search.budget import Budget, run_together
from wardteam_solver.search.fix_and_optimise import MARGIN, Parts
from wardteam_solver.search.stages import Proof, find_first, prove

SMALL = 2_000
"""Cells up to which CP-SAT is let bound all stages at once: it may prove the best roster within moments."""
SUM_SHARE = 0.75
"""The share of the budget for improving the sum of all stages, before each counts before the next."""
BOUND_SHARE = 0.3
"""The share of the budget after which the second engine looks for rosters, wherever its bound stands."""

FADING = 0.9
"""How much of an engine's earlier finds counts a step later."""
T = TypeVar("T")


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
    status = search.run(start)
    grid = search.best.grid()
    if grid is None:
        return Outcome(None, status)
    return search.outcome(grid)


@dataclass
class _Turn:
    """An engine that takes turns: its steps, the time it has had, and what it found of late."""

    steps: Iterator[bool]
    spent: float = 0.0
    wins: float = 0.0


class _Search:
    """One search: the engines and the best roster that they share."""

    def __init__(self, matrix: Matrix, budget: Budget) -> None:
        self.matrix, self.budget = matrix, budget
        self.best = Best(matrix, budget)
        self.proofs = {stage: Proof() for stage in Stage}
        is_soft = ~matrix.is_hard & ((matrix.below > 0) | (matrix.above > 0))
        self.stages = [stage for stage in Stage if (is_soft & (matrix.stage_of_row == stage)).any()]
        self._is_small = matrix.cell_count <= SMALL
        self._counted_work = 0.0
        self._is_impossible = False
        self.engine = ColumnEngine(
            matrix,
            self.best,
            lambda: budget.left <= MARGIN or self._is_proven(),
            budget.seed,
            BOUND_SHARE * budget.seconds,
            budget.seconds,
            budget.is_counted,
        )

    def run(self, start: Grid | None) -> SolveStatus:
        """Find a first roster and improve it, beside the second engine and the bounds.

        With several stages the sum behind the shortage counts first; then each stage counts before the next.
        """
        budget = self.budget
        self.best.is_by_sum = len(self.stages) > 1 and not self._is_small
        seed = budget.seed * 97
        if budget.workers == 1:
            status = self._find(start)
            self._bound()
            self._improve_all(seed, budget.seconds * SUM_SHARE)
            self.best.is_by_sum = False
            self._bound_stages()
            self._improve_all(seed + 1, budget.seconds)
            return status
        found: list[SolveStatus] = []

        def search() -> None:
            found.append(self._find(start))
            self._improve_all(seed, budget.seconds * SUM_SHARE)
            self.best.is_by_sum = False
            self._bound_stages()
            self._improve_all(seed + budget.workers, budget.seconds)

        def bound() -> None:
            self._bound()
            for _ in self._counted(self.engine.renewing(seed + budget.workers - 1)):
                pass

        run_together([search, bound])
        return found[0]

    @property
    def _others(self) -> int:
        """How many workers there are beside the one that bounds."""
        return max(1, self.budget.workers - 1)

    def _find(self, start: Grid | None) -> SolveStatus:
        """Find a first roster; where one sum says all, look briefly whether it is easily proven best too."""
        is_one_sum = self.stages == [Stage.QUALITY]
        status = find_first(self.best, start, is_any_enough=is_one_sum)
        self._is_impossible = status is SolveStatus.INFEASIBLE
        if is_one_sum or self._is_small:
            self._bound_stages(tuple(Stage))
        return status

    def _bound(self) -> None:
        for _ in self._counted(self.engine.bounding()):
            pass

    def _bound_stages(self, stages: tuple[Stage, ...] = tuple(Stage)[:-1]) -> None:
        """Bound each stage for itself; the last one is left to the second engine where that's quicker."""
        for stage in stages:
            if stage in self.stages and not self._is_proven():
                proof = prove(self.best, stage, self._others)
                proof.bound = max(proof.bound, self.proofs[stage].bound)
                self.proofs[stage] = proof

    def _improve_all(self, seed: int, until: float) -> None:
        """Improve with all workers but the one that bounds."""
        wall, cpu = time.monotonic(), time.process_time()
        run_together([partial(self._improve, until=until, seed=seed + n) for n in range(self._others)])
        quality = self.proofs[Stage.QUALITY]
        quality.wall += time.monotonic() - wall
        quality.cpu += time.process_time() - cpu

    def _improve(self, *, until: float, seed: int) -> None:
        """Let both engines renew parts in turn, the more often the more they find."""
        parts = Parts(self.best)

        def may_go_on() -> bool:
            return min(self.budget.left, until - self.budget.elapsed) > MARGIN and not self._is_proven()

        turns = [_Turn(parts.steps(seed, may_go_on))]
        has_both = False
        while turns and may_go_on():
            if not has_both and self.engine.relaxation is not None:
                turns.append(_Turn(self._counted(self.engine.renewing(seed))))
                has_both = True
            turn = min(turns, key=lambda turn: turn.spent / (1 + turn.wins))
            began = self.budget.elapsed
            is_better = next(turn.steps, None)
            if is_better is None:
                turns.remove(turn)
                continue
            turn.spent += self.budget.elapsed - began
            turn.wins = FADING * turn.wins + is_better

    def _is_proven(self) -> bool:
        """Whether the best roster is proven best, by either engine, or that there is none."""
        if self._is_impossible and not self.best.score:
            return True
        costs = self.best.score[1:]
        late = (Stage.QUALITY,) if self.engine.is_proven else ()
        return bool(costs) and all(
            costs[stage] <= self.proofs[stage].bound for stage in Stage if stage not in late
        )

    def _counted(self, steps: Iterator[T]) -> Iterator[T]:
        """Count what the second engine works."""
        for step in steps:
            if self.budget.is_counted:
                self.budget.spend(self.engine.work - self._counted_work)
                self._counted_work = self.engine.work
            yield step

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
