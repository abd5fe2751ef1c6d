"""How many nurses a roster lacks, each counted and named once however many rules ask for her."""

from __future__ import annotations

from collections.abc import Iterable

from wardteam_solver.check import Verdict, Violation
from wardteam_solver.limits import On


def missing_nurses(verdict: Verdict) -> int:
    """Count the nurses below the shifts' minimum, and below that of the clock where no shift is short."""
    by_place: dict[tuple[object, ...], int] = {}
    for short in short_shifts(verdict):
        about = short.limit.about
        place = (about.days, about.shift, about.team, about.detail)
        by_place[place] = max(by_place.get(place, 0), short.amount)
    return sum(by_place.values()) + sum(_by_clock_alone(verdict).values())


def clock_told_by_shift(verdict: Verdict) -> tuple[Violation, ...]:
    """Give the shortages by the clock that a shift with too few nurses brings with it."""
    places = _places(short_shifts(verdict))
    return tuple(v for v in verdict.of("clock_staffing") if _places((v,)) & places)


def _by_clock_alone(verdict: Verdict) -> dict[int, int]:
    """Give the worst shortage by the clock of each day on which no shift is short."""
    short_days = {day for v in short_shifts(verdict) for day in v.limit.about.days}
    told = set(map(id, clock_told_by_shift(verdict)))
    worst: dict[int, int] = {}
    for violation in verdict.of("clock_staffing"):
        (day,) = violation.limit.about.days
        if day not in short_days and id(violation) not in told:
            worst[day] = max(worst.get(day, 0), violation.amount)
    return worst


def short_shifts(verdict: Verdict) -> tuple[Violation, ...]:
    """Give the shifts and posts below their minimum."""
    return (*verdict.of("staffing"), *verdict.of("double_staffing"))


def _places(violations: Iterable[Violation]) -> set[tuple[int, int]]:
    """Give the days and options that would fill them."""
    facts = (fact for v in violations for _, fact in v.limit.terms)
    return {(fact.day, option) for fact in facts if isinstance(fact, On) for option in fact.options}
