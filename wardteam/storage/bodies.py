"""Captured records as JSON text and back: every value returns as it was, or is refused in words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from wardteam.domain.records import RECORD_CLASSES, RecordKind
from wardteam.errors import Message, WardteamError

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def body_of(kind: RecordKind, record: object) -> str:
    """Write a record as JSON.

    Raises
    ------
    ValueError
        Where it holds something that JSON would not give back, such as an infinity.
    """
    adapter = _adapter(kind)
    text: str = adapter.dump_json(record).decode("utf-8")
    try:
        came_back = adapter.validate_json(text)
    except ValueError:
        came_back = None
    if came_back != record:
        raise ValueError(f"a {kind.value} must come back from storage as it was, got {record!r}")
    return text


def record_of(kind: RecordKind, code: str, body: str) -> Any:  # an instance of the kind's class
    """Read a record.

    Raises
    ------
    WardteamError
        Where the text is no such record any more.
    """
    try:
        return _adapter(kind).validate_json(body)
    except ValueError as error:
        text = "The stored record {code} ({kind}) can't be read any more. Restore the last backup."
        raise WardteamError(Message(text, code=code, kind=kind)) from error


@cache
def _adapter(kind: RecordKind) -> TypeAdapter[Any]:  # of the kind's class
    from pydantic import TypeAdapter  # takes a while to load, and most commands capture nothing

    return TypeAdapter(RECORD_CLASSES[kind])
