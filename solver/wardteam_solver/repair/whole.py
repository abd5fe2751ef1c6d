"""The whole roster as one model, for large events: least shortage first, then least disturbance."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from wardteam.domain.roster import SolveStatus, StageResult
from wardteam_solver.cpsat import FREE, build, no_fixing
from wardteam_solver.matrix import Grid, Ints, Matrix
from wardteam_solver.problem import OFF
from wardteam_solver.repair.case import Change, RepairCase
from wardteam_solver.rules.base import Stage


@dataclass(frozen=True)
class WholeResult:
    """Ways found, best first, with both stages' bounds; empty where none was found in time."""

    found: tuple[tuple[Change, ...], ...]
    stages: tuple[StageResult, ...]
    is_impossible: bool = False


WORDS = {
    cp_model.OPTIMAL: SolveStatus.OPTIMAL,
    cp_model.FEASIBLE: SolveStatus.FEASIBLE,
    cp_model.INFEASIBLE: SolveStatus.INFEASIBLE,
}


class Whole:
    """One case as a model that is solved several times."""

    def __init__(self, case: RepairCase, *, seconds: float, workers: int, seed: int) -> None:
        self.case = case
        self.until = time.monotonic() + seconds
        self.workers, self.seed = workers, seed
        self.model = build(tolerant(case), _fixing(case), stages=(Stage.SHORTAGE,))
        self.model.hint(case.grid)
        self.people: dict[int, cp_model.IntVar] = {}
        self.price = self._price()

    def _price(self) -> cp_model.LinearExprT:
        """Add up what each changed cell and each changed person costs."""
        proto, matrix, case = self.model.proto, self.model.matrix, self.case
        terms: list[cp_model.LinearExprT] = []
        width = len(matrix.problem.options)
        for nurse, day in np.argwhere(case.may_change).tolist():
            base = int(case.grid[nurse, day])
            options = {k: self.model.variables.get(matrix.column(nurse, day, k)) for k in range(width)}
            flags = {k: flag for k, flag in options.items() if flag is not None}
            if not flags:
                continue
            person = self.people.setdefault(nurse, proto.new_bool_var(""))
            others = [flag for k, flag in flags.items() if k != base]
            if base in flags:
                leaving = case.cell_price(nurse, day, OFF)
                terms.append(leaving * (1 - flags[base]))
                terms += [(case.cell_price(nurse, day, k) - leaving) * flags[k] for k in flags if k != base]
                proto.add_implication(~flags[base], person)
            else:
                terms += [case.cell_price(nurse, day, k) * flags[k] for k in flags]
                for flag in others:
                    proto.add_implication(flag, person)
        terms += [case.prices.person * person for person in self.people.values()]
        return sum(terms)

    def solve(self, count: int, shortage_bound: int) -> WholeResult:
        """Minimise the shortage, hold it, minimise the disturbance; then ask for other people.

        Parameters
        ----------
        shortage_bound
            What the quick search proved of the shortage.
        """
        first, code, stage = self._minimise("shortage", self.model.objective({Stage.SHORTAGE: 1}), share=0.4)
        stages = [_raised(stage, shortage_bound)]
        if first is None:
            return WholeResult((), tuple(stages), code == cp_model.INFEASIBLE)
        self.model.cap(Stage.SHORTAGE, int(stage.objective or 0))
        found: list[tuple[Change, ...]] = []
        self.model.hint(first)
        while len(found) < count and (not found or time.monotonic() < self.until):
            grid, _, stage = self._minimise("disturbance", self.price, share=0.5 if not found else 1.0)
            if not found:
                stages.append(stage)
                grid = first if grid is None else grid
            if grid is None:
                break
            changes = changes_between(self.case.grid, grid)
            found.append(changes)
            self._ask_for_others({nurse for nurse, _, _ in changes})
        return WholeResult(tuple(found), tuple(stages))

    def _ask_for_others(self, people: set[int]) -> None:
        flags = [self.people[nurse] for nurse in people]
        self.model.proto.add(sum(flags) <= len(flags) - 1)

    def _minimise(
        self, name: str, objective: cp_model.LinearExprT, *, share: float
    ) -> tuple[Grid | None, cp_model.CpSolverStatus, StageResult]:
        wall, cpu = time.monotonic(), time.process_time()
        solver = cp_model.CpSolver()
        # OR-Tools would take Ctrl-C for itself, and leave a handler behind that ends the process.
        solver.parameters.catch_sigint_signal = False
        solver.parameters.num_workers = self.workers
        solver.parameters.random_seed = self.seed
        solver.parameters.max_time_in_seconds = max(0.1, (self.until - wall) * share)
        self.model.proto.minimize(objective)
        code = solver.solve(self.model.proto)
        status = WORDS.get(code, SolveStatus.UNKNOWN)
        is_found = code in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        value, bound = (
            (round(solver.objective_value), round(solver.best_objective_bound)) if is_found else (None, None)
        )
        took = (time.monotonic() - wall, time.process_time() - cpu)
        return (
            self.model.grid(solver) if is_found else None,
            code,
            StageResult(name, status, value, bound, *took),
        )


def _raised(stage: StageResult, bound: int) -> StageResult:
    """Take the quick search's bound where it is the higher one."""
    if stage.objective is None or stage.bound is None:
        return stage
    best = max(stage.bound, min(bound, stage.objective))
    status = SolveStatus.OPTIMAL if best >= stage.objective else stage.status
    return StageResult(stage.name, status, stage.objective, best, stage.wall_seconds, stage.cpu_seconds)


def tolerant(case: RepairCase) -> Matrix:
    """Give the matrix with its kept rows widened by what was missed before, and other shortages dropped."""
    low, high = (np.asarray(side, dtype=np.int64) for side in case.bounds)
    is_short = (case.matrix.stage_of_row == Stage.SHORTAGE) & ~case.matrix.is_hard
    unasked = is_short & ~case.is_kept
    below = np.where(unasked, 0, case.matrix.below)
    return replace(case.matrix, low=low, high=high, below=below)


def _fixing(case: RepairCase) -> Ints:
    """Fix what may not change, and derived facts whose parts are all fixed."""
    matrix, fixed = case.matrix, no_fixing(case.matrix)
    values = matrix.point(case.grid)
    width = len(matrix.problem.options)
    begun = np.zeros((matrix.problem.day_count, width), dtype=np.bool_)
    for day, option in case.begun:
        begun[day, option] = True
    held = np.repeat(~case.may_change.reshape(-1), width)
    fixed[: matrix.cell_count] = np.where(held, values[: matrix.cell_count], FREE)
    shut = np.broadcast_to(begun, (*case.grid.shape, width)).reshape(-1) & (values[: matrix.cell_count] == 0)
    fixed[: matrix.cell_count][shut] = 0
    cells, owners = matrix.part_layout
    if len(matrix.parts):
        is_open = np.bincount(owners, weights=fixed[cells] == FREE, minlength=len(matrix.parts)) > 0
        is_held = np.bincount(owners, weights=fixed[cells] == 1, minlength=len(matrix.parts)) > 0
        settled = np.where(is_held, 1, np.where(is_open, FREE, 0))
        fixed[matrix.cell_count :] = settled
    return fixed


def changes_between(before: Grid, after: Grid) -> tuple[Change, ...]:
    """List the cells that differ."""
    return tuple((nurse, day, int(after[nurse, day])) for nurse, day in np.argwhere(before != after).tolist())
