"""delegations, invitations and who was told what."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delegates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("stands_in_for", sa.String(length=120), nullable=True),
        sa.Column("confirmed_for", sa.Date(), nullable=True),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_delegates_layer_parties")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_delegates_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_delegates_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegates")),
        sa.UniqueConstraint("meeting_id", "post", name=op.f("uq_delegates_meeting_id_post")),
    )
    with op.batch_alter_table("delegates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegates_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegates_partnership"), ["partnership"], unique=False)

    op.create_table(
        "delegations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_delegations_layer_parties")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_delegations_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_delegations_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
        sa.UniqueConstraint("meeting_id", "layer", name=op.f("uq_delegations_meeting_id_layer")),
    )
    with op.batch_alter_table("delegations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegations_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegations_partnership"), ["partnership"], unique=False)

    op.create_table(
        "invitation_sendings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_call_off", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["layer"], ["parties.key"], name=op.f("fk_invitation_sendings_layer_parties")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_invitation_sendings_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["partnership"],
            ["partnerships.key"],
            name=op.f("fk_invitation_sendings_partnership_partnerships"),
        ),
        sa.ForeignKeyConstraint(
            ["party"], ["parties.key"], name=op.f("fk_invitation_sendings_party_parties")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_sendings")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_invitation_sendings_meeting_id_number")),
    )
    with op.batch_alter_table("invitation_sendings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_sendings_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_sendings_partnership"), ["partnership"], unique=False)

    op.create_table(
        "meeting_arrangements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("interpretation", sa.Boolean(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["layer"], ["parties.key"], name=op.f("fk_meeting_arrangements_layer_parties")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_arrangements_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["partnership"],
            ["partnerships.key"],
            name=op.f("fk_meeting_arrangements_partnership_partnerships"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_arrangements")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_meeting_arrangements_meeting_id")),
    )
    with op.batch_alter_table("meeting_arrangements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_arrangements_layer"), ["layer"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_meeting_arrangements_partnership"), ["partnership"], unique=False
        )

    op.create_table(
        "shared_delegations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("delegates", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.String(length=200), nullable=True),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_shared_delegations_layer_parties")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_shared_delegations_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_shared_delegations_partnership_partnerships")
        ),
        sa.ForeignKeyConstraint(["party"], ["parties.key"], name=op.f("fk_shared_delegations_party_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_delegations")),
        sa.UniqueConstraint("meeting_id", "party", name=op.f("uq_shared_delegations_meeting_id_party")),
    )
    with op.batch_alter_table("shared_delegations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shared_delegations_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_shared_delegations_partnership"), ["partnership"], unique=False)

    op.create_table(
        "invitations_told",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("sending_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letter", sa.String(length=300), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_invitations_told_layer_parties")),
        sa.ForeignKeyConstraint(["letter"], ["letters.key"], name=op.f("fk_invitations_told_letter_letters")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_invitations_told_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_invitations_told_partnership_partnerships")
        ),
        sa.ForeignKeyConstraint(
            ["sending_id"],
            ["invitation_sendings.id"],
            name=op.f("fk_invitations_told_sending_id_invitation_sendings"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations_told")),
        sa.UniqueConstraint("letter", name=op.f("uq_invitations_told_letter")),
    )
    with op.batch_alter_table("invitations_told", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_told_address"), ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_told_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_told_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_told_partnership"), ["partnership"], unique=False)


def downgrade() -> None:
    op.drop_table("invitations_told")
    op.drop_table("shared_delegations")
    op.drop_table("meeting_arrangements")
    op.drop_table("invitation_sendings")
    op.drop_table("delegations")
    op.drop_table("delegates")
