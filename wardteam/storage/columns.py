"""Column types that give domain values back: coded enums, aware moments, packed values; and naming."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum, IntEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = sa.MetaData(naming_convention=NAMING)


class Coded(TypeDecorator[Enum]):
    """An enum kept as its value: text, or a small number for an IntEnum."""

    impl = sa.String(32)
    cache_ok = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__()
        self.kind = kind

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:  # text or number
        """Choose the column's type by the enum's."""
        is_number = issubclass(self.kind, IntEnum)
        return dialect.type_descriptor(sa.SmallInteger() if is_number else sa.String(32))

    def process_bind_param(self, value: Enum | None, dialect: Dialect) -> Any:  # noqa: ARG002  SQLAlchemy's form
        """Give the enum's value."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: object, dialect: Dialect) -> Enum | None:  # noqa: ARG002  SQLAlchemy's form
        """Give the enum."""
        return None if value is None else self.kind(value)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a stored moment must be aware, got {value}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's form
        """Give the moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Packed(TypeDecorator[Any]):  # whatever its two functions translate
    """A small value kept as JSON, through one function each way."""

    impl = sa.JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, pack: Callable[[Any], object], unpack: Callable[[Any], Any]) -> None:  # the same
        super().__init__()
        self.pack = pack
        self.unpack = unpack

    def process_bind_param(self, value: Any, dialect: Dialect) -> object:  # noqa: ARG002  SQLAlchemy's form
        """Give what JSON can hold."""
        return None if value is None else self.pack(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002  SQLAlchemy's form
        """Give the domain value."""
        return None if value is None else self.unpack(value)


def tuples(value: Any) -> Any:  # any JSON value
    """Turn JSON's lists into tuples, all the way down."""
    return tuple(tuples(item) for item in value) if isinstance(value, list) else value
