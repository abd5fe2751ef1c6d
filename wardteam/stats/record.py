"""A comparison as plain values for programs (JSON): figures unrounded, words in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from wardteam.errors import Message
from wardteam.stats.comparison import Comparison


def plain_record(comparison: Comparison) -> dict[str, object]:
    """Give everything in the comparison as dicts, lists, numbers and text that JSON can carry."""
    return {f.name: _plain(getattr(comparison, f.name)) for f in fields(comparison)}


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case Message():
            return str(value)
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_plain(item) for item in value]
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case _ if is_dataclass(value):
            return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        case _:
            return value
