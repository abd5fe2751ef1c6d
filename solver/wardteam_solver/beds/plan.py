"""The one door to the bed planner: a case in, ownership with its loads and misfits out."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from wardteam.domain.beds import Ownership
from wardteam.domain.plans import BedPlan, OwnerLoad
from wardteam.errors import Message, WardteamError
from wardteam_solver.beds.case import BedCase, BedState, Owner, active_owners, is_optional
from wardteam_solver.beds.fit import fit_notes
from wardteam_solver.beds.owners import beds_to_owners
from wardteam_solver.beds.rooms import rooms_to_teams
from wardteam_solver.lexicographic import DEFAULT_LIMITS, SolveLimits, StagedResult, record_of


def assign_beds(case: BedCase, limits: SolveLimits = DEFAULT_LIMITS) -> BedPlan:
    """Give every bed an owner; where limits can't be kept the plan is the nearest, and says so."""
    codes = tuple(bed.code for bed in case.beds)
    rooms = rooms_to_teams(case, limits)
    if rooms is None:
        raise WardteamError(Message("No bed plan was found within {seconds} s.", seconds=limits.time_limit))
    results, owner_of, active = [rooms.result], dict[str, str](), list[Owner]()
    for team in case.teams:
        if rooms.beds[team]:
            owners, found, result = _own(case, team, rooms.beds[team], limits)
            owner_of |= found
            results.append(result)
            active += owners
        else:
            active += active_owners(case.team_owners(team), ())
    loads = tuple(_load(case, owner, owner_of) for owner in active)
    notes = fit_notes(case, rooms.beds, loads)
    return BedPlan(
        on=case.on,
        ownerships=tuple(Ownership(b, owner_of[b], case.on) for b in codes if b in owner_of),
        owners=loads,
        room_teams=_room_teams(rooms.beds),
        changes=tuple(b for b, s in owner_of.items() if case.present.get(b, s) != s),
        unowned=tuple(b for b in codes if b not in owner_of),
        is_fitting=not notes,
        notes=notes,
        record=record_of("beds", results, limits, {"beds": float(len(case.beds))}),
    )


def _own(
    case: BedCase, team: int, beds: tuple[BedState, ...], limits: SolveLimits
) -> tuple[tuple[Owner, ...], dict[str, str], StagedResult]:
    """Give one team's beds to its owners, without its last optional owner where that fits better."""
    owners = active_owners(case.team_owners(team), beds)
    found, result = beds_to_owners(case, beds, owners, limits)
    if is_optional(owners) and result.stages[0].objective:
        fewer, fewer_result = beds_to_owners(case, beds, owners[:-1], limits)
        if (fewer_result.stages[0].objective or 0) < result.stages[0].objective:
            return owners[:-1], fewer, fewer_result
    return owners, found, result


def _load(case: BedCase, owner: Owner, owner_of: Mapping[str, str]) -> OwnerLoad:
    beds = [bed for bed in case.beds if owner_of.get(bed.code) == owner.staff_no]
    return OwnerLoad(
        staff_no=owner.staff_no,
        team=owner.team,
        post=owner.post,
        beds=tuple(bed.code for bed in beds),
        patients=sum(bed.is_occupied for bed in beds),
        load=sum(bed.load for bed in beds),
        most=owner.most,
    )


def _room_teams(shares: Mapping[int, tuple[BedState, ...]]) -> dict[str, tuple[int, ...]]:
    pairs = dict.fromkeys((bed.room, team) for team, beds in shares.items() for bed in beds)
    ordered = sorted(pairs)
    return {room: tuple(t for _, t in group) for room, group in groupby(ordered, key=lambda pair: pair[0])}
