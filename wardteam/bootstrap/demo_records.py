"""Stores the demo's past: published rosters with their cover, bell calls, and every captured record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from wardteam.bootstrap.wiring import Installation
from wardteam.domain.people import Nurse
from wardteam.domain.ward import WardBook

if TYPE_CHECKING:
    from wardteam.domain.quality import QualityRecords
    from wardteam.services.quality_ports import Record

CALLS_AT_ONCE = 10_000


def keep_records(
    installation: Installation, ward: str, records: QualityRecords, *, seed: int, by: str
) -> None:
    """Store the quality records of the demo ward, and the past rosters of the seed."""
    with installation.units() as unit:
        for first in range(0, len(records.calls), CALLS_AT_ONCE):
            unit.calls.take(ward, records.calls[first : first + CALLS_AT_ONCE])
        unit.captured.put_many(ward, _captured(records), by=by, at=installation.clock())
        unit.commit()
    _keep_rosters(installation, ward, seed, by=by)


def with_past(book: WardBook, seed: int) -> WardBook:
    """Give the demo's book with what its past rosters need: their wishes, and balances at their beginning.

    Each nurse's hours begin so that the months until the book's period lead to the balance she has in it;
    who joined in between begins at zero.
    """
    from wardteam.demo import demo_rosters, past_wishes
    from wardteam.services.ledger import hours_accounts
    from wardteam.services.stretches import PastRoster

    past = [PastRoster(replace(one.roster, published_at=one.published_at)) for one in demo_rosters(seed)]
    first = past[0].roster.period.first
    ledger = replace(book.settings.ledger, since=first)
    dated = replace(book, settings=replace(book.settings, ledger=ledger))

    def opened(nurse: Nurse) -> Nurse:
        accounts = hours_accounts(dated, past, nurse)
        if not accounts:
            return nurse
        if nurse.joined is not None and nurse.joined > first:
            return replace(nurse, hours_balance_minutes=0)
        drift = accounts[-1].closing_minutes - accounts[0].opening_minutes
        return replace(nurse, hours_balance_minutes=nurse.hours_balance_minutes - drift)

    return replace(
        dated,
        nurses=tuple(opened(nurse) for nurse in book.nurses),
        wishes=(*past_wishes(seed), *book.wishes),
    )


def _captured(records: QualityRecords) -> Iterator[Record]:
    """Give all records but the calls, those that others name first."""
    yield records.plan
    yield from records.patient_days
    yield from records.versions
    yield from records.sheets
    yield from records.checklists
    yield from records.audits
    yield from records.actions
    yield from records.activities
    yield from records.events
    yield from records.symposia


def _keep_rosters(installation: Installation, ward: str, seed: int, *, by: str) -> None:
    from wardteam.demo import demo_rosters

    with installation.units() as unit:
        for past in demo_rosters(seed):
            at, period = past.published_at, past.roster.period
            version = unit.rosters.add_draft(ward, past.roster, by=by, at=at).version
            unit.rosters.save_cover(ward, period, version, past.covers, ())
            unit.rosters.publish(ward, period, version, by=by, at=at)
        unit.commit()
