"""Skill mix (能级搭配): a senior nurse on each double-staffed shift, never two first-year nurses together."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Limits, On, at_least, at_most
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule


@dataclass(frozen=True, kw_only=True)
class Seniority(Rule):
    """At least one nurse of the shift's senior level on each shift that asks for one."""

    at_least: int = 1

    def limits(self, problem: Problem) -> Limits:
        """Count the seniors on each shift and day."""
        for shift in problem.shifts:
            if shift.minimum_senior is None:
                continue
            seniors = [n for n in problem.everyone if problem.people[n].level >= shift.minimum_senior]
            for day in problem.days:
                terms = tuple((1, On(n, day, problem.by_code[shift.code])) for n in seniors)
                about = About(days=(day,), shift=shift.code, detail=f"N{shift.minimum_senior}")
                yield at_least(terms, self.at_least, about)


@dataclass(frozen=True, kw_only=True)
class FirstYearsApart(Rule):
    """Never two nurses of the first year together on such a shift."""

    at_most: int = 1

    def limits(self, problem: Problem) -> Limits:
        """Count the first-year nurses on each shift and day."""
        juniors = [n for n in problem.everyone if problem.people[n].is_first_year]
        for shift in problem.shifts:
            if shift.minimum_senior is None or len(juniors) <= self.at_most:
                continue
            for day in problem.days:
                terms = tuple((1, On(n, day, problem.by_code[shift.code])) for n in juniors)
                about = About(nurses=tuple(juniors), days=(day,), shift=shift.code)
                yield at_most(terms, self.at_most, about)
