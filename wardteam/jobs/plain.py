"""What a job's row can hold: values as plain JSON, and messages so that they can be put into words later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from wardteam.domain.labels import LABELS
from wardteam.errors import Message, Named
from wardteam.services.kept_messages import message_from

__all__ = ["message_from", "plain"]

_ENUMS = {kind.__name__: kind for kind, _ in LABELS}


def plain(value: object) -> object:
    """Turn a value into what JSON can hold; a message keeps its fields, a name both its languages."""
    match value:
        case Message():
            fields = {key: _field(item) for key, item in value.fields.items()}
            return {"message": value.text, "fields": fields}
        case Named():
            return {"zh": value.zh, "en": value.en}
        case Enum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(item) for item in value]
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _field(value: object) -> object:
    match value:
        case Enum() if type(value).__name__ in _ENUMS:
            return {"enum": type(value).__name__, "value": value.value}
        case list() | tuple():
            return [_field(item) for item in value]
        case date():
            return {"date": value.isoformat()}
        case _:
            return plain(value)
