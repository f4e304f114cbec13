"""where the headings and paragraphs of a source begin, so that a pointer names a paragraph."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLUMNS = ("headings", "paragraphs")


def upgrade() -> None:
    with op.batch_alter_table("sources") as sources:
        for column in COLUMNS:
            sources.add_column(sa.Column(column, sa.JSON(), nullable=True))
    op.execute("UPDATE sources SET headings = '[]', paragraphs = '[]'")
    with op.batch_alter_table("sources") as sources:
        for column in COLUMNS:
            sources.alter_column(column, existing_type=sa.JSON(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("sources") as sources:
        for column in COLUMNS:
            sources.drop_column(column)
