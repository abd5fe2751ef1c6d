"""A roster out of whole columns: an integer programme over those that can still make a better one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from wardteam_solver.columns.generation import Relaxation
from wardteam_solver.columns.master import Column, Master
from wardteam_solver.matrix import Grid


@dataclass(frozen=True)
class Mixed:
    """The best roster of the columns (None: none below the ceiling), and whether no better one can be mixed."""

    grid: Grid | None
    is_proven: bool


def mix(
    relaxation: Relaxation,
    columns: Sequence[Column],
    *,
    ceiling: float,
    seconds: float,
    start: Grid | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    seed: int = 0,
) -> Mixed:
    """Choose one column a nurse.

    Parameters
    ----------
    ceiling
        Only rosters that cost less are wanted.
    start
        A roster of these columns to begin from.
    """
    master = Master(relaxation.matrix, relaxation.shared, relaxation.people)
    master.add(columns)
    highs = master.highs
    count = len(master.columns)
    places = np.arange(master.first, master.first + count, dtype=np.int32)
    highs.changeColsIntegrality(count, places, np.full(count, highspy.HighsVarType.kInteger))
    for name, value in (
        ("presolve", "on"), ("time_limit", max(seconds, 0.1)), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.999),
        ("objective_bound", ceiling - relaxation.constant), ("random_seed", seed), ("mip_heuristic_effort", 0.2),
    ):  # fmt: skip
        highs.setOptionValue(name, value)
    if start is not None:
        _begin(master, start)
    highs.HandleUserInterrupt = False
    highs.cbMipInterrupt += lambda event: _interrupt(event, should_stop)
    highs.run()
    status = highs.getModelStatus()
    is_proven = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible,
                           highspy.HighsModelStatus.kObjectiveBound)  # fmt: skip
    info = highs.getInfo()
    if (
        info.primal_solution_status != 2
        or info.objective_function_value + relaxation.constant >= ceiling - 0.5
    ):
        return Mixed(None, is_proven)
    return Mixed(_grid(relaxation, master), is_proven)


def _interrupt(event: object, should_stop: Callable[[], bool]) -> None:
    if should_stop():
        event.interrupt()  # type: ignore[attr-defined]  # untyped in highspy


def _begin(master: Master, start: Grid) -> None:
    """Hand the start over where all its rows are columns."""
    known = {(c.nurse, c.options.tobytes()): place for place, c in enumerate(master.columns)}
    found = [known.get((int(n), start[n].tobytes())) for n in master.people]
    index = np.asarray([master.first + place for place in found if place is not None], dtype=np.int32)
    if len(index) == len(found):
        master.highs.setSolution(len(index), index, np.ones(len(index)))


def _grid(relaxation: Relaxation, master: Master) -> Grid | None:
    taken: NDArray[np.int64] = np.flatnonzero(master.values() > 0.5)
    if len(taken) != len(master.people):
        return None
    shape = (len(relaxation.compiled), master.days)
    grid = np.zeros(shape, dtype=np.int64) if relaxation.base is None else relaxation.base.copy()
    for place in taken.tolist():
        grid[master.columns[place].nurse] = master.columns[place].options
    return grid
