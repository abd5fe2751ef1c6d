"""Plan who owns which beds for a ward's book, and write a plan into the book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from wardteam.domain.calendar import Period
from wardteam.domain.documents import OwnerCap
from wardteam.domain.ladder import ladder_level
from wardteam.domain.people import Level, Nurse, RestrictionKind
from wardteam.domain.plans import BedPlan
from wardteam.domain.shifts import Post
from wardteam.domain.teams import Role
from wardteam.domain.ward import WardBook
from wardteam.errors import BadInput, Finding, Message
from wardteam.services.census import census
from wardteam_solver.beds import BedCase, Owner, assign_beds
from wardteam_solver.lexicographic import SolveLimits

PLAN_DAYS = 28
LONG_LEAVE_SHARE = 2
"""Who is away for more than one day in this many of the period owns no beds."""


def plan_beds(
    book: WardBook, *, on: date, seed: int = 0, workers: int = 1, time_limit: float = 20
) -> BedPlan:
    """Propose an owner for every bed from the census of a date; the book is not changed.

    Raises
    ------
    BadInput
        If the ward has no beds, or nobody in a team who may own one.
    """
    case = _case(book, on)
    if case is None:
        problem = Message("Beds need teams first, with nurses who may own beds; none were found.")
        raise BadInput((Finding(book.ward.code, problem),))
    return assign_beds(case, SolveLimits(seed, workers, time_limit))


def apply_beds(book: WardBook, plan: BedPlan, on: date) -> WardBook:
    """Give the book with the plan's owners from `on`; ownerships that change end the day before."""
    wanted = {o.bed: o.staff_no for o in plan.ownerships}
    kept, same = [], set()
    for ownership in book.ownerships:
        if ownership.end is not None and ownership.end < on:
            kept.append(ownership)
        elif ownership.holds(on) and wanted.get(ownership.bed) == ownership.staff_no:
            kept.append(replace(ownership, end=None))
            same.add(ownership.bed)
        elif ownership.start < on:
            kept.append(replace(ownership, end=on - timedelta(days=1)))
    new = tuple(replace(o, start=on) for o in plan.ownerships if o.bed not in same)
    return replace(book, ownerships=(*kept, *new))


def owner_caps(book: WardBook, on: date) -> dict[str, OwnerCap]:
    """Give how much each nurse may own whom the planner would choose as an owner on a date."""
    return {
        owner.staff_no: OwnerCap(owner.least, owner.most, counts_beds=owner.post is Post.LEADER)
        for team, candidates in _candidates(book, on).items()
        for owner in _owners(book, on, team, candidates)
    }


def _case(book: WardBook, on: date) -> BedCase | None:
    chosen, spare = list[Owner](), dict[int, tuple[str, ...]]()
    for team, candidates in sorted(_candidates(book, on).items()):
        owners = _owners(book, on, team, candidates)
        chosen += owners
        taken = {owner.staff_no for owner in owners}
        spare[team] = tuple(n.name for n in candidates if n.staff_no not in taken)
    if not chosen or not book.beds:
        return None
    present = {bed.code: owner for bed in book.beds if (owner := book.owner(bed.code, on)) is not None}
    homes = {bed: book.membership(owner, on) for bed, owner in present.items()}
    return BedCase(
        on=on,
        beds=census(book, on),
        owners=tuple(chosen),
        present=present,
        home={bed: membership.team for bed, membership in homes.items() if membership is not None},
        spare=spare,
    )


def _candidates(book: WardBook, on: date) -> dict[int, list[Nurse]]:
    """Give, by team, who may own beds, the first choice first."""
    owners = {o.staff_no for o in book.ownerships if o.holds(on)}
    by_day = set(_bound_to_days(book, on))
    found = defaultdict[int, list[Nurse]](list)
    for nurse in book.staff(on):
        membership = book.membership(nurse.staff_no, on)
        if membership is not None and _may_own(book, nurse, on):
            found[membership.team].append(nurse)

    def preference(nurse: Nurse) -> tuple[bool, bool, int, int, str]:
        level = ladder_level(nurse, on)
        is_owner = nurse.staff_no in owners
        return (not is_owner, nurse.staff_no not in by_day, -level, -nurse.ability, nurse.staff_no)

    return {team: sorted(nurses, key=preference) for team, nurses in found.items()}


def _owners(book: WardBook, on: date, team: int, candidates: list[Nurse]) -> list[Owner]:
    """Choose the leader (else the deputy in her place) and the responsible nurses with beds."""
    caps = book.settings.caps
    roles = {m.staff_no: m.role for m in book.memberships if m.holds(on) and m.team == team}
    heads = [n for role in (Role.LEADER, Role.DEPUTY) for n in candidates if roles.get(n.staff_no) is role]
    leader = heads[:1]
    others = [n for n in candidates if n not in leader][: book.settings.owners_by_team]
    return [
        *(_owner(n, on, team, Post.LEADER, caps.leader_base) for n in leader),
        *(_owner(n, on, team, Post.RESPONSIBLE, caps.responsible_base) for n in others),
    ]


def _owner(nurse: Nurse, on: date, team: int, post: Post, base: tuple[int, int]) -> Owner:
    return Owner(nurse.staff_no, nurse.name, team, post, ladder_level(nurse, on), *base)


def _may_own(book: WardBook, nurse: Nurse, on: date) -> bool:
    """Whether she is registered, not in her first year or supervised, mostly here, and works by day."""
    mine = [r for r in book.restrictions if r.staff_no == nurse.staff_no and r.holds(on)]
    barred = {r.shift for r in mine if r.kind is RestrictionKind.NO_SHIFT}
    holding = {shift.code for shift in book.shifts if shift.holds_beds}
    return (
        nurse.may_practise(on)
        and ladder_level(nurse, on) > Level.N0
        and not any(r.kind is RestrictionKind.SUPERVISED for r in mine)
        and not (holding and holding <= barred)
        and not _is_long_away(book, nurse, on)
    )


def _is_long_away(book: WardBook, nurse: Nurse, on: date) -> bool:
    last = book.period.last if book.period is not None and on in book.period else None
    period = Period(on, last or on + timedelta(days=PLAN_DAYS - 1))
    leaves = [leave for leave in book.leaves if leave.staff_no == nurse.staff_no]
    away = sum(any(leave.includes(day) for leave in leaves) for day in period)
    return away * LONG_LEAVE_SHARE > len(period)


def _bound_to_days(book: WardBook, on: date) -> Iterator[str]:
    """Give those whom a restriction keeps from nights: they are on the ward by day, when beds are held."""
    kinds = (RestrictionKind.PREGNANCY, RestrictionKind.NURSING_MOTHER, RestrictionKind.NO_NIGHTS)
    return (r.staff_no for r in book.restrictions if r.kind in kinds and r.holds(on))
