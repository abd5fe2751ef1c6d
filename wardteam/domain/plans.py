"""What planning teams, beds and cover gives back: the proposal, its reasons and its solve record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wardteam.domain.beds import Cover, Ownership, Zone
from wardteam.domain.documents import BalanceRow
from wardteam.domain.roster import SolveRecord
from wardteam.domain.shifts import Post
from wardteam.domain.teams import Membership, Role
from wardteam.errors import Message


@dataclass(frozen=True)
class Move:
    """A nurse who changes her team."""

    staff_no: str
    from_team: int
    to_team: int


@dataclass(frozen=True)
class TeamPlan:
    """A proposal of teams (责任制护理小组) from a date on.

    `balance` has one figure a team, in the order of `teams`; `reasons` say why each leader and
    deputy qualifies, by staff number; `notes` say what clashes and what would help.
    """

    on: date
    teams: tuple[int, ...]
    memberships: tuple[Membership, ...]
    balance: tuple[BalanceRow, ...]
    reasons: Mapping[str, tuple[Message, ...]]
    moves: tuple[Move, ...]
    notes: tuple[Message, ...]
    record: SolveRecord

    def members(self, team: int) -> tuple[str, ...]:
        """Give the staff numbers of a team, leader and deputy first."""
        order = (Role.LEADER, Role.DEPUTY, Role.MEMBER)
        mates = [m for m in self.memberships if m.team == team]
        return tuple(m.staff_no for m in sorted(mates, key=lambda m: order.index(m.role)))

    def holder(self, team: int, role: Role) -> str | None:
        """Give who has a role in a team; None where the post is vacant."""
        return next((m.staff_no for m in self.memberships if m.team == team and m.role is role), None)


@dataclass(frozen=True)
class OwnerLoad:
    """One bed owner: her beds, how many of them are occupied, and their workload."""

    staff_no: str
    team: int
    post: Post
    beds: tuple[str, ...]
    patients: int
    load: int
    most: int

    @property
    def is_over_cap(self) -> bool:
        """Whether she owns more beds than her base cap allows."""
        return len(self.beds) > self.most


@dataclass(frozen=True)
class BedPlan:
    """A proposal of bed ownership (床位包干) from a date on; `changes` are beds whose owner changes.

    `unowned` are beds that no team could take at all. `is_fitting` is False where a cap, a least
    number of patients or a minimum level could not be kept; `notes` then say by how much.
    """

    on: date
    ownerships: tuple[Ownership, ...]
    owners: tuple[OwnerLoad, ...]
    room_teams: Mapping[str, tuple[int, ...]]
    changes: tuple[str, ...]
    unowned: tuple[str, ...]
    is_fitting: bool
    notes: tuple[Message, ...]
    record: SolveRecord


@dataclass(frozen=True)
class CoverPlan:
    """Who holds every bed on every day, the zones of the other shifts, and what is overloaded."""

    covers: tuple[Cover, ...]
    zones: tuple[Zone, ...]
    notes: tuple[Message, ...]
    record: SolveRecord
