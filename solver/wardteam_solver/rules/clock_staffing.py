"""Minimum staff against the clock: enough nurses on duty in every half-hour, whatever shifts they work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from wardteam_solver.limits import About, Limits, On, Options, Term, at_least
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule


@dataclass(frozen=True, kw_only=True)
class ClockStaffing(Rule):
    """At least so many nurses at any moment of the day; between two changes one limit is enough."""

    at_least: int = 2

    def limits(self, problem: Problem) -> Limits:
        """Count who is on duty between any two moments at which a shift begins or ends."""
        for day in problem.days:
            for start, end in _stretches(problem):
                if not _is_known(problem, day, start, end):
                    continue
                terms = _on_duty(problem, day, start, end)
                clock = f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"
                yield at_least(terms, self.at_least, About(days=(day,), detail=clock))


def _stretches(problem: Problem) -> Iterator[tuple[int, int]]:
    ends = {0, 1440}
    for shift in problem.shifts:
        for start, end in shift.segments if shift.is_duty else ():
            ends |= {start - 1440 * (start > 1440), end - 1440 * (end > 1440)}
    return pairwise(sorted(ends))


def _is_known(problem: Problem, day: int, start: int, end: int) -> bool:
    """Whether nobody could come from a day before the known tail."""
    return day - 1 >= -problem.tail_length or not _covering(problem, start + 1440, end + 1440)


def _on_duty(problem: Problem, day: int, start: int, end: int) -> tuple[Term, ...]:
    today = _covering(problem, start, end)
    before = _covering(problem, start + 1440, end + 1440)
    return tuple(
        (1, On(nurse, which, options))
        for which, options in ((day, today), (day - 1, before))
        if options
        for nurse in problem.everyone
    )


def _covering(problem: Problem, start: int, end: int) -> Options:
    return frozenset(
        k
        for k in problem.duty
        if any(first <= start and end <= last for first, last in problem.shift_of(k).segments)
    )
