"""What each rule costs a roster, nurse by nurse, and what asking one unit less of a rule would gain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from wardteam.domain.rules import Severity
from wardteam_solver.check import Verdict
from wardteam_solver.explain.changes import BY_LAW, OF_DATA
from wardteam_solver.matrix import OPEN, Grid, Ints, Matrix
from wardteam_solver.rules.base import Rule
from wardteam_solver.search.best import score, stage_costs
from wardteam_solver.search.budget import Budget
from wardteam_solver.search.fix_and_optimise import improve, solve_part
from wardteam_solver.search.least_change import no_worse

SHARE_OF_BASE = 0.4
SMALL = 3000
"""Columns up to which a whole roster may be proven best in one solve."""
MINUTES_OF_A_UNIT = 60


@dataclass(frozen=True)
class Share:
    """What one rule costs at one nurse (None: at no single nurse, so at the ward)."""

    rule: Rule
    nurse: int | None
    cost: int


def shares(verdict: Verdict) -> tuple[Share, ...]:
    """Split a roster's cost by rule and nurse; the shares add up to it exactly."""
    found: dict[tuple[str, int | None], Share] = {}
    for violation in verdict.violations:
        nurses = violation.limit.about.nurses
        nurse = nurses[0] if len(nurses) == 1 else None
        key = (violation.rule.code, nurse)
        before = found[key].cost if key in found else 0
        if violation.cost:
            found[key] = Share(violation.rule, nurse, before + violation.cost)
    return tuple(found.values())


@dataclass(frozen=True)
class Binding:
    """The limits of one rule that a roster touches: hard ones at their edge, soft ones missed."""

    rule: Rule
    rows: tuple[int, ...]
    all_rows: tuple[int, ...]

    @property
    def may_be_relaxed(self) -> bool:
        """Whether a ward may ask for less."""
        return self.rule.code not in BY_LAW | OF_DATA


@dataclass(frozen=True)
class Gain:
    """What one unit less of a rule's demands gains, in points, by stage and in all.

    `at_once` is gained by the same roster; `points` with the roster changed as well. Proven gains are
    exact; others are what was found, so at least that is saved against the roster at hand.
    """

    rule: Rule
    limits: int
    at_once: int
    points: int
    stages: tuple[int, ...]
    is_proven: bool


def bindings(matrix: Matrix, grid: Grid) -> tuple[Binding, ...]:
    """Give each rule whose limits hold the roster back, in the order of the rules."""
    activity = matrix.activity(matrix.point(grid))
    missed = (activity < matrix.low) | (activity > matrix.high)
    at_edge = matrix.is_hard & ((activity <= matrix.low) | (activity >= matrix.high))
    found = []
    for index, rule in enumerate(matrix.rules):
        own = matrix.rule_of == index
        rows = np.flatnonzero(own & (missed | at_edge))
        if rows.size and rule.severity is not Severity.WARN:
            found.append(Binding(rule, tuple(rows.tolist()), tuple(np.flatnonzero(own).tolist())))
    return tuple(found)


def relaxed(matrix: Matrix, rows: tuple[int, ...]) -> Matrix:
    """Give the layout in which some limits ask for one unit less: a nurse, a duty, a day, an hour."""
    chosen = np.asarray(rows, dtype=np.int64)
    low, high = matrix.low.copy(), matrix.high.copy()
    steps = np.asarray([_step(matrix, row) for row in rows], dtype=np.int64)
    low[chosen] = np.where(low[chosen] > -OPEN // 2, low[chosen] - steps, low[chosen])
    high[chosen] = np.where(high[chosen] < OPEN // 2, high[chosen] + steps, high[chosen])
    return replace(matrix, low=low, high=high)


def gains(
    matrix: Matrix,
    grid: Grid,
    *,
    seconds: float,
    workers: int = 2,
    seed: int = 0,
    should_stop: Callable[[], bool] = lambda: False,
) -> Iterator[Gain]:
    """Give for each binding rule that may be relaxed what one unit less gains, the dearest rules first.

    A part of the time first improves the roster under the present rules, so that what it lacks anyway
    isn't taken for a gain.
    """
    tried = sorted(
        (b for b in bindings(matrix, grid) if b.may_be_relaxed), key=lambda b: -_cost(matrix, grid, b)
    )
    share = seconds * (1 - SHARE_OF_BASE) / max(len(tried), 1)
    tolerant = no_worse(matrix, grid)
    base, is_best = _improved(tolerant, grid, _budget(seconds * SHARE_OF_BASE, workers, seed, should_stop))
    before = stage_costs(tolerant, base)
    for binding in tried:
        if should_stop():
            return
        easier = relaxed(tolerant, binding.all_rows)
        at_once = sum(before) - sum(stage_costs(easier, base))
        better, is_proven = _improved(easier, base, _budget(share, workers, seed, should_stop))
        # The order of the stages may give up points: the same roster is then the better answer.
        best = min(better, base, key=lambda grid: sum(stage_costs(easier, grid)))
        saved = tuple(b - a for b, a in zip(before, stage_costs(easier, best), strict=True))
        limits = len(binding.rows)
        yield Gain(binding.rule, limits, at_once, sum(saved), saved, is_best and is_proven)


def _budget(seconds: float, workers: int, seed: int, should_stop: Callable[[], bool]) -> Budget:
    return Budget(max(seconds, 0.1), workers, seed, should_stop)


def _improved(matrix: Matrix, grid: Grid, budget: Budget) -> tuple[Grid, bool]:
    """Improve a roster in the order of the stages; say whether it is proven best."""
    if matrix.column_count <= SMALL:
        everything = np.ones(grid.shape, dtype=np.bool_)
        found, is_proven = solve_part(matrix, grid, everything, budget, budget.seed)
        if found is not None and score(matrix, found) <= score(matrix, grid):
            grid = found
        if is_proven:
            return grid, True
    return improve(matrix, grid, budget, until=budget.seconds), False


def _cost(matrix: Matrix, grid: Grid, binding: Binding) -> int:
    costs: Ints = matrix.costs(matrix.activity(matrix.point(grid)))
    return 0 if binding.rule.severity is Severity.HARD else int(costs[list(binding.rows)].sum())


def _step(matrix: Matrix, row: int) -> int:
    """Give a row's unit: an hour where it counts minutes."""
    minutes = matrix.limits[row].about.unit_minutes
    return max(1, MINUTES_OF_A_UNIT // minutes) if minutes else 1
