"""answers say whether our relay has verified their sender; mails of nobody known are handed over; letters came back."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_verified", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.alter_column("is_verified", existing_type=sa.Boolean(), server_default=None)
    op.add_column("stray_mails", sa.Column("outcome", sa.String(length=20), nullable=True))
    op.execute("UPDATE stray_mails SET outcome = 'dismissed' WHERE settled_at IS NOT NULL")


def downgrade() -> None:
    with op.batch_alter_table("stray_mails", schema=None) as batch_op:
        batch_op.drop_column("outcome")
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_column("is_verified")
    # The older program knows neither; that the relay took them is what it knew.
    op.execute("UPDATE letters SET state = 'sent' WHERE state IN ('bounced', 'given_up')")
    op.execute(
        "UPDATE mails_for_a_person SET reason = 'bounced' WHERE reason IN ('delayed', 'arrived', 'unproven')"
    )
    op.execute("UPDATE stray_mails SET reason = 'bounced' WHERE reason IN ('delayed', 'arrived', 'unproven')")
