"""Period after period on a small ward: with memory the spread of nights falls, and only with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from ortools.sat.python import cp_model

from tests.services.ledger_kit import MONDAY, nurse, ward
from wardteam.domain.calendar import Period
from wardteam.domain.ledger import Ledger, Measure
from wardteam.domain.roster import Roster, RosterStatus
from wardteam.domain.shifts import Demand
from wardteam.domain.ward import LedgerSettings, WardBook
from wardteam.domain.wishes import Wish, WishKind
from wardteam.services.ledger import ledger_of, with_ledger
from wardteam.services.problem import build_problem, cells_from
from wardteam.services.stretches import PastRoster
from wardteam_solver.cpsat import build
from wardteam_solver.matrix import lay_out
from wardteam_solver.rules import WARD_RULES, Stage

NURSES = tuple(nurse(f"{n:02}") for n in range(9))
DAYS = 14
RULES = ("staffing", "fair_nights", "wishes")
OPENING = {"nights": {"00": 3, "01": 2, "07": -2, "08": -3}}


def plan(book: WardBook, period: Period) -> PastRoster:
    """Plan a period to the optimum by the ward's own rules, of which only a few are asked."""
    problem = build_problem(book, period)
    rules = tuple(rule for rule in WARD_RULES if rule.code in RULES)
    model = build(lay_out(problem, rules))
    model.minimize({Stage.SHORTAGE: 10_000, Stage.FAIRNESS: 100, Stage.WISHES: 1})
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 1, 1
    assert solver.solve(model.proto) == cp_model.OPTIMAL
    at = datetime(2026, 2, 1, tzinfo=UTC) + timedelta(days=(period.first - MONDAY).days)
    cells = cells_from(problem, model.grid(solver), {})
    return PastRoster(Roster(period, cells, status=RosterStatus.PUBLISHED, published_at=at))


def periods(count: int) -> list[Period]:
    starts = [MONDAY + timedelta(days=DAYS * i) for i in range(count)]
    return [Period(first, first + timedelta(days=DAYS - 1)) for first in starts]


def simulate(book: WardBook, count: int) -> list[Ledger]:
    """Plan and publish period after period; give the ledger of the whole past after each."""
    seen = replace(book, settings=replace(book.settings, ledger=LedgerSettings(since=MONDAY)))
    rosters: list[PastRoster] = []
    ledgers = []
    for period in periods(count):
        rosters.append(plan(with_ledger(book, rosters, period), period))
        ledgers.append(ledger_of(seen, rosters))
    return ledgers


@pytest.mark.parametrize(("memory", "is_even"), [(12, True), (0, False)])
def test_the_spread_of_nights_falls_with_memory_and_only_with_it(memory: int, is_even: bool) -> None:
    book = ward(*NURSES, balances=OPENING, ledger=LedgerSettings(memory_months=memory))
    book = replace(book, demands=(Demand("NIGHT", 1, 1),))
    spreads = [ledger.spread(Measure.NIGHTS) for ledger in simulate(book, 6)]
    ranges = [spread.range for spread in spreads]
    assert (ranges[-1] <= 1.5) is is_even
    assert (ranges == sorted(ranges, reverse=True)) is is_even
    assert (spreads[-1].deviation < spreads[0].deviation) is is_even


def test_a_wish_refused_before_wins_against_an_equal_one() -> None:
    """One nurse is needed each night of the wished day, and of two who wish it off one must work."""
    pair = (nurse("A"), nurse("B"))
    book = replace(ward(*pair), demands=(Demand("NIGHT", 1, 1),))
    days = [period.first + timedelta(days=3) for period in periods(4)]
    wishes = tuple(Wish(n.staff_no, day, WishKind.OFF, points=10) for n in pair for day in days)
    ledger = simulate(replace(book, wishes=wishes), 4)[-1]
    granted = {n.staff_no: ledger.account(n.staff_no, Measure.WISH_POINTS).got for n in pair}
    assert granted == {"A": 20, "B": 20}
