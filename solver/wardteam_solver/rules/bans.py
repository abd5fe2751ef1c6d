"""Shifts that a nurse may not work: pregnancy, nursing, registration, and the ward's own bars."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Limits, On, at_most
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule


@dataclass(frozen=True, kw_only=True)
class Barred(Rule):
    """The bans that carry this rule's code are kept."""

    def limits(self, problem: Problem) -> Limits:
        """Forbid each barred shift on each of its days."""
        for nurse in self.nurses(problem):
            for ban in problem.people[nurse].bans:
                if ban.rule != self.code:
                    continue
                options = frozenset().union(*(problem.by_code[code] for code in ban.shifts))
                for day in ban.days if options else ():
                    if day not in problem.days:
                        continue
                    about = About(nurses=(nurse,), days=(day,))
                    yield at_most(((1, On(nurse, day, options)),), 0, about)


@dataclass(frozen=True, kw_only=True)
class PostSkill(Rule):
    """Nobody holds a post, or a skill, that she doesn't have."""

    def limits(self, problem: Problem) -> Limits:
        """Forbid the posts that a nurse may not hold."""
        posts = sorted({post for _, post in problem.options})
        for nurse in self.nurses(problem):
            for post in posts:
                if post in problem.people[nurse].posts:
                    continue
                for day in problem.days:
                    about = About(nurses=(nurse,), days=(day,), detail=post)
                    yield at_most(((1, On(nurse, day, problem.with_post(post))),), 0, about)
