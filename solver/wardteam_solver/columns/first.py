"""A first roster, and small improvements of any: each nurse in turn takes her cheapest row."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wardteam_solver.columns.generation import Relaxation
from wardteam_solver.columns.machine import Floats
from wardteam_solver.columns.pricing import price
from wardteam_solver.columns.shared import Options, places
from wardteam_solver.matrix import Grid

LABELS = 2_000
A_LITTLE = 1e-6


def first_roster(
    relaxation: Relaxation, random: np.random.Generator, should_stop: Callable[[], bool], *, sweeps: int = 3
) -> Grid | None:
    """Give every nurse her row in turn, then go round again; None where one has none, or when stopped before.

    What she costs the others is read from the shared rows' sums so far: exact for rows of one day, a guess
    for those over several.
    """
    return _Rows(relaxation).made(random, should_stop, sweeps)


class _Rows:
    """A roster in the making, with the sums of its shared rows."""

    def __init__(self, relaxation: Relaxation) -> None:
        self.relaxation, self.shared = relaxation, relaxation.strict
        self.sums = np.zeros(len(self.shared.rows))
        self.grid = relaxation.matrix.empty_grid()
        self.own = np.zeros(len(self.grid))

    def made(self, random: np.random.Generator, should_stop: Callable[[], bool], sweeps: int) -> Grid | None:
        """Go round `sweeps` times at most, and while anybody changes."""
        count = len(self.grid)
        for sweep in range(sweeps):
            changed = 0
            for nurse in random.permutation(count).tolist():
                if should_stop():
                    return self.grid if sweep else None
                took = self._take(nurse, is_held=sweep > 0)
                if took is None:
                    return None
                changed += took
            if not changed:
                break
        return self.grid

    def _take(self, nurse: int, *, is_held: bool) -> bool | None:
        """Let a nurse take her cheapest row; say whether it is another one, None where there is none."""
        relaxation = self.relaxation
        held = self._sums_of(nurse, self.grid[nurse]) if is_held else 0.0
        others = self.sums - held
        gains = self._gains(nurse, others)
        compiled = relaxation.compiled[nurse]
        found = price(compiled.machine, compiled.cell_cost - gains, label_limit=LABELS)
        if not len(found.paths):
            return None
        path, total = found.paths[0], others + self._sums_of(nurse, found.paths[0])
        days = np.arange(len(path))
        own = found.costs[0] + gains[days, path].sum()
        if is_held and own + self._cost(total) > self.own[nurse] + self._cost(self.sums) - A_LITTLE:
            return False
        self.grid[nurse], self.sums, self.own[nurse] = path, total, own
        return True

    def _gains(self, nurse: int, sums: Floats) -> Floats:
        """Give what each of her cells saves in the shared rows, (days, options + 1)."""
        shared, matrix = self.shared, self.relaxation.matrix
        wanted = np.where(sums < shared.low, shared.below, np.where(sums >= shared.high, -shared.above, 0.0))
        days, width = matrix.problem.day_count, len(matrix.problem.options)
        first = nurse * days * width
        span = slice(shared.cell_start[first], shared.cell_start[first + days * width])
        weights = wanted[shared.entry_row[span]] * shared.entry_coefficient[span]
        gains = np.bincount(shared.entry_cell[span] - first, weights=weights, minlength=days * width)
        return np.pad(gains.reshape(days, width), ((0, 0), (0, 1)))

    def _sums_of(self, nurse: int, options: Options) -> Floats:
        """Give what a nurse's period adds to each shared row."""
        shared = self.shared
        cells = places(self.relaxation.matrix, nurse, options)
        spans = [np.arange(shared.cell_start[cell], shared.cell_start[cell + 1]) for cell in cells]
        entries = np.concatenate(spans) if spans else np.zeros(0, np.int64)
        weights = shared.entry_coefficient[entries]
        sums = np.bincount(shared.entry_row[entries], weights=weights, minlength=len(shared.rows))
        return np.asarray(sums, dtype=np.float64)

    def _cost(self, sums: Floats) -> float:
        shared = self.shared
        short = np.maximum(shared.low - sums, 0) @ shared.below
        return float(short + np.maximum(sums - shared.high, 0) @ shared.above)
