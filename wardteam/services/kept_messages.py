"""Messages as a job's row keeps them, given back so that they can be put into words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wardteam.domain.labels import LABELS
from wardteam.errors import Finding, Message, Named

_ENUMS = {kind.__name__: kind for kind, _ in LABELS}


def message_from(value: object) -> Message:
    """Give back a message that was turned into JSON.

    Raises
    ------
    ValueError
        Where it is none.
    """
    if not (isinstance(value, Mapping) and isinstance(value.get("message"), str)):
        raise ValueError(f"expected a message, got {value!r}")
    fields = value.get("fields") or {}
    return Message(value["message"], **{key: _field_from(item) for key, item in fields.items()})


def finding_from(value: Mapping[str, object]) -> Finding:
    """Give back a finding that was turned into JSON."""
    row = value.get("row")
    return Finding(
        file=str(value.get("file", "")),
        problem=message_from(value.get("problem")),
        sheet=str(value.get("sheet", "")),
        row=row if isinstance(row, int) else None,
        column=str(value.get("column", "")),
        value=str(value.get("value", "")),
    )


def _field_from(value: object) -> object:
    match value:
        case {"enum": str(name), "value": member}:
            return _ENUMS[name](member)
        case {"date": str(text)}:
            return date.fromisoformat(text[:10])
        case {"message": str()}:
            return message_from(value)
        case {"zh": str(chinese), "en": str(english)}:
            return Named(chinese, english)
        case list():
            return tuple(_field_from(item) for item in value)
        case _:
            return value
