"""The ledger by hand: shares by contract, presence and restrictions; what is carried; a date counts once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from tests.services.ledger_kit import MONDAY, change, nurse, past, ward
from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.ledger import Measure, Spread
from wardteam.domain.people import Restriction, RestrictionKind
from wardteam.domain.ward import LedgerSettings
from wardteam.domain.wishes import Wish, WishKind
from wardteam.services.ledger import hours_accounts, ledger_of, with_ledger
from wardteam.services.stretches import months_before

NEXT = MONDAY + timedelta(days=7)
TWO = ward(nurse("A"), nurse("B"))


def line(book, rosters, staff_no: str, measure: Measure = Measure.NIGHTS):
    (found,) = ledger_of(book, rosters).account(staff_no, measure).lines
    return round(found.got, 3), round(found.share, 3)


def test_nights_are_shared_evenly_between_equals() -> None:
    rosters = [past({"A": "NNNx---", "B": "N-x----"})]
    assert line(TWO, rosters, "A") == (3, 2)
    assert line(TWO, rosters, "B") == (1, 2)
    assert ledger_of(TWO, rosters).spread(Measure.NIGHTS) == Spread(2, 2.0, 1.0)


def test_half_a_contract_owes_half_as_much() -> None:
    book = ward(nurse("A"), nurse("B", contract_percent=50))
    rosters = [past({"A": "NNx----", "B": "Nx-----"})]
    assert line(book, rosters, "A") == (2, 2)
    assert line(book, rosters, "B") == (1, 1)


@pytest.mark.parametrize(
    ("row", "share"), [("mmmmmmm", 0), ("Naaaaaa", 0.5), ("N--ppp-", 1.455), ("N------", 2)]
)
def test_long_leave_owes_nothing_and_some_leave_less(row, share) -> None:
    rosters = [past({"A": "NNNx---", "B": row})]
    total = 3 + row.count("N")
    weight = (7 - sum(row.count(s) for s in "map")) / 7
    assert line(TWO, rosters, "B")[1] == pytest.approx(total * weight / (1 + weight), abs=0.001)
    assert line(TWO, rosters, "B")[1] == pytest.approx(share, abs=0.001)


def test_who_joins_in_midweek_owes_for_the_days_she_was_there() -> None:
    book = ward(nurse("A"), nurse("B", joined=MONDAY + timedelta(days=4)))
    rosters = [past({"A": "NNNNNNN", "B": "----NNN"})]
    assert line(book, rosters, "B") == (3, 3)


@pytest.mark.parametrize(("barred_owe", "share_of_barred", "share_of_other"), [(False, 0, 4), (True, 2, 2)])
def test_who_may_not_work_nights_owes_none_unless_the_ward_says_so(
    barred_owe, share_of_barred, share_of_other
) -> None:
    no_nights = (Restriction("B", RestrictionKind.NO_NIGHTS),)
    ledger = LedgerSettings(barred_owe=barred_owe)
    book = ward(nurse("A"), nurse("B"), restrictions=no_nights, ledger=ledger)
    rosters = [past({"A": "NNNNx--", "B": "PPDD---"})]
    assert line(book, rosters, "B") == (0, share_of_barred)
    assert line(book, rosters, "A") == (4, share_of_other)
    assert line(book, rosters, "B", Measure.EVENINGS) == (2, 1)


def test_the_shares_of_a_period_add_up_to_what_was_worked() -> None:
    book = ward(nurse("A"), nurse("B", contract_percent=70), nurse("C", joined=MONDAY + timedelta(days=3)))
    rosters = [past({"A": "NPNxD-D", "B": "aaNPPDD", "C": "---DNx-"})]
    ledger = ledger_of(book, rosters)
    for measure in Measure:
        lines = [line for account in ledger.of(measure) for line in account.lines]
        assert sum(x.got for x in lines) == pytest.approx(sum(x.share for x in lines))


def test_holidays_count_where_they_are_worked_and_weekends_once() -> None:
    book = replace(TWO, calendar=Calendar(((MONDAY + timedelta(days=4), "节"),)))
    rosters = [past({"A": "---Nx-D", "B": "----N-D"}), past({"A": "D------", "B": "-----DD"}, first=NEXT)]
    assert ledger_of(book, rosters).account("A", Measure.HOLIDAYS).got == 1
    assert ledger_of(book, rosters).account("B", Measure.HOLIDAYS).got == 0
    cut = [
        past({"A": "-----D", "B": "------"}),
        past({"A": "DD", "B": "DD"}, first=MONDAY + timedelta(days=6)),
    ]
    assert [ledger_of(book, cut).account(n, Measure.WEEKENDS).got for n in "AB"] == [1, 1]


def test_wishes_are_shared_by_what_each_asked_for() -> None:
    days = [MONDAY + timedelta(days=i) for i in range(3)]
    wishes = (
        Wish("A", days[0], WishKind.OFF, points=6),
        Wish("A", days[1], WishKind.NOT, "NIGHT", points=2),
        Wish("B", days[0], WishKind.OFF, points=4),
        Wish("B", NEXT, WishKind.OFF, points=9),
    )
    book = replace(TWO, wishes=wishes)
    ledger = ledger_of(book, [past({"A": "DD-----", "B": "---NNx-"})])
    (points,) = ledger.account("A", Measure.WISH_POINTS).lines
    assert (points.asked, points.got, points.refused) == (8, 2, 6)
    assert points.share == pytest.approx(6 * 8 / 12)
    assert ledger.account("B", Measure.WISHES).got == 1
    assert ledger.account("A", Measure.WISHES).balance == pytest.approx(1 - 2 * 2 / 3)


def test_a_call_on_a_day_off_counts_only_after_publishing_and_if_it_stands() -> None:
    before, after = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)
    days = [MONDAY + timedelta(days=i) for i in range(7)]
    changes = (
        change("A", days[0], "-", "D", at=before),
        change("A", days[1], "-", "D", at=after),
        change("A", days[2], "D", "N", at=after),
        change("B", days[3], "-", "D", at=after),
        change("B", days[3], "D", "-", at=after),
        change("B", days[4], "a", "D", at=after),
    )
    ledger = ledger_of(TWO, [past({"A": "DDNx---", "B": "----D--"}, changes=changes)])
    assert [ledger.account(n, Measure.CALLS).got for n in "AB"] == [1, 1]


def test_overtime_is_what_a_period_has_above_its_norm() -> None:
    rosters = [past({"A": "DDDDDDD", "B": "DDD----"})]
    assert line(TWO, rosters, "A", Measure.OVERTIME) == (16, 8)
    assert line(TWO, rosters, "B", Measure.OVERTIME) == (0, 8)


def test_the_opening_is_carried_on_and_each_line_says_where_it_comes_from() -> None:
    book = replace(TWO, balances={"nights": {"A": 2, "B": -2}})
    rosters = [past({"A": "Nx-----", "B": "NNNx---"}), past({"A": "NNx----", "B": "-------"}, first=NEXT)]
    account = ledger_of(book, rosters).account("A", Measure.NIGHTS)
    assert [x.period and x.period.first for x in account.lines] == [None, MONDAY, NEXT]
    assert account.running() == (2, 1, 2)
    assert account.balance == 2
    assert account.before(Period(NEXT, NEXT + timedelta(days=6))).balance == 1


def test_rosters_before_the_balances_and_cells_of_history_never_count() -> None:
    rosters = [past({"A": "NNNNNNN", "B": "-------"}, first=MONDAY - timedelta(days=7))]
    history = rosters[0].roster.cells
    book = replace(TWO, balances={"nights": {"A": 1}}, history=history)
    assert ledger_of(book, rosters).account("A", Measure.NIGHTS).balance == 1
    assert ledger_of(book, []).account("A", Measure.NIGHTS).balance == 1


def test_a_date_counts_once_where_rosters_overlap_and_the_newest_speaks() -> None:
    first = past({"A": "NNNNNNN", "B": "-------"})
    later = replace(first.roster, period=Period(NEXT - timedelta(days=4), NEXT - timedelta(days=1)), cells={
        (n, NEXT - timedelta(days=i)): first.roster.cells["B", MONDAY] for n in "AB" for i in (1, 2, 3, 4)
    }, published_at=first.roster.published_at + timedelta(days=3))  # fmt: skip
    ledger = ledger_of(TWO, [first, replace(first, roster=later)])
    assert ledger.account("A", Measure.NIGHTS).got == 3


def test_memory_reaches_back_as_many_months_as_the_ward_says() -> None:
    months = [date(2026, m, 2) for m in (3, 4, 5)]
    rosters = [past({"A": "NNx----", "B": "-------"}, first=day) for day in months]
    planned = Period(date(2026, 6, 1), date(2026, 6, 28))
    for memory, expected in ((12, 3.0), (2, 2.0), (1, 1.0), (0, 0.0)):
        book = ward(nurse("A"), nurse("B"), ledger=LedgerSettings(memory_months=memory))
        carried = with_ledger(book, rosters, planned).balances["nights"]
        assert carried["A"] == -carried["B"] == expected


def test_a_period_finds_what_was_carried_before_it_and_the_days_before() -> None:
    rosters = [past({"A": "NNDDDDD", "B": "-------"}), past({"A": "NNNNNNN", "B": "-------"}, first=NEXT)]
    book = ward(nurse("A", hours_balance_minutes=60), nurse("B"))
    carried = with_ledger(book, rosters, Period(NEXT, NEXT + timedelta(days=6)))
    assert carried.balances["nights"] == {"A": 1, "B": -1}
    assert [n.hours_balance_minutes for n in carried.nurses] == [60 + 16 * 60, -40 * 60]
    assert carried.history["A", NEXT - timedelta(days=1)].code == "DAY"
    assert ("A", NEXT) not in carried.history


def test_each_closing_balance_opens_the_next_period() -> None:
    rosters = [past({"A": "DDDDDD-", "B": "D" * 7}, first=MONDAY + timedelta(days=7 * i)) for i in range(4)]
    accounts = hours_accounts(TWO, rosters[::-1], TWO.nurses[0])
    assert [a.period.first for a in accounts] == [MONDAY + timedelta(days=7 * i) for i in range(4)]
    for one, following in pairwise(accounts):
        assert following.opening_minutes == one.closing_minutes
    assert accounts[-1].closing_minutes == 4 * 8 * 60


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 12, 1), 12, date(2025, 12, 1)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 15), 0, date(2026, 12, 15)),
    ],
)
def test_months_are_counted_back_to_a_date_that_there_is(day, months, expected) -> None:
    assert months_before(day, months) == expected


def test_without_a_period_or_a_date_every_roster_counts() -> None:
    undated = replace(TWO, settings=replace(TWO.settings, ledger=LedgerSettings()))
    rosters = [past({"A": "Nx-----", "B": "-------"}), past({"A": "Nx-----", "B": "-------"}, first=NEXT)]
    assert ledger_of(undated, rosters).account("A", Measure.NIGHTS).got == 2
    dated = replace(undated, period=Period(NEXT, NEXT + timedelta(days=6)))
    assert ledger_of(dated, rosters).account("A", Measure.NIGHTS).got == 1
