"""From a case to a few ranked ways to mend it that really differ."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from wardteam.domain.roster import SolveStatus, StageResult
from wardteam_solver.repair.case import Change, RepairCase, Way
from wardteam_solver.repair.quick import Effort, QuickResult, search

QUICK_SHARE = 0.5
"""Of the time that the quick search may take; small events need a tenth of a second."""

FARTHEST = 70
"""A way that costs so many points more than the best one is no help to anybody."""


@dataclass(frozen=True)
class Repairs:
    """Ranked ways; the stages are about the first. `is_impossible`: no way keeps the hard rules."""

    ways: tuple[Way, ...]
    stages: tuple[StageResult, ...]
    is_impossible: bool = False

    @property
    def is_proven(self) -> bool:
        """Whether the first way is proven best: least shortage, then least disturbance."""
        return bool(self.stages) and all(s.status is SolveStatus.OPTIMAL for s in self.stages)


def find_ways(
    case: RepairCase,
    *,
    count: int = 5,
    seconds: float = 6.0,
    workers: int = 2,
    seed: int = 0,
    effort: Effort | None = None,
) -> Repairs:
    """Find up to `count` ways, the least shortage first, then the least disturbance, then the soft cost.

    The quick search proves its answer over the whole roster. Where it runs out of its effort, or the event
    leaves a shortage, the whole roster is solved as one model in what is left of `seconds`.
    """
    began, cpu = time.monotonic(), time.process_time()
    quick = search(case, effort or Effort(seconds=seconds * QUICK_SHARE))
    if quick.found:
        took = (time.monotonic() - began, time.process_time() - cpu)
        ways = _ranked(case, quick.found, count)
        return Repairs(ways, _quick_stages(quick, ways[0], took))
    from wardteam_solver.repair.whole import Whole

    left = max(0.5, seconds - (time.monotonic() - began))
    whole = Whole(case, seconds=left, workers=workers, seed=seed)
    result = whole.solve(count, quick.shortage_bound)
    return Repairs(_ranked(case, result.found, count), result.stages, result.is_impossible)


def _quick_stages(quick: QuickResult, first: Way, took: tuple[float, float]) -> tuple[StageResult, ...]:
    status = SolveStatus.OPTIMAL if quick.is_proven else SolveStatus.FEASIBLE
    return (
        StageResult("shortage", SolveStatus.OPTIMAL, first.shortage, first.shortage, 0.0, 0.0),
        StageResult("disturbance", status, first.price, min(quick.bound, first.price), *took),
    )


def _ranked(case: RepairCase, found: Iterable[tuple[Change, ...]], count: int) -> tuple[Way, ...]:
    """Rank ways that really differ: other nurses, and the best of each kind before more of the same."""
    ways = sorted(
        (case.way(changes) for changes in found),
        key=lambda way: (way.shortage, way.price, way.soft_cost, way.changes),
    )
    different: list[Way] = []
    for way in ways:
        if not any(other.people <= way.people for other in different):
            different.append(way)
    near = [way for way in different if way.price <= different[0].price + FARTHEST]
    kinds = {case.kind(way.changes): way for way in reversed(near)}
    firsts = [way for way in near if way in kinds.values()]
    chosen = [*firsts, *(way for way in near if way not in firsts)][:count]
    return tuple(way for way in near if way in chosen)
