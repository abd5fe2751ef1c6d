"""Rooms, beds, the patients' stays in them, and which nurse owns which bed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from wardteam.domain.people import Level


class NursingGrade(StrEnum):
    """Nursing grade (分级护理), heaviest first."""

    SPECIAL = "special"
    FIRST = "I"
    SECOND = "II"
    THIRD = "III"


@dataclass(frozen=True)
class Room:
    """A room; `position` gives the order along the corridor, neighbours differ by one."""

    code: str
    position: int


@dataclass(frozen=True)
class Bed:
    """A bed; an empty one is planned for at its usual grade."""

    code: str
    room: str
    usual_grade: NursingGrade = NursingGrade.SECOND


@dataclass(frozen=True)
class Stay:
    """A patient's stay in one bed, without a name: an internal code and a masked surname at most.

    Moments are local to the ward and aware. `minimum_level` is the least ladder level that may hold the bed.
    """

    code: str
    bed: str
    grade: NursingGrade
    admitted: datetime
    discharged: datetime | None = None
    minimum_level: Level = Level.N0
    surname_masked: str = ""

    def __post_init__(self) -> None:
        if self.admitted.tzinfo is None:
            raise ValueError(f"admitted must be an aware moment, got {self.admitted}")
        if self.discharged is not None and self.discharged < self.admitted:
            raise ValueError(f"discharged {self.discharged} lies before admitted {self.admitted}")

    def is_in_bed(self, at: datetime) -> bool:
        """Whether the patient lies in the bed at that moment."""
        return self.admitted <= at and (self.discharged is None or at < self.discharged)


@dataclass(frozen=True)
class Ownership:
    """A nurse owns a bed over a span of dates (床位包干); `end` is None while it lasts."""

    bed: str
    staff_no: str
    start: date
    end: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the ownership's dates include this one."""
        return self.start <= on and (self.end is None or on <= self.end)


class HolderKind(StrEnum):
    """How the nurse who holds a bed on a day comes to hold it."""

    OWNER = "owner"
    LEADER = "leader"
    DEPUTY = "deputy"
    TEAMMATE = "teammate"
    OTHER_TEAM = "other_team"


@dataclass(frozen=True)
class Cover:
    """Who holds a bed on a day; anyone but the owner is cover (代管). `is_over_cap` marks an overload."""

    day: date
    bed: str
    staff_no: str
    kind: HolderKind
    is_over_cap: bool = False

    @property
    def is_cover(self) -> bool:
        """Whether the holder is not the owner."""
        return self.kind is not HolderKind.OWNER


@dataclass(frozen=True)
class Zone:
    """Which beds a nurse of an evening, night or straight-through shift looks after on a day."""

    day: date
    shift: str
    staff_no: str
    beds: tuple[str, ...]
