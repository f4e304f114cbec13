"""what is wrong with a mail that needs a person, in the languages of its readers; of a stray mail nobody reads it."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLE = "mails_for_a_person"


def upgrade() -> None:
    _retype(sa.String(), sa.JSON(none_as_null=True), lambda text: {"en": text} if text else {})
    with op.batch_alter_table("stray_mails") as mails:
        mails.drop_column("problem")


def downgrade() -> None:
    with op.batch_alter_table("stray_mails") as mails:
        mails.add_column(sa.Column("problem", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("stray_mails") as mails:
        mails.alter_column("problem", existing_type=sa.String(), server_default=None)
    _retype(sa.JSON(none_as_null=True), sa.String(), lambda words: words.get("en", ""))


def _retype(
    before: sa.types.TypeEngine[Any], after: sa.types.TypeEngine[Any], changed: Callable[[Any], Any]
) -> None:
    """Give the problems of mails another type, each with its value as it is ``changed``."""
    found = _mails(before)
    known = op.get_bind().execute(sa.select(found.c.id, found.c.problem)).all()
    with op.batch_alter_table(TABLE) as mails:
        mails.drop_column("problem")
    with op.batch_alter_table(TABLE) as mails:
        mails.add_column(sa.Column("problem", after, nullable=True))
    table = _mails(after)
    for number, problem in known:
        op.execute(table.update().where(table.c.id == number).values(problem=changed(problem)))
    with op.batch_alter_table(TABLE) as mails:
        mails.alter_column("problem", existing_type=after, nullable=False)


def _mails(kind: sa.types.TypeEngine[Any]) -> sa.TableClause:
    return sa.table(TABLE, sa.column("id", sa.Integer()), sa.column("problem", kind))
