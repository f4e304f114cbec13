"""why a value that no source states was chosen, and why obligations stand as they do, in the languages of readers."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

WORDS = sa.JSON(none_as_null=True)
CLAIMING = ("offices", "posts", "themes", "dated_events", "obligations", "commitments")
"""The tables, besides that of the sides, whose ``basis`` says whose values are, and why by ``<field>.note``."""


def upgrade() -> None:
    _rewrite_every_claim(_in_english)
    _retype_relations(sa.String(), WORDS, _in_english)


def downgrade() -> None:
    _retype_relations(WORDS, sa.String(), _in_one_language)
    _rewrite_every_claim(_in_one_language)


def _in_english(text: str) -> dict[str, str]:
    return {"en": text}


def _in_one_language(words: dict[str, str]) -> str:
    return words.get("en") or next(iter(words.values()))


def _rewrite_every_claim(changed: Callable[[Any], Any]) -> None:
    _rewrite_claims("parties", sa.column("key", sa.String()), changed)
    for table in CLAIMING:
        _rewrite_claims(table, sa.column("id", sa.Integer()), changed)


def _rewrite_claims(name: str, identity: sa.ColumnClause[Any], changed: Callable[[Any], Any]) -> None:
    """Give each row its ``basis`` with the notes as they are ``changed``."""
    table = sa.table(name, identity, sa.column("basis", WORDS))
    for row, basis in op.get_bind().execute(sa.select(identity, table.c.basis)).all():
        notes = {key: changed(note) for key, note in basis.items() if key.endswith(".note")}
        if notes:
            op.execute(table.update().where(identity == row).values(basis=basis | notes))


def _retype_relations(
    before: sa.types.TypeEngine[Any], after: sa.types.TypeEngine[Any], changed: Callable[[Any], Any]
) -> None:
    """Give the notes of relations another type, each with its value as it is ``changed``."""
    found = _relations(before)
    known = op.get_bind().execute(sa.select(found.c.id, found.c.note).where(found.c.note.is_not(None))).all()
    with op.batch_alter_table("relations") as relations:
        relations.drop_column("note")
    with op.batch_alter_table("relations") as relations:
        relations.add_column(sa.Column("note", after, nullable=True))
    table = _relations(after)
    for number, note in known:
        op.execute(table.update().where(table.c.id == number).values(note=changed(note)))


def _relations(kind: sa.types.TypeEngine[Any]) -> sa.TableClause:
    return sa.table("relations", sa.column("id", sa.Integer()), sa.column("note", kind))
