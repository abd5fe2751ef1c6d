"""Whose beds change hands on the days of an exchange, before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from wardteam.services.cover import plan_cover
from wardteam.services.ports import UnitOfWorkFactory
from wardteam.services.swap_effect import Effect
from wardteam.services.swap_scene import SwapScene


@dataclass(frozen=True)
class BedMove:
    """Beds of a day that one nurse holds instead of another; an empty number: nobody did.

    `is_of_the_two` where one of those who exchange gives or takes the beds.
    """

    day: date
    before: str
    after: str
    beds: tuple[str, ...]
    is_of_the_two: bool


def bed_moves(units: UnitOfWorkFactory, scene: SwapScene, effect: Effect) -> tuple[BedMove, ...]:
    """Plan the cover of the changed days as it would be, and give what differs from the stored one."""
    days = {day for _, day in effect.cells}
    roster = replace(scene.roster, cells={**scene.roster.cells, **effect.cells})
    with units() as unit:
        stored, _ = unit.rosters.cover(scene.book.ward.code, roster.period, roster.version)
    before = {(cover.day, cover.bed): cover.staff_no for cover in stored if cover.day in days}
    moved: dict[tuple[date, str, str], list[str]] = {}
    for cover in plan_cover(scene.book, roster, days=days, kept=stored).covers:
        old = before.get((cover.day, cover.bed), "")
        if old != cover.staff_no:
            moved.setdefault((cover.day, old, cover.staff_no), []).append(cover.bed)
    two = {nurse.staff_no for nurse in effect.nurses}
    return tuple(BedMove(*key, tuple(beds), bool(two & set(key[1:]))) for key, beds in sorted(moved.items()))
