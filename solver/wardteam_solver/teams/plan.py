"""The one door to the team planner: a case in, a proposal with its reasons out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from wardteam.domain.ladder import ladder_level
from wardteam.domain.people import Nurse
from wardteam.domain.plans import Move, TeamPlan
from wardteam.domain.teams import Membership, Role
from wardteam.errors import Message, WardteamError
from wardteam_solver.lexicographic import (
    DEFAULT_LIMITS,
    SolveLimits,
    StagedResult,
    minimise_in_stages,
    record_of,
)
from wardteam_solver.teams.case import Requirement, TeamCase, requirements
from wardteam_solver.teams.clashes import (
    arithmetic_notes,
    clash_notes,
    clashing,
    imbalance_notes,
    misplaced_pins,
)
from wardteam_solver.teams.measures import balance_table
from wardteam_solver.teams.model import TeamModel, build_model, ranked, stages

Members = Mapping[int, tuple[str, ...]]
Posts = Mapping[int, tuple[str | None, str | None]]


def balance_teams(case: TeamCase, limits: SolveLimits = DEFAULT_LIMITS) -> TeamPlan:
    """Divide the nurses into even, balanced teams with as few moves as possible.

    Requirements that clash are named in the plan's notes, and the cheapest of them are given up.
    """
    core = clashing(case, limits)
    built = build_model(case, requirements(case), may_break=bool(core))
    result = _solve(case, built, limits)
    members = _members(case, built, result)
    posts = {t: _choose_posts(case, t, members[t]) for t in case.teams}
    moves = _moves(case, members)
    return TeamPlan(
        on=case.on,
        teams=case.teams,
        memberships=tuple(_memberships(case, members, posts)),
        balance=balance_table(case, members),
        reasons=_reasons(case, members, posts),
        moves=moves,
        notes=_notes(case, built, result, core, limits),
        record=record_of("teams", [result], limits, {"moves": float(len(moves))}),
    )


def _solve(case: TeamCase, built: TeamModel, limits: SolveLimits) -> StagedResult:
    hint = {
        flag.index: int(case.present[s] == t) for (s, t), flag in built.is_in.items() if s in case.present
    }
    result = minimise_in_stages(built.model, stages(case, built), limits, hint=hint)
    if not result.values:
        raise WardteamError(Message("No teams were found within {seconds} s.", seconds=limits.time_limit))
    return result


def _members(case: TeamCase, built: TeamModel, result: StagedResult) -> Members:
    return {
        t: tuple(n.staff_no for n in case.nurses if result.is_true(built.is_in[n.staff_no, t]))
        for t in case.teams
    }


def _choose_posts(case: TeamCase, team: int, members: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Choose leader and deputy together: today's if they can stay, else the most senior who qualify."""
    order = {n.staff_no: rank for rank, n in enumerate(ranked(case.nurses))}
    leaders: list[str | None] = [None, *(s for s in members if s in case.leaders)]
    deputies: list[str | None] = [None, *(s for s in members if s in case.deputies)]

    def price(staff_no: str | None, role: Role) -> tuple[bool, bool, bool, int]:
        if staff_no is None:
            return (True, True, True, 0)
        is_hers = case.roles.get(staff_no) is role
        stays = is_hers and case.present.get(staff_no) == team
        return (False, not (stays and staff_no in case.pinned), not stays, order[staff_no])

    def both(pair: tuple[str | None, str | None]) -> tuple[tuple[int, int], ...]:
        return tuple(zip(price(pair[0], Role.LEADER), price(pair[1], Role.DEPUTY), strict=True))

    return min(((a, b) for a, b in product(leaders, deputies) if a is None or a != b), key=both)


def _memberships(case: TeamCase, members: Members, posts: Posts) -> Iterable[Membership]:
    for team in case.teams:
        leader, deputy = posts[team]
        for staff_no in members[team]:
            role = {leader: Role.LEADER, deputy: Role.DEPUTY}.get(staff_no, Role.MEMBER)
            yield Membership(staff_no, team, role, case.on, is_pinned=staff_no in case.pinned)


