"""rules of planning: preferences, lags, capacities."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)

COLUMNS: tuple[tuple[str, str, type[sa.Integer] | sa.JSON], ...] = (
    ("offices", "capacity", JSON),
    ("obligations", "preferred", JSON),
    ("relations", "lag_days", sa.Integer),
)


def upgrade() -> None:
    for table, column, kind in COLUMNS:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(column, kind, nullable=True))


def downgrade() -> None:
    for table, column, _ in COLUMNS:
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
