"""What the bed planner is given: beds with their census, owners with their caps, today's owners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wardteam.domain.people import Level
from wardteam.domain.shifts import Post

LEAST_RESPONSIBLE = 2
"""A team has at least this many responsible nurses with beds; one more is optional when beds are few."""


@dataclass(frozen=True)
class BedState:
    """A bed at the census: `load` is its patient's workload, or that of its usual grade when empty."""

    code: str
    room: str
    load: int
    is_occupied: bool = True
    minimum_level: Level = Level.N0


@dataclass(frozen=True)
class Owner:
    """A nurse who may own beds: `least` patients (beds, for a leader) to `most` beds."""

    staff_no: str
    name: str
    team: int
    post: Post
    level: Level
    least: int
    most: int


@dataclass(frozen=True)
class BedCase:
    """Beds in the order of the corridor, owners in the order of preference, and what is so today.

    `spare` names, by team, who could become one more responsible nurse with beds.
    """

    on: date
    beds: tuple[BedState, ...]
    owners: tuple[Owner, ...]
    present: Mapping[str, str]
    home: Mapping[str, int]
    spare: Mapping[int, tuple[str, ...]]

    def __post_init__(self) -> None:
        if not self.owners:
            raise ValueError("at least one owner is needed, got none")
        if not self.beds:
            raise ValueError("at least one bed is needed, got none")

    @property
    def teams(self) -> tuple[int, ...]:
        """The teams that have an owner."""
        return tuple(sorted({owner.team for owner in self.owners}))

    def team_owners(self, team: int) -> tuple[Owner, ...]:
        """Give the owners of a team, most preferred first."""
        return tuple(owner for owner in self.owners if owner.team == team)

    def most(self, team: int) -> int:
        """How many beds the team can own."""
        return sum(owner.most for owner in self.team_owners(team))

    def least(self, team: int) -> int:
        """How few patients the team can do with, its optional owners left out."""
        leaders = [o.least for o in self.team_owners(team) if o.post is Post.LEADER]
        others = [o.least for o in self.team_owners(team) if o.post is not Post.LEADER]
        return sum(leaders) + sum(others[:LEAST_RESPONSIBLE])

    def most_of_level(self, team: int, level: Level) -> int:
        """How many beds the team's owners of this level or higher can own."""
        return sum(owner.most for owner in self.team_owners(team) if owner.level >= level)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The minimum levels that any bed asks for, above the lowest."""
        return tuple(sorted({bed.minimum_level for bed in self.beds} - {Level.N0}))


def is_optional(owners: tuple[Owner, ...]) -> bool:
    """Whether the last of a team's owners may be left out."""
    return sum(owner.post is not Post.LEADER for owner in owners) > LEAST_RESPONSIBLE


def active_owners(owners: tuple[Owner, ...], beds: tuple[BedState, ...]) -> tuple[Owner, ...]:
    """Leave out the last responsible nurses where the team's beds don't reach for all of them."""
    leaders = tuple(o for o in owners if o.post is Post.LEADER)
    others = tuple(o for o in owners if o.post is not Post.LEADER)
    patients = sum(bed.is_occupied for bed in beds)
    while len(others) > LEAST_RESPONSIBLE:
        enough = patients >= sum(o.least for o in (*leaders, *others))
        needed = len(beds) > sum(o.most for o in (*leaders, *others[:-1]))
        if enough or needed:
            break
        others = others[:-1]
    return (*leaders, *others)
