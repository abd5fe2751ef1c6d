"""Rest between duties (班次间休息): what may not follow what on the next day."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Limits, Options
from wardteam_solver.problem import Problem, ShiftSpec
from wardteam_solver.rules.base import Rule
from wardteam_solver.rules.terms import forbid_followers


@dataclass(frozen=True, kw_only=True)
class RestBetweenDuties(Rule):
    """So many hours between two duties; after a night only another night may stand in the next column."""

    hours: int = 11

    def limits(self, problem: Problem) -> Limits:
        """Forbid the successions that leave less rest."""
        for index, shift in enumerate(problem.shifts):
            followers = self._too_early_after(problem, shift)
            first = frozenset(k for k in problem.duty if problem.options[k][0] == index)
            for nurse in self.nurses(problem) if first else ():
                for day in range(max(-1, -problem.tail_length), problem.day_count - 1):
                    about = About(
                        nurses=(nurse,), days=(day, day + 1), shift=shift.code, detail=str(self.hours)
                    )
                    yield from forbid_followers(nurse, day, first, followers, about)

    def _too_early_after(self, problem: Problem, shift: ShiftSpec) -> Options:
        if not shift.segments:
            return frozenset()
        free_from = shift.segments[-1][1] + self.hours * 60
        too_early = frozenset(
            k
            for k in problem.duty
            if (after := problem.shift_of(k)).segments and after.segments[0][0] + 1440 < free_from
        )
        return too_early | (problem.duty - problem.overnight) if shift.ends_next_day else too_early


@dataclass(frozen=True, kw_only=True)
class Successions(Rule):
    """Pairs of shifts that may not follow each other, as published formats list them: `A>B C>A`."""

    pairs: str = ""

    def limits(self, problem: Problem) -> Limits:
        """Forbid each listed pair on every two days."""
        banned: dict[str, set[int]] = {}
        for pair in self.pairs.split():
            before, after = pair.split(">")
            banned.setdefault(before, set()).update(problem.by_code[after])
        for nurse in self.nurses(problem):
            for day in range(max(-1, -problem.tail_length), problem.day_count - 1):
                for code, followers in banned.items():
                    about = About(nurses=(nurse,), days=(day, day + 1), shift=code)
                    first = problem.by_code[code]
                    yield from forbid_followers(nurse, day, first, frozenset(followers), about)
