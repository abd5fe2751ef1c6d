"""Supervision (带教): a nurse under supervision works only beside a preceptor."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Limits, On, at_least
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule


@dataclass(frozen=True, kw_only=True)
class Supervision(Rule):
    """On every shift that she works, at least one preceptor works too."""

    def limits(self, problem: Problem) -> Limits:
        """Compare her with the preceptors, shift by shift."""
        preceptors = [n for n in problem.everyone if problem.people[n].is_preceptor]
        for nurse in self.nurses(problem):
            if not problem.people[nurse].is_supervised:
                continue
            for day in problem.days:
                for shift in problem.shifts:
                    if not shift.is_duty:
                        continue
                    options = problem.by_code[shift.code]
                    terms = tuple((1, On(p, day, options)) for p in preceptors if p != nurse)
                    about = About(nurses=(nurse,), days=(day,), shift=shift.code)
                    yield at_least((*terms, (-1, On(nurse, day, options))), 0, about)
