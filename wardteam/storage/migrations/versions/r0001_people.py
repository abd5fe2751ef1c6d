"""The ward, its people and its teams."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "wards",
    "ward_revisions",
    "nurses",
    "teams",
    "memberships",
    "leaves",
    "wishes",
    "restrictions",
    "pairs",
)


def _wards() -> None:
    op.create_table(
        "wards",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("hospital", sa.Text(), nullable=False),
        sa.Column("hospital_en", sa.Text(), nullable=False),
        sa.Column("settings", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("balance_measures", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=True),
        sa.Column("period_last", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_wards")),
    )


def _ward_revisions() -> None:
    op.create_table(
        "ward_revisions",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward"], ["wards.code"], name=op.f("fk_ward_revisions_ward"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ward", "revision", name=op.f("pk_ward_revisions")),
    )


def _nurses() -> None:
    op.create_table(
        "nurses",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("staff_no", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=32), nullable=False),
        sa.Column("title_since", sa.Date(), nullable=False),
        sa.Column("service_since", sa.Date(), nullable=False),
        sa.Column("education", sa.String(length=32), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("sex", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=True),
        sa.Column("ability", sa.SmallInteger(), nullable=False),
        sa.Column("contract_percent", sa.SmallInteger(), nullable=False),
        sa.Column("is_preceptor", sa.Boolean(), nullable=False),
        sa.Column("registration_until", sa.Date(), nullable=True),
        sa.Column("is_registered_here", sa.Boolean(), nullable=False),
        sa.Column("joined", sa.Date(), nullable=True),
        sa.Column("left", sa.Date(), nullable=True),
        sa.Column("strengths", sa.Text(), nullable=False),
        sa.Column("strengths_en", sa.Text(), nullable=False),
        sa.Column("photo", sa.Text(), nullable=False),
        sa.Column("photo_consent", sa.Date(), nullable=True),
        sa.Column("photo_consent_withdrawn", sa.Date(), nullable=True),
        sa.Column("hours_balance_minutes", sa.Integer(), nullable=False),
        sa.Column("annual_leave_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_nurses_ward"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_nurses")),
        sa.UniqueConstraint("ward", "staff_no", name=op.f("uq_nurses_ward_staff_no")),
    )


def _teams() -> None:
    op.create_table(
        "teams",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_teams_ward"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_teams")),
        sa.UniqueConstraint("ward", "number", name=op.f("uq_teams_ward_number")),
    )


def _memberships() -> None:
    op.create_table(
        "memberships",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("staff_no", sa.String(length=64), nullable=False),
        sa.Column("team", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward", "staff_no"],
            ["nurses.ward", "nurses.staff_no"],
            name=op.f("fk_memberships_ward_staff_no"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ward", "team"],
            ["teams.ward", "teams.number"],
            name=op.f("fk_memberships_ward_team"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ward"], ["wards.code"], name=op.f("fk_memberships_ward"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_memberships")),
    )


def _leaves() -> None:
    op.create_table(
        "leaves",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("staff_no", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward", "staff_no"],
            ["nurses.ward", "nurses.staff_no"],
            name=op.f("fk_leaves_ward_staff_no"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_leaves_ward"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_leaves")),
    )


def _wishes() -> None:
    op.create_table(
        "wishes",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("staff_no", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("shift", sa.String(length=64), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward", "staff_no"],
            ["nurses.ward", "nurses.staff_no"],
            name=op.f("fk_wishes_ward_staff_no"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_wishes_ward"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_wishes")),
    )


def _restrictions() -> None:
    op.create_table(
        "restrictions",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("staff_no", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("event_date", sa.Date(), nullable=True),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("shift", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward", "staff_no"],
            ["nurses.ward", "nurses.staff_no"],
            name=op.f("fk_restrictions_ward_staff_no"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ward"], ["wards.code"], name=op.f("fk_restrictions_ward"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_restrictions")),
    )


def _pairs() -> None:
    op.create_table(
        "pairs",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("first", sa.String(length=64), nullable=False),
        sa.Column("second", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward", "first"],
            ["nurses.ward", "nurses.staff_no"],
            name=op.f("fk_pairs_ward_first"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ward", "second"],
            ["nurses.ward", "nurses.staff_no"],
            name=op.f("fk_pairs_ward_second"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_pairs_ward"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ward", "ordinal", name=op.f("pk_pairs")),
    )


def upgrade() -> None:
    """Make the tables."""
    _wards()
    _ward_revisions()
    _nurses()
    _teams()
    _memberships()
    _leaves()
    _wishes()
    _restrictions()
    _pairs()


def downgrade() -> None:
    """Drop the tables."""
    for name in reversed(TABLES):
        op.drop_table(name)
