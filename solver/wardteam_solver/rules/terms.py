"""Terms and limits that more than one rule is written with; no rule knows another one."""

from __future__ import annotations

from wardteam_solver.limits import About, AnyOf, Fact, Limits, On, Options, Term, at_most
from wardteam_solver.problem import Need, Problem, Request, ShiftSpec


def need_terms(problem: Problem, need: Need) -> tuple[Term, ...]:
    """Give the terms that count the nurses who fill a need."""
    people = problem.everyone if need.people is None else need.people
    return tuple((1, On(n, need.day, need.options)) for n in people)


def need_about(need: Need) -> About:
    """Say what a need is about."""
    return About(days=(need.day,), shift=need.shift, team=need.team, detail=need.detail)


def weekend_worked(problem: Problem, nurse: int, weekend: tuple[int, ...]) -> Fact:
    """Fact: there is duty in the weekend's columns."""
    return AnyOf(tuple(problem.works(nurse, day) for day in weekend))


def worked_on_date(problem: Problem, nurse: int, day: int) -> Fact:
    """Fact: she is on duty on a date, by the real moments: a night counts where it is worked."""
    today = frozenset(k for k in problem.duty if not _begins_next_day(problem.shift_of(k)))
    here = On(nurse, day, today)
    if not problem.overnight or day - 1 < -problem.tail_length:
        return here
    return AnyOf((here, On(nurse, day - 1, problem.overnight)))


def _begins_next_day(shift: ShiftSpec) -> bool:
    return bool(shift.segments) and shift.segments[0][0] >= 1440


def request_fact(problem: Problem, request: Request) -> Fact:
    """Fact that a request is about; a wished day off isn't the day a night ends on."""
    if request.is_day_off:
        return problem.unfree(request.nurse, request.day)
    return On(request.nurse, request.day, request.options)


def forbid_followers(nurse: int, day: int, first: Options, followers: Options, about: About) -> Limits:
    """Limit two days so that none of `followers` comes on the day after `first`."""
    if followers:
        yield at_most(((1, On(nurse, day, first)), (1, On(nurse, day + 1, followers))), 1, about)
