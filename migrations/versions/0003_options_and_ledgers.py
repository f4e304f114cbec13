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
    # linked duties and the host ledger
    _add_links_and_ledger()


def downgrade() -> None:
    # linked duties and the host ledger
    op.drop_table("host_ledger")
    op.drop_table("duty_links")
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


def _add_links_and_ledger() -> None:
    op.create_table(
        "duty_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("consents", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_side", sa.String(length=20), nullable=True),
        sa.Column("ended_by", sa.String(length=200), nullable=True),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["ended_side"], ["parties.key"], name=op.f("fk_duty_links_ended_side_parties")
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_duty_links_obligation_id_obligations")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["obligations.id"], name=op.f("fk_duty_links_other_id_obligations")
        ),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_duty_links_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_links")),
        sa.UniqueConstraint(
            "obligation_id",
            "other_id",
            "year",
            "number",
            name=op.f("uq_duty_links_obligation_id_other_id_year_number"),
        ),
    )
    op.create_table(
        "host_ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=120), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("turn", sa.String(length=20), nullable=False),
        sa.Column("host", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("consents", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next", sa.String(length=20), nullable=True),
        sa.Column("next_consents", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("next_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["host"], ["parties.key"], name=op.f("fk_host_ledger_host_parties")),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_host_ledger_layer_parties")),
        sa.ForeignKeyConstraint(["next"], ["parties.key"], name=op.f("fk_host_ledger_next_parties")),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_host_ledger_obligation_id_obligations")
        ),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_host_ledger_partnership_partnerships")
        ),
        sa.ForeignKeyConstraint(["turn"], ["parties.key"], name=op.f("fk_host_ledger_turn_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_ledger")),
        sa.UniqueConstraint("meeting", "number", name=op.f("uq_host_ledger_meeting_number")),
    )
    for table, columns in (
        ("duty_links", ("obligation_id", "partnership")),
        ("host_ledger", ("obligation_id", "partnership", "layer")),
    ):
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
