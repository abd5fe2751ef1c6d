"""What doesn't fit in a bed plan, by how much, and the smallest changes that would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wardteam.domain.plans import OwnerLoad
from wardteam.domain.shifts import Post
from wardteam.errors import Message
from wardteam_solver.beds.case import LEAST_RESPONSIBLE, BedCase, BedState, Owner

Shares = Mapping[int, tuple[BedState, ...]]


def fit_notes(case: BedCase, shares: Shares, loads: Sequence[OwnerLoad]) -> tuple[Message, ...]:
    """State every misfit; an empty answer means that everything fits.

    What the ward as a whole has too many or too few of is said once, not again team by team.
    """
    return (
        *(_ward_over(case) or [n for team in case.teams for n in _team_over(case, shares, team)]),
        *(_ward_under(case) or [n for team in case.teams for n in _team_under(case, shares, team)]),
        *_owners_over_cap(case, loads),
        *_owners_with_few(case, shares, loads),
        *_levels_too_low(case, loads),
    )


def _ward_over(case: BedCase) -> list[Message]:
    places = sum(case.most(t) for t in case.teams)
    over = len(case.beds) - places
    if over <= 0:
        return []
    said = Message(
        "The ward has {beds} beds and its owners have places for {places}: {over} too many.",
        beds=len(case.beds),
        places=places,
        over=over,
    )
    return [said, *_ways_out(_ways_up(case, over))]


def _ways_out(ways: list[Message]) -> list[Message]:
    if len(ways) > 1:
        return [Message("Any one of these would do: {ways}.", ways=tuple(ways))]
    return [Message("This would do: {way}.", way=way) for way in ways]


def _ways_up(case: BedCase, over: int) -> list[Message]:
    cap = max((o.most for o in case.owners if o.post is not Post.LEADER), default=0)
    holders = sum(o.post is not Post.LEADER for o in case.owners)
    spare = [name for team in case.teams for name in case.spare.get(team, ())]
    ways = []
    if cap and len(spare) >= -(-over // cap):
        wanted = -(-over // cap)
        ways.append(
            Message("{count} more owners (such as {names})", count=wanted, names=tuple(spare[:wanted]))
        )
    if holders:
        ways.append(
            Message(
                "the cap of responsible nurses raised from {cap} to {raised} beds",
                cap=cap,
                raised=cap + -(-over // holders),
            )
        )
    ways.append(Message("{count} beds closed or lent to another ward", count=over))
    return ways


def _ward_under(case: BedCase) -> list[Message]:
    least = sum(case.least(t) for t in case.teams)
    patients = sum(bed.is_occupied for bed in case.beds)
    if patients >= least:
        return []
    each = max((o.least for o in case.owners if o.post is not Post.LEADER), default=1) or 1
    return [
        Message(
            "At {each} patients or more for each responsible nurse and {nurses} of them or more in each "
            "team, owners should have {least} patients; the ward has {patients}, {missing} too few. "
            "{fewer} owners fewer would do.",
            each=each,
            nurses=LEAST_RESPONSIBLE,
            patients=patients,
            least=least,
            missing=least - patients,
            fewer=-(-(least - patients) // each),
        )
    ]


def _team_over(case: BedCase, shares: Shares, team: int) -> list[Message]:
    over = len(shares[team]) - case.most(team)
    if over <= 0:
        return []
    said = Message(
        "Team {team} has {beds} beds and places for {places}: {over} too many.",
        team=team,
        beds=len(shares[team]),
        places=case.most(team),
        over=over,
    )
    ways = []
    cap = max((o.most for o in case.team_owners(team) if o.post is not Post.LEADER), default=0)
    spare = case.spare.get(team, ())
    if cap and len(spare) >= -(-over // cap):
        names = spare[: -(-over // cap)]
        ways.append(
            Message("{count} more owners in team {team} ({names})", count=len(names), team=team, names=names)
        )
    ways += [
        Message("{count} beds moved from team {team} to team {other}", count=over, team=team, other=other)
        for other in case.teams
        if case.most(other) - len(shares[other]) >= over
    ]
    return [said, *_ways_out(ways)]


def _team_under(case: BedCase, shares: Shares, team: int) -> list[Message]:
    patients = sum(bed.is_occupied for bed in shares[team])
    missing = case.least(team) - patients
    if missing <= 0:
        return []
    return [
        Message(
            "The owners of team {team} should have {least} patients or more; it has {patients}, "
            "{missing} too few.",
            team=team,
            patients=patients,
            least=case.least(team),
            missing=missing,
        )
    ]


def _owners_over_cap(case: BedCase, loads: Sequence[OwnerLoad]) -> list[Message]:
    """Name all who own more beds than their cap in one sentence, those with as many beds together."""
    names = {owner.staff_no: owner.name for owner in case.owners}
    over = [load for load in loads if load.is_over_cap]
    alike: dict[tuple[int, int], list[str]] = {}
    for load in over:
        alike.setdefault((len(load.beds), load.most), []).append(names[load.staff_no])
    owners = tuple(
        Message("{names} with {beds} beds (cap {most})", names=tuple(group), beds=beds, most=most)
        for (beds, most), group in alike.items()
    )
    return (
        [Message("Above the cap: {count} owners ({owners}).", count=len(over), owners=owners)] if over else []
    )


def _owners_with_few(case: BedCase, shares: Shares, loads: Sequence[OwnerLoad]) -> list[Message]:
    """Name owners below their least where their team has patients enough for all of them."""
    owners = {owner.staff_no: owner for owner in case.owners}
    needed = {t: sum(owners[o.staff_no].least for o in loads if o.team == t) for t in case.teams}
    return [
        Message(
            "{name} (team {team}) has {patients} patients, fewer than {least}.",
            name=owners[load.staff_no].name,
            team=load.team,
            patients=load.patients,
            least=owners[load.staff_no].least,
        )
        for load in loads
        if load.post is not Post.LEADER
        and load.patients < owners[load.staff_no].least
        and sum(bed.is_occupied for bed in shares[load.team]) >= needed[load.team]
    ]


def _levels_too_low(case: BedCase, loads: Sequence[OwnerLoad]) -> list[Message]:
    beds = {bed.code: bed for bed in case.beds}
    owners = {owner.staff_no: owner for owner in case.owners}
    return [
        _level_note(beds[code], owners[load.staff_no])
        for load in loads
        for code in load.beds
        if beds[code].minimum_level > owners[load.staff_no].level
    ]


def _level_note(bed: BedState, owner: Owner) -> Message:
    return Message(
        "Bed {bed} needs a nurse of level {level} or higher; nobody of team {team} with that level is free, "
        "so {name} ({own}) owns it.",
        bed=bed.code,
        level=bed.minimum_level,
        team=owner.team,
        name=owner.name,
        own=owner.level,
    )
