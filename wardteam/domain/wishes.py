"""What nurses ask for: days off, shifts wanted or not wanted, with points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class WishKind(StrEnum):
    """What is wished for on the day."""

    OFF = "off"
    ON = "on"
    NOT = "not"


@dataclass(frozen=True)
class Wish:
    """A nurse's wish for one day. `shift` is empty for a day off or for any duty; points are 1 to 10."""

    staff_no: str
    day: date
    kind: WishKind
    shift: str = ""
    points: int = 1

    def __post_init__(self) -> None:
        if self.points < 1:
            raise ValueError(f"points of a wish must be 1 or more, got {self.points}")
        if self.kind is WishKind.OFF and self.shift:
            raise ValueError("a wish for a day off names no shift")
        if self.kind is WishKind.NOT and not self.shift:
            raise ValueError("a wish against a shift must name it")
