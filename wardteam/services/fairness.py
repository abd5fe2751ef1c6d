"""What the fairness pages and commands show: the ledger, its spread before and after, one nurse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wardteam.domain.calendar import Period
from wardteam.domain.hours_account import HoursAccount
from wardteam.domain.ledger import Ledger, LedgerAccount, Measure, Spread
from wardteam.domain.people import Nurse
from wardteam.domain.roster import RosterStatus
from wardteam.domain.ward import WardBook
from wardteam.errors import Message, Named, NotFound
from wardteam.services.carried import past_rosters
from wardteam.services.ledger import hours_accounts, ledger_of
from wardteam.services.ports import UnitOfWork, UnitOfWorkFactory
from wardteam.services.stretches import PastRoster
from wardteam.services.wish_points import remembered

NOTHING_YET = Message(
    "No roster has been published since the balances' date, {since}; the ledger has nothing but the opening "
    "balances yet."
)


@dataclass(frozen=True)
class MeasureSpread:
    """How far the nurses lie apart in one measure, before the newest roster and after it."""

    measure: Measure
    before: Spread
    after: Spread


@dataclass(frozen=True)
class Fairness:
    """A ward's ledger up to a period. `newest` is its newest roster's period, None where there is none.

    `draft` says that this roster is not published yet; it then counts as if it were.
    """

    ledger: Ledger
    since: date | None
    newest: Period | None
    is_draft: bool
    names: Mapping[str, Named]
    spreads: tuple[MeasureSpread, ...]
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class NurseFairness:
    """One nurse's accounts and hours, with the ward's spread and nobody else's figures.

    `wish_percent` is what her wishes weigh in the next period, 100 to 200.
    """

    staff_no: str
    name: Named
    accounts: tuple[LedgerAccount, ...]
    hours: tuple[HoursAccount, ...]
    spreads: tuple[MeasureSpread, ...]
    wish_percent: int
    newest: Period | None
    is_draft: bool


def fairness(units: UnitOfWorkFactory, ward: str, period: Period | None = None) -> Fairness:
    """Give the ward's ledger with everything published, and the newest draft after it.

    Parameters
    ----------
    period
        The last period that counts; None for the newest.

    Raises
    ------
    NotFound
        Where a named period has no roster.
    """
    with units() as unit:
        book = unit.books.get(ward).book
        return _fairness(book, _counted(unit, ward, period))


def nurse_fairness(
    units: UnitOfWorkFactory, ward: str, staff_no: str, period: Period | None = None, *, drafts: bool = True
) -> NurseFairness:
    """Give one nurse's accounts; without `drafts` only what is published, as she may see it.

    Raises
    ------
    NotFound
        Where the ward has no nurse of that number, or a named period no roster.
    """
    with units() as unit:
        book = unit.books.get(ward).book
        past = _counted(unit, ward, period)
    if not drafts:
        past = tuple(one for one in past if one.roster.published_at is not None)
    nurse = _nurse(book, staff_no)
    found = _fairness(book, past)
    budget = book.settings.ledger.wish_points
    owed = found.ledger.account(staff_no, Measure.WISH_POINTS).balance
    return NurseFairness(
        staff_no=staff_no,
        name=Named(nurse.name, nurse.name_en),
        accounts=tuple(a for a in found.ledger.accounts if a.staff_no == staff_no),
        hours=hours_accounts(book, past, nurse),
        spreads=found.spreads,
        wish_percent=100 + remembered(100, owed, budget),
        newest=found.newest,
        is_draft=found.is_draft,
    )


def _nurse(book: WardBook, staff_no: str) -> Nurse:
    try:
        return book.nurse(staff_no)
    except KeyError:
        raise NotFound(Message("There is no nurse with staff number {number}.", number=staff_no)) from None


def _counted(unit: UnitOfWork, ward: str, period: Period | None) -> tuple[PastRoster, ...]:
    """Give the published rosters up to the period, and the newest draft where it comes after them all."""
    past = past_rosters(unit, ward)
    periods = unit.rosters.periods(ward)
    if period is not None and period not in periods:
        text = "There is no such roster for {first} to {last}."
        raise NotFound(Message(text, first=period.first, last=period.last))
    newest = period or (periods[0] if periods else None)
    published = {one.roster.period for one in past}
    if newest is not None and newest not in published:
        draft = unit.rosters.latest(ward, newest, RosterStatus.DRAFT)
        past = past if draft is None else (PastRoster(draft), *past)
    return tuple(one for one in past if newest is None or one.roster.period.first <= newest.first)


def _fairness(book: WardBook, past: tuple[PastRoster, ...]) -> Fairness:
    ledger = ledger_of(book, past)
    newest = ledger.periods[-1] if ledger.periods else None
    spreads = tuple(
        MeasureSpread(measure, ledger.spread(measure, without=newest), ledger.spread(measure))
        for measure in Measure
    )
    since = book.ledger_since
    notes = () if newest or since is None else (Message(NOTHING_YET.text, since=since),)
    return Fairness(
        ledger=ledger,
        since=since,
        newest=newest,
        is_draft=newest is not None and newest == ledger.draft,
        names={nurse.staff_no: Named(nurse.name, nurse.name_en) for nurse in book.nurses},
        spreads=spreads,
        notes=notes,
    )
