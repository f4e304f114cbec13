"""diaries of posts."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "diaries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("whole_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reaches", sa.Date(), nullable=True),
        sa.Column("etag", sa.String(length=500), nullable=True),
        sa.Column("modified", sa.String(length=100), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("assumed", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("failure", sa.String(length=40), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_diaries_layer_parties")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_diaries_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diaries")),
        sa.UniqueConstraint("post_id", name=op.f("uq_diaries_post_id")),
    )
    with op.batch_alter_table("diaries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_diaries_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_diaries_layer"), ["layer"], unique=False)

    op.create_table(
        "diary_times",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diary_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("tentative", sa.Boolean(), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["diary_id"], ["diaries.id"], name=op.f("fk_diary_times_diary_id_diaries"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_diary_times_layer_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diary_times")),
    )
    with op.batch_alter_table("diary_times", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_diary_times_diary_id_ends_at"), ["diary_id", "ends_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_diary_times_layer"), ["layer"], unique=False)


def downgrade() -> None:
    op.drop_table("diary_times")
    op.drop_table("diaries")
