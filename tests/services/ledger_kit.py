"""A small ward for the ledger: rosters from pattern strings, one row a nurse, published month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.defaults import DEFAULT_SHIFTS
from wardteam.domain.people import Education, Nurse, Title
from wardteam.domain.roster import CellChange, Roster, RosterCell
from wardteam.domain.shifts import Demand, ShiftKind
from wardteam.domain.ward import LedgerSettings, Ward, WardBook, WardSettings
from wardteam.services.stretches import PastRoster

SYMBOLS = {
    "D": "DAY", "P": "EVENING", "N": "NIGHT", "-": "off", "x": "post_night",
    "a": "annual", "s": "sick", "m": "maternity", "l": "time_in_lieu", "p": "personal",
}  # fmt: skip
MONDAY = date(2026, 3, 2)
WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


def nurse(staff_no: str, **fields: object) -> Nurse:
    return Nurse(
        staff_no=staff_no,
        name=f"护士{staff_no}",
        name_en=f"Nurse {staff_no}",
        birth_date=date(1990, 1, 1),
        title=Title.SENIOR_NURSE,
        title_since=date(2018, 1, 1),
        service_since=date(2012, 1, 1),
        education=Education.BACHELOR,
        **fields,
    )


def ward(*nurses: Nurse, **fields: object) -> WardBook:
    """Make a ward whose balances stand at the first Monday."""
    ledger = fields.pop("ledger", LedgerSettings())
    settings = WardSettings(ledger=replace(ledger, since=ledger.since or MONDAY))
    calendar = fields.pop("calendar", Calendar())
    demands = tuple(Demand(s.code, 1, 1) for s in DEFAULT_SHIFTS if s.kind is ShiftKind.NIGHT)
    return WardBook(
        Ward("w", "病区", "Ward"),
        settings=settings,
        nurses=nurses,
        shifts=DEFAULT_SHIFTS,
        demands=demands,
        calendar=calendar,
        **fields,
    )


def past(
    rows: Mapping[str, str],
    *,
    first: date = MONDAY,
    published: bool = True,
    changes: tuple[CellChange, ...] = (),
) -> PastRoster:
    """Make a roster of patterns such as `{"A": "NNx--DD"}`, published a week before it begins."""
    length = len(next(iter(rows.values())))
    cells = {
        (staff_no, first + timedelta(days=i)): RosterCell(SYMBOLS[symbol])
        for staff_no, row in rows.items()
        for i, symbol in enumerate(row)
        if symbol != " "
    }
    at = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=7)
    period = Period(first, first + timedelta(days=length - 1))
    return PastRoster(Roster(period, cells, published_at=at if published else None), changes)


def change(staff_no: str, day: date, old: str, new: str, *, at: datetime) -> CellChange:
    return CellChange(
        staff_no, day, RosterCell(SYMBOLS[old]), RosterCell(SYMBOLS[new]), by="H", at=at, reason="sick call"
    )
