"""Fair shares of nights, evenings, weekends, public holidays and granted wishes, with what was carried."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Limit, Limits, On, Term
from wardteam_solver.problem import OFF, Problem
from wardteam_solver.rules.base import Rule
from wardteam_solver.rules.terms import request_fact, weekend_worked, worked_on_date


@dataclass(frozen=True, kw_only=True)
class FairShares(Rule):
    """Each nurse's count of one measure lies in her band."""

    measure: str = "night"

    def limits(self, problem: Problem) -> Limits:
        """Count the measure for each nurse who has a band."""
        for share in problem.fair_shares:
            if share.measure == self.measure:
                terms, constant = self._terms(problem, share.nurse)
                days = (0, problem.day_count - 1)
                about = About((share.nurse,), days, detail=self.measure, offset=constant)
                yield Limit(terms, share.low - constant, share.high - constant, about)

    def _terms(self, problem: Problem, nurse: int) -> tuple[tuple[Term, ...], int]:
        if self.measure == "weekend":
            return tuple((1, weekend_worked(problem, nurse, w)) for w in self._weekends(problem, nurse)), 0
        if self.measure == "holiday":
            days = sorted(problem.holidays.intersection(problem.days))
            return tuple((1, worked_on_date(problem, nurse, day)) for day in days), 0
        if self.measure == "wish":
            return self._granted(problem, nurse)
        options = problem.by_kind.get(self.measure, frozenset())
        return tuple((1, On(nurse, day, options)) for day in problem.days), 0

    def _weekends(self, problem: Problem, nurse: int) -> list[tuple[int, ...]]:
        """Give the weekends that count here: one whose Saturday she worked before counted there."""
        weekends = list(problem.weekends())
        if problem.tail_length and problem.weekday(0) == 6 and problem.tail[nurse][-1] != OFF:
            saturday = problem.shifts[problem.tail[nurse][-1]]
            weekends = [w for w in weekends if w[-1] != 0] if saturday.is_duty else weekends
        within = (tuple(d for d in weekend if d >= 0) for weekend in weekends)
        return [weekend for weekend in within if weekend]

    def _granted(self, problem: Problem, nurse: int) -> tuple[tuple[Term, ...], int]:
        own = [request for request in problem.requests if request.nurse == nurse]
        terms = tuple((1 if r.wants else -1, request_fact(problem, r)) for r in own)
        return terms, sum(not r.wants for r in own)
