"""options of a round, refusals, linked duties, host ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # what is on offer for a round
    _add_options()


def downgrade() -> None:
    # what is on offer for a round
    _drop_options()


def _add_options() -> None:
    op.create_table(
        "meeting_options",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("start_time", sa.String(length=5), nullable=True),
        sa.Column("end_time", sa.String(length=5), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("host", sa.String(length=20), nullable=True),
        sa.Column("place", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("offered_by", sa.String(length=20), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["host"], ["parties.key"], name=op.f("fk_meeting_options_host_parties")),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_meeting_options_layer_parties")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_options_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["offered_by"], ["parties.key"], name=op.f("fk_meeting_options_offered_by_parties")
        ),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_meeting_options_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_options")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_meeting_options_meeting_id_number")),
    )
    for column in ("meeting_id", "partnership", "layer"):
        op.create_index(op.f(f"ix_meeting_options_{column}"), "meeting_options", [column], unique=False)
    op.create_table(
        "meeting_option_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["meeting_options.id"],
            name=op.f("fk_meeting_option_answers_option_id_meeting_options"),
        ),
        sa.ForeignKeyConstraint(
            ["party"], ["parties.key"], name=op.f("fk_meeting_option_answers_party_parties")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_option_answers")),
        sa.UniqueConstraint("option_id", "party", name=op.f("uq_meeting_option_answers_option_id_party")),
    )
    op.create_index(
        op.f("ix_meeting_option_answers_option_id"), "meeting_option_answers", ["option_id"], unique=False
    )
    with op.batch_alter_table("meeting_notes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("option_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_meeting_notes_option_id_meeting_options"), "meeting_options", ["option_id"], ["id"]
        )
    _offer_what_was_offered()


def _offer_what_was_offered() -> None:
    """Make the one date of every meeting that is on offer its first option, accepted by whoever consented to it."""
    op.execute(
        "INSERT INTO meeting_options (meeting_id, number, state, first_day, last_day, start_time, end_time, zone,"
        " host, place, offered_by, partnership, layer)"
        " SELECT meetings.id, 1, 'standing', first_day, last_day, start_time, end_time, zone, host, place,"
        " (SELECT party FROM meeting_consents WHERE meeting_id = meetings.id ORDER BY id LIMIT 1),"
        " partnership, layer"
        " FROM meetings WHERE state = 'offered' AND first_day IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM meeting_consents WHERE meeting_id = meetings.id)"
    )
    op.execute(
        "INSERT INTO meeting_option_answers (option_id, party, answer, name, at)"
        " SELECT meeting_options.id, party, 'accepted', name, at FROM meeting_consents"
        " JOIN meeting_options ON meeting_options.meeting_id = meeting_consents.meeting_id"
    )


def _drop_options() -> None:
    with op.batch_alter_table("meeting_notes", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_meeting_notes_option_id_meeting_options"), type_="foreignkey")
        batch_op.drop_column("option_id")
    op.drop_table("meeting_option_answers")
    op.drop_table("meeting_options")
