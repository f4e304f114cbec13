"""Fixtures of every test: databases of both kinds, and the rule that nothing is skipped silently."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import URL, Engine

from scheduler.db.schema import migrate
from tests import databases

OUTSIDE = "NOT COMPARED"
"""How a test begins its reason that compares with documents which no installation brings along."""

hypothesis.settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("project")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-sqlite", action="store_true", help="leave PostgreSQL out, knowingly")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let every test of a database run on both kinds."""
    if "database_kind" in metafunc.fixturenames:
        only_sqlite = metafunc.config.getoption("--only-sqlite")
        metafunc.parametrize("database_kind", databases.KINDS[:1] if only_sqlite else databases.KINDS)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run of continuous integration that skipped what can be installed: there, it must run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if "CI" not in os.environ or reporter is None or session.exitstatus != pytest.ExitCode.OK:
        return
    if any(OUTSIDE not in str(report.longrepr) for report in reporter.stats.get("skipped", [])):
        reporter.write_line("Skipped tests count as failures where CI is set.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Give an engine on a database of the newest revision without a row; the test runs once for each kind.

    Tests of one process share it, so that each statement is compiled once and not once for every test.
    """
    engine = databases.engine_of(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest) -> str:
    """Give the address of a database of the newest revision without a row; the test runs once for each kind."""
    address: str = request.getfixturevalue(f"{database_kind}_url")
    return address


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> str:
    file = sqlite_template.with_name("copy.db")
    for leftover in sqlite_template.parent.glob(f"{file.name}*"):
        leftover.unlink()
    return f"sqlite:///{shutil.copy(sqlite_template, file)}"


@pytest.fixture
def postgresql_url(postgresql_migrated: URL) -> Iterator[str]:
    yield postgresql_migrated.render_as_string(hide_password=False)
    databases.delete_rows(postgresql_migrated)


@pytest.fixture
def empty_database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a database without a table; the test runs once for each kind."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        server: URL = request.getfixturevalue("postgresql_server")
        with databases.postgresql_database(server, f"empty_{_process(request)}") as database:
            yield database.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "dialogues.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_migrated(postgresql_server: URL, request: pytest.FixtureRequest) -> Iterator[URL]:
    with databases.postgresql_database(postgresql_server, f"test_{_process(request)}") as database:
        migrate(database.render_as_string(hide_password=False))
        yield database


@pytest.fixture(scope="session")
def postgresql_server(
    testrun_uid: str, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[URL]:
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent  # there lie the folders of all processes
    with databases.postgresql_server(testrun_uid, shared / "postgresql.lock") as server:
        yield server


def _process(request: pytest.FixtureRequest) -> str:
    """Return a name that no other process of any run on the same server has."""
    return f"{request.getfixturevalue('testrun_uid')}_{request.getfixturevalue('worker_id')}"
