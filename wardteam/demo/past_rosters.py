"""The published rosters of August to November 2026, and who held each bed on their days.

They keep every hard rule. A few posts of each month stay empty (up to about 20 of some 650 places): the days
are drawn one after another without a solver, so that some weekend finds a small team all at rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import numpy as np

from wardteam.demo.past_weeks import make_past_weeks
from wardteam.demo.ward import ward_and_weeks
from wardteam.domain.beds import Cover, HolderKind
from wardteam.domain.calendar import Period
from wardteam.domain.defaults import DAY
from wardteam.domain.ladder import ladder_level
from wardteam.domain.people import Level, Nurse, StaffKind
from wardteam.domain.roster import CellKey, Roster, RosterCell
from wardteam.domain.shifts import Post
from wardteam.domain.teams import Membership, Role
from wardteam.domain.ward import WardBook

MONTHS = tuple(Period.month(2026, month) for month in (8, 9, 10, 11))
LEADER_BEDS = 3
"""Beds that a leader takes over at most, before her team's other nurses share the rest."""
_KINDS = {Role.LEADER: HolderKind.LEADER, Role.DEPUTY: HolderKind.DEPUTY, Role.MEMBER: HolderKind.TEAMMATE}
Cells = dict[CellKey, RosterCell]


@dataclass(frozen=True)
class PastRoster:
    """A month's roster, who held every bed on its days, and when it was published."""

    roster: Roster
    covers: tuple[Cover, ...]
    published_at: datetime


@lru_cache(maxsize=4)
def demo_rosters(seed: int = 7) -> tuple[PastRoster, ...]:
    """Make the rosters of the months before the planned one, oldest first; equal for an equal seed."""
    book, following = ward_and_weeks(seed)
    nurses = {nurse.staff_no: nurse for nurse in book.nurses if nurse.kind is StaffKind.WARD}
    cells = make_past_weeks(book, tuple(nurses.values()), following, np.random.default_rng([seed, 3]))
    return tuple(_month(book, nurses, cells, month) for month in MONTHS)


def bed_teams(book: WardBook) -> dict[str, int]:
    """Give each bed's team: as many beds in a row to each team."""
    share = len(book.beds) / len(book.teams)
    return {bed.code: 1 + int(place / share) for place, bed in enumerate(book.beds)}


def _month(book: WardBook, nurses: Mapping[str, Nurse], cells: Cells, month: Period) -> PastRoster:
    roles = {m.staff_no: m for m in book.memberships}
    own = {key: cell for key, cell in cells.items() if key[1] in month}
    covers: list[Cover] = []
    for day in month:
        posts = {s: cell.post for (s, on), cell in own.items() if on == day and cell.code == DAY.code}
        covers += _held(book, nurses, roles, posts, day)
    moment = datetime.combine(month.first - timedelta(days=8), time(16, 30), tzinfo=book.settings.zone)
    return PastRoster(Roster(month, own, made_at=moment), tuple(covers), moment)


def _held(
    book: WardBook,
    nurses: Mapping[str, Nurse],
    roles: Mapping[str, Membership],
    posts: Mapping[str, Post],
    day: date,
) -> list[Cover]:
    """Give each bed its owner where she is on, else her leader, else a teammate with the fewest beds."""
    owners = _owners(book, nurses)
    able = [staff_no for staff_no, post in posts.items() if post is not Post.ASSISTANT]
    load: Counter[str] = Counter(owners[bed] for bed in owners if owners[bed] in able)
    covers = []
    for bed, team in bed_teams(book).items():
        if owners[bed] in able:
            covers.append(Cover(day, bed, owners[bed], HolderKind.OWNER))
            continue
        own = [s for s in able if s in roles and roles[s].team == team] or able
        lead = [s for s in own if posts[s] is Post.LEADER and load[s] < LEADER_BEDS]
        holder = (lead or sorted(own, key=lambda s: (load[s], s)))[0]
        load[holder] += 1
        covers.append(Cover(day, bed, holder, _kind(roles.get(holder), team)))
    return covers


def _kind(membership: Membership | None, team: int) -> HolderKind:
    is_own = membership is not None and membership.team == team
    return _KINDS[membership.role] if membership is not None and is_own else HolderKind.OTHER_TEAM


def _owners(book: WardBook, nurses: Mapping[str, Nurse]) -> dict[str, str]:
    """Give each bed the member of its team who owns it, one after another; no beginner owns a bed."""
    members: dict[int, list[str]] = {team.number: [] for team in book.teams}
    for membership in book.memberships:
        is_beginner = ladder_level(nurses[membership.staff_no], MONTHS[0].first) < Level.N1
        if membership.role is Role.MEMBER and not is_beginner:
            members[membership.team].append(membership.staff_no)
    taken: Counter[int] = Counter()
    owners = {}
    for bed, team in bed_teams(book).items():
        owners[bed] = members[team][taken[team] % len(members[team])]
        taken[team] += 1
    return owners
