"""Fair shares: how many nights, evenings, weekends and granted wishes each nurse should get.

The share follows what the ward asks for in all, her contract and the days she is there, less what
the ledger carried over; it is rounded outwards and kept near the ward's mean, so that the month
stays even while the ledger evens out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil, floor

from wardteam_solver.problem import FairShare, Person, Problem

HALF_GRANTED = 2
WEEKEND_SLACK = 0.75
MANY = 1 << 20

Balances = Mapping[str, Mapping[str, int]]


def fair_shares(problem: Problem, balances: Balances) -> Iterator[FairShare]:
    """Give the bands of all measures."""
    yield from _kind_shares(problem, balances, "night", "nights")
    yield from _kind_shares(problem, balances, "evening", "evenings")
    yield from _weekend_shares(problem, balances)
    yield from _wish_shares(problem, balances)


def _kind_shares(problem: Problem, balances: Balances, kind: str, ledger: str) -> Iterator[FairShare]:
    options = problem.by_kind.get(kind, frozenset())
    asked = sum(need.wished for need in problem.needs if need.options and need.options <= options)
    weights = {n: _presence(problem, problem.people[n], kind) for n in problem.everyone}
    yield from _bands(problem, kind, asked, weights, balances.get(ledger, {}), 1.0)


def _weekend_shares(problem: Problem, balances: Balances) -> Iterator[FairShare]:
    days = {day for day in problem.days if problem.weekday(day) >= 5}
    asked = sum(need.wished for need in problem.needs if need.day in days) / 2
    weights = {n: _presence(problem, problem.people[n], "") for n in problem.everyone}
    yield from _bands(problem, "weekend", asked, weights, balances.get("weekends", {}), WEEKEND_SLACK)


def _bands(
    problem: Problem,
    measure: str,
    asked: float,
    weights: Mapping[int, float],
    carried: Mapping[str, int],
    slack: float,
) -> Iterator[FairShare]:
    sharing = {n: w for n, w in weights.items() if w > 0}
    if not sharing or not asked:
        return
    mean = asked / sum(sharing.values())
    for nurse, weight in sharing.items():
        share = mean * weight
        owed = share - carried.get(problem.people[nurse].key, 0)
        low, high = ceil(share - slack - 1e-9), floor(share + slack + 1e-9)
        low, high = max(0, min(low, floor(share))), max(high, ceil(share))
        near = min(max(owed, low), high)
        yield FairShare(measure, nurse, floor(near), ceil(near))


def _presence(problem: Problem, person: Person, kind: str) -> float:
    """Give the share of full time for which she could work this kind; 0 where she is barred from it."""
    barred = {
        day
        for ban in person.bans
        for day in ban.days
        if not kind or any(s.kind == kind and s.code in ban.shifts for s in problem.shifts)
    }
    if kind and barred:
        return 0.0
    free = sum(1 for day in problem.days if day not in person.leave and day not in barred)
    return free / problem.day_count


def _wish_shares(problem: Problem, balances: Balances) -> Iterator[FairShare]:
    """Ask for at least half of each nurse's wishes, one more where the ledger owes her."""
    carried = balances.get("wishes", {})
    for nurse in problem.everyone:
        wishes = sum(1 for request in problem.requests if request.nurse == nurse)
        if wishes:
            owed = 1 if carried.get(problem.people[nurse].key, 0) < 0 else 0
            yield FairShare("wish", nurse, min(wishes, wishes // HALF_GRANTED + owed), MANY)
