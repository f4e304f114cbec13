"""How Alembic reaches the database: with the application's own engine, for the tables of the composition root."""

from typing import Any, Literal

from alembic import context

from scheduler.app import metadata
from scheduler.db.base import UtcDateTime
from scheduler.db.engine import make_engine
from scheduler.settings import read_settings


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our type of instants as what it is in the database, so that no migration depends on the application."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Run the migrations in one transaction on the address given by the caller, else on the one in the settings."""
    url = context.config.attributes.get("url") or read_settings().database_url
    engine = make_engine(url)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata(),
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


run()
