"""A roster against the rules: violations, cell by cell, without any solver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wardteam.domain.rules import Severity
from wardteam_solver.limits import Limit
from wardteam_solver.matrix import Grid, Ints, Matrix
from wardteam_solver.rules.base import Rule, Stage


@dataclass(frozen=True)
class Violation:
    """One limit that a roster misses: by how much, and what that costs (0 for hard and shown rules)."""

    rule: Rule
    limit: Limit
    found: int
    amount: int
    cost: int
    windows: int = 1

    @property
    def is_hard(self) -> bool:
        """Whether the roster may not be published with it."""
        return self.rule.severity is Severity.HARD


@dataclass(frozen=True)
class Verdict:
    """All violations of a roster, in the order of the rules."""

    violations: tuple[Violation, ...]

    @property
    def hard(self) -> tuple[Violation, ...]:
        """Violations of hard rules."""
        return tuple(v for v in self.violations if v.is_hard)

    @property
    def is_valid(self) -> bool:
        """Whether every hard rule holds."""
        return not self.hard

    @property
    def cost(self) -> int:
        """The soft cost: the sum over all soft rules at their weights."""
        return sum(v.cost for v in self.violations)

    def stage_cost(self, stage: Stage) -> int:
        """Give the soft cost of one stage."""
        return sum(v.cost for v in self.violations if v.rule.stage == stage)

    def of(self, code: str) -> tuple[Violation, ...]:
        """Give the violations of one rule."""
        return tuple(v for v in self.violations if v.rule.code == code)


class Checker:
    """Checks rosters over one matrix; keeps the last roster's sums so that one changed cell is quick."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self._values = matrix.point(matrix.empty_grid())
        self._activity = matrix.activity(self._values)

    def check(self, grid: Grid) -> Verdict:
        """Check a whole roster."""
        self._values = self.matrix.point(grid)
        self._activity = self.matrix.activity(self._values)
        return self._verdict()

    def recheck(self, grid: Grid) -> Verdict:
        """Check a roster that differs little from the last one checked."""
        values = self.matrix.point(grid)
        changed = np.flatnonzero(values != self._values)
        order, start = self.matrix.by_column
        for column in changed:
            entries = order[start[column] : start[column + 1]]
            step = values[column] - self._values[column]
            np.add.at(
                self._activity, self.matrix.entry_row[entries], self.matrix.entry_coefficient[entries] * step
            )
        self._values = values
        return self._verdict()

    def _verdict(self) -> Verdict:
        matrix, activity = self.matrix, self._activity
        broken = np.flatnonzero((activity < matrix.low) | (activity > matrix.high))
        return Verdict(tuple(merged(missed(matrix, activity, broken))))


def missed(matrix: Matrix, activity: Ints, rows: Ints) -> Iterator[Violation]:
    """Give each of some missed rows as a violation, windows not yet merged."""
    costs = matrix.costs(activity)
    for row in rows:
        amount = max(matrix.low[row] - activity[row], activity[row] - matrix.high[row])
        limit = matrix.limits[row]
        # What people read counts the tail too: bounds were moved by what the tail already holds.
        bound, moved = (
            (limit.low, matrix.low[row])
            if activity[row] < matrix.low[row]
            else (limit.high, matrix.high[row])
        )
        found = int(activity[row]) + (bound or 0) - int(moved)
        cost = 0 if matrix.is_hard[row] else int(costs[row])
        yield Violation(matrix.rules[matrix.rule_of[row]], limit, found, int(amount), cost)


def merged(violations: Iterator[Violation]) -> Iterator[Violation]:
    """Merge neighbouring windows of one nurse and rule: three nights too many are one fact."""
    last: Violation | None = None
    for violation in violations:
        if last is not None and _continues(last, violation):
            last = _joined(last, violation)
            continue
        if last is not None:
            yield last
        last = violation
    if last is not None:
        yield last


def _continues(first: Violation, second: Violation) -> bool:
    a, b = first.limit, second.limit
    same = first.rule is second.rule and a.merge and b.merge and a.about.nurses == b.about.nurses
    return same and a.about.days[0] < b.about.days[0] <= a.about.days[-1]


def _joined(first: Violation, second: Violation) -> Violation:
    a, b = first.limit, second.limit
    about = a.about._replace(days=(a.about.days[0], b.about.days[-1]))
    limit = Limit(a.terms, a.low, a.high, about, a.below, a.above, merge=True)
    cost, amount = first.cost + second.cost, first.amount + second.amount
    return Violation(first.rule, limit, max(first.found, second.found), amount, cost, first.windows + 1)
