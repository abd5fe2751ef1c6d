"""Gives stored moments back in the ward's own time zone."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from wardteam.storage.ward_tables import wards

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")


def ward_zone(connection: sa.Connection, ward: str) -> ZoneInfo:
    """Give the time zone of a ward; the moments of an unknown ward stay in UTC."""
    settings = connection.scalar(sa.select(wards.c.settings).where(wards.c.code == ward))
    return ZoneInfo("UTC") if settings is None else settings.zone


def in_zone(record: Record, zone: ZoneInfo) -> Record:
    """Move every moment of a record into a time zone."""
    moments = {
        f.name: value.astimezone(zone)
        for f in fields(record)
        if isinstance(value := getattr(record, f.name), datetime)
    }
    return replace(record, **moments) if moments else record
