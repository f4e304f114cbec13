"""milestones as data, and what was done with a reminder."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

GIVEN = sa.table(
    "reminders_given",
    *(sa.column(name) for name in ("id", "key", "about", "subject", "step", "post")),
)
OF_ONE_SIDE = ("reminder_settings", "reminder_digests", "reminder_answers", "reminder_links")


def upgrade() -> None:
    with op.batch_alter_table("reminders_given", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("subject", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("step", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("post", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("day", sa.Date(), nullable=True))
    _name_what_was_given()
    with op.batch_alter_table("reminders_given", schema=None) as batch_op:
        batch_op.alter_column("about", existing_type=sa.String(length=300), nullable=False)
        batch_op.alter_column("subject", existing_type=sa.String(length=120), nullable=False)
        batch_op.alter_column("step", existing_type=sa.String(length=40), nullable=False)
        batch_op.alter_column("post", existing_type=sa.String(length=120), nullable=False)
        batch_op.create_index(batch_op.f("ix_reminders_given_about"), ["about"], unique=False)
    op.create_table(
        "reminder_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("obligation", sa.String(length=60), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.String(length=120), nullable=True),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        *_of_one_side("reminder_settings"),
        sa.UniqueConstraint(
            "partnership",
            "layer",
            "step",
            "obligation",
            "post",
            "level",
            name=op.f("uq_reminder_settings_partnership_layer_step_obligation_post_level"),
        ),
    )
    op.create_table(
        "reminder_digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("rhythm", sa.String(length=20), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        *_of_one_side("reminder_digests"),
        sa.UniqueConstraint("partnership", "post", name=op.f("uq_reminder_digests_partnership_post")),
    )
    op.create_table(
        "reminder_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        *_of_one_side("reminder_answers"),
        sa.UniqueConstraint("about", "name", name=op.f("uq_reminder_answers_about_name")),
    )
    op.create_table(
        "reminder_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("letter", sa.String(length=300), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["letter"], ["letters.key"], name=op.f("fk_reminder_links_letter_letters")),
        *_of_one_side("reminder_links"),
        sa.UniqueConstraint("digest", name=op.f("uq_reminder_links_digest")),
        sa.UniqueConstraint("letter", name=op.f("uq_reminder_links_letter")),
    )
    for table in OF_ONE_SIDE:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_layer"), ["layer"], unique=False)
            batch_op.create_index(batch_op.f(f"ix_{table}_partnership"), ["partnership"], unique=False)


def downgrade() -> None:
    for table in reversed(OF_ONE_SIDE):
        op.drop_table(table)
    with op.batch_alter_table("reminders_given", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminders_given_about"))
        for column in ("day", "post", "step", "subject", "about"):
            batch_op.drop_column(column)


def _of_one_side(table: str) -> tuple[sa.Column[Any] | sa.Constraint, ...]:
    return (
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f(f"fk_{table}_layer_parties")),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f(f"fk_{table}_partnership_partnerships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _name_what_was_given() -> None:
    """Read what each entry was about off its key: ``reminder/<subject>/<step>/<side>/<post>/<edition>``."""
    given = op.get_bind().execute(sa.select(GIVEN.c.id, GIVEN.c.key)).all()
    for row in given:
        _, *subject, step, side, post, _ = row.key.split("/")
        named = {"about": row.key, "subject": "/".join(subject), "step": step, "post": f"{side}/{post}"}
        op.execute(sa.update(GIVEN).where(GIVEN.c.id == row.id).values(**named))
