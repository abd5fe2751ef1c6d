"""Ways out of a clash: for each kind of change the smallest that frees the roster, found by a solve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wardteam_solver.cpsat import build
from wardteam_solver.explain.changes import Change, changes, every_change, points_of
from wardteam_solver.explain.clash import Step, Way, WayKind
from wardteam_solver.explain.rows import Deadline, Rows, hard_rows, keeps, restricted, touched
from wardteam_solver.explain.way_words import priced_step
from wardteam_solver.limits import About
from wardteam_solver.matrix import Grid, Ints, Matrix
from wardteam_solver.rules.base import Stage
from wardteam_solver.search.feasibility import Approach, Settled, settle
from wardteam_solver.search.fix_and_optimise import fixing

WHOLE_SECONDS = 4.0
NEAR_SECONDS = 1.0
SHARE_OF_NEAR = 0.4
NEAR_DAYS = 2
WIDE_DAYS = 14
FEW = 3
"""A rule that is missed oftener than that is told as switched off; and so many ways are given."""

Changes = tuple[Change, ...]


def ways_out(matrix: Matrix, core: Rows, deadline: Deadline) -> tuple[Way, ...]:
    """Give up to three ways, of different kinds where there are: those that are enough first, by price.

    Where no single kind of change is enough for a whole roster, several are tried together; and ways that
    resolve this clash alone are given too, which say that another one remains.
    """
    whole = _Trial(matrix, core, hard_rows(matrix))
    found = whole.ways(deadline)
    if len(found) < 2:
        found += whole.combined(deadline, frozenset(way.kind for way in found))
    if len(found) < 2:
        found += whole.others(deadline, found)
    if len(found) < 2:
        found += _Trial(matrix, core, core).ways(deadline, but=frozenset(way.kind for way in found))
    return tuple(sorted(_chosen(found), key=lambda way: (not way.is_enough, way.points)))


def _chosen(found: Iterable[Way]) -> list[Way]:
    """Give the cheapest of each kind first, then the next cheapest, whole rosters before all."""
    ordered = sorted(found, key=lambda way: (not way.is_enough, way.points))
    firsts = {way.kind: way for way in reversed(ordered)}
    repeated = [way for way in ordered if firsts[way.kind] is not way]
    return [*sorted(firsts.values(), key=lambda w: (not w.is_enough, w.points)), *repeated][:FEW]


@dataclass
class _Trial:
    """Tries changes over some rows; keeps the first roster found, so that later ones start near it."""

    matrix: Matrix
    core: Rows
    rows: Rows
    grid: Grid | None = None

    def ways(self, deadline: Deadline, *, but: frozenset[WayKind] = frozenset()) -> list[Way]:
        """Try every change that the clash suggests, one kind at a time, while there is time."""
        tried = [(c,) for c in changes(self.matrix, self.core, self.rows) if c.kind not in but]
        return self._ways(tried, deadline)

    def combined(self, deadline: Deadline, but: frozenset[WayKind]) -> list[Way]:
        """Try all changes that may be made at all together, save kinds that are enough by themselves."""
        return self._ways([tuple(every_change(self.matrix, self.rows, but))], deadline)

    def others(self, deadline: Deadline, found: Sequence[Way]) -> list[Way]:
        """Try the clash's own cells again without those that the ways found already."""
        used = {cell for way in found for step in way.steps for cell in step.cells}

        def is_free(row: int) -> bool:
            about = self.matrix.limits[row].about
            return not any((n, d) in used for n in about.nurses for d in about.days)

        again = [
            (Change(change.kind, tuple(row for row in change.rows if is_free(row))),)
            for change in changes(self.matrix, self.core, self.rows)
            if change.kind in (WayKind.UNLOCK, WayKind.LIFT_LEAVE)
        ]
        return self._ways(again, deadline)

    def _ways(self, tried: Sequence[Changes], deadline: Deadline) -> list[Way]:
        """Try each in its share of the time that is left."""
        found = []
        for place, given in enumerate(tried):
            share = Deadline(deadline.left / (len(tried) - place), deadline.should_stop)
            found.append(None if share.is_over or not given else self._way(given, share))
        return [way for way in found if way is not None]

    def _way(self, given: Changes, deadline: Deadline) -> Way | None:
        grid = self._found(given, deadline)
        if grid is None:
            return None
        bent = _bent(self.matrix, given, grid)
        kept = [row for row in self.rows if not any(row in units for units in bent)]
        if not any(bent) or not keeps(restricted(self.matrix, kept), grid):
            return None
        self.grid = grid
        steps, amount, points = [], 0, 0
        for change, units in zip(given, bent, strict=True):
            for own in _by_step(self.matrix, change, units):
                step, step_amount, step_points = self._step(change, own)
                steps.append(step)
                amount, points = amount + step_amount, points + step_points
        return Way(tuple(steps), amount, points, is_enough=len(self.rows) > len(self.core))

    def _step(self, change: Change, bent: dict[int, int]) -> tuple[Step, int, int]:
        is_many = change.kind is WayKind.BEND and len(bent) > FEW
        return priced_step(self.matrix, WayKind.SWITCH_OFF if is_many else change.kind, bent)

    def _found(self, given: Changes, deadline: Deadline) -> Grid | None:
        """Look around the clash first, then over the whole: with the changes' near rows, then with all."""
        near = tuple(replace(change, rows=self._near_rows(change)) for change in given)
        result = self._around(near, self.grid, deadline)
        if result.is_best:
            return result.grid
        for tried in dict.fromkeys((near, given)):
            if deadline.is_over:
                return None
            share = SHARE_OF_NEAR if tried is near else 1.0
            result = self._whole(tried, Deadline(deadline.left * share, deadline.should_stop))
            if result.is_possible:
                polished = None if result.is_best else self._around(tried, result.grid, deadline).grid
                return result.grid if polished is None else polished
        return None

    def _whole(self, given: Changes, deadline: Deadline) -> Settled:
        part = restricted(_softened(self.matrix, given), self.rows)
        return _solved(part, touched(part), min(WHOLE_SECONDS, deadline.left), self.grid)

    def _around(self, given: Changes, start: Grid | None, deadline: Deadline) -> Settled:
        """Try the nurses and days around the clash alone, the rest as in a roster at hand."""
        if start is None:
            return Settled(is_possible=None)
        part = restricted(_softened(self.matrix, given), self.rows)
        fixed = fixing(part, start, self._region())
        return _solved(part, fixed, min(NEAR_SECONDS, deadline.left), start)

    def _region(self) -> NDArray[np.bool_]:
        problem, days = self.matrix.problem, self._days()
        free = np.zeros((len(problem.people), problem.day_count), dtype=np.bool_)
        if len(days) <= WIDE_DAYS:
            free[:, days.start : days.stop] = True
        free[sorted(self._nurses())] = True
        return free

    def _near_rows(self, change: Change) -> Rows:
        """Give the change's rows that are about the clash's own days, and its nurses where they name any."""
        days, nurses = self._days(), self._nurses()

        def is_near(about: About) -> bool:
            same_days = any(day in days for day in about.days) or not about.days
            return same_days and (not about.nurses or bool(nurses & set(about.nurses)))

        return tuple(row for row in change.rows if is_near(self.matrix.limits[row].about))

    def _days(self) -> range:
        days = [day for row in self.core for day in self.matrix.limits[row].about.days]
        return range(max(min(days, default=0) - NEAR_DAYS, 0), max(days, default=0) + NEAR_DAYS + 1)

    def _nurses(self) -> set[int]:
        return {nurse for row in self.core for nurse in self.matrix.limits[row].about.nurses}


