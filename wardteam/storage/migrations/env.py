"""Alembic's entry: runs the migrations on the connection that `revisions.upgrade` hands over."""

from __future__ import annotations

from alembic import context

from wardteam.storage.revisions import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["metadata"],
    version_table=VERSION_TABLE,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
