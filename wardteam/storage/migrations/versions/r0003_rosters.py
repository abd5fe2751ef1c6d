"""Rosters in versions, their changes and cover."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    "rosters",
    "roster_cells",
    "cell_changes",
    "covers",
    "zones",
)


def _rosters() -> None:
    op.create_table(
        "rosters",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("frozen_until", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_rosters_ward"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_rosters")),
        sa.UniqueConstraint(
            "ward",
            "first_day",
            "last_day",
            "version",
            name=op.f("uq_rosters_ward_first_day_last_day_version"),
        ),
    )
    op.create_index(
        "uq_rosters_one_published",
        "rosters",
        ["ward", "first_day", "last_day"],
        unique=True,
        sqlite_where=sa.text("status = 'published'"),
        postgresql_where=sa.text("status = 'published'"),
    )


def _roster_cells() -> None:
    op.create_table(
        "roster_cells",
        sa.Column("roster", sa.String(length=64), nullable=False),
        sa.Column("staff_no", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("post", sa.String(length=32), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["roster"], ["rosters.code"], name=op.f("fk_roster_cells_roster"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("roster", "staff_no", "day", name=op.f("pk_roster_cells")),
    )


def _cell_changes() -> None:
    op.create_table(
        "cell_changes",
        sa.Column("roster", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("staff_no", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("old_code", sa.String(length=64), nullable=True),
        sa.Column("old_post", sa.String(length=32), nullable=True),
        sa.Column("old_is_locked", sa.Boolean(), nullable=True),
        sa.Column("new_code", sa.String(length=64), nullable=True),
        sa.Column("new_post", sa.String(length=32), nullable=True),
        sa.Column("new_is_locked", sa.Boolean(), nullable=True),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["roster"], ["rosters.code"], name=op.f("fk_cell_changes_roster"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("roster", "position", name=op.f("pk_cell_changes")),
    )


def _covers() -> None:
    op.create_table(
        "covers",
        sa.Column("roster", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("bed", sa.String(length=64), nullable=False),
        sa.Column("staff_no", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("is_over_cap", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["roster"], ["rosters.code"], name=op.f("fk_covers_roster"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("roster", "position", name=op.f("pk_covers")),
    )


def _zones() -> None:
    op.create_table(
        "zones",
        sa.Column("roster", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift", sa.String(length=64), nullable=False),
        sa.Column("staff_no", sa.String(length=64), nullable=False),
        sa.Column("beds", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["roster"], ["rosters.code"], name=op.f("fk_zones_roster"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("roster", "position", name=op.f("pk_zones")),
    )


def upgrade() -> None:
    """Make the tables."""
    _rosters()
    _roster_cells()
    _cell_changes()
    _covers()
    _zones()


def downgrade() -> None:
    """Drop the tables."""
    for name in reversed(TABLES):
        op.drop_table(name)
