"""Which part of the roster to free next: shapes, sizes that adapt, and a leaning to what costs most."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardteam_solver.matrix import Grid, Ints, Matrix

Part = NDArray[np.bool_]

TARGET_SECONDS = 0.7
STEP = 1.08
LEANING = 0.5


@dataclass
class Shape:
    """A kind of part: how many nurses (share) and how many days (share), by a common size."""

    name: str
    size: float
    least: float
    most: float


class PartChooser:
    """Draws parts and learns how large they may be."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.people = len(matrix.problem.people)
        self.days = matrix.problem.day_count
        self._lock = threading.Lock()
        self._by_person = _rows_of_one(limit.about.nurses for limit in matrix.limits)
        self._by_day = _rows_of_one(() if limit.about.nurses else limit.about.days for limit in matrix.limits)
        cells = self.people * self.days
        goal = max(60.0, 0.16 * cells)
        self.shapes = [
            Shape("people", max(2, goal / self.days), 2, self.people),
            Shape("days", max(2, goal / self.people), 2, self.days),
            Shape("block", max(4, goal), 4, cells),
        ]

    def choose(self, random: np.random.Generator, grid: Grid) -> tuple[Shape, Part]:
        """Draw a part of the roster."""
        shape = self.shapes[int(random.integers(len(self.shapes)))]
        part = np.zeros((self.people, self.days), dtype=np.bool_)
        if shape.name == "people":
            part[self._nurses(random, round(shape.size), grid)] = True
        elif shape.name == "days":
            part[:, self._window(random, round(shape.size), grid)] = True
        else:
            days = int(random.integers(min(5, self.days), min(15, self.days) + 1))
            nurses = self._nurses(random, max(2, round(shape.size / days)), grid)
            part[np.ix_(nurses, self._window(random, days, grid))] = True
        return shape, part

    def learn(self, shape: Shape, seconds: float, *, is_better: bool, is_proven: bool) -> None:
        """Let parts grow while they are proven quickly without a gain, shrink where time runs out."""
        with self._lock:
            if is_proven and seconds < TARGET_SECONDS and not is_better:
                shape.size = min(shape.most, shape.size * STEP)
            elif not is_proven:
                shape.size = max(shape.least, shape.size / STEP)

    def _window(self, random: np.random.Generator, days: int, grid: Grid) -> Ints:
        length = min(days, self.days)
        starts = self.days - length + 1
        weights = np.convolve(self._costs(grid, self._by_day, self.days), np.ones(length), "valid")
        weights = _leaning(random, weights)
        start = int(random.choice(starts, p=weights))
        return np.arange(start, start + length)

    def _nurses(self, random: np.random.Generator, count: int, grid: Grid) -> Ints:
        weights = _leaning(random, self._costs(grid, self._by_person, self.people))
        return random.choice(self.people, size=min(count, self.people), replace=False, p=weights)

    def _costs(self, grid: Grid, owner: Ints, count: int) -> NDArray[np.float64]:
        """Give the soft cost of the rows of each nurse, or of each day."""
        matrix = self.matrix
        costs = np.where(matrix.is_hard, 0, matrix.costs(matrix.activity(matrix.point(grid))))
        known = owner >= 0
        return np.asarray(np.bincount(owner[known], weights=costs[known], minlength=count), dtype=np.float64)


def _leaning(random: np.random.Generator, costs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the chance of each place: even half of the time, else leaning to what costs most."""
    weights = np.ones(len(costs))
    if random.random() < LEANING:
        weights += costs
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _rows_of_one(owners: Iterable[tuple[int, ...]]) -> Ints:
    """Give the one nurse, or day, that a row is about; -1 where it is about none or several."""
    return np.asarray([who[0] if len(who) == 1 else -1 for who in owners], dtype=np.int64)
