"""Solve a small CP-SAT model stage by stage: minimise one objective, hold it, go on to the next."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wardteam.domain.roster import SolveRecord, SolveStatus, StageResult

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True)
class SolveLimits:
    """What a solve may use. The same limits give the same answer as long as every stage is proven optimal.

    One worker is the default: on these small models it proved optima three times sooner than two
    interleaved ones, and as soon as two that race and so never repeat.
    """

    seed: int = 0
    workers: int = 1
    time_limit: float = 20.0

    def __post_init__(self) -> None:
        if self.workers < 1 or self.time_limit <= 0:
            raise ValueError(f"a solve needs a worker and some time, got {self}")


DEFAULT_LIMITS = SolveLimits()


@dataclass(frozen=True)
class Stage:
    """One objective to be minimised; later stages keep it at its value."""

    name: str
    objective: cp_model.LinearExprT


@dataclass(frozen=True)
class StagedResult:
    """The last solution found and how each stage ended. `values` is empty where nothing was found."""

    status: SolveStatus
    stages: tuple[StageResult, ...]
    values: tuple[int, ...]
    wall_seconds: float
    cpu_seconds: float
    seconds_to_first: float | None

    def is_true(self, literal: cp_model.IntVar) -> bool:
        """Whether the variable is 1 in the solution."""
        return bool(self.values[literal.index])

    def value(self, variable: cp_model.IntVar) -> int:
        """Give the variable's value in the solution."""
        return self.values[variable.index]


@dataclass
class _Clock:
    """Wall and CPU time since a moment."""

    wall: float = field(default_factory=time.perf_counter)
    cpu: float = field(default_factory=time.process_time)

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self.wall, time.process_time() - self.cpu


def minimise_in_stages(
    model: cp_model.CpModel,
    stages: Sequence[Stage],
    limits: SolveLimits,
    *,
    hint: Mapping[int, int] | None = None,
) -> StagedResult:
    """Minimise each stage's objective in turn; `hint` gives likely values by the variable's index."""
    clock, results, values, first = _Clock(), [], tuple[int, ...](), None
    _hint(model, dict(hint or {}))
    for number, stage in enumerate(stages):
        left = limits.time_limit - clock.read()[0]
        share = left if number == len(stages) - 1 else left * 0.6
        result, found = _minimise(model, stage, limits, max(share, 0.05))
        results.append(result)
        if result.status is SolveStatus.INFEASIBLE or result.objective is None:
            break
        values, first = found, first if first is not None else clock.read()[0]
        model.add(stage.objective <= result.objective)
        _hint(model, dict(enumerate(values)))
    wall, cpu = clock.read()
    return StagedResult(_overall(results, len(stages)), tuple(results), values, wall, cpu, first)


def is_impossible(model: cp_model.CpModel, limits: SolveLimits) -> bool:
    """Say whether no solution exists, confirmed by a second solve without presolve and with another seed.

    False INFEASIBLE answers of a single solve are on record, so one is never enough to tell a user.
    """
    from ortools.sat.python import cp_model

    if _solver(limits, limits.time_limit).solve(model) != cp_model.INFEASIBLE:
        return False
    second = _solver(limits, limits.time_limit)
    second.parameters.cp_model_presolve = False
    second.parameters.random_seed = limits.seed + 1
    return bool(second.solve(model) == cp_model.INFEASIBLE)


def record_of(
    purpose: str,
    results: Sequence[StagedResult],
    limits: SolveLimits,
    figures: Mapping[str, float] | None = None,
) -> SolveRecord:
    """Put one or more staged results into the record that is kept of the run.

    Parts that are solved one by one and don't touch each other (teams, days) add up by stage.
    """
    every = [stage for result in results for stage in result.stages]
    firsts = [result.seconds_to_first for result in results if result.seconds_to_first is not None]
    return SolveRecord(
        purpose=purpose,
        status=_worst([result.status for result in results]),
        stages=tuple(_added_up(name, every) for name in dict.fromkeys(stage.name for stage in every)),
        wall_seconds=sum(result.wall_seconds for result in results),
        cpu_seconds=sum(result.cpu_seconds for result in results),
        seed=limits.seed,
        workers=limits.workers,
        seconds_to_first=firsts[0] if firsts else None,
        figures=dict(figures or {}),
    )


def _added_up(name: str, stages: Sequence[StageResult]) -> StageResult:
    same = [stage for stage in stages if stage.name == name]
    is_known = all(stage.objective is not None for stage in same)
    return StageResult(
        name=name,
        status=_worst([stage.status for stage in same]),
        objective=sum(stage.objective or 0 for stage in same) if is_known else None,
        bound=sum(stage.bound or 0 for stage in same) if is_known else None,
        wall_seconds=sum(stage.wall_seconds for stage in same),
        cpu_seconds=sum(stage.cpu_seconds for stage in same),
    )


def _minimise(
    model: cp_model.CpModel, stage: Stage, limits: SolveLimits, seconds: float
) -> tuple[StageResult, tuple[int, ...]]:
    from ortools.sat.python import cp_model

    words = {
        cp_model.OPTIMAL: SolveStatus.OPTIMAL,
        cp_model.FEASIBLE: SolveStatus.FEASIBLE,
        cp_model.INFEASIBLE: SolveStatus.INFEASIBLE,
    }
    clock, solver = _Clock(), _solver(limits, seconds)
    model.minimize(stage.objective)
    status = words.get(solver.solve(model), SolveStatus.UNKNOWN)
    wall, cpu = clock.read()
    if status not in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE):
        return StageResult(stage.name, status, None, None, wall, cpu), ()
    objective, bound = round(solver.objective_value), round(solver.best_objective_bound)
    result = StageResult(stage.name, status, objective, bound, wall, cpu)
    return result, tuple(solver.response_proto.solution)


def _solver(limits: SolveLimits, seconds: float) -> cp_model.CpSolver:
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    # OR-Tools would take Ctrl-C for itself, and leave a handler behind that ends the process.
    solver.parameters.catch_sigint_signal = False
    solver.parameters.num_workers = limits.workers
    solver.parameters.random_seed = limits.seed
    solver.parameters.max_time_in_seconds = seconds
    if limits.workers > 1:
        # Free-running workers race: only interleaved ones repeat exactly.
        solver.parameters.interleave_search = True
        solver.parameters.interleave_batch_size = limits.workers
    return solver


def _hint(model: cp_model.CpModel, values: Mapping[int, int]) -> None:
    model.clear_hints()  # type: ignore[no-untyped-call]  # OR-Tools left this one untyped
    for index, value in values.items():
        model.add_hint(model.get_int_var_from_proto_index(index), value)


def _overall(results: Sequence[StageResult], wanted: int) -> SolveStatus:
    if results and results[0].status in (SolveStatus.INFEASIBLE, SolveStatus.UNKNOWN):
        return results[0].status
    is_proven = len(results) == wanted and all(r.status is SolveStatus.OPTIMAL for r in results)
    return SolveStatus.OPTIMAL if is_proven else SolveStatus.FEASIBLE


def _worst(statuses: Sequence[SolveStatus]) -> SolveStatus:
    order = (SolveStatus.INFEASIBLE, SolveStatus.UNKNOWN, SolveStatus.FEASIBLE)
    return next((status for status in order if status in statuses), SolveStatus.OPTIMAL)
