"""Where an installation keeps what it is trusted with."""

import stat
from pathlib import Path

from tests.cli.terminal import Terminal


def test_only_its_owner_can_enter_the_folder_of_a_new_database(tmp_path: Path) -> None:
    Terminal(tmp_path, "sqlite:///var/dialogues.db").says("migrate")
    assert stat.filemode((tmp_path / "var").stat().st_mode) == "drwx------"
