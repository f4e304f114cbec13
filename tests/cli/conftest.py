"""Installations to type commands at: one that is only read, and a fresh one for each test that changes something."""

import shutil
from pathlib import Path

import pytest

from tests.builders import loaded_sqlite
from tests.cli.terminal import Terminal


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """The shipped programmes, for commands that read."""
    folder = tmp_path_factory.mktemp("library")
    return Terminal(folder, loaded_sqlite(folder))


@pytest.fixture
def desk(tmp_path: Path) -> Terminal:
    """The shipped programmes, for commands that change something; the setting names the UK."""
    return Terminal(tmp_path, loaded_sqlite(tmp_path), side="uk")


@pytest.fixture
def empty(sqlite_template: Path, tmp_path: Path) -> Terminal:
    """An installation into which nothing was loaded."""
    return Terminal(tmp_path, f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'dialogues.db')}")
