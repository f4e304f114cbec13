"""what came of meetings."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_results",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("wanted", sa.String(length=20), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("commitments", sa.JSON(), nullable=False),
        *_of_a_meeting("item_results"),
        sa.UniqueConstraint("meeting", "item", name=op.f("uq_item_results_meeting_item")),
    )
    op.create_table(
        "record_drafts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("joint", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        *_made(),
        sa.Column("layer", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_record_drafts_layer_parties")),
        *_of_a_meeting("record_drafts"),
        sa.UniqueConstraint("meeting", "layer", "number", name=op.f("uq_record_drafts_meeting_layer_number")),
    )
    op.create_table(
        "record_versions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        *_made(),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed", sa.JSON(), nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("effects", sa.JSON(), nullable=False),
        *_of_a_meeting("record_versions"),
        sa.UniqueConstraint("meeting", "number", name=op.f("uq_record_versions_meeting_number")),
    )
    op.create_table(
        "record_signatures",
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_meeting("record_signatures"),
        sa.UniqueConstraint(
            "meeting", "subject", "digest", "side",
            name=op.f("uq_record_signatures_meeting_subject_digest_side"),
        ),
    )  # fmt: skip
    op.create_table(
        "pack_sendings",
        sa.Column("edition", sa.String(length=60), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("letter", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_pack_sendings_layer_parties")),
        *_of_a_meeting("pack_sendings"),
        sa.UniqueConstraint("letter", name=op.f("uq_pack_sendings_letter")),
    )
    for table, column in INDEXED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


TABLES = ("item_results", "record_drafts", "record_versions", "record_signatures", "pack_sendings")
INDEXED = (*((table, "partnership") for table in TABLES), ("record_drafts", "layer"), ("pack_sendings", "layer"),
           ("pack_sendings", "meeting"))  # fmt: skip


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _made() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
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
