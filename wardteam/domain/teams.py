"""Responsibility teams and who belongs to them, in which role, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """Role in a responsibility team (责任制护理小组)."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"


@dataclass(frozen=True)
class Team:
    """A responsibility team; `number` orders the teams on every sheet, from 1."""

    number: int
    name: str = ""
    name_en: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Membership:
    """A nurse's place in a team over a span of dates; `end` is None while it lasts."""

    staff_no: str
    team: int
    role: Role
    start: date
    end: date | None = None
    is_pinned: bool = False

    def holds(self, on: date) -> bool:
        """Whether the membership's dates include this one."""
        return self.start <= on and (self.end is None or on <= self.end)


class PairKind(StrEnum):
    """Whether two nurses should share a team or must not."""

    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True)
class Pair:
    """Two nurses to keep together in, or apart from, one team."""

    first: str
    second: str
    kind: PairKind

    def __post_init__(self) -> None:
        if self.first == self.second:
            raise ValueError(f"a pair needs two different nurses, got {self.first} twice")
