"""Whether a model can be satisfied at all, asked in several ways: "impossible" needs two of them.

With presolve rosters are found quickly; without it a shortage over the whole ward is proven in a
second that presolve hides for minutes. So both run side by side, and the first answer counts.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ortools.sat.python import cp_model

from wardteam_solver.cpsat import Model
from wardteam_solver.matrix import Grid

SMALL = 1500
"""Variables up to which a second thread costs more than it brings."""


class Approach(Enum):
    """A way to ask: presolve or not, how many cuts, and which seed."""

    PRESOLVED = (True, 1, 0)
    PLAIN = (False, 2, 1)
    OTHER = (False, 1, 7919)


@dataclass(frozen=True)
class Settled:
    """Possible, impossible, or (`None`) not known in time; whether the roster is the best; who found out."""

    is_possible: bool | None = None
    grid: Grid | None = None
    is_best: bool = False
    approach: Approach | None = None


FIRST = (Approach.PRESOLVED, Approach.PLAIN)


def settle(model: Model, *, seconds: float, approaches: Sequence[Approach] = FIRST, seed: int = 0) -> Settled:
    """Ask in the given ways: a small model one after the other, a large one side by side."""
    solvers = {approach: _solver(approach, seconds, seed) for approach in approaches}
    if len(model.variables) > SMALL and len(solvers) > 1:
        return _race(model, solvers)
    result = Settled()
    for approach, solver in solvers.items():
        result = _read(model, approach, solver, solver.solve(model.proto))
        if result.is_possible is not None:
            break
    return result


def is_confirmed_impossible(model: Model, *, seconds: float) -> bool:
    """Whether two different ways both find that a model can't be satisfied."""
    first = settle(model, seconds=seconds)
    if first.is_possible is not False:
        return False
    others = tuple(approach for approach in Approach if approach is not first.approach)
    return settle(model, seconds=seconds, approaches=others, seed=1).is_possible is False


def _solver(approach: Approach, seconds: float, seed: int) -> cp_model.CpSolver:
    is_presolved, linearization, own_seed = approach.value
    solver = cp_model.CpSolver()
    # OR-Tools would take Ctrl-C for itself, and leave a handler behind that ends the process.
    solver.parameters.catch_sigint_signal = False
    solver.parameters.max_time_in_seconds = max(seconds, 0.01)
    solver.parameters.random_seed = seed + own_seed
    solver.parameters.num_workers = 2
    solver.parameters.cp_model_presolve = is_presolved
    solver.parameters.linearization_level = linearization
    return solver


def _race(model: Model, solvers: dict[Approach, cp_model.CpSolver]) -> Settled:
    """Run side by side; the first definite answer stops the others."""
    answers: list[Settled] = []
    lock = threading.Lock()

    def run(approach: Approach, solver: cp_model.CpSolver) -> None:
        result = _read(model, approach, solver, solver.solve(model.proto))
        with lock:
            if result.is_possible is not None and not answers:
                answers.append(result)
                for other in solvers.values():
                    if other is not solver:
                        other.stop_search()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in solvers.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers[0] if answers else Settled()


def _read(
    model: Model, approach: Approach, solver: cp_model.CpSolver, code: cp_model.CpSolverStatus
) -> Settled:
    if code == cp_model.INFEASIBLE:
        return Settled(is_possible=False, approach=approach)
    if code not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Settled()
    return Settled(True, model.grid(solver), code == cp_model.OPTIMAL, approach)