def _softened(matrix: Matrix, given: Changes) -> Matrix:
    """Give the layout in which the changes' rows may be missed, each unit for its price."""
    is_hard, below, above = matrix.is_hard.copy(), matrix.below.copy(), matrix.above.copy()
    for change in given:
        rows = list(change.rows)
        is_hard[rows] = False
        below[rows] = above[rows] = points_of(matrix, change)
    return replace(matrix, is_hard=is_hard, below=below, above=above)


def _solved(part: Matrix, fixed: Ints, seconds: float, start: Grid | None) -> Settled:
    model = build(part, fixed)
    model.minimize(dict.fromkeys(Stage, 1))
    if start is not None:
        model.hint(start)
    return settle(model, seconds=seconds, approaches=(Approach.PRESOLVED,))


def _bent(matrix: Matrix, given: Changes, grid: Grid) -> list[dict[int, int]]:
    """Give the rows that the roster misses, each with its units, change by change."""
    activity = matrix.activity(matrix.point(grid))
    missed = np.maximum(np.maximum(matrix.low - activity, activity - matrix.high), 0)
    return [{row: int(missed[row]) for row in change.rows if missed[row]} for change in given]


def _by_step(matrix: Matrix, change: Change, bent: dict[int, int]) -> list[dict[int, int]]:
    """Split bent limits by their rule; borrowed duties stay together, whatever rules ask for them."""
    split: dict[int, dict[int, int]] = {}
    for row, units in bent.items():
        rule = -1 if change.kind is WayKind.BORROW else int(matrix.rule_of[row])
        split.setdefault(rule, {})[row] = units
    return list(split.values())
