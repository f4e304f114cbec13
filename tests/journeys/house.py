"""An installation as an operator runs it: the command line, a folder of its own, and a clock that stands where told."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from scheduler import clock
from scheduler.app import command_line
from scheduler.programmes.loading import SHIPPED

UK_NL = SHIPPED / "uk_nl.yaml"


@dataclass
class House:
    """One installation; ``run`` is what a person types after ``dialogues``."""

    folder: Path
    environment: Mapping[str, str]
    set_clock: Callable[[datetime], None]
    runner: CliRunner = field(default_factory=CliRunner)

    def run(self, *words: str) -> Result:
        return self.runner.invoke(command_line(), words, env=self.environment, catch_exceptions=False)

    def say(self, *words: str) -> str:
        """Run a command that must succeed, and return what it printed."""
        result = self.run(*words)
        assert result.exit_code == 0, result.output
        return result.output

    def read(self, *words: str) -> Any:
        """Run a command that must succeed, and return the JSON that it printed."""
        return json.loads(self.say(*words, "--json"))

    @property
    def mail(self) -> list[Path]:
        return sorted((self.folder / "mail").glob("*.eml"))


def open_house(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, at: datetime) -> House:
    """Return an installation on the database at ``url``, whose clock stands at ``at``."""

    def set_clock(instant: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: instant)

    set_clock(at)
    monkeypatch.chdir(folder)
    environment = {
        "DATABASE_URL": url,
        "DIALOGUES_SIDE": "uk",
        "SECRET_KEY": "a key for tests only",
        "MAIL_FOLDER": str(folder / "mail"),
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return House(folder, environment, set_clock)
