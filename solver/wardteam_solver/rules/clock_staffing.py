"""Minimum staff against the clock: enough nurses on duty in every half-hour, whatever shifts they work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from wardteam_solver.limits import About, Limits, On, Term, at_least
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule

_HALF_HOUR = 30


@dataclass(frozen=True, kw_only=True)
class ClockStaffing(Rule):
    """At least so many nurses at any moment of the day; equal half-hours are one limit."""

    at_least: int = 2

    def limits(self, problem: Problem) -> Limits:
        """Count who is on duty between any two moments at which a shift begins or ends."""
        for day in problem.days:
            if day == 0 and not problem.tail_length:
                continue
            for start, end in _stretches(problem):
                terms = _on_duty(problem, day, start, end)
                clock = f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"
                yield at_least(terms, self.at_least, About(days=(day,), detail=clock))


def _stretches(problem: Problem) -> Iterator[tuple[int, int]]:
    ends = {0, 1440}
    for shift in problem.shifts:
        for start, end in shift.segments if shift.is_duty else ():
            ends |= {_half_hour(start), _half_hour(end)}
    return pairwise(sorted(ends))


def _half_hour(minute: int) -> int:
    inside = minute if minute <= 1440 else minute - 1440
    return inside // _HALF_HOUR * _HALF_HOUR


def _on_duty(problem: Problem, day: int, start: int, end: int) -> tuple[Term, ...]:
    today = frozenset(k for k in problem.duty if _covers(problem.shift_of(k).segments, start, end))
    before = frozenset(
        k for k in problem.duty if _covers(problem.shift_of(k).segments, start + 1440, end + 1440)
    )
    return tuple(
        (1, On(nurse, which, options))
        for which, options in ((day, today), (day - 1, before))
        if options
        for nurse in problem.everyone
    )


def _covers(segments: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in segments)
