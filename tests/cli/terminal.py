"""A terminal at which a command is typed, in a folder of its own, with nothing of the tester's own settings."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from scheduler.app import command_line
from scheduler.settings import DECLARED


@dataclass(frozen=True)
class Terminal:
    """``run`` is what a person types after ``dialogues``; a traceback fails the test."""

    folder: Path
    url: str
    side: str = ""

    def run(self, *words: str) -> Result:
        environment: dict[str, str | None] = {setting.variable: None for setting in DECLARED}
        environment |= {"DATABASE_URL": self.url, "DIALOGUES_SIDE": self.side}
        with contextlib.chdir(self.folder):
            return CliRunner().invoke(command_line(), words, env=environment, catch_exceptions=False)

    def says(self, *words: str) -> str:
        """Return what a command that must succeed prints."""
        result = self.run(*words)
        assert (result.exit_code, result.stderr) == (0, "")
        return result.stdout

    def refuses(self, *words: str) -> tuple[int, str]:
        """Return exit code and message of a command that must print nothing else."""
        result = self.run(*words)
        assert result.stdout == ""
        return result.exit_code, result.stderr.rstrip("\n")
