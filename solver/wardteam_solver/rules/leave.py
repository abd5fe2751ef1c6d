"""Granted leave is kept: no duty on its dates, and none that reaches into them."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Limit, Limits, at_most
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule


@dataclass(frozen=True, kw_only=True)
class GrantedLeave(Rule):
    """No duty on a date of granted leave, nor a night before it that ends on it."""

    def limits(self, problem: Problem) -> Limits:
        """Forbid duty on each date of leave."""
        for nurse in self.nurses(problem):
            for day, kind in sorted(problem.people[nurse].leave.items()):
                if day in problem.days and not _was_night_before(problem, nurse, day):
                    about = About(nurses=(nurse,), days=(day,), detail=kind)
                    yield at_most(((1, problem.busy(nurse, day)),), 0, about)


def _was_night_before(problem: Problem, nurse: int, day: int) -> bool:
    """Whether last month's roster already ended with a night before the leave: nothing to be done."""
    if day != 0 or not problem.tail_length or problem.tail[nurse][-1] < 0:
        return False
    return problem.shifts[problem.tail[nurse][-1]].ends_next_day


@dataclass(frozen=True, kw_only=True)
class LeaveEntitlement(Rule):
    """Annual leave granted in the period doesn't pass what is left of the year's."""

    def limits(self, problem: Problem) -> Limits:
        """Compare the granted days with what is left: a limit without terms."""
        for nurse in self.nurses(problem):
            person = problem.people[nurse]
            granted = sum(1 for day, kind in person.leave.items() if kind == "annual" and day in problem.days)
            if person.annual_leave_left is not None and granted:
                yield Limit((), granted - person.annual_leave_left, None, About(nurses=(nurse,)))
