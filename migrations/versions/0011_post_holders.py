"""who holds a post; other times that were proposed, invitations asked for again."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "post_holders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("mailbox", sa.String(length=254), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        *_of_a_post("post_holders", is_joint=True),
    )
    op.create_table(
        "post_holders_told",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.String(length=200), nullable=False),
        *_of_a_post("post_holders_told"),
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=40), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("start_time", sa.String(length=5), nullable=True),
        sa.Column("end_time", sa.String(length=5), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("letter", sa.String(length=300), nullable=True),
        *_of_a_meeting("proposals"),
        sa.ForeignKeyConstraint(["letter"], ["letters.key"], name=op.f("fk_proposals_letter_letters")),
        sa.UniqueConstraint("uid", name=op.f("uq_proposals_uid")),
        sa.UniqueConstraint(
            "meeting_id",
            "address",
            "sequence",
            "stamp",
            name=op.f("uq_proposals_meeting_id_address_sequence_stamp"),
        ),
    )
    op.create_table(
        "invitations_asked_again",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_meeting("invitations_asked_again"),
    )
    for table, column in INDEXED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


INDEXED = (
    *((table, column) for table in ("post_holders", "post_holders_told") for column in ("layer", "post_id")),
    *(
        (table, column)
        for table in ("proposals", "invitations_asked_again")
        for column in ("layer", "meeting_id", "partnership")
    ),
)


def downgrade() -> None:
    for table in ("invitations_asked_again", "proposals", "post_holders_told", "post_holders"):
        op.drop_table(table)


def _of_a_post(table: str, *, is_joint: bool = False) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("layer", sa.String(length=20), nullable=is_joint),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f(f"fk_{table}_post_id_posts")),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f(f"fk_{table}_layer_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("post_id", "first", "layer", name=op.f(f"uq_{table}_post_id_first_layer")),
    ]


def _of_a_meeting(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f(f"fk_{table}_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f(f"fk_{table}_partnership_partnerships")
        ),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f(f"fk_{table}_layer_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
