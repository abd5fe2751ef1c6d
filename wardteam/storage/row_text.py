"""One row as one line of JSON and back, by the types of its columns."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from wardteam.storage.columns import Coded, Moment, Packed
from wardteam.storage.shelves import Row

Translate = Callable[[Any], Any]  # between a column's values and JSON's


def row_to_text(table: sa.Table, row: Row) -> str:
    """Write a row as one line of JSON."""
    values = {c.name: None if row[c.name] is None else _ways(c.type)[0](row[c.name]) for c in table.c}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def row_from_text(table: sa.Table, line: str) -> Row:
    """Read a row; its columns must be the table's, and each value of its column's type.

    Raises
    ------
    ValueError, KeyError, TypeError
        Where it isn't such a row.
    """
    values = json.loads(line)
    if not isinstance(values, dict) or values.keys() != set(table.c.keys()):
        raise ValueError(f"expected the columns of {table.name}")
    return {c.name: _value(c, values[c.name]) for c in table.c}


def _value(column: sa.Column[Any], value: Any) -> Any:  # a column's value
    if value is None and column.nullable:
        return None
    return _ways(column.type)[1](value)


def _ways(kind: sa.types.TypeEngine[Any]) -> tuple[Translate, Translate]:
    match kind:
        case Coded():
            return (lambda value: value.value), kind.kind
        case Moment():
            return datetime.isoformat, _aware
        case Packed():
            return kind.pack, kind.unpack
        case sa.Date():
            return date.isoformat, date.fromisoformat
        case sa.LargeBinary():
            return (lambda value: b64encode(value).decode("ascii")), (
                lambda text: b64decode(text, validate=True)
            )
        case _:
            return (lambda value: value), _checked(kind.python_type)


def _aware(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"expected an aware moment, got {text}")
    return moment


def _checked(kind: type) -> Translate:
    def check(value: object) -> object:
        fits = isinstance(value, int | float) if kind is float else type(value) is kind
        if not fits:
            raise TypeError(f"expected {kind.__name__}, got {value!r}")
        return value

    return check
