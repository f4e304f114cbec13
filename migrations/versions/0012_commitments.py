"""the ledger of commitments: who decided what, notes with evidence, and what searches read."""

import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COMMITMENT = (
    ("meeting", sa.String(length=40)),
    ("item", sa.String(length=60)),
    ("since", sa.Date()),
    ("evidence", sa.String()),
    ("merged_into", sa.String(length=60)),
    ("decided_at", sa.DateTime(timezone=True)),
)
PROGRESS = (
    ("evidence", sa.String()),
    ("party", sa.String(length=20)),
    ("name", sa.String(length=200)),
    ("written_at", sa.DateTime(timezone=True)),
    ("superseded_by", sa.String(length=60)),
)
FILLED = {
    "commitments": (("posts", sa.JSON()), ("owned_by", sa.String()), ("words", sa.String())),
    "progress": (("words", sa.String()),),
}


def upgrade() -> None:
    for table, further in (("commitments", COMMITMENT), ("progress", PROGRESS)):
        with op.batch_alter_table(table) as batch:
            for name, kind in (*further, *FILLED[table]):
                batch.add_column(sa.Column(name, kind, nullable=True))
    _create_proposals()
    _create_subjects()
    _fill()
    for table, filled in FILLED.items():
        with op.batch_alter_table(table) as batch:
            for name, kind in filled:
                batch.alter_column(name, existing_type=kind, nullable=False)


def downgrade() -> None:
    op.drop_table("progress_subjects")
    op.drop_table("commitment_proposals")
    for table, further in (("commitments", COMMITMENT), ("progress", PROGRESS)):
        with op.batch_alter_table(table) as batch:
            for name, _ in (*further, *FILLED[table]):
                batch.drop_column(name)


def _create_proposals() -> None:
    op.create_table(
        "commitment_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=40), nullable=False),
        sa.Column("commitment", sa.String(length=60), nullable=False),
        sa.Column("change", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consents", sa.JSON(), nullable=False),
        sa.Column("standing", sa.String(length=130), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=20), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        *_of_a_side("commitment_proposals"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_proposals")),
        sa.UniqueConstraint("uid", name=op.f("uq_commitment_proposals_uid")),
        sa.UniqueConstraint("standing", name=op.f("uq_commitment_proposals_standing")),
    )
    for column in ("commitment", "layer", "partnership"):
        op.create_index(op.f(f"ix_commitment_proposals_{column}"), "commitment_proposals", [column])


def _create_subjects() -> None:
    op.create_table(
        "progress_subjects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("progress_id", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *_of_a_side("progress_subjects"),
        sa.ForeignKeyConstraint(
            ["progress_id"], ["progress.id"], name=op.f("fk_progress_subjects_progress_id_progress")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_subjects")),
    )
    for column in ("layer", "partnership", "progress_id"):
        op.create_index(op.f(f"ix_progress_subjects_{column}"), "progress_subjects", [column])
    op.create_index("ix_progress_subjects_commitment", "progress_subjects", ["commitment", "day"])


def _of_a_side(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("partnership", sa.String(length=60), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.key"], name=op.f(f"fk_{table}_partnership_partnerships")
        ),
        sa.ForeignKeyConstraint(["layer"], ["parties.key"], name=op.f(f"fk_{table}_layer_parties")),
    ]


def _fill() -> None:
    """Fill what is derived from the rows that stand."""
    connection, known = op.get_bind(), sa.MetaData()
    commitments, progress, subjects, passages, sources = (
        sa.Table(name, known, autoload_with=connection)
        for name in ("commitments", "progress", "progress_subjects", "passages", "sources")
    )
    dated = sa.select(passages.c.id, sources.c.date).join(sources, sources.c.id == passages.c.source_id)
    days = {row.id: _day(row.date) for row in connection.execute(dated)}
    for row in connection.execute(sa.select(commitments)).all():
        owners = row.owners.items()
        offices = [f"{party}/{office}" for party, keys in owners for office in keys]
        values: dict[str, object] = {
            "posts": {},
            "owned_by": f" {' '.join(offices)} ",
            "words": _folded(row.text),
            "since": days.get(row.passage_id),
        }
        connection.execute(commitments.update().where(commitments.c.id == row.id).values(values))
    for row in connection.execute(sa.select(progress)).all():
        words = progress.update().where(progress.c.id == row.id).values(words=_folded(row.text))
        connection.execute(words)
        own = {
            "partnership": row.partnership,
            "layer": row.layer,
            "progress_id": row.id,
            "day": row.day,
        }
        for key in row.commitments:
            connection.execute(subjects.insert().values(commitment=key, **own))


def _day(stated: str | None) -> date | None:
    """Return the last day that a date can mean, which is as exact as its source is."""
    if not stated:
        return None
    year, month, day = (*map(int, stated.split("-")), 0, 0)[:3]
    return date(year, month or 12, day or monthrange(year, month or 12)[1])


def _folded(text: Mapping[str, str]) -> str:
    return "\n".join(unicodedata.normalize("NFKC", words).casefold() for words in text.values())
