"""Rooms, beds, shifts, rules, calendar, history and balances."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "rooms",
    "beds",
    "stays",
    "ownerships",
    "shifts",
    "demands",
    "rule_settings",
    "calendar_days",
    "history_cells",
    "balances",
)


def _rooms() -> None:
    op.create_table(
        "rooms",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_rooms_ward"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_rooms")),
        sa.UniqueConstraint("ward", "code", name=op.f("uq_rooms_ward_code")),
    )


def _beds() -> None:
    op.create_table(
        "beds",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("room", sa.String(length=64), nullable=False),
        sa.Column("usual_grade", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward", "room"],
            ["rooms.ward", "rooms.code"],
            name=op.f("fk_beds_ward_room"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_beds_ward"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_beds")),
        sa.UniqueConstraint("ward", "code", name=op.f("uq_beds_ward_code")),
    )


def _stays() -> None:
    op.create_table(
        "stays",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("bed", sa.String(length=64), nullable=False),
        sa.Column("grade", sa.String(length=32), nullable=False),
        sa.Column("admitted", sa.DateTime(timezone=True), nullable=False),
        sa.Column("discharged", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minimum_level", sa.SmallInteger(), nullable=False),
        sa.Column("surname_masked", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward", "bed"],
            ["beds.ward", "beds.code"],
            name=op.f("fk_stays_ward_bed"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_stays_ward"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_stays")),
        sa.UniqueConstraint("ward", "code", name=op.f("uq_stays_ward_code")),
    )


def _ownerships() -> None:
    op.create_table(
        "ownerships",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("bed", sa.String(length=64), nullable=False),
        sa.Column("staff_no", sa.String(length=64), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ward", "bed"],
            ["beds.ward", "beds.code"],
            name=op.f("fk_ownerships_ward_bed"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ward", "staff_no"],
            ["nurses.ward", "nurses.staff_no"],
            name=op.f("fk_ownerships_ward_staff_no"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ward"], ["wards.code"], name=op.f("fk_ownerships_ward"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_ownerships")),
    )


def _shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("symbol_en", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("segments", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("summer_segments", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("text_colour", sa.Text(), nullable=False),
        sa.Column("holds_beds", sa.Boolean(), nullable=False),
        sa.Column("counts_in_ratio", sa.Boolean(), nullable=False),
        sa.Column("is_duty", sa.Boolean(), nullable=False),
        sa.Column("is_double_staffed", sa.Boolean(), nullable=False),
        sa.Column("minimum_senior", sa.SmallInteger(), nullable=True),
        sa.Column("fairness_weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_shifts_ward"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_shifts")),
        sa.UniqueConstraint("ward", "code", name=op.f("uq_shifts_ward_code")),
    )


def _demands() -> None:
    op.create_table(
        "demands",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("shift", sa.String(length=64), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("wished", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=True),
        sa.Column("day_kind", sa.String(length=32), nullable=True),
        sa.Column("weekdays", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("days", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("post", sa.String(length=32), nullable=False),
        sa.Column("per_team", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward", "shift"],
            ["shifts.ward", "shifts.code"],
            name=op.f("fk_demands_ward_shift"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_demands_ward"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_demands")),
    )


def _rule_settings() -> None:
    op.create_table(
        "rule_settings",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("severity", sa.String(length=32), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.Column("parameters", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward"], ["wards.code"], name=op.f("fk_rule_settings_ward"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_rule_settings")),
    )


def _calendar_days() -> None:
    op.create_table(
        "calendar_days",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_makeup", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward"], ["wards.code"], name=op.f("fk_calendar_days_ward"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_calendar_days")),
    )


def _history_cells() -> None:
    op.create_table(
        "history_cells",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("staff_no", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("post", sa.String(length=32), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward"], ["wards.code"], name=op.f("fk_history_cells_ward"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_history_cells")),
        sa.UniqueConstraint("ward", "staff_no", "day", name=op.f("uq_history_cells_ward_staff_no_day")),
    )


def _balances() -> None:
    op.create_table(
        "balances",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=64), nullable=False),
        sa.Column("staff_no", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_balances_ward"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_balances")),
        sa.UniqueConstraint("ward", "measure", "staff_no", name=op.f("uq_balances_ward_measure_staff_no")),
    )


def upgrade() -> None:
    """Make the tables."""
    _rooms()
    _beds()
    _stays()
    _ownerships()
    _shifts()
    _demands()
    _rule_settings()
    _calendar_days()
    _history_cells()
    _balances()


def downgrade() -> None:
    """Drop the tables."""
    for name in reversed(TABLES):
        op.drop_table(name)
