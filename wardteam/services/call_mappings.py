"""Mappings of call systems' columns that a ward keeps."""

from __future__ import annotations

from dataclasses import replace

from wardteam.domain.calls import CallMapping
from wardteam.services.ports import Clock, UnitOfWorkFactory


def kept_mappings(units: UnitOfWorkFactory, ward: str) -> tuple[CallMapping, ...]:
    """Give the mappings that a ward keeps."""
    with units() as unit:
        return tuple(kept.record for kept in unit.captured.all(ward, CallMapping))


def keep_mapping(
    units: UnitOfWorkFactory, ward: str, mapping: CallMapping, *, by: str, clock: Clock
) -> CallMapping:
    """Remember a mapping under its code, dated today where it says something new."""
    with units() as unit:
        now = clock()
        today = now.astimezone(unit.books.get(ward).book.settings.zone).date()
        kept = unit.captured.find(ward, CallMapping, mapping.code)
        if kept is not None and replace(mapping, day=kept.record.day) == kept.record:
            return kept.record
        dated = replace(mapping, day=today)
        unit.captured.put_many(ward, [dated], by=by, at=now)
        unit.commit()
        return dated
