"""Computes the fairness ledger and the hours accounts: opening balances, and every roster since then.

A share follows contract, presence and restrictions: what the ward's nurses got of a measure in all,
in proportion to the days that each was there. Wishes are shared by what each asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from wardteam.domain.calendar import Period
from wardteam.domain.hours_account import Cells, HoursAccount, hours_account
from wardteam.domain.ledger import Ledger, LedgerAccount, LedgerLine, Measure
from wardteam.domain.people import Nurse, StaffKind
from wardteam.domain.shifts import LeaveKind, ShiftKind
from wardteam.domain.ward import WardBook
from wardteam.services.fair_shares import presence
from wardteam.services.ledger_counts import Counter
from wardteam.services.persons import person
from wardteam.services.stretches import PastRoster, Stretch, months_before, stretches, written

KINDS = {Measure.NIGHTS: ShiftKind.NIGHT, Measure.EVENINGS: ShiftKind.EVENING}
NOT_AWAY = frozenset({LeaveKind.OFF.value, LeaveKind.POST_NIGHT.value})

Lines = dict[tuple[str, Measure], LedgerLine]


def ledger_of(book: WardBook, past: Sequence[PastRoster], *, until: date | None = None) -> Ledger:
    """Compute the ledger of a ward's own nurses as it stands at the beginning of `until`.

    Parameters
    ----------
    past
        Published rosters, and a draft where its effect is to be seen; every date counts once.
    until
        None takes in everything; memory then reaches back from the day after the last roster.
    """
    return _ledger(book, stretches(book, past, until=until), until)


def _ledger(book: WardBook, found: Sequence[Stretch], until: date | None) -> Ledger:
    known = written(found, book)
    lines = [_period_lines(book, stretch, known) for stretch in found]
    horizon = _horizon(book, found, until)
    accounts = (
        LedgerAccount(nurse.staff_no, measure, tuple(_lines(book, found, lines, nurse, measure, horizon)))
        for nurse in book.nurses
        if nurse.kind is StaffKind.WARD
        for measure in Measure
    )
    return Ledger(
        periods=tuple(stretch.period for stretch in found),
        accounts=tuple(account for account in accounts if account.lines),
        draft=next((s.period for s in found if s.is_draft), None),
    )


def hours_accounts(
    book: WardBook, past: Sequence[PastRoster], nurse: Nurse, *, until: date | None = None
) -> tuple[HoursAccount, ...]:
    """Give a nurse's hours of every period, oldest first; each closing balance is the next one's opening."""
    return _hours(book, stretches(book, past, until=until), nurse)


def _hours(book: WardBook, found: Sequence[Stretch], nurse: Nurse) -> tuple[HoursAccount, ...]:
    accounts, balance = [], nurse.hours_balance_minutes
    for stretch in found:
        if nurse.staff_no in stretch.staff:
            account = hours_account(book, nurse, stretch.period, stretch.cells, opening_minutes=balance)
            accounts.append(account)
            balance = account.closing_minutes
    return tuple(accounts)


def with_ledger(book: WardBook, past: Sequence[PastRoster], period: Period) -> WardBook:
    """Give the book as it stands for a period: balances, hours and the days before it carried over.

    Everything that plans, checks or shows a period reads this book. It must never be saved: its balances
    would then be counted twice.
    """
    found = stretches(book, past, until=period.first)
    ledger = _ledger(book, found, period.first)
    balances: dict[str, dict[str, float]] = {measure.value: {} for measure in Measure}
    for account in ledger.accounts:
        balances[account.measure.value][account.staff_no] = account.balance
    return replace(
        book,
        balances=balances,
        nurses=tuple(_with_hours(book, found, nurse) for nurse in book.nurses),
        history=written(found, book),
    )


def _with_hours(book: WardBook, found: Sequence[Stretch], nurse: Nurse) -> Nurse:
    accounts = _hours(book, found, nurse)
    return replace(nurse, hours_balance_minutes=accounts[-1].closing_minutes) if accounts else nurse


def _horizon(book: WardBook, found: Sequence[Stretch], until: date | None) -> date | None:
    """Give the first date that memory reaches; None where there is nothing to remember."""
    last = found[-1].days[-1] + timedelta(days=1) if found else book.ledger_since
    end = until or last
    months = book.settings.ledger.memory_months
    return None if end is None or not months else months_before(end, months)


def _lines(
    book: WardBook,
    found: Sequence[Stretch],
    by_period: Sequence[Lines],
    nurse: Nurse,
    measure: Measure,
    horizon: date | None,
) -> Iterator[LedgerLine]:
    """Give a nurse's opening and her line of each period; those before the horizon count no more."""
    is_remembering = book.settings.ledger.memory_months > 0
    opening = book.balances.get(measure.value, {}).get(nurse.staff_no, 0)
    if opening:
        since = book.ledger_since
        reaches = horizon is None or since is None or since >= horizon
        yield LedgerLine(None, opening, counts=is_remembering and reaches)
    for stretch, lines in zip(found, by_period, strict=True):
        line = lines.get((nurse.staff_no, measure))
        if line is not None:
            reaches = horizon is None or stretch.days[-1] >= horizon
            yield replace(line, counts=is_remembering and reaches)


def _period_lines(book: WardBook, stretch: Stretch, known: Cells) -> Lines:
    staff = [n for n in book.nurses if n.kind is StaffKind.WARD and n.staff_no in stretch.staff]
    counters = {nurse.staff_no: Counter(book, stretch, known, nurse) for nurse in staff}
    weights = _presences(book, stretch, staff)
    lines: Lines = {}
    for measure in Measure:
        got = {staff_no: counter.got(measure) for staff_no, counter in counters.items()}
        asked = {staff_no: counter.asked(measure) for staff_no, counter in counters.items()}
        weight: Mapping[str, float] = weights[measure] if measure.is_burden else asked
        whole, total = sum(weight.values()), sum(got.values())
        for staff_no in counters:
            share = total * weight[staff_no] / whole if whole else 0.0
            if whole or got[staff_no]:
                lines[staff_no, measure] = LedgerLine(stretch.period, got[staff_no], share, asked[staff_no])
    return lines


def _presences(book: WardBook, stretch: Stretch, staff: Sequence[Nurse]) -> dict[Measure, dict[str, float]]:
    """Give everyone's share of full time by measure; nights and evenings only where she was not barred."""
    every = frozenset(shift.code for shift in book.shifts if shift.is_duty)
    owe = book.settings.ledger.barred_owe
    kinds = {m: frozenset(s.code for s in book.shifts if s.kind is kind) for m, kind in KINDS.items()}
    days = [(day - stretch.period.first).days for day in stretch.days]
    found: dict[Measure, dict[str, float]] = {measure: {} for measure in Measure}
    for nurse in staff:
        who = replace(person(book, nurse, stretch.period, every), leave=_away(stretch, nurse))
        for measure in Measure:
            shifts = every if owe else kinds.get(measure, every)
            found[measure][nurse.staff_no] = presence(who, days, shifts)
    return found


def _away(stretch: Stretch, nurse: Nurse) -> dict[int, str]:
    """Give the days of leave as the roster has them, by index; a plain day off is none."""
    first = stretch.period.first
    return {
        (day - first).days: cell.code
        for (staff_no, day), cell in stretch.cells.items()
        if staff_no == nurse.staff_no and _is_leave(cell.code)
    }


def _is_leave(code: str) -> bool:
    return code in _LEAVE and code not in NOT_AWAY


_LEAVE = frozenset(kind.value for kind in LeaveKind)
