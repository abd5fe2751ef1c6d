"""A roster: who does what on which date, in versions, with locks and a record of each change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from wardteam.domain.calendar import Period
from wardteam.domain.shifts import Post


class RosterStatus(StrEnum):
    """Where a version of a roster stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class RosterCell:
    """One nurse's day: `code` is a shift's code or a `LeaveKind` value. Locked cells survive a new run.

    `team` is the one that she helps on that day; None: her own.
    """

    code: str
    post: Post = Post.NONE
    is_locked: bool = False
    team: int | None = None


CellKey = tuple[str, date]
"""Staff number and date."""


@dataclass(frozen=True)
class Roster:
    """One version of a roster. Days before `frozen_until` (included) no longer change."""

    period: Period
    cells: Mapping[CellKey, RosterCell]
    version: int = 1
    status: RosterStatus = RosterStatus.DRAFT
    frozen_until: date | None = None
    made_at: datetime | None = None
    published_at: datetime | None = None

    def cell(self, staff_no: str, day: date) -> RosterCell | None:
        """Give a nurse's cell of a date, or None where nothing is written."""
        return self.cells.get((staff_no, day))


@dataclass(frozen=True)
class CellChange:
    """Who changed which cell, when and why, with the old and the new value."""

    staff_no: str
    day: date
    old: RosterCell | None
    new: RosterCell | None
    by: str
    at: datetime
    reason: str = ""


class SolveStatus(StrEnum):
    """How a solve ended. `INFEASIBLE` is only ever said after a confirmation."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"
    STOPPED = "stopped"


@dataclass(frozen=True)
class StageResult:
    """One lexicographic stage: its objective, its proven bound, and what it took."""

    name: str
    status: SolveStatus
    objective: int | None
    bound: int | None
    wall_seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class SolveRecord:
    """What is kept of a solve run, whatever it was for (teams, beds, roster, cover)."""

    purpose: str
    status: SolveStatus
    stages: tuple[StageResult, ...]
    wall_seconds: float
    cpu_seconds: float
    seed: int
    workers: int
    seconds_to_first: float | None = None
    figures: Mapping[str, float] = field(default_factory=dict)
