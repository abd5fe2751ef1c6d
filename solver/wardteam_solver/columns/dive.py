"""From a mixture of personal rosters to one roster: fix what is nearly settled, price again, go on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from wardteam_solver.columns.generation import A_LITTLE, Flags, Relaxation
from wardteam_solver.columns.machine import Floats
from wardteam_solver.matrix import Grid
from wardteam_solver.problem import OFF

NEARLY = 1 - 1e-6


def dive(
    relaxation: Relaxation,
    random: np.random.Generator,
    *,
    share: float,
    noise: float,
    should_stop: Callable[[], bool],
    rounds: int = 2,
    least: int = 2,
    ceiling: float = np.inf,
) -> Grid | None:
    """Fix a share of the undecided cells a round until every nurse has one roster; None where it gave up.

    Parameters
    ----------
    noise
        How much chance stirs the order in which cells are fixed.
    rounds, least
        Rounds of pricing after each fixing, and how many cells are fixed at least.
    ceiling
        The dive ends where even the mixture costs as much.
    """
    master = relaxation.master
    shape = (len(relaxation.compiled), master.days, master.width + 1)
    relaxation.allowed = np.ones(shape, dtype=np.bool_)
    try:
        while not should_stop():
            relaxation.generate(should_stop=should_stop, rounds=rounds, most=1)
            value = relaxation.solved()
            if value > ceiling - 1 + A_LITTLE:
                return None
            taken = cell_values(relaxation)
            grid = _settled(relaxation, taken)
            if grid is not None:
                return grid
            if not _fix(relaxation, taken, random, share, noise, least):
                return None
        return None
    finally:
        relaxation.allowed = None
        allow_columns(relaxation)


def cell_values(relaxation: Relaxation) -> Floats:
    """Give how much of each cell the mixture takes, (free nurses, days, options + 1)."""
    master = relaxation.master
    values = master.values()
    shape = (len(master.people), master.days, master.width + 1)
    used = np.flatnonzero(values > 1e-9)
    options = np.where(master.cells[used] == OFF, master.width, master.cells[used])
    rows = master.place[master.nurses[used], None] * master.days + np.arange(master.days)
    flat = (rows * (master.width + 1) + options).reshape(-1)
    weights = np.repeat(values[used], master.days)
    taken = np.bincount(flat, weights=weights, minlength=int(np.prod(shape))).reshape(shape)
    return np.asarray(taken, dtype=np.float64)


def _settled(relaxation: Relaxation, taken: Floats) -> Grid | None:
    if taken.max(axis=2).min(initial=1.0) < NEARLY:
        return None
    options = taken.argmax(axis=2)
    rows = np.where(options == relaxation.master.width, OFF, options).astype(np.int64)
    if relaxation.base is None:
        return rows
    grid = relaxation.base.copy()
    grid[relaxation.people] = rows
    return grid


def _fix(
    relaxation: Relaxation,
    taken: Floats,
    random: np.random.Generator,
    share: float,
    noise: float,
    least: int,
) -> bool:
    """Fix the undecided cells nearest to being settled, each nurse keeping a column; say whether any was."""
    allowed = relaxation.allowed
    if allowed is None:
        raise RuntimeError("nothing is being fixed")
    best, options = taken.max(axis=2), taken.argmax(axis=2)
    open_cells = np.argwhere(best < NEARLY)
    count = max(least, int(len(open_cells) * share))
    worth = best[open_cells[:, 0], open_cells[:, 1]] + random.random(len(open_cells)) * noise
    possible, is_fixed = fitting(relaxation, allowed), False
    for place in np.argsort(-worth, kind="stable")[:count]:
        row, day = open_cells[place]
        nurse, option = relaxation.people[row], options[row, day]
        mine = possible & (relaxation.master.nurses == nurse)
        left = mine & (relaxation.master.cells[:, day] == _stored(option, relaxation))
        if left.any():
            allowed[nurse, day] = False
            allowed[nurse, day, option] = True
            possible[mine & ~left] = False
            is_fixed = True
    allow_columns(relaxation)
    return is_fixed


def _stored(option: int, relaxation: Relaxation) -> int:
    return OFF if option == relaxation.master.width else int(option)


def fitting(relaxation: Relaxation, allowed: Flags) -> NDArray[np.bool_]:
    """Give which columns keep to the cells that are allowed."""
    master = relaxation.master
    days = np.arange(master.days)
    return np.asarray(
        allowed[master.nurses[:, None], days[None, :], master.cells].all(axis=1), dtype=np.bool_
    )


def allow_columns(relaxation: Relaxation) -> None:
    """Let the master take the columns that keep to what is allowed, or all of them."""
    if relaxation.allowed is None:
        relaxation.master.allow(np.ones(len(relaxation.master.columns), dtype=np.bool_))
    else:
        relaxation.master.allow(fitting(relaxation, relaxation.allowed))
