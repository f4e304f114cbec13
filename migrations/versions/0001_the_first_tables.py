"""the first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "parties",
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("short", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("capital", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("holiday_country", sa.String(length=2), nullable=False),
        sa.Column("holiday_subdivision", sa.String(length=10), nullable=True),
        sa.Column("office_from", sa.String(length=5), nullable=False),
        sa.Column("office_until", sa.String(length=5), nullable=False),
        sa.Column("basis", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_parties")),
    )
    op.create_table(
        "partnerships",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("languages", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_partnerships")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_audit_entries_layer_parties")),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_audit_entries_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_partnership"), ["partnership"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_audit_entries_partnership_subject"), ["partnership", "subject"], unique=False
        )

    op.create_table(
        "closed_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("title", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("effect", sa.String(length=10), nullable=False),
        sa.Column("levels", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("offices", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_closed_days_layer_parties")),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_closed_days_partnership_partnerships")
        ),
        sa.ForeignKeyConstraint(["party"], ["parties.key"], name=op.f("fk_closed_days_party_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_days")),
        sa.UniqueConstraint(
            "partnership",
            "party",
            "kind",
            "first",
            "last",
            "layer",
            name=op.f("uq_closed_days_partnership_party_kind_first_last_layer"),
        ),
    )
    with op.batch_alter_table("closed_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closed_days_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_closed_days_partnership"), ["partnership"], unique=False)

    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("message_id", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_token", sa.String(length=40), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("enqueued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_letters_layer_parties")),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_letters_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("key", name=op.f("uq_letters_key")),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letters_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_partnership"), ["partnership"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_letters_state_not_before"), ["state", "not_before"], unique=False
        )

    op.create_table(
        "offices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("short", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("city", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("is_secretariat", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["party"], ["parties.key"], name=op.f("fk_offices_party_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
        sa.UniqueConstraint("party", "key", name=op.f("uq_offices_party_key")),
    )
    op.create_table(
        "partnership_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership"],
            ["partnerships.key"],
            name=op.f("fk_partnership_members_partnership_partnerships"),
        ),
        sa.ForeignKeyConstraint(
            ["party"], ["parties.key"], name=op.f("fk_partnership_members_party_parties")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_members")),
        sa.UniqueConstraint("partnership", "party", name=op.f("uq_partnership_members_partnership_party")),
    )
    with op.batch_alter_table("partnership_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_members_partnership"), ["partnership"], unique=False)

    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("problem", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("plan", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("approved", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_plans_layer_parties")),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_plans_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("key", name=op.f("uq_plans_key")),
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plans_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_plans_partnership"), ["partnership"], unique=False)

    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=True),
        sa.Column("date_basis", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("parties", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("legal_status", sa.String(length=200), nullable=True),
        sa.Column("place", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("signed_by", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("characters", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("doubt", sa.String(), nullable=True),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_sources_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("partnership", "key", name=op.f("uq_sources_partnership_key")),
    )
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sources_partnership"), ["partnership"], unique=False)

    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("tier", sa.String(length=10), nullable=False),
        sa.Column("deadlines", sa.String(length=10), nullable=False),
        sa.Column("themes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("levels", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("obligations", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_subscriptions_layer_parties")),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_subscriptions_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("digest", name=op.f("uq_subscriptions_digest")),
        sa.UniqueConstraint("key", name=op.f("uq_subscriptions_key")),
    )
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subscriptions_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_subscriptions_partnership"), ["partnership"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["party"], ["parties.key"], name=op.f("fk_users_party_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "partnership_offices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_partnership_offices_office_id_offices")
        ),
        sa.ForeignKeyConstraint(
            ["partnership"],
            ["partnerships.key"],
            name=op.f("fk_partnership_offices_partnership_partnerships"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_offices")),
        sa.UniqueConstraint(
            "partnership", "office_id", name=op.f("uq_partnership_offices_partnership_office_id")
        ),
    )
    with op.batch_alter_table("partnership_offices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_offices_partnership"), ["partnership"], unique=False)

    op.create_table(
        "passages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=True),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("last", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_passages_source_id_sources")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
    )
    with op.batch_alter_table("passages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passages_source_id"), ["source_id"], unique=False)

    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("mailbox", sa.String(length=254), nullable=True),
        sa.Column("is_private_office", sa.Boolean(), nullable=False),
        sa.Column("letters_to", sa.String(length=60), nullable=True),
        sa.Column("basis", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_posts_office_id_offices")),
        sa.ForeignKeyConstraint(["party"], ["parties.key"], name=op.f("fk_posts_party_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("party", "key", name=op.f("uq_posts_party_key")),
    )
    op.create_table(
        "reminders_given",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("letter", sa.String(length=300), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_reminders_given_layer_parties")),
        sa.ForeignKeyConstraint(["letter"], ["letters.key"], name=op.f("fk_reminders_given_letter_letters")),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_reminders_given_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders_given")),
        sa.UniqueConstraint("key", name=op.f("uq_reminders_given_key")),
    )
    with op.batch_alter_table("reminders_given", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminders_given_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminders_given_letter"), ["letter"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminders_given_partnership"), ["partnership"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("digest", name=op.f("uq_sessions_digest")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "sign_in_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("issued_by", sa.String(length=200), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sign_in_links_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_links")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_links_digest")),
    )
    with op.batch_alter_table("sign_in_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_links_user_id"), ["user_id"], unique=False)

    op.create_table(
        "silences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("text", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_silences_partnership_partnerships")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_silences_source_id_sources")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silences")),
        sa.UniqueConstraint(
            "partnership", "subject", "source_id", name=op.f("uq_silences_partnership_subject_source_id")
        ),
    )
    with op.batch_alter_table("silences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_silences_partnership"), ["partnership"], unique=False)

    op.create_table(
        "dated_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=True),
        sa.Column("tense", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("posts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("discharges", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("note", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("basis", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_dated_events_partnership_partnerships")
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passages.id"], name=op.f("fk_dated_events_passage_id_passages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dated_events")),
        sa.UniqueConstraint("partnership", "key", name=op.f("uq_dated_events_partnership_key")),
    )
    with op.batch_alter_table("dated_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dated_events_partnership"), ["partnership"], unique=False)

    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("start_time", sa.String(length=5), nullable=True),
        sa.Column("end_time", sa.String(length=5), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("host", sa.String(length=20), nullable=True),
        sa.Column("place", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("basis", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["host"], ["parties.key"], name=op.f("fk_meetings_host_parties")),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_meetings_layer_parties")),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_meetings_partnership_partnerships")
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passages.id"], name=op.f("fk_meetings_passage_id_passages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("uid", name=op.f("uq_meetings_uid")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetings_first_day"), ["first_day"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetings_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetings_partnership"), ["partnership"], unique=False)

    op.create_table(
        "obligations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("cadence", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("established", sa.Boolean(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("in_force_until", sa.Date(), nullable=True),
        sa.Column("duration", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("start_time", sa.String(length=5), nullable=True),
        sa.Column("window", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("host", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("leads", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("predecessor", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("note", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("basis", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_obligations_partnership_partnerships")
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passages.id"], name=op.f("fk_obligations_passage_id_passages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligations")),
        sa.UniqueConstraint("partnership", "key", name=op.f("uq_obligations_partnership_key")),
    )
    with op.batch_alter_table("obligations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_obligations_partnership"), ["partnership"], unique=False)

    op.create_table(
        "partnership_posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_partnership_posts_partnership_partnerships")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_partnership_posts_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_posts")),
        sa.UniqueConstraint("partnership", "post_id", name=op.f("uq_partnership_posts_partnership_post_id")),
    )
    with op.batch_alter_table("partnership_posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_posts_partnership"), ["partnership"], unique=False)

    op.create_table(
        "progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("commitments", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("topics", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("obligations", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("events", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_progress_layer_parties")),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_progress_partnership_partnerships")
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passages.id"], name=op.f("fk_progress_passage_id_passages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
        sa.UniqueConstraint("partnership", "layer", "key", name=op.f("uq_progress_partnership_layer_key")),
    )
    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_progress_partnership"), ["partnership"], unique=False)

    op.create_table(
        "themes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("leads", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("basis", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_themes_partnership_partnerships")
        ),
        sa.ForeignKeyConstraint(["passage_id"], ["passages.id"], name=op.f("fk_themes_passage_id_passages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_themes")),
        sa.UniqueConstraint("partnership", "key", name=op.f("uq_themes_partnership_key")),
    )
    with op.batch_alter_table("themes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_themes_partnership"), ["partnership"], unique=False)

    op.create_table(
        "commitments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("strength", sa.String(length=20), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("owners", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("topics", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("deliverable", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.Column("doubt", sa.String(), nullable=True),
        sa.Column("same_matter_as", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_commitments_partnership_partnerships")
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passages.id"], name=op.f("fk_commitments_passage_id_passages")
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["themes.id"], name=op.f("fk_commitments_theme_id_themes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sa.UniqueConstraint("partnership", "key", name=op.f("uq_commitments_partnership_key")),
    )
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.create_index("ix_commitments_open", ["partnership", "theme_id", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitments_partnership"), ["partnership"], unique=False)

    op.create_table(
        "feed_fragments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("tier", sa.String(length=10), nullable=False),
        sa.Column("mark", sa.String(length=120), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_feed_fragments_layer_parties")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_feed_fragments_meeting_id_meetings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_feed_fragments_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_fragments")),
        sa.UniqueConstraint(
            "meeting_id",
            "part",
            "language",
            "tier",
            "mark",
            name=op.f("uq_feed_fragments_meeting_id_part_language_tier_mark"),
        ),
    )
    with op.batch_alter_table("feed_fragments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_fragments_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_feed_fragments_partnership"), ["partnership"], unique=False)

    op.create_table(
        "meeting_consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_consents_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(["party"], ["parties.key"], name=op.f("fk_meeting_consents_party_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_consents")),
        sa.UniqueConstraint("meeting_id", "party", name=op.f("uq_meeting_consents_meeting_id_party")),
    )
    with op.batch_alter_table("meeting_consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_consents_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "meeting_duties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_duties_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_meeting_duties_obligation_id_obligations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_duties")),
        sa.UniqueConstraint(
            "meeting_id", "obligation_id", name=op.f("uq_meeting_duties_meeting_id_obligation_id")
        ),
    )
    with op.batch_alter_table("meeting_duties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_duties_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_duties_obligation_id"), ["obligation_id"], unique=False)

    op.create_table(
        "meeting_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f("fk_meeting_notes_layer_parties")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_notes_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_meeting_notes_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_notes")),
    )
    with op.batch_alter_table("meeting_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_notes_layer"), ["layer"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_notes_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_notes_partnership"), ["partnership"], unique=False)

    op.create_table(
        "obligation_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligations.id"],
            name=op.f("fk_obligation_evidence_obligation_id_obligations"),
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passages.id"], name=op.f("fk_obligation_evidence_passage_id_passages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_evidence")),
    )
    with op.batch_alter_table("obligation_evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_obligation_evidence_obligation_id"), ["obligation_id"], unique=False
        )

    op.create_table(
        "obligation_posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_obligation_posts_obligation_id_obligations")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_obligation_posts_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_posts")),
        sa.UniqueConstraint(
            "obligation_id", "post_id", name=op.f("uq_obligation_posts_obligation_id_post_id")
        ),
    )
    with op.batch_alter_table("obligation_posts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_obligation_posts_obligation_id"), ["obligation_id"], unique=False
        )

    op.create_table(
        "obligation_themes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_obligation_themes_obligation_id_obligations")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["themes.id"], name=op.f("fk_obligation_themes_theme_id_themes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_themes")),
        sa.UniqueConstraint(
            "obligation_id", "theme_id", name=op.f("uq_obligation_themes_obligation_id_theme_id")
        ),
    )
    with op.batch_alter_table("obligation_themes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_obligation_themes_obligation_id"), ["obligation_id"], unique=False
        )

    op.create_table(
        "relations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=30), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("outside", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_relations_obligation_id_obligations")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["obligations.id"], name=op.f("fk_relations_other_id_obligations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relations")),
    )
    with op.batch_alter_table("relations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relations_obligation_id"), ["obligation_id"], unique=False)

    op.create_table(
        "skips",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("consents", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_skips_obligation_id_obligations")
        ),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f("fk_skips_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skips")),
        sa.UniqueConstraint("obligation_id", "due", name=op.f("uq_skips_obligation_id_due")),
    )
    with op.batch_alter_table("skips", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_skips_obligation_id"), ["obligation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_skips_partnership"), ["partnership"], unique=False)

    op.create_table(
        "topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_topics_obligation_id_obligations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
        sa.UniqueConstraint("obligation_id", "key", name=op.f("uq_topics_obligation_id_key")),
    )
    with op.batch_alter_table("topics", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topics_obligation_id"), ["obligation_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("topics", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_topics_obligation_id"))

    op.drop_table("topics")
    with op.batch_alter_table("skips", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_skips_partnership"))
        batch_op.drop_index(batch_op.f("ix_skips_obligation_id"))

    op.drop_table("skips")
    with op.batch_alter_table("relations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_relations_obligation_id"))

    op.drop_table("relations")
    with op.batch_alter_table("obligation_themes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_obligation_themes_obligation_id"))

    op.drop_table("obligation_themes")
    with op.batch_alter_table("obligation_posts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_obligation_posts_obligation_id"))

    op.drop_table("obligation_posts")
    with op.batch_alter_table("obligation_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_obligation_evidence_obligation_id"))

    op.drop_table("obligation_evidence")
    with op.batch_alter_table("meeting_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_notes_partnership"))
        batch_op.drop_index(batch_op.f("ix_meeting_notes_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_notes_layer"))

    op.drop_table("meeting_notes")
    with op.batch_alter_table("meeting_duties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_duties_obligation_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_duties_meeting_id"))

    op.drop_table("meeting_duties")
    with op.batch_alter_table("meeting_consents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_consents_meeting_id"))

    op.drop_table("meeting_consents")
    with op.batch_alter_table("feed_fragments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_fragments_partnership"))
        batch_op.drop_index(batch_op.f("ix_feed_fragments_layer"))

    op.drop_table("feed_fragments")
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitments_partnership"))
        batch_op.drop_index("ix_commitments_open")

    op.drop_table("commitments")
    with op.batch_alter_table("themes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_themes_partnership"))

    op.drop_table("themes")
    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_progress_partnership"))
        batch_op.drop_index(batch_op.f("ix_progress_layer"))

    op.drop_table("progress")
    with op.batch_alter_table("partnership_posts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_posts_partnership"))

    op.drop_table("partnership_posts")
    with op.batch_alter_table("obligations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_obligations_partnership"))

    op.drop_table("obligations")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetings_partnership"))
        batch_op.drop_index(batch_op.f("ix_meetings_layer"))
        batch_op.drop_index(batch_op.f("ix_meetings_first_day"))

    op.drop_table("meetings")
    with op.batch_alter_table("dated_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dated_events_partnership"))

    op.drop_table("dated_events")
    with op.batch_alter_table("silences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_silences_partnership"))

    op.drop_table("silences")
    with op.batch_alter_table("sign_in_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_links_user_id"))

    op.drop_table("sign_in_links")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_user_id"))

    op.drop_table("sessions")
    with op.batch_alter_table("reminders_given", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminders_given_partnership"))
        batch_op.drop_index(batch_op.f("ix_reminders_given_letter"))
        batch_op.drop_index(batch_op.f("ix_reminders_given_layer"))

    op.drop_table("reminders_given")
    op.drop_table("posts")
    with op.batch_alter_table("passages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passages_source_id"))

    op.drop_table("passages")
    with op.batch_alter_table("partnership_offices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_offices_partnership"))

    op.drop_table("partnership_offices")
    op.drop_table("users")
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subscriptions_partnership"))
        batch_op.drop_index(batch_op.f("ix_subscriptions_layer"))

    op.drop_table("subscriptions")
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sources_partnership"))

    op.drop_table("sources")
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plans_partnership"))
        batch_op.drop_index(batch_op.f("ix_plans_layer"))

    op.drop_table("plans")
    with op.batch_alter_table("partnership_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_members_partnership"))

    op.drop_table("partnership_members")
    op.drop_table("offices")
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letters_state_not_before"))
        batch_op.drop_index(batch_op.f("ix_letters_partnership"))
        batch_op.drop_index(batch_op.f("ix_letters_layer"))

    op.drop_table("letters")
    with op.batch_alter_table("closed_days", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_closed_days_partnership"))
        batch_op.drop_index(batch_op.f("ix_closed_days_layer"))

    op.drop_table("closed_days")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entries_partnership_subject"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_partnership"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_layer"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_at"))

    op.drop_table("audit_entries")
    op.drop_table("partnerships")
    op.drop_table("parties")
