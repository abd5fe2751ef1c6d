"""Generated wards beside the recipes: one short of staff, and one of any number of nurses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from wardteam.domain.shifts import Leave, LeaveKind
from wardteam_solver.benchmarks.demands import Tightness
from wardteam_solver.benchmarks.invented import Size
from wardteam_solver.benchmarks.wards import GeneratedWard, Recipe, ward_of

ONE_SICK_IN = 5
SICK_FROM = timedelta(days=2)
"""Nobody is sick on the first days, on which a night worked before may still end."""
NURSES_A_TEAM, BEDS_TO_NURSES = 8.8, 1.1
LARGE_FIRST, LARGE_DAYS = date(2027, 3, 1), 28


def short_of_staff(ward: GeneratedWard) -> GeneratedWard:
    """Give the ward with every fifth nurse who owns no beds away sick until the end of the period.

    Its minimum can't be met then; the hidden roster is no longer one of this ward.
    """
    book, start = ward.book, ward.period.first + SICK_FROM
    bound = {o.staff_no for o in book.ownerships} | {leave.staff_no for leave in book.leaves}
    sick = [n.staff_no for n in book.nurses if n.staff_no not in bound][::ONE_SICK_IN]
    leaves = (Leave(who, LeaveKind.SICK, start, ward.period.last) for who in sick)
    wishes = tuple(wish for wish in book.wishes if wish.staff_no not in sick or wish.day < start)
    return replace(ward, book=replace(book, leaves=(*book.leaves, *leaves), wishes=wishes))


def large_ward(nurses: int, seed: int = 0) -> GeneratedWard:
    """Build a loose ward of so many nurses over four weeks, its beds and teams in proportion."""
    size = Size(nurses, round(nurses * BEDS_TO_NURSES), max(1, int(nurses / NURSES_A_TEAM)))
    return ward_of(Recipe(size, Tightness.LOOSE, LARGE_FIRST, LARGE_DAYS), seed)
