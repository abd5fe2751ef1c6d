"""Violations and limits in words: the rule's sentence, filled with names and dates."""

from __future__ import annotations

from wardteam.errors import Message
from wardteam_solver.check import Violation
from wardteam_solver.limits import About
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule


def say(problem: Problem, violation: Violation) -> Message:
    """Put a violation into the rule's words."""
    limit = violation.limit
    numbers = {"found": violation.found, "low": limit.low, "high": limit.high, "amount": violation.amount}
    return say_about(problem, violation.rule, limit.about, **numbers)


def say_about(problem: Problem, rule: Rule, about: About, **numbers: int | None) -> Message:
    """Put what a limit is about into the rule's words."""
    days = tuple(problem.date_of(day) for day in about.days)
    return Message(
        rule.words,
        nurse=tuple(problem.people[n].name or problem.people[n].key for n in about.nurses),
        day=days[0] if days else "",
        first=days[0] if days else "",
        last=days[-1] if days else "",
        shift=shift_name(problem, about.shift),
        team="" if about.team is None else Message("team {number}", number=about.team),
        detail=about.detail,
        where=where(problem, about),
        **{key: "" if value is None else value for key, value in numbers.items()},
    )


def where(problem: Problem, about: About) -> str | Message:
    """Say which shift, of which team and post, a limit is about."""
    shift = shift_name(problem, about.shift)
    if about.team is None:
        return shift
    if about.detail:
        text = "{shift} of team {team} ({post})"
        return Message(
            text, shift=shift, team=about.team, post=Message(POSTS.get(about.detail, about.detail))
        )
    return Message("{shift} of team {team}", shift=shift, team=about.team)


POSTS = {"leader": "leader's post", "responsible": "responsible nurse's post"}


def shift_name(problem: Problem, code: str) -> str | Message:
    """Give the shift's own name, which the ward has in both languages, or its code."""
    for shift in problem.shifts:
        if shift.code == code:
            return shift.name or code
    return code
