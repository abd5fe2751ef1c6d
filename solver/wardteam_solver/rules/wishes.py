"""Wishes: days off, shifts wanted, shifts not wanted, each by its points."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Limit, Limits
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule
from wardteam_solver.rules.terms import request_fact


@dataclass(frozen=True, kw_only=True)
class Wishes(Rule):
    """Each wish is granted; one that isn't costs its points."""

    def limits(self, problem: Problem) -> Limits:
        """Ask for each wish's fact, or its absence."""
        for request in problem.requests:
            wanted = int(request.wants)
            about = About((request.nurse,), (request.day,), detail=str(request.points))
            terms = ((1, request_fact(problem, request)),)
            yield Limit(terms, wanted, wanted, about, below=request.points, above=request.points)
