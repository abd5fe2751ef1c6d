"""A team that a nurse helps for a day, and demand of one team alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = (
    ("roster_cells", "team"),
    ("cell_changes", "old_team"),
    ("cell_changes", "new_team"),
    ("demands", "team"),
    ("history_cells", "team"),
)


def upgrade() -> None:
    """Add the columns, empty."""
    for table, name in COLUMNS:
        op.add_column(table, sa.Column(name, sa.Integer()))


def downgrade() -> None:
    """Take the columns away; who helped another team is lost."""
    for table, name in reversed(COLUMNS):
        op.drop_column(table, name)
