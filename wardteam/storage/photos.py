"""Keeps nurses' photographs as they were checked and re-encoded."""

from __future__ import annotations

import sqlalchemy as sa

from wardteam.storage.record_tables import photos


class SqlPhotos:
    """The photographs of all wards."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, ward: str, key: str) -> bytes | None:
        """Give the picture, or None."""
        return self._connection.scalar(sa.select(photos.c.picture).where(_is_photo(ward, key)))

    def put(self, ward: str, key: str, picture: bytes) -> None:
        """Store a picture, in place of an older one."""
        self._connection.execute(sa.delete(photos).where(_is_photo(ward, key)))
        self._connection.execute(sa.insert(photos), {"ward": ward, "key": key, "picture": picture})


def _is_photo(ward: str, key: str) -> sa.ColumnElement[bool]:
    return (photos.c.ward == ward) & (photos.c.key == key)
