"""Takes the ward's workbook and ordinary rosters in: read whole, shown as changes, applied only if asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from wardteam.domain.ward import WardBook
from wardteam.errors import Conflict, Finding, Message, NotFound
from wardteam.exchange.roster_reading import RosterReading, read_roster
from wardteam.exchange.workbook import read_workbook_with_warnings
from wardteam.services.book_difference import difference
from wardteam.services.ports import Clock, StoredBook, UnitOfWork, UnitOfWorkFactory
from wardteam.services.wish_points import over_budget
from wardteam_solver.rules import WARD_RULES, setting_problems

__all__ = ["Imported", "difference", "import_book", "import_history"]


@dataclass(frozen=True)
class Imported:
    """What an import changes, or changed. `seen_revision` is None for a new ward.

    `revision` is the book's new revision, None where nothing was applied.
    """

    book: WardBook
    changes: tuple[Message, ...]
    warnings: tuple[Finding, ...] = ()
    seen_revision: int | None = None
    revision: int | None = None


def import_book(
    uow_factory: UnitOfWorkFactory,
    data: bytes,
    file: str,
    *,
    by: str,
    clock: Clock,
    apply: bool,
    glyphs: frozenset[int] | None = None,
    confirmed: Imported | None = None,
) -> Imported:
    """Read the ward's workbook, and replace the ward's book by it if `apply` says so.

    The workbook speaks for its period: wishes outside it, and older history than it shows, are kept.

    Parameters
    ----------
    glyphs
        Code points of the documents' font; names with others are warned of.
    confirmed
        What was shown before; where the ward changed since then, nothing is applied.

    Raises
    ------
    BadInput
        With every finding, where the workbook is not good; nothing is changed.
    Conflict
        Where somebody changed the ward in between.
    """
    rules = frozenset(rule.code for rule in WARD_RULES)
    reading = read_workbook_with_warnings(
        data, file, rules=rules, setting_problems=setting_problems, glyphs=glyphs
    )

    def renew(stored: StoredBook | None) -> WardBook:
        return _dated(reading.book if stored is None else _with_what_is_kept(stored.book, reading.book))

    found = _import(
        uow_factory, reading.book.ward.code, renew, by=by, clock=clock, apply=apply, confirmed=confirmed
    )
    return replace(found, warnings=(*reading.warnings, *over_budget(reading.book, file)))


def import_history(
    uow_factory: UnitOfWorkFactory,
    data: bytes,
    file: str,
    *,
    ward: str,
    nights_booked_on: Literal["evening", "morning"],
    by: str,
    clock: Clock,
    apply: bool,
    confirmed: Imported | None = None,
) -> Imported:
    """Read an ordinary roster as history of a ward; its cells win over those that were kept.

    Raises
    ------
    BadInput
        With every finding, where the roster is not good; nothing is changed.
    NotFound
        Where there is no such ward.
    Conflict
        Where somebody changed the ward in between.
    """

    warnings: list[Finding] = []

    def renew(stored: StoredBook | None) -> WardBook:
        if stored is None:
            raise NotFound(Message("There is no ward {ward}.", ward=ward))
        reading = _read_history(stored.book, data, file, nights_booked_on, clock)
        warnings.extend(reading.warnings)
        return replace(stored.book, history={**stored.book.history, **reading.cells})

    found = _import(uow_factory, ward, renew, by=by, clock=clock, apply=apply, confirmed=confirmed)
    return replace(found, warnings=tuple(warnings))


def _read_history(
    book: WardBook, data: bytes, file: str, nights: Literal["evening", "morning"], clock: Clock
) -> RosterReading:
    year = (book.period.first - timedelta(days=1)).year if book.period else clock().year
    return read_roster(
        data,
        file,
        nurses=book.nurses,
        shifts=book.shifts,
        leaves=book.leaves,
        nights_booked_on=nights,
        year_hint=year,
    )


def _import(
    uow_factory: UnitOfWorkFactory,
    ward: str,
    renew: Callable[[StoredBook | None], WardBook],
    *,
    by: str,
    clock: Clock,
    apply: bool,
    confirmed: Imported | None,
) -> Imported:
    """Compare and, if asked, save in one unit of work, so that nothing slips in between."""
    with uow_factory() as uow:
        stored = _stored(uow, ward)
        seen = stored.revision if stored else None
        if confirmed is not None and confirmed.seen_revision != seen:
            raise Conflict(Message("The ward was changed in the meantime; look at the changes once more."))
        book = renew(stored)
        result = Imported(book, difference(stored.book if stored else None, book), seen_revision=seen)
        if not apply:
            return result
        revision = uow.books.save(book, expected_revision=seen, by=by, at=clock())
        uow.commit()
    return replace(result, revision=revision)


def _stored(uow: UnitOfWork, ward: str) -> StoredBook | None:
    return uow.books.get(ward) if ward in uow.books.codes() else None


def _dated(book: WardBook) -> WardBook:
    """Write down at which date the balances stand, so that a later period leaves it where it is."""
    ledger = replace(book.settings.ledger, since=book.ledger_since)
    return replace(book, settings=replace(book.settings, ledger=ledger))


def _with_what_is_kept(old: WardBook, new: WardBook) -> WardBook:
    """Add what the workbook does not speak of: wishes of other periods, history it does not show.

    A workbook that does not say at which date its balances stand says nothing against the date before.
    """
    period = new.period
    wishes = [w for w in old.wishes if period is not None and w.day not in period]
    days = [day for _, day in new.history]
    shown = (min(days), max(days)) if days else None
    staff = {nurse.staff_no for nurse in new.nurses}
    history = {
        key: cell
        for key, cell in old.history.items()
        if key[0] in staff and (shown is None or not shown[0] <= key[1] <= shown[1])
    }
    shifts = {"", *(shift.code for shift in new.shifts)}
    kept = tuple(wish for wish in wishes if wish.staff_no in staff and wish.shift in shifts)
    ledger = replace(new.settings.ledger, since=new.settings.ledger.since or old.ledger_since)
    settings = replace(new.settings, ledger=ledger)
    return replace(new, settings=settings, wishes=(*kept, *new.wishes), history=history | dict(new.history))
