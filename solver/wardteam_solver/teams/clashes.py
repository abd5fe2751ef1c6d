"""Which requirements clash, in words with names, and what would help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wardteam.domain.teams import Role
from wardteam.errors import Message
from wardteam_solver.lexicographic import SolveLimits, Stage, is_impossible, minimise_in_stages
from wardteam_solver.teams.case import Need, Requirement, TeamCase, requirements
from wardteam_solver.teams.model import build_model, ranked

_TRIAL_SECONDS = 2.0
_TRIALS = 12


def arithmetic_notes(case: TeamCase) -> tuple[Message, ...]:
    """Say what counting alone shows: too few who may lead or deputise, too many pinned in one team."""
    return (*_too_few_leaders(case), *_too_few_deputies(case), *_too_many_pins(case))


def clashing(case: TeamCase, limits: SolveLimits) -> tuple[Requirement, ...]:
    """Give a smallest set of requirements that can't all hold, confirmed; empty where all can.

    Deletion: a requirement whose absence leaves the rest impossible takes no part in the clash.
    """
    core = list(requirements(case))
    if not is_impossible(build_model(case, core).model, limits):
        return ()
    trial = SolveLimits(limits.seed, limits.workers, _TRIAL_SECONDS)
    for need in requirements(case)[::-1]:
        rest = [other for other in core if other != need]
        if is_impossible(build_model(case, rest).model, trial):
            core = rest
    return tuple(core)


def clash_notes(
    case: TeamCase,
    core: Sequence[Requirement],
    given_up: Iterable[tuple[Requirement, int]],
    limits: SolveLimits,
) -> tuple[Message, ...]:
    """Word the clash, what the proposal gave up for now, and which single change would really free it."""
    trial = SolveLimits(limits.seed, limits.workers, _TRIAL_SECONDS)
    everything = requirements(case)
    freeing = [
        need
        for need in core[:_TRIALS]
        if need.staff
        and not is_impossible(build_model(case, [n for n in everything if n != need]).model, trial)
    ]
    notes = [Message("These can't all hold: {reasons}.", reasons=tuple(worded(case, n) for n in core))]
    notes += [_given_up(case, need, team) for need, team in given_up]
    if freeing:
        ways = tuple(worded(case, need) for need in freeing)
        notes.append(Message("Giving up any one of these would be enough: {ways}.", ways=ways))
    return tuple(notes)


def imbalance_notes(case: TeamCase, cost: int, limits: SolveLimits) -> tuple[Message, ...]:
    """Name the pins and pairs that make the teams less even than they could be."""
    trial = SolveLimits(limits.seed, limits.workers, _TRIAL_SECONDS)
    fixed = [need for need in requirements(case) if need.staff]
    posts = [need for need in requirements(case) if not need.staff]
    if not fixed or _best_balance(case, posts, trial) >= cost:
        return ()
    guilty = [
        need
        for need in fixed[:_TRIALS]
        if _best_balance(case, [*posts, *(n for n in fixed if n != need)], trial) < cost
    ]
    if not guilty:
        return (Message("The pins and pairs together make the teams less even than they could be."),)
    ways = tuple(worded(case, need) for need in guilty)
    return (Message("The teams would be more even without one of these: {ways}.", ways=ways),)


def worded(case: TeamCase, need: Requirement) -> Message:
    """Put one requirement into words with names."""
    names = case.names(need.staff)
    match need.need:
        case Need.LEADER:
            return Message(
                "each of {teams} teams needs a leader who qualifies ({count} do: {names})",
                teams=len(case.teams),
                count=len(case.leaders),
                names=case.names(case.leaders),
            )
        case Need.DEPUTY:
            return Message("each of {teams} teams needs a deputy who qualifies", teams=len(case.teams))
        case Need.PIN:
            return Message("{name} pinned to team {team}", name=names[0], team=case.present[need.staff[0]])
        case Need.TOGETHER:
            return Message("{first} and {second} kept together", first=names[0], second=names[1])
        case Need.APART:
            return Message("{first} and {second} kept apart", first=names[0], second=names[1])


def _best_balance(case: TeamCase, needs: Sequence[Requirement], limits: SolveLimits) -> int:
    built = build_model(case, needs)
    result = minimise_in_stages(built.model, [Stage("balance", built.balance)], limits)
    found = result.stages[0].objective
    return found if found is not None else 1 << 30


def _given_up(case: TeamCase, need: Requirement, team: int) -> Message:
    match need.need:
        case Need.LEADER:
            return Message("Team {team} has no leader who qualifies; its deputy leads for now.", team=team)
        case Need.DEPUTY:
            return Message("Team {team} has no deputy who qualifies.", team=team)
        case _:
            return Message("Given up for now: {requirement}.", requirement=worded(case, need))


def _too_few_leaders(case: TeamCase) -> list[Message]:
    teams, count = len(case.teams), len(case.leaders)
    if count >= teams:
        return []
    nearest = [n.name for n in ranked(case.nurses) if n.staff_no not in case.leaders][: teams - count]
    if not count:
        return [
            Message(
                "{teams} teams need a leader each, and no nurse qualifies. "
                "The nearest to qualifying: {nearest}.",
                teams=teams,
                nearest=tuple(nearest),
            )
        ]
    return [
        Message(
            "{teams} teams need {teams} leaders, and {count} nurses qualify ({names}): {missing} too few. "
            "{count} teams would work; or qualify the nearest: {nearest}.",
            teams=teams,
            count=count,
            names=case.names(case.leaders),
            missing=teams - count,
            nearest=tuple(nearest),
        )
    ]


def _too_few_deputies(case: TeamCase) -> list[Message]:
    teams = len(case.teams)
    needed = teams + min(teams, len(case.leaders))
    count = len(case.leaders | case.deputies)
    if count >= needed:
        return []
    nearest = [n.name for n in ranked(case.nurses) if n.staff_no not in case.leaders | case.deputies]
    return [
        Message(
            "{teams} teams need a leader and a deputy each, and {count} nurses qualify for either: {missing} "
            "too few. The nearest to qualifying: {nearest}.",
            teams=teams,
            count=count,
            missing=needed - count,
            nearest=tuple(nearest[: needed - count]),
        )
    ]


def _too_many_pins(case: TeamCase) -> list[Message]:
    most = -(-len(case.nurses) // len(case.teams))
    notes = []
    for team in case.teams:
        pinned = [s for s in case.pinned if case.present[s] == team]
        if len(pinned) > most:
            notes.append(
                Message(
                    "{count} nurses are pinned to team {team} ({names}), at most {most} fit: release {over}.",
                    count=len(pinned),
                    team=team,
                    names=case.names(pinned),
                    most=most,
                    over=len(pinned) - most,
                )
            )
    return notes


def misplaced_pins(case: TeamCase) -> tuple[Message, ...]:
    """Name those who are pinned as leader or deputy and don't qualify."""
    qualified = {Role.LEADER: case.leaders, Role.DEPUTY: case.deputies}
    return tuple(
        Message("{name} is pinned as {role} and does not qualify.", name=case.name(s), role=case.roles[s])
        for s in sorted(case.pinned)
        if s in case.roles and s not in qualified[case.roles[s]]
    )
