"""what letters say apart from how they stand, which changes often; and those that wait, by side."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_MOVED = (
    "INSERT INTO letter_contents (letter_id, partnership, layer, content) "
    "SELECT id, partnership, layer, content FROM letters"
)
_BACK = "UPDATE letters SET content = (SELECT content FROM letter_contents WHERE letter_id = letters.id)"


def upgrade() -> None:
    op.create_table(
        "letter_contents",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_contents_letter_id_letters")
        ),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_letter_contents_layer_parties")),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_letter_contents_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_letter_contents")),
    )
    with op.batch_alter_table("letter_contents") as contents:
        contents.create_index(op.f("ix_letter_contents_layer"), ["layer"])
        contents.create_index(op.f("ix_letter_contents_partnership"), ["partnership"])
    op.execute(_MOVED)
    op.drop_column("letters", "content")
    with op.batch_alter_table("letters") as letters:
        letters.drop_index(op.f("ix_letters_state_not_before"))
        letters.create_index(op.f("ix_letters_state_layer_not_before"), ["state", "layer", "not_before"])


def downgrade() -> None:
    with op.batch_alter_table("letters") as letters:
        letters.drop_index(op.f("ix_letters_state_layer_not_before"))
        letters.create_index(op.f("ix_letters_state_not_before"), ["state", "not_before"])
    op.add_column("letters", sa.Column("content", sa.LargeBinary(), nullable=True))
    op.execute(_BACK)
    with op.batch_alter_table("letters") as letters:
        letters.alter_column("content", existing_type=sa.LargeBinary(), nullable=False)
    op.drop_table("letter_contents")
