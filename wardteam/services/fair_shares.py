"""Fair shares: how many nights, evenings, weekends, holidays and granted wishes each nurse should get.

The share follows what the ward asks for in all, her contract and the days she is there and not barred,
less what the ledger carries. What she gets or is spared in one period to even the ledger out is at most
about one duty and a rounding, so that no month asks too much of anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import ceil, floor

from wardteam.domain.ledger import Measure
from wardteam_solver.problem import FairShare, Person, Problem

HALF_GRANTED = 2
WEEKEND_SLACK = 0.75
OWED_A_WISH = -0.5
MANY = 1 << 20

Balances = Mapping[str, Mapping[str, float]]


def fair_shares(problem: Problem, balances: Balances) -> Iterator[FairShare]:
    """Give the bands of all measures."""
    yield from _kind_shares(problem, balances, "night", Measure.NIGHTS)
    yield from _kind_shares(problem, balances, "evening", Measure.EVENINGS)
    yield from _weekend_shares(problem, balances)
    yield from _holiday_shares(problem, balances)
    yield from _wish_shares(problem, balances)


def presence(person: Person, days: Collection[int], shifts: frozenset[str]) -> float:
    """Give her share of full time on some days: by contract, less leave and days barred from all the shifts.

    `days` are indexes; 0 to 1, and 0 where there are no days.
    """

    def is_barred(day: int) -> bool:
        barred = (ban.shifts for ban in person.bans if day in ban.days)
        return shifts <= frozenset[str]().union(*barred)

    free = sum(1 for day in days if day not in person.leave and not (person.bans and is_barred(day)))
    return person.contract_percent / 100 * free / len(days) if days else 0.0


def _kind_shares(problem: Problem, balances: Balances, kind: str, measure: Measure) -> Iterator[FairShare]:
    options = problem.by_kind.get(kind, frozenset())
    asked = sum(need.wished for need in problem.needs if need.options and need.options <= options)
    shifts = frozenset(shift.code for shift in problem.shifts if shift.kind == kind)
    yield from _bands(problem, kind, asked, _weights(problem, shifts), balances.get(measure, {}), 1.0)


def _weekend_shares(problem: Problem, balances: Balances) -> Iterator[FairShare]:
    days = {day for day in problem.days if problem.weekday(day) >= 5}
    asked = sum(need.wished for need in problem.needs if need.day in days) / 2
    carried = balances.get(Measure.WEEKENDS, {})
    yield from _bands(problem, "weekend", asked, _weights(problem), carried, WEEKEND_SLACK)


def _holiday_shares(problem: Problem, balances: Balances) -> Iterator[FairShare]:
    """Share out the duty on the dates of public holidays; the night before the first is known already."""
    asked = 0
    for need in problem.needs:
        date = need.day + (bool(need.options) and need.options <= problem.overnight)
        if date in problem.holidays and date in problem.days:
            asked += need.wished
    carried = balances.get(Measure.HOLIDAYS, {})
    yield from _bands(problem, "holiday", asked, _weights(problem), carried, 1.0)


def _weights(problem: Problem, shifts: frozenset[str] | None = None) -> dict[int, float]:
    every = frozenset(shift.code for shift in problem.shifts if shift.is_duty)
    sharing = every if shifts is None else shifts
    return {n: presence(problem.people[n], problem.days, sharing) for n in problem.everyone}


def _bands(
    problem: Problem,
    measure: str,
    asked: float,
    weights: Mapping[int, float],
    carried: Mapping[str, float],
    slack: float,
) -> Iterator[FairShare]:
    sharing = {n: w for n, w in weights.items() if w > 0}
    if not sharing or not asked:
        return
    mean = asked / sum(sharing.values())
    for nurse, weight in sharing.items():
        share = mean * weight
        owed = share - carried.get(problem.people[nurse].key, 0)
        low, high = max(0, floor(share - slack + 1e-9)), ceil(share + slack - 1e-9)
        near = min(max(owed, low), high)
        yield FairShare(measure, nurse, floor(near), ceil(near))


def _wish_shares(problem: Problem, balances: Balances) -> Iterator[FairShare]:
    """Ask for at least half of each nurse's wishes, one more where the ledger owes her."""
    carried = balances.get(Measure.WISHES, {})
    for nurse in problem.everyone:
        wishes = sum(1 for request in problem.requests if request.nurse == nurse)
        if wishes:
            owed = 1 if carried.get(problem.people[nurse].key, 0) <= OWED_A_WISH else 0
            yield FairShare("wish", nurse, min(wishes, wishes // HALF_GRANTED + owed), MANY)
