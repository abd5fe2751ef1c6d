"""The tables of quality: bell calls, captured records with every version, and counters of their changes."""

from __future__ import annotations

import sqlalchemy as sa

from wardteam.domain.records import RecordKind
from wardteam.storage.columns import METADATA, Coded, Moment
from wardteam.storage.ward_tables import CODE

WORD = sa.String(32)


def _ward() -> sa.Column[str]:
    tie = sa.ForeignKey("wards.code", ondelete="CASCADE")
    return sa.Column("ward", CODE, tie, primary_key=True, nullable=False)


# Plain numbers and words, without SQLAlchemy's conversions: a million of them must take seconds.
# Moments are milliseconds since the epoch (UTC); reason, source and ended_by are the enums' values.
bell_calls = sa.Table(
    "bell_calls",
    METADATA,
    _ward(),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("bed", sa.Text, nullable=False),
    sa.Column("room", sa.Text, nullable=False),
    sa.Column("stay", sa.Text, nullable=False),
    sa.Column("staff", sa.Text, nullable=False),
    sa.Column("reason", WORD, nullable=False),
    sa.Column("source", WORD, nullable=False),
    sa.Column("ended_by", WORD, nullable=False),
    sa.Column("placed", sa.BigInteger, nullable=False),
    sa.Column("answered", sa.BigInteger),
    sa.Column("arrived", sa.BigInteger),
    sa.Column("cleared", sa.BigInteger),
)
sa.Index("ix_bell_calls_time", bell_calls.c.ward, bell_calls.c.placed, bell_calls.c.code)

# One row a version; a version without a body says that the record was removed.
captured = sa.Table(
    "captured",
    METADATA,
    _ward(),
    sa.Column("kind", Coded(RecordKind), primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("is_newest", sa.Boolean, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("body", sa.Text),
    sa.Column("written_by", sa.Text, nullable=False),
    sa.Column("written_at", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)
sa.Index(
    "uq_captured_newest",
    captured.c.ward,
    captured.c.kind,
    captured.c.code,
    unique=True,
    sqlite_where=sa.text("is_newest"),
    postgresql_where=sa.text("is_newest"),
)
sa.Index("ix_captured_day", captured.c.ward, captured.c.kind, captured.c.day)

quality_changes = sa.Table(
    "quality_changes",
    METADATA,
    _ward(),
    sa.Column("calls", sa.Integer, nullable=False),
    sa.Column("records", sa.Integer, nullable=False),
)
