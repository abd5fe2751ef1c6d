"""What is shown and costs nothing by default: the national floor of staffing, duty on public holidays."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Limit, Limits, On, Options, at_least, at_most
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule
from wardteam_solver.rules.terms import worked_on_date


@dataclass(frozen=True, kw_only=True)
class BedsToNurses(Rule):
    """At least so many nurses for a hundred beds."""

    nurses_per_hundred_beds: int = 40

    def limits(self, problem: Problem) -> Limits:
        """Compare the ward's staff with its beds: a limit without terms."""
        needed = -(-problem.bed_count * self.nurses_per_hundred_beds // 100)
        yield Limit((), needed - len(problem.people), None, About())


@dataclass(frozen=True, kw_only=True)
class PatientsPerNurse(Rule):
    """At most so many patients for each nurse on a day shift."""

    most: int = 8

    def limits(self, problem: Problem) -> Limits:
        """Compare each day's nurses with its patients."""
        by_day = problem.by_kind.get("day", frozenset())
        for day, patients in enumerate(problem.patients):
            terms = tuple((self.most, fact) for fact in _on_each(problem, day, by_day))
            yield at_least(terms, patients, About(days=(day,), detail=str(self.most)))


@dataclass(frozen=True, kw_only=True)
class PublicHolidayDuty(Rule):
    """Duty on the date of a public holiday: paid 300 %, and kept apart from time in lieu.

    The date is that of the real moments: a night counts where it is worked, not where it stands.
    """

    def limits(self, problem: Problem) -> Limits:
        """Show each such duty."""
        for day in sorted(problem.holidays.intersection(problem.days)):
            for nurse in problem.everyone:
                yield at_most(((1, worked_on_date(problem, nurse, day)),), 0, About((nurse,), (day,)))


def _on_each(problem: Problem, day: int, options: Options) -> list[On]:
    return [On(nurse, day, options) for nurse in problem.everyone]
