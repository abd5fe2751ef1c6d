"""The ward's daily numbers: midnight census by nursing grade, comings and goings, infusions, catheters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wardteam.domain.beds import NursingGrade


class CatheterKind(StrEnum):
    """Kinds of catheters whose days are counted for unplanned extubations (非计划拔管)."""

    URINARY = "urinary"
    GASTRIC = "gastric"
    TRACHEAL = "tracheal"
    CENTRAL_LINE = "central_line"
    PICC = "picc"
    DRAIN = "drain"


@dataclass(frozen=True)
class PatientDays:
    """One date of the ward: occupied beds by nursing grade at its closing midnight, and the day's counts.

    What a ward does not count is None; `catheter_days` holds the kinds that it counts.
    """

    day: date
    occupied: dict[NursingGrade, int]
    admissions: int | None = None
    discharges: int | None = None
    infusion_hours: float | None = None
    catheter_days: dict[CatheterKind, int] = field(default_factory=dict)
    restraint_days: int | None = None

    def __post_init__(self) -> None:
        counts = (*self.occupied.values(), *self.catheter_days.values())
        optional = (self.admissions, self.discharges, self.infusion_hours, self.restraint_days)
        for count in (*counts, *(value for value in optional if value is not None)):
            if not 0 <= count < 100_000:
                raise ValueError(f"a day's count must be 0 or more, got {count} on {self.day}")

    @property
    def code(self) -> str:
        """The date, by which the day is found."""
        return self.day.isoformat()

    @property
    def total(self) -> int:
        """Occupied beds at midnight."""
        return sum(self.occupied.values())
