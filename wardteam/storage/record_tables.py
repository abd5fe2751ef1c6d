"""The tables beside the book: rosters, cover, photographs, solve runs, jobs."""

from __future__ import annotations

import sqlalchemy as sa

from wardteam.domain.beds import HolderKind
from wardteam.domain.roster import RosterStatus, SolveStatus
from wardteam.domain.shifts import Post
from wardteam.services.ports import JobStatus
from wardteam.storage.columns import METADATA, Coded, Moment
from wardteam.storage.ward_tables import CODE, MAPPING, STAFF_NO, TUPLE


def _parent(name: str, target: str, *, is_key: bool = True) -> sa.Column[str]:
    """Make the column that ties a row to what it belongs to and goes with."""
    tie = sa.ForeignKey(target, ondelete="CASCADE")
    return sa.Column(name, CODE, tie, primary_key=is_key, nullable=False)


rosters = sa.Table(
    "rosters",
    METADATA,
    sa.Column("code", CODE, primary_key=True),
    _parent("ward", "wards.code", is_key=False),
    sa.Column("first_day", sa.Date, nullable=False),
    sa.Column("last_day", sa.Date, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("status", Coded(RosterStatus), nullable=False),
    sa.Column("frozen_until", sa.Date),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("published_by", sa.Text, nullable=False, default=""),
    sa.Column("published_at", Moment),
    sa.UniqueConstraint("ward", "first_day", "last_day", "version"),
)
sa.Index(
    "uq_rosters_one_published",
    rosters.c.ward,
    rosters.c.first_day,
    rosters.c.last_day,
    unique=True,
    sqlite_where=sa.text("status = 'published'"),
    postgresql_where=sa.text("status = 'published'"),
)

roster_cells = sa.Table(
    "roster_cells",
    METADATA,
    _parent("roster", "rosters.code"),
    sa.Column("staff_no", STAFF_NO, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("code", CODE, nullable=False),
    sa.Column("post", Coded(Post), nullable=False),
    sa.Column("is_locked", sa.Boolean, nullable=False),
    sa.Column("team", sa.Integer),
)

cell_changes = sa.Table(
    "cell_changes",
    METADATA,
    _parent("roster", "rosters.code"),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("staff_no", STAFF_NO, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("old_code", CODE),
    sa.Column("old_post", Coded(Post)),
    sa.Column("old_is_locked", sa.Boolean),
    sa.Column("new_code", CODE),
    sa.Column("new_post", Coded(Post)),
    sa.Column("new_is_locked", sa.Boolean),
    sa.Column("changed_by", sa.Text, nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("old_team", sa.Integer),
    sa.Column("new_team", sa.Integer),
)

covers = sa.Table(
    "covers",
    METADATA,
    _parent("roster", "rosters.code"),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("bed", CODE, nullable=False),
    sa.Column("staff_no", STAFF_NO, nullable=False),
    sa.Column("kind", Coded(HolderKind), nullable=False),
    sa.Column("is_over_cap", sa.Boolean, nullable=False),
)

zones = sa.Table(
    "zones",
    METADATA,
    _parent("roster", "rosters.code"),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("shift", CODE, nullable=False),
    sa.Column("staff_no", STAFF_NO, nullable=False),
    sa.Column("beds", TUPLE, nullable=False),
)

photos = sa.Table(
    "photos",
    METADATA,
    _parent("ward", "wards.code"),
    sa.Column("key", sa.String(128), primary_key=True),
    sa.Column("picture", sa.LargeBinary, nullable=False),
)

solve_runs = sa.Table(
    "solve_runs",
    METADATA,
    _parent("ward", "wards.code"),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("purpose", CODE, nullable=False),
    sa.Column("status", Coded(SolveStatus), nullable=False),
    sa.Column("wall_seconds", sa.Double, nullable=False),
    sa.Column("cpu_seconds", sa.Double, nullable=False),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("workers", sa.Integer, nullable=False),
    sa.Column("seconds_to_first", sa.Double),
    sa.Column("figures", MAPPING, nullable=False),
    sa.Column("ended_at", Moment, nullable=False),
)

solve_stages = sa.Table(
    "solve_stages",
    METADATA,
    sa.Column("ward", CODE, primary_key=True),
    sa.Column("run", sa.Integer, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("status", Coded(SolveStatus), nullable=False),
    sa.Column("objective", sa.BigInteger),
    sa.Column("bound", sa.BigInteger),
    sa.Column("wall_seconds", sa.Double, nullable=False),
    sa.Column("cpu_seconds", sa.Double, nullable=False),
    sa.ForeignKeyConstraint(["ward", "run"], ["solve_runs.ward", "solve_runs.position"], ondelete="CASCADE"),
)

jobs = sa.Table(
    "jobs",
    METADATA,
    sa.Column("code", CODE, primary_key=True),
    sa.Column("kind", CODE, nullable=False),
    sa.Column("ward", CODE, nullable=False),
    sa.Column("parameters", MAPPING, nullable=False),
    sa.Column("status", Coded(JobStatus), nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("worker", sa.Text, nullable=False),
    sa.Column("lease_until", Moment),
    sa.Column("heartbeat_at", Moment),
    sa.Column("is_cancel_asked", sa.Boolean, nullable=False),
    sa.Column("progress", MAPPING),
    sa.Column("result", MAPPING),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("closed_at", Moment),
)
sa.Index("ix_jobs_status", jobs.c.status)

installation = sa.Table(
    "installation",
    METADATA,
    sa.Column("code", CODE, primary_key=True),
    sa.Column("made_at", Moment, nullable=False),
)
