"""What the cover of one day is made from: its census, its owners, and who may hold beds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wardteam.domain.people import Level
from wardteam.domain.teams import Role
from wardteam.errors import Named
from wardteam_solver.beds.case import BedState


@dataclass(frozen=True)
class Holder:
    """A nurse who may hold up to `most` beds on the day."""

    staff_no: str
    name: Named | str
    team: int | None
    role: Role
    level: Level
    most: int


@dataclass(frozen=True)
class DayCase:
    """One day: beds in corridor order, holders on duty, and each bed's owner and team (where it has any)."""

    day: date
    beds: tuple[BedState, ...]
    holders: tuple[Holder, ...]
    owners: Mapping[str, str]
    teams: Mapping[str, int]

    def own_beds(self) -> dict[str, str]:
        """Give the beds whose owner is on duty and of the level that the patient asks for today."""
        on_duty = {holder.staff_no: holder for holder in self.holders}
        return {
            bed.code: owner
            for bed in self.beds
            if (owner := self.owners.get(bed.code)) in on_duty
            and owner is not None
            and on_duty[owner].level >= bed.minimum_level
        }
