"""What the team planner is given, and the requirements that the teams must meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wardteam.domain.ladder import ladder_level, may_deputise, may_lead
from wardteam.domain.people import Nurse
from wardteam.domain.teams import Membership, Pair, PairKind, Role

Qualifies = Callable[[Nurse, date], bool]


@dataclass(frozen=True)
class TeamCase:
    """Nurses to be divided, today's teams, and what is fixed. All sets hold staff numbers."""

    on: date
    nurses: tuple[Nurse, ...]
    teams: tuple[int, ...]
    present: Mapping[str, int]
    roles: Mapping[str, Role]
    pinned: frozenset[str]
    pairs: tuple[Pair, ...]
    leaders: frozenset[str]
    deputies: frozenset[str]
    supervised: frozenset[str]

    def __post_init__(self) -> None:
        if not self.teams:
            raise ValueError("at least one team is needed, got none")
        if len(self.nurses) < 2 * len(self.teams):
            raise ValueError(f"{len(self.teams)} teams need two nurses each, got {len(self.nurses)} nurses")

    def name(self, staff_no: str) -> str:
        """Give the nurse's name."""
        return next(n.name for n in self.nurses if n.staff_no == staff_no)

    def names(self, staff: Iterable[str]) -> tuple[str, ...]:
        """Give the names in the case's order."""
        wanted = set(staff)
        return tuple(n.name for n in self.nurses if n.staff_no in wanted)

    @property
    def is_from_nothing(self) -> bool:
        """Whether the teams are interchangeable, because nobody belongs to any of them yet."""
        return not self.present

    @property
    def least_size(self) -> int:
        """Size of the smallest team; the largest has at most one nurse more."""
        return len(self.nurses) // len(self.teams)


def team_case(
    nurses: tuple[Nurse, ...],
    *,
    on: date,
    teams: tuple[int, ...],
    memberships: Iterable[Membership] = (),
    pairs: Iterable[Pair] = (),
    unavailable: Iterable[str] = (),
    supervised: Iterable[str] = (),
    leads: Qualifies = may_lead,
    deputises: Qualifies = may_deputise,
) -> TeamCase:
    """Gather a case; `unavailable` nurses (on long leave, say) neither lead nor deputise.

    `leads` and `deputises` are the ladder's rules unless the ward has its own.
    """
    staff = {n.staff_no for n in nurses}
    today = [m for m in memberships if m.holds(on) and m.staff_no in staff and m.team in teams]
    away = set(unavailable)
    ready = [n for n in nurses if n.staff_no not in away]
    return TeamCase(
        on=on,
        nurses=nurses,
        teams=teams,
        present={m.staff_no: m.team for m in today},
        roles={m.staff_no: m.role for m in today if m.role is not Role.MEMBER},
        pinned=frozenset(m.staff_no for m in today if m.is_pinned),
        pairs=tuple(p for p in pairs if {p.first, p.second} <= staff),
        leaders=frozenset(n.staff_no for n in ready if leads(n, on)),
        deputies=frozenset(n.staff_no for n in ready if deputises(n, on)),
        supervised=frozenset(supervised) | frozenset(n.staff_no for n in nurses if ladder_level(n, on) == 0),
    )


class Need(StrEnum):
    """Kinds of requirement, the dearest first."""

    LEADER = "leader"
    DEPUTY = "deputy"
    PIN = "pin"
    TOGETHER = "together"
    APART = "apart"

    @property
    def price(self) -> int:
        """What giving it up costs, against the other kinds."""
        return {Need.LEADER: 1000, Need.DEPUTY: 200, Need.PIN: 50}.get(self, 10)


@dataclass(frozen=True)
class Requirement:
    """One thing the teams must meet: a pin, a pair, or (without staff) a leader or deputy in each team."""

    need: Need
    staff: tuple[str, ...] = ()


def requirements(case: TeamCase) -> tuple[Requirement, ...]:
    """List what must hold, besides even sizes."""
    kinds = {PairKind.TOGETHER: Need.TOGETHER, PairKind.APART: Need.APART}
    pins = (Requirement(Need.PIN, (s,)) for s in sorted(case.pinned))
    pairs = (Requirement(kinds[p.kind], (p.first, p.second)) for p in case.pairs)
    return (Requirement(Need.LEADER), Requirement(Need.DEPUTY), *pins, *dict.fromkeys(pairs))


def pinned_as(case: TeamCase, role: Role) -> frozenset[str]:
    """Give who is pinned to a team in this role."""
    return frozenset(s for s in case.pinned if case.roles.get(s) is role)
