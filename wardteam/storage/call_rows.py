"""Calls as rows of the database, and what a second word about a kept call adds to it or contradicts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from wardteam.domain.calls import BellCall, CallReason, CallSource, EndedBy

Value = str | int | None
CallRow = tuple[Value, ...]
"""The values of COLUMNS in their order; moments are milliseconds since the epoch, UTC."""

MOMENTS = ("placed", "answered", "arrived", "cleared")
COLUMNS = ("code", "bed", "room", "stay", "staff", "reason", "source", "ended_by", *MOMENTS)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_SAYS_NOTHING: tuple[frozenset[Value], ...] = tuple(
    {
        "reason": frozenset((CallReason.UNKNOWN.value,)),
        "source": frozenset((CallSource.BED.value,)),
        "ended_by": frozenset((EndedBy.UNKNOWN.value,)),
        "code": frozenset[Value](),
        "bed": frozenset[Value](),
        "placed": frozenset[Value](),
    }.get(name, frozenset(("", None)))
    for name in COLUMNS
)


def milliseconds(moment: datetime | None) -> int | None:
    """Give a moment as milliseconds since the epoch, UTC; a naive one is refused."""
    return None if moment is None else (moment - _EPOCH) // _MILLISECOND


def row_of(call: BellCall) -> CallRow:
    """Give a call's row."""
    return (
        call.code,
        call.bed,
        call.room,
        call.stay,
        call.staff,
        call.reason.value,
        call.source.value,
        call.ended_by.value,
        milliseconds(call.placed),
        milliseconds(call.answered),
        milliseconds(call.arrived),
        milliseconds(call.cleared),
    )


def call_of(row: CallRow, zone: ZoneInfo) -> BellCall:
    """Give a row's call with its moments in the ward's zone."""
    code, bed, room, stay, staff, reason, source, ended_by = map(str, row[:8])
    placed, answered, arrived, cleared = row[8:]
    return BellCall(
        code=code,
        bed=bed,
        reason=CallReason(reason),
        placed=_moment(placed, zone),
        answered=None if answered is None else _moment(answered, zone),
        arrived=None if arrived is None else _moment(arrived, zone),
        cleared=None if cleared is None else _moment(cleared, zone),
        stay=stay,
        room=room,
        source=CallSource(source),
        ended_by=EndedBy(ended_by),
        staff=staff,
    )


def completed(kept: CallRow, given: CallRow) -> CallRow | None:
    """Fill what a kept call leaves open with what is given; None where the two contradict each other.

    Open is a moment that did not come, an empty word, an unknown reason or ending, and the source
    "bed", which is what a system says that has no word for it.
    """
    if kept == given:
        return kept
    filled = list(kept)
    for place, (old, new, nothing) in enumerate(zip(kept, given, _SAYS_NOTHING, strict=True)):
        if old == new or new in nothing:
            continue
        if old not in nothing:
            return None
        filled[place] = new
    return tuple(filled)


def _moment(value: Value, zone: ZoneInfo) -> datetime:
    return (_EPOCH + int(value or 0) * _MILLISECOND).astimezone(zone)
