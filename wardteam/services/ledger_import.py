"""Takes opening balances of the ledger in: shown as changes, applied only if asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from wardteam.domain.ledger import Measure
from wardteam.domain.ward import WardBook
from wardteam.errors import Conflict, Message, Named
from wardteam.exchange.balances_file import read_balances
from wardteam.services.ports import Clock, UnitOfWorkFactory


@dataclass(frozen=True)
class ImportedBalances:
    """What an import of balances changes, or changed. `revision` is None where nothing was applied."""

    since: date | None
    changes: tuple[Message, ...]
    seen_revision: int
    revision: int | None = None


def import_balances(
    units: UnitOfWorkFactory,
    ward: str,
    path: Path,
    *,
    since: date | None,
    by: str,
    clock: Clock,
    confirmed: ImportedBalances | None = None,
) -> ImportedBalances:
    """Read balances, and put them in place of those of the same measure and nurse, once confirmed.

    Parameters
    ----------
    since
        The date at whose beginning they stand; rosters published before it no longer count. None leaves
        the ward's date as it is.
    confirmed
        What was shown before; None only shows.

    Raises
    ------
    BadInput
        With every finding, where the file is not good.
    Conflict
        Where somebody changed the ward since it was shown.
    """
    with units() as unit:
        stored = unit.books.get(ward)
        amounts = read_balances(path, staff=frozenset(n.staff_no for n in stored.book.nurses))
        book = _with_balances(stored.book, amounts, since)
        found = ImportedBalances(book.ledger_since, tuple(_changes(stored.book, book)), stored.revision)
        if confirmed is None:
            return found
        if confirmed.seen_revision != stored.revision:
            raise Conflict(Message("The ward was changed in the meantime; look at the changes once more."))
        revision = unit.books.save(book, expected_revision=stored.revision, by=by, at=clock())
        unit.commit()
    return replace(found, revision=revision)


def _with_balances(book: WardBook, amounts: Mapping[str, Mapping[str, int]], since: date | None) -> WardBook:
    measures = dict.fromkeys((*book.balances, *amounts))
    balances = {m: {**book.balances.get(m, {}), **amounts.get(m, {})} for m in measures}
    ledger = replace(book.settings.ledger, since=since or book.ledger_since)
    return replace(book, balances=balances, settings=replace(book.settings, ledger=ledger))


def _changes(old: WardBook, new: WardBook) -> Iterator[Message]:
    if old.ledger_since != new.ledger_since and new.ledger_since is not None:
        yield Message("The balances stand at {day} from now on.", day=new.ledger_since)
    names = {nurse.staff_no: Named(nurse.name, nurse.name_en) for nurse in new.nurses}
    for measure, amounts in new.balances.items():
        before = old.balances.get(measure, {})
        for staff_no, amount in amounts.items():
            if amount != before.get(staff_no, 0):
                yield Message(
                    "{nurse}, {measure}: {old} becomes {new}.",
                    nurse=names[staff_no],
                    measure=Measure(measure),
                    old=before.get(staff_no, 0),
                    new=amount,
                )
