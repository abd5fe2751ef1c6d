"""Names the fields of a call in which a second word about it contradicts what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from wardteam.domain.calls import BellCall, CallField, CallReason, CallSource, EndedBy

_SAME_MOMENT = timedelta(milliseconds=1)
_OPEN: dict[CallField, object] = {
    CallField.REASON: CallReason.UNKNOWN,
    CallField.SOURCE: CallSource.BED,
    CallField.ENDED_BY: EndedBy.UNKNOWN,
}
_ALWAYS_SAID = (CallField.BED, CallField.PLACED)
_NOT_OF_A_CALL = (CallField.CODE, CallField.WARD)


def contradicted(kept: BellCall, given: BellCall) -> Iterator[tuple[CallField, str]]:
    """Give each field that both tell, and differently, with the kept value; moments are in ISO form.

    Nothing is told by an empty word or a moment that did not come, an unknown reason or ending, and the
    source "bed"; moments are kept to the millisecond.
    """
    for field in CallField:
        if field in _NOT_OF_A_CALL:
            continue
        old, new = getattr(kept, field.value), getattr(given, field.value)
        is_told = field in _ALWAYS_SAID or (_says(field, old) and _says(field, new))
        if is_told and not _is_same(old, new):
            yield field, _shown(old)


def _says(field: CallField, value: object) -> bool:
    return value not in ("", None, _OPEN.get(field))


def _is_same(old: object, new: object) -> bool:
    if isinstance(old, datetime) and isinstance(new, datetime):
        return abs(old - new) < _SAME_MOMENT
    return old == new


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else str(value)