def _moves(case: TeamCase, members: Members) -> tuple[Move, ...]:
    home = {s: t for t, mates in members.items() for s in mates}
    changed = [
        n.staff_no for n in case.nurses if case.present.get(n.staff_no, home[n.staff_no]) != home[n.staff_no]
    ]
    return tuple(Move(s, case.present[s], home[s]) for s in changed)


def reasons_for(case: TeamCase, memberships: Iterable[Membership]) -> dict[str, tuple[Message, ...]]:
    """Say why leaders and deputies of given teams qualify; the case's own teams are those before them.

    Who holds a role without qualifying for it has no reasons.
    """
    given = tuple(memberships)
    members = {t: tuple(m.staff_no for m in given if m.team == t) for t in case.teams}
    roles = {(m.team, m.role): m.staff_no for m in given}
    posts = {
        t: (
            _if_among(roles.get((t, Role.LEADER)), case.leaders),
            _if_among(roles.get((t, Role.DEPUTY)), case.deputies),
        )
        for t in case.teams
    }
    return _reasons(case, members, posts)


def _if_among(staff_no: str | None, qualified: frozenset[str]) -> str | None:
    return staff_no if staff_no in qualified else None


def _reasons(case: TeamCase, members: Members, posts: Posts) -> dict[str, tuple[Message, ...]]:
    nurses = {n.staff_no: n for n in case.nurses}
    reasons = {}
    for team, pair in posts.items():
        for staff_no, role, qualified in zip(
            pair, (Role.LEADER, Role.DEPUTY), (case.leaders, case.deputies), strict=True
        ):
            if staff_no is not None:
                rivals = [s for s in members[team] if s in qualified and s not in pair]
                reasons[staff_no] = _why(case, nurses[staff_no], role, team, rivals)
    return reasons


def _why(case: TeamCase, nurse: Nurse, role: Role, team: int, rivals: list[str]) -> tuple[Message, ...]:
    rule = {
        Role.LEADER: Message("Qualifies as team leader: nurse-in-charge or above, registered here."),
        Role.DEPUTY: Message("Qualifies as deputy leader: senior nurse or above, level N2 or higher."),
    }[role]
    facts = Message(
        "{title}, level {level}, {years} years of service, ability {ability} of 5.",
        title=nurse.title,
        level=ladder_level(nurse, case.on),
        years=nurse.service_years(case.on),
        ability=nurse.ability,
    )
    choice = _choice(case, nurse, role, team, rivals)
    return (rule, facts) if choice is None else (rule, facts, choice)


def _choice(case: TeamCase, nurse: Nurse, role: Role, team: int, rivals: list[str]) -> Message | None:
    """Say why she rather than the others; None where that was people's choice, against seniority."""
    if case.roles.get(nurse.staff_no) is role and case.present.get(nurse.staff_no) == team:
        return Message("Has this role in this team already, and keeps it.")
    if not rivals:
        return Message("The only one in the team who qualifies and is free for the role.")
    among = {nurse.staff_no, *rivals}
    if next(n.staff_no for n in ranked(case.nurses) if n.staff_no in among) != nurse.staff_no:
        return None
    return Message(
        "Senior by title and service to the others in the team who qualify: {names}.",
        names=case.names(rivals),
    )


def _notes(
    case: TeamCase,
    built: TeamModel,
    result: StagedResult,
    core: tuple[Requirement, ...],
    limits: SolveLimits,
) -> tuple[Message, ...]:
    counted = (*arithmetic_notes(case), *misplaced_pins(case))
    if core:
        given_up = [key for key, flag in built.broken.items() if result.is_true(flag)]
        return (*counted, *clash_notes(case, core, given_up, limits))
    cost = next(stage.objective for stage in result.stages if stage.name == "balance")
    return counted if cost is None else (*counted, *imbalance_notes(case, cost, limits))
