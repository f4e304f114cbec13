"""plans being searched for."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("today", sa.Date(), nullable=False),
        sa.Column("inputs", sa.String(length=64), nullable=False),
        sa.Column("problem", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("first_plan", sa.String(length=40), nullable=False),
        sa.Column("final_plan", sa.String(length=40), nullable=True),
        sa.Column("first_price", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("bound", sa.BigInteger(), nullable=False),
        sa.Column("effort", sa.Double(), nullable=False),
        sa.Column("progress_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["final_plan"], ["plans.key"], name=op.f("fk_plan_requests_final_plan_plans")
        ),
        sa.ForeignKeyConstraint(
            ["first_plan"], ["plans.key"], name=op.f("fk_plan_requests_first_plan_plans")
        ),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_plan_requests_layer_parties")),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_plan_requests_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_requests")),
        sa.UniqueConstraint("key", name=op.f("uq_plan_requests_key")),
    )
    still_open = sa.text("state IN ('queued', 'running')")
    with op.batch_alter_table("plan_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_requests_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_requests_partnership"), ["partnership"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_plan_requests_state_asked_at"), ["state", "asked_at"], unique=False
        )
        batch_op.create_index(
            "uq_plan_requests_open",
            ["partnership", "layer", "inputs"],
            unique=True,
            sqlite_where=still_open,
            postgresql_where=still_open,
        )


def downgrade() -> None:
    op.drop_table("plan_requests")
