"""What the published rosters say of the past, each date once: the newest roster of a date speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellChange, CellKey, Roster, RosterCell
from wardteam.domain.shifts import LeaveKind
from wardteam.domain.ward import WardBook

OFF_DUTY = frozenset(kind.value for kind in LeaveKind)


@dataclass(frozen=True)
class PastRoster:
    """A roster as it stands now, with the changes made to it, oldest first."""

    roster: Roster
    changes: tuple[CellChange, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """The dates of a period for which its roster speaks.

    `cells` are those of these dates alone. `called` are the duties to which somebody was called in on a
    day off after publishing. `is_draft` tells a roster that is not published.
    """

    period: Period
    days: tuple[date, ...]
    cells: Mapping[CellKey, RosterCell]
    called: frozenset[CellKey]
    is_draft: bool = False

    @property
    def staff(self) -> frozenset[str]:
        """Staff numbers of those who stand on it."""
        return frozenset(staff_no for staff_no, _ in self.cells)


def stretches(
    book: WardBook, past: Iterable[PastRoster], *, until: date | None = None
) -> tuple[Stretch, ...]:
    """Divide the past among its rosters, oldest first: from the date of the book's balances to `until`.

    Parameters
    ----------
    until
        The first date that is left out; None leaves none out.
    """
    since, taken, found = book.ledger_since, set[date](), []
    for one in sorted(past, key=_newest_first):
        days = tuple(d for d in one.roster.period if d not in taken and _is_between(d, since, until))
        taken.update(days)
        if days:
            found.append(_stretch(book, one, days))
    return tuple(sorted(found, key=lambda stretch: stretch.days[0]))


def written(found: Sequence[Stretch], book: WardBook) -> dict[CellKey, RosterCell]:
    """Give every cell that is known: the stretches', and the book's history before and between them."""
    cells = dict(book.history)
    for stretch in found:
        cells |= stretch.cells
    return cells


def _newest_first(one: PastRoster) -> tuple[bool, float, int]:
    """Order by publishing, the latest first; a draft is newer than all that is published."""
    at = one.roster.published_at
    return (at is not None, -(at.timestamp() if at else 0.0), -one.roster.period.first.toordinal())


def _is_between(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day < until)


def _stretch(book: WardBook, one: PastRoster, days: tuple[date, ...]) -> Stretch:
    within = frozenset(days)
    cells = {key: cell for key, cell in one.roster.cells.items() if key[1] in within}
    duties = frozenset(shift.code for shift in book.shifts if shift.is_duty)
    called = {
        key
        for key, old in _as_published(one).items()
        if key in cells and cells[key].code in duties and old in OFF_DUTY
    }
    is_draft = one.roster.published_at is None
    return Stretch(one.roster.period, days, cells, frozenset(called), is_draft)


def _as_published(one: PastRoster) -> dict[CellKey, str]:
    """Give what stood in each changed cell when the roster was published: the earliest later change's old."""
    published = one.roster.published_at
    before: dict[CellKey, str] = {}
    for change in one.changes:
        if published is not None and change.at >= published and change.old is not None:
            before.setdefault((change.staff_no, change.day), change.old.code)
    return before


def months_before(day: date, months: int) -> date:
    """Give the date so many months earlier, at the latest the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
