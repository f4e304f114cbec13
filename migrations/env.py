"""How Alembic reaches the database: with the application's own engine, for the tables that the composition root knows."""

from alembic import context

from scheduler.app import metadata
from scheduler.db.engine import make_engine
from scheduler.settings import read_settings


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
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


run()
