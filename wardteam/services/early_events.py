"""Live events that come before their call's first word: they wait for it, as long as a call can last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from wardteam.domain.calls import EarlyEvent
from wardteam.services.ports import UnitOfWork
from wardteam.services.quality_ports import Kept

MOST_WAITING = 1000
"""So many events wait in a ward; more are refused, for then the system sends no first words at all."""
WAITING = timedelta(days=2)
BY_SYSTEM = "live"


def hold(unit: UnitOfWork, ward: str, code: str, event: Mapping[str, object], now: datetime) -> bool:
    """Keep an event until its call is known, and let go those that waited in vain.

    False where too many wait.
    """
    today = now.astimezone(unit.books.get(ward).book.settings.zone).date()
    fields = {name: str(value) for name, value in event.items() if value is not None}
    digest = sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    kept = unit.captured.all(ward, EarlyEvent)
    old = [one for one in kept if one.record.day < today - WAITING]
    if len(kept) - len(old) >= MOST_WAITING:
        return False
    _remove(unit, ward, old, now)
    unit.captured.put_many(ward, [EarlyEvent(digest, today, code, fields)], by=BY_SYSTEM, at=now)
    return True


def release(unit: UnitOfWork, ward: str, code: str, now: datetime) -> tuple[Mapping[str, str], ...]:
    """Give the events that waited for a call, oldest first, and keep them no longer."""
    found = [one for one in unit.captured.all(ward, EarlyEvent) if one.record.call == code]
    _remove(unit, ward, found, now)
    return tuple(one.record.fields for one in sorted(found, key=lambda one: one.at))


def _remove(unit: UnitOfWork, ward: str, kept: list[Kept[EarlyEvent]], now: datetime) -> None:
    for one in kept:
        unit.captured.remove(
            ward,
            EarlyEvent,
            one.record.code,
            expected_revision=one.revision,
            by=BY_SYSTEM,
            at=now,
            reason="",
        )
