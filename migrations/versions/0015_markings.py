"""what each side marks its papers with."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("parties") as parties:
        parties.add_column(sa.Column("markings", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("parties") as parties:
        parties.drop_column("markings")
