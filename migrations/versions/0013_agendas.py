"""agendas, their versions and what both sides say of them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_drafts",
        sa.Column("joint", sa.Integer(), nullable=True),
        *_content(),
        sa.Column("drafted", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        *_layer("agenda_drafts", is_joint=False),
        *_of_a_meeting("agenda_drafts"),
        sa.UniqueConstraint("meeting", "layer", "number", name=op.f("uq_agenda_drafts_meeting_layer_number")),
    )
    op.create_table(
        "agenda_versions",
        *_content(),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed", sa.JSON(), nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=True),
        *_of_a_meeting("agenda_versions"),
        sa.UniqueConstraint("meeting", "number", name=op.f("uq_agenda_versions_meeting_number")),
    )
    op.create_table(
        "agenda_signatures",
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        *_said(),
        *_of_a_meeting("agenda_signatures"),
        sa.UniqueConstraint(
            "meeting", "subject", "digest", "side",
            name=op.f("uq_agenda_signatures_meeting_subject_digest_side"),
        ),
    )  # fmt: skip
    op.create_table(
        "agenda_comments",
        sa.Column("uid", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        *_said(),
        *_layer("agenda_comments", is_joint=True),
        *_of_a_meeting("agenda_comments"),
        sa.UniqueConstraint("uid", name=op.f("uq_agenda_comments_uid")),
    )
    for table, column in INDEXED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


TABLES = ("agenda_drafts", "agenda_versions", "agenda_signatures", "agenda_comments")
INDEXED = (
    *((table, "partnership") for table in TABLES),
    ("agenda_drafts", "layer"),
    ("agenda_comments", "layer"),
    ("agenda_comments", "meeting"),
)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _content() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
    ]


def _said() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    ]


def _layer(table: str, *, is_joint: bool) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("layer", sa.String(length=20), nullable=is_joint),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f(f"fk_{table}_layer_parties")),
    ]


def _of_a_meeting(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=120), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f(f"fk_{table}_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
