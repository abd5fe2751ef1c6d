"""Photographs, solve runs, quality records, jobs and the installation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    "photos",
    "solve_runs",
    "solve_stages",
    "quality_studies",
    "bell_calls",
    "patient_days",
    "questionnaires",
    "jobs",
    "installation",
)


def _photos() -> None:
    op.create_table(
        "photos",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_photos_ward"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ward", "key", name=op.f("pk_photos")),
    )


def _solve_runs() -> None:
    op.create_table(
        "solve_runs",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("wall_seconds", sa.Double(), nullable=False),
        sa.Column("cpu_seconds", sa.Double(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("seconds_to_first", sa.Double(), nullable=True),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward"], ["wards.code"], name=op.f("fk_solve_runs_ward"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ward", "position", name=op.f("pk_solve_runs")),
    )


def _solve_stages() -> None:
    op.create_table(
        "solve_stages",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("objective", sa.BigInteger(), nullable=True),
        sa.Column("bound", sa.BigInteger(), nullable=True),
        sa.Column("wall_seconds", sa.Double(), nullable=False),
        sa.Column("cpu_seconds", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward", "run"],
            ["solve_runs.ward", "solve_runs.position"],
            name=op.f("fk_solve_stages_ward_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("ward", "run", "position", name=op.f("pk_solve_stages")),
    )


def _quality_studies() -> None:
    op.create_table(
        "quality_studies",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("baseline_name", sa.Text(), nullable=False),
        sa.Column("baseline_name_en", sa.Text(), nullable=False),
        sa.Column("baseline_first", sa.Date(), nullable=False),
        sa.Column("baseline_last", sa.Date(), nullable=False),
        sa.Column("baseline_issued", sa.Integer(), nullable=False),
        sa.Column("baseline_returned", sa.Integer(), nullable=False),
        sa.Column("intervention_name", sa.Text(), nullable=False),
        sa.Column("intervention_name_en", sa.Text(), nullable=False),
        sa.Column("intervention_first", sa.Date(), nullable=False),
        sa.Column("intervention_last", sa.Date(), nullable=False),
        sa.Column("intervention_issued", sa.Integer(), nullable=False),
        sa.Column("intervention_returned", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward"], ["wards.code"], name=op.f("fk_quality_studies_ward"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ward", name=op.f("pk_quality_studies")),
    )


def _bell_calls() -> None:
    op.create_table(
        "bell_calls",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("bed", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("placed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stay", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward"], ["quality_studies.ward"], name=op.f("fk_bell_calls_ward"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ward", "position", name=op.f("pk_bell_calls")),
    )


def _patient_days() -> None:
    op.create_table(
        "patient_days",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("occupied", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward"], ["quality_studies.ward"], name=op.f("fk_patient_days_ward"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ward", "position", name=op.f("pk_patient_days")),
    )


def _questionnaires() -> None:
    op.create_table(
        "questionnaires",
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("satisfaction_items", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("knowledge_items", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("is_satisfied", sa.Boolean(), nullable=True),
        sa.Column("is_aware", sa.Boolean(), nullable=True),
        sa.Column("is_valid", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward"], ["quality_studies.ward"], name=op.f("fk_questionnaires_ward"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ward", "position", name=op.f("pk_questionnaires")),
    )


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("ward", sa.String(length=64), nullable=False),
        sa.Column("parameters", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("progress", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_jobs")),
    )
    op.create_index("ix_jobs_status", "jobs", ["status"], unique=False)


def _installation() -> None:
    op.create_table(
        "installation",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_installation")),
    )


def upgrade() -> None:
    """Make the tables."""
    _photos()
    _solve_runs()
    _solve_stages()
    _quality_studies()
    _bell_calls()
    _patient_days()
    _questionnaires()
    _jobs()
    _installation()


def downgrade() -> None:
    """Drop the tables."""
    for name in reversed(TABLES):
        op.drop_table(name)
