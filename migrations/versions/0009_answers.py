"""answers to invitations, and mails that need a person."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SETTLED = (("settled_at", sa.DateTime(timezone=True)), ("settled_by", sa.String(length=200)))


def upgrade() -> None:
    op.create_table(
        "mails_taken",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails_taken")),
        sa.UniqueConstraint("mark", name=op.f("uq_mails_taken_mark")),
    )
    op.create_table(
        "stray_mails",
        sa.Column("id", sa.Integer(), nullable=False),
        *_mail(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stray_mails")),
        sa.UniqueConstraint("uid", name=op.f("uq_stray_mails_uid")),
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("delegated_to", sa.String(length=254), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_side("answers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
    )
    op.create_table(
        "mails_for_a_person",
        sa.Column("id", sa.Integer(), nullable=False),
        *_mail(),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("post", sa.String(length=120), nullable=True),
        sa.Column("letter", sa.String(length=300), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        *_of_a_side("mails_for_a_person"),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.key"], name=op.f("fk_mails_for_a_person_letter_letters")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails_for_a_person")),
        sa.UniqueConstraint("uid", name=op.f("uq_mails_for_a_person_uid")),
    )
    op.create_table(
        "answer_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_side("answer_links"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_links")),
        sa.UniqueConstraint("digest", name=op.f("uq_answer_links_digest")),
    )
    for table in ("answers", "mails_for_a_person", "answer_links"):
        for column in ("layer", "meeting_id", "partnership"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index(op.f("ix_mails_for_a_person_letter"), "mails_for_a_person", ["letter"])


def downgrade() -> None:
    for table in ("answer_links", "mails_for_a_person", "answers", "stray_mails", "mails_taken"):
        op.drop_table(table)


def _mail() -> list[sa.Column[object]]:
    return [
        sa.Column("uid", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("sender", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, kind, nullable=True) for name, kind in SETTLED),
    ]


def _of_a_side(table: str) -> list[sa.schema.SchemaItem]:
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
    ]
