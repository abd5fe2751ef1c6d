"""Invented instances beside these tests, published ones where their folder is, and random rosters."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pytest

from wardteam.services.bench_public import load_curtois, load_inrc2
from wardteam_solver.benchmarks.inrc2 import InstanceName
from wardteam_solver.benchmarks.public import Benchmark
from wardteam_solver.check import Checker, Verdict
from wardteam_solver.matrix import Grid, Matrix, lay_out
from wardteam_solver.problem import OFF

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[4] / "shared" / "benchmarks"
"""The published instances stand beside the project, not in it."""
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the published instances are not here")


@dataclass(frozen=True)
class Case:
    """An instance with its files, laid out once."""

    benchmark: Benchmark
    files: tuple[Path, ...]
    name: InstanceName | None = None

    @cached_property
    def matrix(self) -> Matrix:
        return lay_out(self.benchmark.problem, self.benchmark.rules)

    def text(self, place: int) -> str:
        return self.files[place].read_text()

    def verdict(self, grid: Grid) -> Verdict:
        return Checker(self.matrix).check(grid)


def curtois(path: Path) -> Case:
    return Case(load_curtois(path), (path,))


def inrc2(folder: Path, text: str) -> Case:
    name = InstanceName.parse(text)
    files = (name.scenario_file, name.history_file, *name.week_files)
    return Case(load_inrc2(folder, name), tuple(folder / file for file in files), name)


def random_rosters(benchmark: Benchmark, count: int, seed: int) -> list[Grid]:
    """Give rosters of runs, so that some nurses keep every rule and others break this one or that."""
    chance = random.Random(seed)
    problem = benchmark.problem
    shape = (len(problem.people), problem.day_count)
    rosters = []
    for _ in range(count):
        grid = np.full(shape, OFF, dtype=np.int64)
        for nurse in range(shape[0]):
            day = chance.randrange(4)
            while day < shape[1]:
                length, option = chance.randint(1, 6), chance.randrange(len(problem.options))
                for place in range(day, min(day + length, shape[1])):
                    if chance.random() < 0.15:
                        option = chance.randrange(len(problem.options))
                    grid[nurse, place] = option
                day += length + chance.randint(1, 4)
        rosters.append(grid)
    return rosters
