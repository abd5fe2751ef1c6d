"""Minimum staff of each shift, and the same for shifts that are to be double-staffed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wardteam_solver.limits import Limit, Limits, at_least
from wardteam_solver.problem import Need, Problem
from wardteam_solver.rules.base import Rule
from wardteam_solver.rules.terms import need_about, need_terms


@dataclass(frozen=True, kw_only=True)
class Staffing(Rule):
    """At least the minimum of nurses; what is missing is the shortage."""

    def needs(self, problem: Problem) -> Iterator[Need]:
        """Give the needs that have a minimum."""
        return (need for need in problem.needs if need.minimum > 0)

    def limits(self, problem: Problem) -> Limits:
        """Count the nurses on each need."""
        for need in self.needs(problem):
            terms = need_terms(problem, need)
            yield Limit(terms, need.minimum, None, need_about(need), below=need.below)


@dataclass(frozen=True, kw_only=True)
class DoubleStaffing(Staffing):
    """Straight-through, evening and night are at least double-staffed (双班制)."""

    at_least: int = 2

    def limits(self, problem: Problem) -> Limits:
        """Count the nurses on each double-staffed need, where its own minimum doesn't say so already."""
        for need in problem.needs:
            if need.is_double and need.minimum < self.at_least:
                yield at_least(need_terms(problem, need), self.at_least, need_about(need))
