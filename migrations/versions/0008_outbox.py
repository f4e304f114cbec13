"""letters that expire, letters sent twice on purpose, and each side's share of what a relay takes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("is_possible_duplicate", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.alter_column("is_possible_duplicate", existing_type=sa.Boolean(), server_default=None)
    op.create_table(
        "relay_shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("relay", sa.String(length=300), nullable=False),
        sa.Column("used_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("layer", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_relay_shares_layer_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay_shares")),
        sa.UniqueConstraint("relay", "layer", name=op.f("uq_relay_shares_relay_layer")),
    )
    with op.batch_alter_table("relay_shares", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relay_shares_layer"), ["layer"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("relay_shares", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_relay_shares_layer"))
    op.drop_table("relay_shares")
    op.execute("UPDATE letters SET state = 'dropped' WHERE state = 'expired'")
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_column("is_possible_duplicate")
        batch_op.drop_column("expires_at")
