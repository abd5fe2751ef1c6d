"""Longest and shortest runs: of work, of days off, of one shift or one kind of shift."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wardteam_solver.limits import About, Limit, Limits, On, Options, Term
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule


class Edge(StrEnum):
    """What is assumed beyond an end of the period.

    `KNOWN`: the tail tells (only at the start). `FREE`: a run that touches this end is never too short.
    `OFF`: the days beyond are days off, so a short run of work at this end is charged too, and a run of
    days off goes on beyond it.
    """

    KNOWN = "known"
    FREE = "free"
    OFF = "off"


@dataclass(frozen=True, kw_only=True)
class Run(Rule):
    """What a run is made of: `work`, `off`, `shift:CODE` or `kind:night`."""

    what: str = "work"

    def options(self, problem: Problem) -> Options:
        """Give the options whose days make the run (for `off`: those that break it)."""
        name, _, value = self.what.partition(":")
        match name:
            case "work" | "off":
                return problem.duty
            case "shift":
                return problem.by_code[value]
            case "kind":
                return problem.by_kind.get(value, frozenset())
            case _:
                raise ValueError(f"a run is of work, off, shift:CODE or kind:NAME, got {self.what!r}")

    def _shift(self) -> str:
        return self.what.partition(":")[2]


@dataclass(frozen=True, kw_only=True)
class LongestRun(Run):
    """At most so many days in a row; each day too many costs once."""

    most: int = 6

    def limits(self, problem: Problem) -> Limits:
        """Limit every window that is one day longer; only days of the period are charged."""
        options = self.options(problem)
        is_off = self.what == "off"
        low, high = (1, None) if is_off else (None, self.most)
        for nurse in self.nurses(problem) if options else ():
            for start in problem.starts(self.most + 1):
                days = range(start, start + self.most + 1)
                terms = tuple((1, On(nurse, day, options)) for day in days)
                yield Limit(terms, low, high, About((nurse,), (days[0], days[-1]), self._shift()), merge=True)


@dataclass(frozen=True, kw_only=True)
class ShortestRun(Run):
    """At least so many days in a row; each day missing costs once.

    A known run that last month left too short is charged where day 0 ends it.
    """

    least: int = 2
    at_start: str = Edge.KNOWN.value
    at_end: str = Edge.FREE.value

    def limits(self, problem: Problem) -> Limits:
        """Forbid each shorter run, from the day before it to the day after it."""
        options = self.options(problem)
        known = problem.tail_length if self.at_start == Edge.KNOWN else 0
        for nurse in self.nurses(problem) if options else ():
            for length in range(1, self.least):
                for start in range(-known, problem.day_count - length + 1):
                    if start + length >= 0:
                        yield from self._pattern(problem, nurse, options, start, length, known)

    def _pattern(
        self, problem: Problem, nurse: int, options: Options, start: int, length: int, known: int
    ) -> Limits:
        before, after = start - 1, start + length
        has_before, has_after = before >= -known, after < problem.day_count
        is_off = self.what == "off"
        starts_open = not has_before and (is_off or self.at_start != Edge.OFF)
        ends_open = not has_after and (is_off or self.at_end != Edge.OFF)
        if starts_open or ends_open:
            return
        inside: list[Term] = [(1, On(nurse, day, options)) for day in range(start, after)]
        ends = [day for day, exists in ((before, has_before), (after, has_after)) if exists]
        outside: list[Term] = [(-1, On(nurse, day, options)) for day in ends]
        about = About((nurse,), (start, after - 1), self._shift())
        missing = self.least - length
        if is_off:
            terms = tuple((-c, fact) for c, fact in inside + outside)
            yield Limit(terms, None, len(ends) - 1, about, above=missing)
        else:
            yield Limit(tuple(inside + outside), None, length - 1, about, above=missing)
