"""Writes rosters of public instances as their publishers' counters read them."""

from __future__ import annotations

from wardteam_solver.benchmarks.inrc2 import InstanceName
from wardteam_solver.benchmarks.inrc2_reading import DAYS
from wardteam_solver.benchmarks.public import Benchmark
from wardteam_solver.matrix import Grid
from wardteam_solver.problem import OFF


def curtois_csv(benchmark: Benchmark, grid: Grid) -> str:
    """Give one row an employee in the file's order and one column a day: the shift, or nothing."""
    shift = benchmark.problem.shift_of
    rows = (",".join("" if k == OFF else shift(k).code for k in row) for row in grid.tolist())
    return "".join(f"{row}\n" for row in rows)


def inrc2_files(name: InstanceName, benchmark: Benchmark, grid: Grid) -> dict[str, str]:
    """Give the text of each week's solution file by its name; positions count from 0."""
    return {
        f"Sol-{name.scenario}-{week}-{place}.txt": _week(
            name, benchmark, grid[:, 7 * place : 7 * place + 7], place
        )
        for place, week in enumerate(name.weeks)
    }


def _week(name: InstanceName, benchmark: Benchmark, grid: Grid, place: int) -> str:
    problem = benchmark.problem
    lines = [
        f"{problem.people[nurse].key} {DAYS[day]} {problem.shift_of(k).code} {problem.options[k][1]}"
        for nurse, row in enumerate(grid.tolist())
        for day, k in enumerate(row)
        if k != OFF
    ]
    head = ["SOLUTION", f"{place} {name.scenario}", "", f"ASSIGNMENTS = {len(lines)}"]
    return "".join(f"{line}\n" for line in head + lines)
