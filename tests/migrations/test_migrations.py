import re
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from scheduler.db.engine import make_engine

ROOT = Path(__file__).parents[2]


@pytest.fixture
def migrations(empty_database_url: str) -> Config:
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes["url"] = empty_database_url
    return config


def tables(url: str) -> set[str]:
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_up_down_and_up_again_without_drift(migrations: Config, empty_database_url: str) -> None:
    command.upgrade(migrations, "head")
    made = tables(empty_database_url)
    command.check(migrations)
    command.downgrade(migrations, "base")
    assert tables(empty_database_url) == {"alembic_version"}
    command.upgrade(migrations, "head")
    assert tables(empty_database_url) == made
    command.check(migrations)


def test_each_revision_goes_down_to_the_one_before(migrations: Config, empty_database_url: str) -> None:
    script = ScriptDirectory.from_config(migrations)
    before = [set[str]()]
    for revision in reversed(list(script.walk_revisions())):
        command.upgrade(migrations, revision.revision)
        before.append(tables(empty_database_url) - {"alembic_version"})
    while len(before) > 1:
        assert tables(empty_database_url) - {"alembic_version"} == before.pop()
        command.downgrade(migrations, "-1")
    assert tables(empty_database_url) == {"alembic_version"}


def test_revisions_are_one_row_of_numbers_and_words() -> None:
    files = sorted(file.stem for file in (ROOT / "migrations" / "versions").glob("*.py"))
    assert [file for file in files if not re.fullmatch(r"\d{4}(_[a-z0-9]+)+", file)] == []
    numbers = [file[:4] for file in files]
    assert numbers == [f"{number:04}" for number in range(1, len(files) + 1)]
    script = ScriptDirectory.from_config(Config(toml_file=ROOT / "pyproject.toml"))
    in_order = [(revision.revision, revision.down_revision) for revision in script.walk_revisions()][::-1]
    assert in_order == list(zip(numbers, [None, *numbers], strict=False))
