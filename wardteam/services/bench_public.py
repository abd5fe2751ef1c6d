"""Public instances: read from files, solved as the ward's roster is, counted by the checker."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from wardteam.domain.roster import SolveStatus
from wardteam.errors import BadInput, Finding, Message, system_reason
from wardteam_solver.benchmarks.curtois import read_curtois
from wardteam_solver.benchmarks.inrc2 import InstanceName, read_inrc2
from wardteam_solver.benchmarks.public import Benchmark, decoded
from wardteam_solver.check import Checker
from wardteam_solver.matrix import Grid, Matrix, lay_out
from wardteam_solver.rules import Stage

if TYPE_CHECKING:
    from wardteam_solver.search.planner import Outcome

CONFIRMING_SECONDS = 20.0


@dataclass(frozen=True)
class PublicResult:
    """How a solve of a public instance ended. `objective` is what `check` counts of a valid roster.

    `objective` is None where no valid roster was found, `bound` where none was proven. Times are of the
    whole run without reading the file; processor seconds count every thread and process.
    """

    instance: str
    objective: int | None
    bound: int | None
    status: SolveStatus
    seconds: float
    cpu_seconds: float
    seconds_to_first: float | None


@dataclass(frozen=True)
class Solved:
    """A result with its roster (None where there is no valid one)."""

    result: PublicResult
    grid: Grid | None


def load_curtois(path: Path) -> Benchmark:
    """Read a file of the shift scheduling sets.

    Raises
    ------
    BadInput
        With everything that is wrong with the file.
    """
    return read_curtois(decoded(_bytes(path), path.name), path.name)


def load_inrc2(folder: Path, name: InstanceName) -> Benchmark:
    """Read a static instance of INRC-II from its files in a folder.

    Raises
    ------
    BadInput
        If files are missing (all of them are named), or with everything that is wrong with them.
    """
    if not folder.is_dir():
        raise BadInput((Finding(str(folder), Message("there is no such file or folder")),))
    missing = [file for file in name.files if not (folder / file).is_file()]
    if missing:
        text = Message("The file is missing in the folder {folder}.", folder=str(folder))
        raise BadInput(tuple(Finding(file, text) for file in missing))
    return read_inrc2(name, {file: decoded(_bytes(folder / file), file) for file in name.files})


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput((Finding(path.name, system_reason(error)),)) from error


def solve_public(
    benchmark: Benchmark,
    *,
    seconds: float,
    workers: int = 2,
    seed: int = 0,
    should_stop: Callable[[], bool] = lambda: False,
) -> Solved:
    """Solve an instance with the ward's engine, and count the roster that it gives."""
    from wardteam_solver.search.budget import Budget
    from wardteam_solver.search.planner import find_roster

    wall, cpu, used = time.monotonic(), time.process_time(), _cpu()
    matrix = lay_out(benchmark.problem, benchmark.rules)
    outcome = find_roster(matrix, Budget(seconds, workers, seed, should_stop, started=wall, cpu_started=cpu))
    bound = proven_bound(outcome)
    objective = None if outcome.grid is None else counted(matrix, outcome.grid)
    status = _status(matrix, outcome, objective, bound, is_stopped=should_stop())
    result = PublicResult(
        instance=benchmark.name,
        objective=objective,
        bound=bound,
        status=status,
        seconds=round(time.monotonic() - wall, 3),
        cpu_seconds=round(_cpu() - used, 3),
        seconds_to_first=None if objective is None else outcome.seconds_to_first,
    )
    return Solved(result, None if objective is None else outcome.grid)


def solve_plain(benchmark: Benchmark, *, seconds: float, workers: int = 2, seed: int = 0) -> Solved:
    """Solve an instance with one plain CP-SAT solve of the same limits, to compare with."""
    from wardteam_solver.search.budget import Budget
    from wardteam_solver.search.weighted_sum import solve_weighted_sum

    wall, cpu, used = time.monotonic(), time.process_time(), _cpu()
    matrix = lay_out(benchmark.problem, benchmark.rules)
    found = solve_weighted_sum(matrix, Budget(seconds, workers, seed, started=wall, cpu_started=cpu))
    objective = None if found.grid is None else counted(matrix, found.grid)
    # The bound is given as a share of the sum reached, which is this objective.
    bound = None if objective is None else ceil(found.bound * objective - 1e-6)
    spent = (round(time.monotonic() - wall, 3), round(_cpu() - used, 3))
    result = PublicResult(benchmark.name, objective, bound, found.status, *spent, None)
    return Solved(result, None if objective is None else found.grid)


def counted(matrix: Matrix, grid: Grid) -> int | None:
    """Give a roster's published objective, counted from its cells; None where it breaks a hard rule."""
    verdict = Checker(matrix).check(grid)
    return verdict.cost if verdict.is_valid else None


def proven_bound(outcome: Outcome) -> int | None:
    """Give the bound of the one stage that holds every soft rule of a public instance."""
    name = Stage.QUALITY.name.lower()
    return next((stage.bound for stage in outcome.stages if stage.name == name), None)


def _status(
    matrix: Matrix, outcome: Outcome, objective: int | None, bound: int | None, *, is_stopped: bool
) -> SolveStatus:
    if objective is not None and objective == bound:
        return SolveStatus.OPTIMAL
    if is_stopped:
        return SolveStatus.STOPPED
    if objective is not None:
        return SolveStatus.FEASIBLE
    is_impossible = outcome.status is SolveStatus.INFEASIBLE and _is_confirmed(matrix)
    return SolveStatus.INFEASIBLE if is_impossible else SolveStatus.UNKNOWN


def _is_confirmed(matrix: Matrix) -> bool:
    """Whether a second, different solve finds too that the hard rules can't be kept."""
    from wardteam_solver.cpsat import build
    from wardteam_solver.search.feasibility import is_confirmed_impossible

    return is_confirmed_impossible(build(matrix, stages=()), seconds=CONFIRMING_SECONDS)


def _cpu() -> float:
    """Give the processor seconds of this process and of those it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
