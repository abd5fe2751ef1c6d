"""Violations and limits in words: the rule's sentence, filled with names and dates."""

from __future__ import annotations

from collections.abc import Mapping

from wardteam.errors import Message, Named
from wardteam_solver.check import Violation
from wardteam_solver.limits import About
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule


def say(problem: Problem, violation: Violation) -> Message:
    """Put a violation into the rule's words."""
    limit, about = violation.limit, violation.limit.about
    totals = {"found": violation.found, "low": limit.low, "high": limit.high}
    shown = {key: "" if n is None else _shown(n + about.offset, about) for key, n in totals.items()}
    band = shown["low"] if limit.low == limit.high else Message("{low} to {high}", **_ends(shown))
    amount = _shown(violation.amount, about)
    return say_about(problem, violation.rule, about, amount=amount, band=band, **shown)


def _ends(shown: Mapping[str, object]) -> dict[str, object]:
    return {key: shown[key] for key in ("low", "high")}


def _shown(number: int, about: About) -> int | float:
    """Give hours where the limit counts minutes, else the number itself."""
    return number * about.unit_minutes / 60 if about.unit_minutes else number


def say_about(problem: Problem, rule: Rule, about: About, **numbers: object) -> Message:
    """Put what a limit is about into the rule's words."""
    days = tuple(problem.date_of(day) for day in about.days)
    return Message(
        rule.words,
        nurse=tuple(nurse_name(problem, n) for n in about.nurses),
        day=days[0] if days else "",
        first=days[0] if days else "",
        last=days[-1] if days else "",
        shift=shift_name(problem, about.shift),
        team="" if about.team is None else Message("team {number}", number=about.team),
        detail=post_name(about.detail) if about.detail in POSTS else about.detail,
        where=where(problem, about),
        **numbers,
    )


def where(problem: Problem, about: About) -> Named | Message:
    """Say which shift, of which team and post, a limit is about."""
    shift = shift_name(problem, about.shift)
    if about.team is None:
        return shift
    if about.detail:
        text = "{shift} of team {team} ({post})"
        return Message(text, shift=shift, team=about.team, post=post_name(about.detail))
    return Message("{shift} of team {team}", shift=shift, team=about.team)


POSTS = {
    "leader": "leader's post",
    "responsible": "responsible nurse's post",
    "assistant": "assistant's post",
}


def post_name(post: str) -> Named | Message:
    """Give the post's words, or the skill itself as published formats name it."""
    return Message(POSTS[post]) if post in POSTS else Named(post)


def nurse_name(problem: Problem, nurse: int) -> Named:
    """Give her name, or her key where she has none."""
    person = problem.people[nurse]
    return Named(person.name or person.key, person.name_en)


def shift_name(problem: Problem, code: str) -> Named:
    """Give the shift's own name, which the ward has in both languages, or its code."""
    for shift in problem.shifts:
        if shift.code == code:
            return Named(shift.name or code, shift.name_en)
    return Named(code)
