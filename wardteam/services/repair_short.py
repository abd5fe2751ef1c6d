"""What a repair leaves below the minimum that was not before the event, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from wardteam.errors import Message
from wardteam.services.missing import clock_told_by_shift
from wardteam_solver.check import Verdict, Violation, missed
from wardteam_solver.matrix import Grid
from wardteam_solver.repair.case import units_missed
from wardteam_solver.words import say

if TYPE_CHECKING:
    from wardteam_solver.repair import RepairCase


def new_shortages(case: RepairCase, grid: Grid) -> Verdict:
    """Give what is below the minimum and was not before the event."""
    matrix = case.matrix
    short = units_missed(matrix, grid) - case.tolerated
    rows = np.flatnonzero(case.is_kept & ~matrix.is_hard & (short > 0))
    found = missed(matrix, matrix.activity(matrix.point(grid)), rows)
    return Verdict(tuple(replace(v, amount=int(short[row])) for v, row in zip(found, rows, strict=True)))


def about_team(short: Verdict) -> tuple[Violation, ...]:
    """Give what a team lacks."""
    return tuple(v for v in short.violations if v.limit.about.team is not None)


def short_words(case: RepairCase, short: Verdict) -> tuple[Message, ...]:
    """Say each shortage once, however many rules ask for the nurse."""
    told_twice = set(map(id, clock_told_by_shift(short)))
    return tuple(say(case.matrix.problem, v) for v in short.violations if id(v) not in told_twice)
