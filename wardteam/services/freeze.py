"""The freeze line: which days and shifts of a roster no longer change, and what counts as short notice."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from wardteam.domain.roster import Roster, RosterCell
from wardteam.domain.ward import WardBook


def frozen_until(roster: Roster, today: date) -> date:
    """Give the last day that no longer changes: the roster's own line, and always what is past.

    Today itself is open, so that a nurse who reports sick at six can be replaced at eight; a shift that
    has begun is frozen by `has_started`.
    """
    yesterday = today - timedelta(days=1)
    return yesterday if roster.frozen_until is None else max(roster.frozen_until, yesterday)


def line_on_publishing(book: WardBook, roster: Roster, today: date) -> date:
    """Give the freeze line that publishing sets where the roster has none: so many days from today on."""
    if roster.frozen_until is not None:
        return roster.frozen_until
    return today + timedelta(days=book.settings.frozen_days - 1)


def has_started(book: WardBook, cell: RosterCell | None, day: date, now: datetime) -> bool:
    """Whether the cell is a shift that has begun by now; a day without a shift never has."""
    shift = next((s for s in book.shifts if cell is not None and s.code == cell.code), None)
    if shift is None:
        return False
    midnight = datetime.combine(day, time(), book.settings.zone)
    return midnight + timedelta(minutes=shift.start_minute) <= now


def is_short_notice(book: WardBook, day: date, today: date) -> bool:
    """Whether a change of this day comes within the ward's notice period."""
    return (day - today).days < book.settings.notice_days
