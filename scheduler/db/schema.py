"""The schema of a database: which revision it has, whether that is the newest, and how to bring it there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from scheduler.errors import Unavailable

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
"""Where Alembic's settings stand."""


def migrate(url: str) -> None:
    """Bring the database at ``url`` to the newest revision; a new SQLite file is made in its folder."""
    settings = Config(toml_file=str(PROJECT))
    settings.attributes["url"] = url
    command.upgrade(settings, "head")


def is_current(engine: Engine) -> bool:
    """Tell whether the database has the revision that this code was written for."""
    newest = ScriptDirectory.from_config(Config(toml_file=str(PROJECT))).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def require_current(engine: Engine) -> None:
    """Raise ``Unavailable`` where the database cannot be reached, or is not ready for this code."""
    try:
        ready = is_current(engine)
    except DatabaseError as error:
        message = f"the database cannot be used: {str(error.orig).splitlines()[0]}"
        raise Unavailable(message, place="DATABASE_URL", remedy="check address, folder and rights") from error
    if not ready:
        raise Unavailable(
            "the database has another revision than this program", remedy="run `dialogues migrate`"
        )
