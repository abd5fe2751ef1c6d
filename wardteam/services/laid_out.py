"""A ward's rules laid out over a period, kept for the next question while the ward's book is the same."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

import numpy as np

from wardteam.domain.calendar import Period
from wardteam.domain.ward import WardBook
from wardteam.services.kept import Kept
from wardteam.services.problem import Helping, build_problem
from wardteam_solver.matrix import Matrix, lay_out
from wardteam_solver.rules import configured

MOST_LAYOUTS = 4


@dataclass(frozen=True)
class _Asked:
    """What a layout without locks depends on: the book itself, what past rosters carry into it included.

    Books are compared, not their revisions: a repair of last month changes what is carried, not the revision.
    """

    book: WardBook
    period: Period
    helping: tuple[Helping, ...]

    def __hash__(self) -> int:
        """Tell wards and periods apart; the rest is compared."""
        return hash((self.book.ward.code, self.period))


_LAYOUTS: Kept[Matrix] = Kept(MOST_LAYOUTS)


def laid_out(book: WardBook, period: Period, helping: tuple[Helping, ...] = ()) -> Matrix:
    """Lay out a ward's rules over a period without locks; the same book is not laid out again.

    `helping` is who helps another team on which day, as the roster has it.

    Some 0.3 s for 44 nurses and four weeks, a few milliseconds where it is kept. The layout is shared by
    threads, so its arrays can't be written to.
    """
    return _LAYOUTS.get(_Asked(book, period, helping), lambda: _laid_out(book, period, helping))


def _laid_out(book: WardBook, period: Period, helping: tuple[Helping, ...]) -> Matrix:
    with _without_collecting():
        matrix = lay_out(build_problem(book, period, helping=helping), configured(book.rule_settings))
    for field in fields(matrix):
        value = getattr(matrix, field.name)
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
    return matrix


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Lay out many small objects without the collector looking through them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
